//! A role that is not assigned any more is refused by the portal with "no access" and no other word.

use crate::doctor::{Check, Cure, Group, Look, Patient, Pending, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::profile::nearest;
use crate::secret::plain;
use crate::sso::{Cache, Choice, Portal, Role, recall_choice};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-05",
    group: Group::SignIn,
    severity: Severity::Error,
    title: "the role in use is assigned to you",
    cures: true,
    look: Look::Network(look),
    #[cfg(test)]
    sow: |world| world.choose("222233334444", "Develoer"),
};

fn look<'a>(patient: &'a Patient<'a>, project: &'a Project<'a>) -> Pending<'a> {
    Box::pin(async move {
        let (session, choice) = (project.session()?, patient.choice);
        let Some(choice) = choice else { return Ok(Vec::new()) };
        let token = Cache::of(patient.settings).token(&session).filter(|token| token.is_valid(patient.now));
        let token = token.ok_or_else(|| Unable::Because("nobody is signed in".to_owned()))?;
        let unable = |error: crate::sso::SsoError| Unable::Because(plain(&error.to_string()));
        let portal = Portal::open(patient.settings, &session, &token).map_err(unable)?;
        let open = portal.accounts().await.map_err(unable)?;
        let roles = match open.iter().any(|account| account.id == choice.account_id) {
            true => portal.roles(&choice.account_id).await.map_err(unable)?,
            false => Vec::new(),
        };
        let assigned = roles.iter().any(|role| role.name == choice.role_name);
        Ok(if assigned { Vec::new() } else { vec![trouble(patient, project, choice, &roles)] })
    })
}

fn trouble(patient: &Patient<'_>, project: &Project<'_>, choice: &Choice, roles: &[Role]) -> Trouble {
    let (account, role) = (plain(&choice.account_id), plain(&choice.role_name));
    let near = nearest(&role, roles.iter().map(|role| role.name.as_str()));
    let near = near.map(|near| format!(", did you mean {near}?")).unwrap_or_default();
    let says = format!("it is not assigned to you in account {account}{near}");
    let remembered = recall_choice(patient.settings, &project.profile().name);
    let trouble = |remedy| Trouble::new(format!("role {role}"), says, remedy);
    if remembered.is_some_and(|known| known == *choice) {
        let remedy = Remedy::run("choose one of yours", "devsecrets login --choose");
        trouble(remedy).cured_by(Cure::ForgetRole { account, role })
    } else {
        trouble(Remedy::says("correct account_id and role_name under [sso] in the profile"))
    }
}
