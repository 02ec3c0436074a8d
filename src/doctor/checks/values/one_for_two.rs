//! One value behind two names: what leaks through the one opens the other, and neither can be rotated alone.

use std::collections::BTreeMap;

use crate::doctor::weak::is_meant_to_be_random;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::secret::{FingerprintKey, SecretValue};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-07",
    group: Group::Values,
    severity: Severity::Warning,
    title: "no two secrets have one value",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| {
        world.assign("api/.env", "JWT_SECRET", "Zk3vX9_used-for-everything-Q71mB0rT");
        world.assign("api/.env", "PEPPER", "Zk3vX9_used-for-everything-Q71mB0rT");
    },
};

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    // Tells values apart within this look alone, so anybody may know the key.
    let key = FingerprintKey::new([0; 32]);
    let mut groups: BTreeMap<String, Vec<(&str, &str, &SecretValue)>> = BTreeMap::new();
    for (service, name, value) in evidence.secrets().filter(|(_, name, _)| counts(project, name)) {
        groups.entry(value.fingerprint(&key).to_string()).or_default().push((service, name, value));
    }
    let mut troubles = Vec::new();
    for group in groups.values() {
        for (service, name, value) in group {
            let Some((_, other, _)) = group.iter().find(|(_, other, _)| other != name) else { continue };
            let remedy = Remedy::says("give each a value of its own");
            let says = format!("it has the same value as {other}");
            let trouble = Trouble::of(service, name, says, remedy);
            let cure = evidence.take(service, name, |better| !better.same_as(value));
            troubles.push(Trouble { cure, ..trouble });
        }
    }
    Ok(troubles)
}

/// One token under two names is no surprise, nor are host and user names that are alike.
fn counts(project: &Project<'_>, name: &str) -> bool {
    let is_token = project.profile().variable(name).is_some_and(|variable| variable.token.is_some());
    !is_token && is_meant_to_be_random(name)
}
