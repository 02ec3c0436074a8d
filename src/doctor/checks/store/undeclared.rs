//! A secret that is read for nothing: its keys, or the variable made of its name, are in no profile.

use super::answered;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::stores::Payload;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-35",
    group: Group::Store,
    severity: Severity::Note,
    title: "every secret has a variable of the profile",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["api/undeclared"]),
};

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let mut troubles: Vec<Trouble> = Vec::new();
    for (id, answer) in answered(evidence)?.into_iter().flat_map(|(_, answers)| answers) {
        let Some(payload) = answer.as_ref().ok().filter(|payload| is_for_nobody(payload, project)) else {
            continue;
        };
        let remedy = Remedy::says("declare what services need of it, or take it out of the store's ids");
        let trouble = Trouble::new(plain(id), says(payload), remedy);
        if !troubles.contains(&trouble) {
            troubles.push(trouble);
        }
    }
    Ok(troubles)
}

/// One without any key is a place that is kept, as for a service that needs nothing yet.
fn is_for_nobody(payload: &Payload, project: &Project<'_>) -> bool {
    let known = |name: &String| project.profile().variable(name).is_some();
    !payload.values.is_empty() && !payload.values.keys().any(known) && !payload.unusable.iter().any(known)
}

/// Not which keys: where a secret has another form than was meant, its keys are values.
fn says(payload: &Payload) -> String {
    match payload.values.len() {
        1 => "what it holds is no variable of the profile".to_owned(),
        keys => format!("none of its {keys} keys is a variable of the profile"),
    }
}
