//! Keys in the environment win over a profile in most tools, so they hide the role that was chosen.

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};

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
    if patient.settings.var("AWS_ACCESS_KEY_ID").is_none() {
        return Ok(Vec::new());
    }
    let remedy = Remedy::run(
        "unset them in this shell, and remove them from its start-up files",
        "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
    );
    let says = "it is exported, so most AWS tools use these keys and not the role you signed in for";
    Ok(vec![Trouble::new("AWS_ACCESS_KEY_ID", says, remedy)])
}
