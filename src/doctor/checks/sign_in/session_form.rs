//! Dates in another form than the AWS CLI's: we read them, the SDK for Rust refuses the whole file (measured).

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::sso::{Cache, Form};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-44",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "every SDK reads the cached session",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.cache_text(r#"{"accessToken": "canary", "expiresAt": "2099-01-01T00:00:00UTC"}"#),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let (session, cache) = (project.session()?, Cache::of(patient.settings));
    let path = cache.token_path(&session).ok_or(Unable::NotHere)?;
    let Form::Odd(field) = cache.form(&session) else { return Ok(Vec::new()) };
    let says = format!("the SDK for Rust refuses the date in {field}, which an old AWS CLI wrote");
    let remedy = Remedy::run("write it anew", "devsecrets doctor --fix");
    let cure = Cure::RewriteSession { path: path.clone() };
    Ok(vec![Trouble::new(path.display().to_string(), says, remedy).cured_by(cure)])
}
