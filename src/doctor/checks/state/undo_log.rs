//! An entry of the undo log that cannot be read undoes nothing, and takes the place of one that could.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Trouble};
use crate::finding::{Remedy, Severity};
use crate::seed;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STATE-05",
    group: Group::State,
    severity: Severity::Warning,
    title: "every entry of the undo log can be read",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.write_state("undo/1700000000000.json", "{"),
};

fn look(patient: &Patient<'_>) -> Answer {
    let found = seed::unreadable_undo_entries(patient.settings).into_iter().map(|path| {
        let cure = Cure::Delete { path: path.clone() };
        let remedy = Remedy::run("remove it", cure.to_string());
        Trouble::new(path.display().to_string(), "it is torn, or no entry", remedy).cured_by(cure)
    });
    Ok(found.collect())
}
