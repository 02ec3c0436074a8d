//! The token cache may be read by its owner alone. The AWS CLI never tightens an old file (measured).

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Unable, checks};
use crate::finding::Severity;
use crate::sso::Cache;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-41",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "the cached session is private",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.cache_token_with_mode(0o644),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let path = Cache::of(patient.settings).token_path(&project.session()?).ok_or(Unable::NotHere)?;
    Ok(checks::open_to_others(&path).into_iter().collect())
}
