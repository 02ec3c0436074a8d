//! A keychain that cannot be asked looks like lost tokens and a lost identity.

use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble};
use crate::finding::Severity;
use crate::keychain::Item;
use crate::secret::plain;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-KEY-01",
    group: Group::Machine,
    severity: Severity::Error,
    title: "the keychain answers",
    cures: false,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.break_keychain(),
};

fn look(patient: &Patient<'_>) -> Answer {
    let asked = patient.keychain.get(&Item::identity());
    let trouble = |error: crate::keychain::Error| {
        Trouble::new(patient.keychain.place().to_string(), plain(&error.to_string()), error.remedy())
    };
    Ok(asked.err().map(trouble).into_iter().collect())
}
