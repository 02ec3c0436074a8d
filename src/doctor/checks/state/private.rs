//! What we remember is for one pair of eyes: folders 0700, files 0600.

use std::path::{Path, PathBuf};

use crate::doctor::checks::mode_of;
use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Trouble, Unable};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STATE-03",
    group: Group::State,
    severity: Severity::Warning,
    title: "what devsecrets remembers is private",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.chmod_state("journal.json", 0o644),
};

fn look(patient: &Patient<'_>) -> Answer {
    let folder = patient.settings.state_folder().filter(|folder| folder.is_dir()).ok_or(Unable::NotHere)?;
    let undo = folder.join("undo");
    let all = [folder.clone()].into_iter().chain(below(&folder)).chain(below(&undo));
    let open = all.filter_map(|path| Some((mode_of(&path)?, path))).filter(|(mode, _)| mode & 0o077 != 0);
    let found = open.map(|(mode, path)| {
        let says = format!("others on this machine may open it (mode {mode:03o})");
        let cure = Cure::Mode { mode: if path.is_dir() { 0o700 } else { 0o600 }, path: path.clone() };
        let remedy = Remedy::run("make it private", cure.to_string());
        Trouble::new(path.display().to_string(), says, remedy).cured_by(cure)
    });
    Ok(found.collect())
}

fn below(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}
