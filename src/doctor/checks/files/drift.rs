//! An env file that no longer says what its sources say.

use crate::doctor::{Answer, Check, Cure, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-FILE-20",
    group: Group::Files,
    severity: Severity::Warning,
    title: "env files say what their sources say",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.remove("api/.env"),
};

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let drifted = evidence.preview.files.iter().filter(|file| file.state.writes() && file.service.is_some());
    let found = drifted.map(|file| {
        let names = file.lines.iter().filter(|line| line.change.writes()).map(|line| line.name.as_str());
        let names: Vec<&str> = names.collect();
        let says = format!(
            "{} {} out of date or not there",
            names.join(", "),
            if names.len() == 1 { "is" } else { "are" }
        );
        let services = project.services.iter().filter(|name| {
            file.service.as_deref().is_some_and(|all| all.split(", ").any(|one| one == *name))
        });
        let cure = Cure::Seed { services: services.cloned().collect() };
        Trouble::new(&file.path, says, Remedy::run("write them", cure.to_string())).cured_by(cure)
    });
    Ok(found.collect())
}
