//! What is exported in the shell wins over every source, by design: which surprises whoever forgot about it.

use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::resolve::Origin;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-08",
    group: Group::Values,
    severity: Severity::Note,
    title: "no exported variable hides another value",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| {
        world.assign("api/.env", "MODE", "fancy");
        world.set("MODE", "exported");
    },
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let exported = evidence.cells().filter(|(_, cell)| cell.origin == Some(Origin::Environment));
    let hiding = exported.filter(|(_, cell)| !cell.hides.is_empty());
    let found = hiding.map(|(service, cell)| {
        let hidden: Vec<String> = cell.hides.iter().map(ToString::to_string).collect();
        let says = format!("this shell exports it, which hides another value ({})", hidden.join(", "));
        let remedy = Remedy::run("take the other one", format!("unset {}", cell.variable));
        Trouble::of(service, &cell.variable, says, remedy)
    });
    Ok(found.collect())
}
