//! A value derived for development, in an environment that is not: anybody with that developer's identity knows it.

use crate::doctor::{Answer, Check, Cure, Edit, Evidence, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::identity::Identity;
use crate::resolve::{Origin, is_development};
use crate::secret::plain;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-05",
    group: Group::Values,
    severity: Severity::Error,
    title: "no generated value is used outside development",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| {
        // As in a clone to which the file was taken along.
        world.lose_state("journal.json");
        world.set("DEVSECRETS_ENV", "production");
    },
};

fn look(patient: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    if is_development(project.environment) {
        return Err(Unable::NotHere);
    }
    let loaded = Identity::load(&**patient.keychain);
    let identity = loaded.map_err(|error| Unable::Because(plain(&error.to_string())))?;
    let Some(identity) = identity else { return Ok(Vec::new()) };
    let profile = project.profile();
    let found = evidence.secrets().filter_map(|(service, name, value)| {
        let generate = profile.variable(name)?.generate.as_ref()?;
        if !identity.value_for(&profile.name, service, name, generate).same_as(value) {
            return None;
        }
        let says = format!("it is the value your identity makes for development, in {}", project.environment);
        let remedy = Remedy::says(format!("put a value of its own for {} into a store", project.environment));
        let trouble = Trouble::of(service, name, says, remedy);
        Some(Trouble { cure: taken_out(project, evidence, service, name), ..trouble })
    });
    Ok(found.collect())
}

/// It is made again whenever development asks for it, so nothing is lost.
fn taken_out(project: &Project<'_>, evidence: &Evidence<'_>, service: &str, name: &str) -> Option<Cure> {
    let (_, Origin::File) = evidence.value(service, name)? else { return None };
    let path = project.root().join(project.profile().service(service).ok()?.env_file_path()?);
    Some(Cure::Edit { path, edit: Edit::Without { variable: name.to_owned() } })
}
