//! A cache file that nobody can make a token of stops the AWS CLI and every SDK, each with an error of its own.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::sso::{Cache, Form};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-43",
    group: Group::SignIn,
    severity: Severity::Error,
    title: "the cached session can be read",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.cache_text("{\"accessToken\": \"canary"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let (session, cache) = (project.session()?, Cache::of(patient.settings));
    let path = cache.token_path(&session).ok_or(Unable::NotHere)?;
    if cache.form(&session) != Form::Unusable {
        return Ok(Vec::new());
    }
    let says = "no session can be read from it, so every AWS tool that looks there fails";
    let remedy = Remedy::run("remove it and sign in again", "devsecrets login");
    let cure = Cure::Delete { path: path.clone() };
    Ok(vec![Trouble::new(path.display().to_string(), says, remedy).cured_by(cure)])
}
