//! Secrets are named `{service}/{environment}` (seed 003), so a name tells whose values would be mixed in.

use super::answered;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-31",
    group: Group::Store,
    severity: Severity::Error,
    title: "no secret of another environment is read",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["api/production"]),
};

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let mut troubles: Vec<Trouble> = Vec::new();
    for (id, _) in answered(evidence)?.into_iter().flat_map(|(_, answers)| answers) {
        let Some(other) = of_another(id, project) else { continue };
        let says = format!("by its name it is of {other}, and {} is in use", project.environment);
        let remedy = Remedy::says("correct ids in the profile's store, or AWS_SECRETS_MANAGER_SECRET_IDS");
        let trouble = Trouble::new(plain(id), says, remedy);
        if !troubles.contains(&trouble) {
            troubles.push(trouble);
        }
    }
    Ok(troubles)
}

fn of_another<'a>(id: &'a str, project: &Project<'_>) -> Option<&'a str> {
    let (_, last) = id.rsplit_once('/').filter(|_| !id.starts_with("arn:"))?;
    let known = project.profile().environments().iter().any(|environment| environment == last);
    (known && last != project.environment).then_some(last)
}
