//! A session that cannot be kept is asked for again in every terminal.

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble, folder};
use crate::finding::Severity;
use crate::sso::{Cache, SsoError};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-09",
    group: Group::SignIn,
    severity: Severity::Error,
    title: "a session can be kept",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world.cache_token_with_mode(0o600);
        world.chmod_home(".aws/sso/cache", 0o500);
    },
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let path = Cache::of(patient.settings).token_path(&project.session()?);
    let Some(folder) = path.as_deref().and_then(|path| path.parent()) else {
        return Ok(vec![Trouble::from(SsoError::NoHome.finding())]);
    };
    Ok(folder::hindrance(folder).map(folder::Hindrance::trouble).into_iter().collect())
}
