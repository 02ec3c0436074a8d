//! The profile says what a value must look like; one that breaks its rule fails in the service, where nobody says why.

use crate::doctor::weak::is_placeholder;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::resolve::{Origin, Status};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-02",
    group: Group::Values,
    severity: Severity::Error,
    title: "every value keeps the rules of the profile",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.assign("api/.env", "JWT_SECRET", "q8Zr2LwYtM0c"),
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    // A placeholder in a file is told as what it is.
    let filled = |service: &str, name: &str| {
        evidence
            .value(service, name)
            .is_none_or(|(value, origin)| *origin != Origin::File || !value.expose_to(is_placeholder))
    };
    let broken = evidence
        .cells()
        .filter(|(service, cell)| cell.status == Status::Invalid && filled(service, &cell.variable));
    let found = broken.map(|(service, cell)| {
        let says = cell.problem.clone().unwrap_or_else(|| "it breaks a rule of the profile".to_owned());
        let next = cell.next.clone().unwrap_or_else(|| "correct it where it stands".to_owned());
        let trouble = Trouble::of(service, &cell.variable, says, Remedy::says(next));
        Trouble { cure: evidence.take(service, &cell.variable, |_| true), ..trouble }
    });
    Ok(found.collect())
}
