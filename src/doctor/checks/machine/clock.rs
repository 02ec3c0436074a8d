//! AWS refuses what is signed by a clock that is five minutes off, and names everything but the clock.

use crate::doctor::{Check, Group, Look, Patient, Pending, Project, Trouble, Unable, checks};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-MACHINE-02",
    group: Group::Machine,
    severity: Severity::Error,
    title: "the clock is right",
    cures: false,
    look: Look::Network(look),
    #[cfg(test)]
    sow: |world| world.answer_with_date("Wed, 01 Jan 2020 00:00:00 GMT"),
};

/// Seconds; half of what AWS lets pass.
const TOLERATED: i64 = 150;

fn look<'a>(patient: &'a Patient<'a>, project: &'a Project<'a>) -> Pending<'a> {
    Box::pin(async move {
        let unknown = || Unable::Because("nobody told the time".to_owned());
        let answer = checks::ask_sign_in(patient, project).await?.map_err(|_| unknown())?;
        let ahead = (time::OffsetDateTime::now_utc() - answer.date().ok_or_else(unknown)?).whole_seconds();
        Ok(if ahead.abs() < TOLERATED { Vec::new() } else { vec![trouble(ahead)] })
    })
}

fn trouble(ahead: i64) -> Trouble {
    let way = if ahead > 0 { "ahead of" } else { "behind" };
    let says = format!("it is {} {way} that of the sign-in service", checks::span(ahead.unsigned_abs()));
    let remedy = Remedy::run("let the system set it from the network", "sudo timedatectl set-ntp true");
    Trouble::new("the clock of this machine", says, remedy)
}
