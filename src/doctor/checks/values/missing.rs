//! A service that lacks a required variable does not start.

use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::resolve::Status;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-01",
    group: Group::Values,
    severity: Severity::Error,
    title: "every required variable has a value",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.require("api", "STRIPE_KEY"),
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let mut troubles = Vec::new();
    for row in &evidence.matrix.services {
        for cell in row.cells.iter().filter(|cell| matches!(cell.status, Status::Missing | Status::Blocked)) {
            let says = cell.problem.clone().unwrap_or_else(|| "no source has it".to_owned());
            let next = cell.next.clone().unwrap_or_else(|| "set it in the env file".to_owned());
            troubles.push(Trouble::of(&row.service, &cell.variable, says, Remedy::says(next)));
        }
    }
    Ok(troubles)
}
