//! Most of what keeps people from signing in stands on the way: names, proxies, certificates, a network's own page.

use crate::doctor::{Check, Group, Look, Patient, Pending, Project, Trouble, checks};
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-48",
    group: Group::SignIn,
    severity: Severity::Error,
    title: "the sign-in service can be reached",
    cures: false,
    look: Look::Network(look),
    #[cfg(test)]
    sow: |world| world.close_the_sign_in_service(),
};

fn look<'a>(patient: &'a Patient<'a>, project: &'a Project<'a>) -> Pending<'a> {
    Box::pin(async move {
        // An answer of whatever kind came from somebody.
        let Err(error) = checks::ask_sign_in(patient, project).await? else { return Ok(Vec::new()) };
        let trouble = error.advice().map(|advice| {
            Trouble::new("the sign-in service", format!("{error} ({})", advice.code), advice.remedy)
        });
        Ok(trouble.into_iter().collect())
    })
}
