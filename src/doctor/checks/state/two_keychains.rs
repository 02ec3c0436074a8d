//! A key file beside the system's keychain: what is in the one is not in the other, and looks lost.

use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::keychain::{Item, Place, key_file};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STATE-07",
    group: Group::State,
    severity: Severity::Note,
    title: "one keychain holds everything",
    cures: false,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.write_state("keychain.age", "sealed"),
};

fn look(patient: &Patient<'_>) -> Answer {
    let file = key_file(patient.settings).filter(|file| file.exists()).ok_or(Unable::NotHere)?;
    // Which one is used is decided by the first question.
    let asked = patient.keychain.get(&Item::identity());
    asked.map_err(|_| Unable::Because("the keychain does not answer".to_owned()))?;
    let place = patient.keychain.place();
    if matches!(place, Place::File(..)) {
        return Ok(Vec::new());
    }
    let says = format!(
        "{place} is in use, and a key file is there too, which may hold other tokens and another identity"
    );
    let remedy = Remedy::run("see what it holds", "DEVSECRETS_KEYCHAIN=file devsecrets identity show");
    Ok(vec![Trouble::new(file.display().to_string(), says, remedy)])
}
