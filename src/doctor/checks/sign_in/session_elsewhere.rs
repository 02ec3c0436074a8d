//! A session of another portal or region, under the name of ours: the portal answers it with "session not found".

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::sso::{Cache, Form};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-45",
    group: Group::SignIn,
    severity: Severity::Error,
    title: "the cached session is of this portal and region",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world.cache_text(
            r#"{"region": "us-east-1", "accessToken": "canary", "expiresAt": "2099-01-01T00:00:00Z"}"#,
        );
    },
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let (session, cache) = (project.session()?, Cache::of(patient.settings));
    let path = cache.token_path(&session).ok_or(Unable::NotHere)?;
    let Form::Elsewhere(field) = cache.form(&session) else { return Ok(Vec::new()) };
    let says = format!("its {field} is another than the one under [sso] in the profile");
    let remedy = Remedy::run("remove it and sign in again", "devsecrets login");
    let cure = Cure::Delete { path: path.clone() };
    Ok(vec![Trouble::new(path.display().to_string(), says, remedy).cured_by(cure)])
}
