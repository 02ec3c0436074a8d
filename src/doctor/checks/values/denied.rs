//! What the profile denies to a service is a secret too many in its hands.

use crate::doctor::{Answer, Check, Cure, Edit, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::resolve::{Origin, Status};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-03",
    group: Group::Values,
    severity: Severity::Error,
    title: "no service has a variable that is denied to it",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.edit_profile(r#""PEPPER", "MODE"]"#, "\"MODE\"]\ndenied = [\"PEPPER\"]"),
};

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let denied = evidence.cells().filter(|(_, cell)| cell.status == Status::Forbidden);
    let found = denied.map(|(service, cell)| {
        let next = cell.next.clone().unwrap_or_else(|| "remove it".to_owned());
        let says = "the profile denies it to this service, and it is there";
        let trouble = Trouble::of(service, &cell.variable, says, Remedy::says(next));
        let cure = cell.at.as_ref().filter(|_| cell.origin == Some(Origin::File)).map(|file| Cure::Edit {
            path: project.root().join(file),
            edit: Edit::Without { variable: cell.variable.clone() },
        });
        Trouble { cure, ..trouble }
    });
    Ok(found.collect())
}
