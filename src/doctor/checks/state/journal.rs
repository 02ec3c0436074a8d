//! The journal tells our own values from hand edits. One that cannot be read makes every value look like an edit.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Trouble};
use crate::envfile::Journal;
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STATE-01",
    group: Group::State,
    severity: Severity::Error,
    title: "the journal can be read",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.write_state("journal.json", "{ torn"),
};

fn look(patient: &Patient<'_>) -> Answer {
    let found = Journal::fault(patient.settings).map(|(path, says)| {
        // The next write begins a new one anyway.
        let cure = Cure::Delete { path: path.clone() };
        let remedy = Remedy::run("begin a new one; hand edits stay as they are", cure.to_string());
        Trouble::new(path.display().to_string(), says, remedy).cured_by(cure)
    });
    Ok(found.into_iter().collect())
}
