//! A file its own owner may not read looks to every program as if it were not there.

use crate::doctor::checks::mode_of;
use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-FILE-09",
    group: Group::Files,
    severity: Severity::Error,
    title: "env files can be read and written",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.chmod("api/.env", 0o000),
};

/// What an owner needs.
const READ_AND_WRITE: u32 = 0o600;

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let path = project.root().join(&file.path);
        let Some(mode) = mode_of(&path).filter(|_| path.is_file()) else { continue };
        if mode & READ_AND_WRITE != READ_AND_WRITE {
            let cure = Cure::Mode { path, mode: READ_AND_WRITE };
            let says = format!("its mode {mode:03o} keeps its own owner out");
            let remedy = Remedy::run("give it back to its owner", cure.to_string());
            troubles.push(Trouble::new(&file.path, says, remedy).cured_by(cure));
        } else if let Some(says) = &file.unreadable {
            let remedy = Remedy::run("see whose it is", format!("ls -l {}", file.path));
            troubles.push(Trouble::new(&file.path, says.clone(), remedy));
        }
    }
    Ok(troubles)
}
