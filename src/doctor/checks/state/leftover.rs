//! What a killed write of ours left in the state folder.

use std::path::Path;
use std::time::Duration;

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Trouble, Unable};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STATE-04",
    group: Group::State,
    severity: Severity::Warning,
    title: "no half-written file is left of a crash",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.leave_half_written(".tmpA1b2C3"),
};

/// A write takes no longer, so a file of this age belongs to no run that is still alive.
const OLD: Duration = Duration::from_secs(60);

/// How `tempfile` names what is renamed when it is whole.
const PREFIX: &str = ".tmp";

fn look(patient: &Patient<'_>) -> Answer {
    let folder = patient.settings.state_folder().filter(|folder| folder.is_dir()).ok_or(Unable::NotHere)?;
    let folders = [folder.clone(), folder.join("undo")];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten());
    let left = entries.map(|entry| entry.path()).filter(|path| is_ours(path) && is_old(path));
    let found = left.map(|path| {
        let cure = Cure::Delete { path: path.clone() };
        let remedy = Remedy::run("remove it", cure.to_string());
        Trouble::new(path.display().to_string(), "a write of devsecrets was cut short", remedy).cured_by(cure)
    });
    Ok(found.collect())
}

fn is_ours(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(PREFIX))
}

fn is_old(path: &Path) -> bool {
    let changed = std::fs::metadata(path).and_then(|about| about.modified()).ok();
    changed.and_then(|at| at.elapsed().ok()).is_some_and(|age| age >= OLD)
}
