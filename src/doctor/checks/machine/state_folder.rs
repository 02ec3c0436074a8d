//! Without our state folder nothing is remembered: no journal, no undo, no chosen role.

use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble, folder};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-MACHINE-03",
    group: Group::Machine,
    severity: Severity::Error,
    title: "our state folder can be written",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.chmod_home(".local/state/devsecrets", 0o500),
};

fn look(patient: &Patient<'_>) -> Answer {
    let Some(path) = patient.settings.state_folder() else {
        let remedy = Remedy::run("set it to your home folder", "export HOME=~");
        return Ok(vec![Trouble::new("HOME", "it is not set, so nothing can be remembered", remedy)]);
    };
    Ok(folder::hindrance(&path).map(folder::Hindrance::trouble).into_iter().collect())
}
