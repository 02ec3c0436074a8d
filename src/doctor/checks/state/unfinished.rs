//! A seed that was killed between its first write and its last note. What it wrote is known by its own value.

use std::path::Path;

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Trouble};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STATE-02",
    group: Group::State,
    severity: Severity::Warning,
    title: "every seed came to its end",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.begin_a_seed("api/.env", "JWT_SECRET"),
};

fn look(patient: &Patient<'_>) -> Answer {
    // With its folder everything went that could have been written.
    let there = |file: &&Path| file.parent().is_some_and(Path::is_dir);
    let found = patient.journal.unfinished().filter(there).map(|file| {
        let cure = Cure::Settle { path: file.to_owned() };
        let remedy = Remedy::run("note what was written, then look at the rest", "devsecrets seed --dry-run");
        let says = "a seed of it was cut short";
        Trouble::new(file.display().to_string(), says, remedy).cured_by(cure)
    });
    Ok(found.collect())
}
