//! What the profile declares and nobody uses: mostly a name that was changed in one place alone.

use std::collections::BTreeSet;

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::profile::{Names, Profile};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-PROFILE-21",
    group: Group::Profile,
    severity: Severity::Note,
    title: "the profile declares nothing in vain",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.edit_profile("[variables.MODE]", "[variables.MODUS]\n[variables.MODE]"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let profile = project.profile();
    let used = used(profile);
    let idle = profile.variables.keys().filter(|name| !used.contains(name.as_str()));
    let variables = idle.map(|name| {
        let remedy = Remedy::says("name it in a service, or take it out of the profile");
        Trouble::new(name.clone(), "no service and no deploy target names it", remedy)
    });
    let wanted: BTreeSet<&str> =
        profile.variables.values().filter_map(|variable| variable.token.as_deref()).collect();
    let idle =
        profile.tokens.iter().filter(|(name, it)| it.file.is_none() && !wanted.contains(name.as_str()));
    let tokens = idle.map(|(name, _)| {
        let remedy = Remedy::says("give it a `file`, or name it as `token` of a variable");
        Trouble::new(format!("token {name}"), "no variable and no file uses it", remedy)
    });
    Ok(variables.chain(tokens).collect())
}

fn used(profile: &Profile) -> BTreeSet<&str> {
    let services = profile.services.values();
    let lists = services.flat_map(|service| [&service.required, &service.optional, &service.denied]);
    lists.chain(profile.deploy.values().map(|target| &target.variables)).flat_map(Names::all).collect()
}
