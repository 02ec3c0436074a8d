//! A secret that nobody has replaced for longer than the policy allows.

use super::answered;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::stores::Payload;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-32",
    group: Group::Store,
    severity: Severity::Warning,
    title: "no secret is due for rotation",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["api/old"]),
};

fn look(patient: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let mut troubles: Vec<Trouble> = Vec::new();
    for (id, answer) in answered(evidence)?.into_iter().flat_map(|(_, answers)| answers) {
        let Some((payload, limit)) = answer.as_ref().ok().zip(limit(project, answer.as_ref().ok())) else {
            continue;
        };
        let Some(age) = payload.since.map(|since| (patient.now - since).whole_days()) else { continue };
        let says = format!("its value is {age} days old, and the policy says {limit}");
        let remedy = Remedy::says("ask its owner to rotate it");
        let trouble = Trouble::new(plain(id), says, remedy);
        if age > i64::from(limit) && !troubles.contains(&trouble) {
            troubles.push(trouble);
        }
    }
    Ok(troubles)
}

/// Days: the least of what the policy says and of what the variables in it say for themselves.
fn limit(project: &Project<'_>, payload: Option<&Payload>) -> Option<u32> {
    let profile = project.profile();
    let own = payload?.values.keys().filter_map(|name| profile.variable(name)?.rotation_days);
    own.chain(profile.policy.rotation_days).min()
}
