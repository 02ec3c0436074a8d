//! Keys in the environment win over a profile in most tools, so they hide the role that was chosen.

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::Severity;
use crate::sso;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-42",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "no exported AWS keys hide the signed-in role",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.set("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    project.profile().sso.as_ref().ok_or(Unable::NotHere)?;
    let found = sso::shadowed(patient.settings).into_iter();
    Ok(found.map(|finding| Trouble::new(finding.subject, finding.says, finding.remedy)).collect())
}
