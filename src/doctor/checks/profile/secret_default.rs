//! A profile is committed, so a secret's default in it is a committed secret.

use crate::deploy::is_literal;
use crate::doctor::weak::is_meant_to_be_random;
use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-PROFILE-22",
    group: Group::Profile,
    severity: Severity::Warning,
    title: "no secret stands in the profile itself",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.edit_profile("min_length = 32", "default = \"dev-secret-that-all-developers-share\""),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let profile = project.profile();
    let mut troubles = Vec::new();
    for (name, variable) in
        profile.variables.iter().filter(|(name, it)| it.secret && is_meant_to_be_random(name))
    {
        let literal = |environment: &&String| {
            let default = variable.default_for("", environment);
            default.is_some_and(|text| is_literal(&text))
        };
        let Some(environment) = profile.environments().iter().find(literal) else { continue };
        let says = format!("its default for {environment} is written in the profile, which everybody has");
        let remedy = Remedy::says("let it be generated, keep it in a store, or say `secret = false`");
        troubles.push(Trouble::new(name.clone(), says, remedy));
    }
    Ok(troubles)
}
