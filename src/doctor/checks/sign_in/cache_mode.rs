//! The token cache may be read by its owner alone. The AWS CLI never tightens an old file (measured).

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::sso::{Cache, SessionName};

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
    let sso = project.profile().sso.as_ref().ok_or(Unable::NotHere)?;
    let path = Cache::of(patient.settings).token_path(&SessionName::from(sso)).ok_or(Unable::NotHere)?;
    let Some(mode) = crate::doctor::checks::mode_of(&path) else { return Ok(Vec::new()) };
    if mode & 0o077 == 0 {
        return Ok(Vec::new());
    }
    let says = format!("others on this machine may read it (mode {mode:o})");
    let cure = Cure::Mode { path: path.clone(), mode: 0o600 };
    let remedy = Remedy::run("make it private", cure.to_string());
    Ok(vec![Trouble::new(path.display().to_string(), says, remedy).cured_by(cure)])
}
