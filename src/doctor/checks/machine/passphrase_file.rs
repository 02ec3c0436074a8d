//! Whoever reads the passphrase opens the key file.

use crate::doctor::{Answer, Check, Group, Look, Patient, Unable, checks};
use crate::finding::Severity;
use crate::keychain;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-KEY-03",
    group: Group::Machine,
    severity: Severity::Error,
    title: "the passphrase file is private",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| {
        world.write_home("passphrase", "canary-passphrase\n");
        let path = world.home.join("passphrase").display().to_string();
        world.set("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE", &path);
        world.chmod_home("passphrase", 0o644);
    },
};

fn look(patient: &Patient<'_>) -> Answer {
    let path = keychain::passphrase_file(patient.settings).ok_or(Unable::NotHere)?;
    Ok(checks::open_to_others(&path).into_iter().collect())
}
