//! A role remembered from another task would read production's secrets into a developer's files.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::resolve::is_development;
use crate::secret::plain;
use crate::sso::recall_choice;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-46",
    group: Group::SignIn,
    severity: Severity::Error,
    title: "no production account serves development",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.choose_role("111122223333"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    project.session()?;
    let (profile, environment) = (project.profile(), project.environment);
    let production = |account: &str| profile.policy.production_accounts.iter().any(|known| known == account);
    let chosen = patient.choice.filter(|choice| production(&choice.account_id));
    let Some(choice) = chosen.filter(|_| is_development(environment)) else { return Ok(Vec::new()) };
    let subject = format!("account {}", plain(&choice.account_id));
    let says = format!("the profile calls it production, and it is chosen for {environment}");
    let remembered = recall_choice(patient.settings, &profile.name);
    Ok(vec![if remembered.is_some_and(|known| known == *choice) {
        let remedy = Remedy::run("choose another", "devsecrets login --choose");
        let (account, role) = (plain(&choice.account_id), plain(&choice.role_name));
        Trouble::new(subject, says, remedy).cured_by(Cure::ForgetRole { account, role })
    } else {
        Trouble::new(subject, says, Remedy::says("correct account_id under [sso] in the profile"))
    }])
}
