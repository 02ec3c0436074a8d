//! Development secrets can be made again on the next machine, if the phrase is written down on this one.

use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::identity::Identity;
use crate::secret::plain;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-IDENTITY-10",
    group: Group::State,
    severity: Severity::Note,
    title: "the recovery phrase is written down",
    cures: false,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.forget_the_phrase(),
};

fn look(patient: &Patient<'_>) -> Answer {
    let loaded = Identity::load(&**patient.keychain);
    let identity = loaded.map_err(|error| Unable::Because(plain(&error.to_string())))?;
    let identity = identity.ok_or(Unable::NotHere)?;
    if identity.record().phrase_checked.is_some() {
        return Ok(Vec::new());
    }
    let says =
        "its recovery phrase was never checked back, so losing this machine loses what was encrypted with it";
    let remedy = Remedy::run("write it down, it takes two minutes", "devsecrets identity export");
    Ok(vec![Trouble::new("your identity", says, remedy)])
}
