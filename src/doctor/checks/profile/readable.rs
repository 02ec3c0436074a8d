//! Everything else rests on the profile.

use std::path::Path;

use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble};
use crate::finding::{Remedy, Severity};
use crate::profile::LoadError;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-PROFILE-05",
    group: Group::Profile,
    severity: Severity::Error,
    title: "the profile can be read",
    cures: false,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.write("devsecrets.toml", "schema = 1\nname = 3\n"),
};

fn look(patient: &Patient<'_>) -> Answer {
    let Some(error) = patient.no_project else { return Ok(Vec::new()) };
    Ok(match error {
        LoadError::Broken(problems) => problems
            .list()
            .iter()
            .map(|problem| {
                let place =
                    format!("{}:{}:{}", near(patient, problems.origin()), problem.line, problem.column);
                let remedy = Remedy::run("mend the line, then check again", "devsecrets profile lint");
                Trouble::new(place, problem.message.clone(), remedy)
            })
            .collect(),
        other => vec![Trouble::new("profile", other.to_string(), other.next_step())],
    })
}

/// As one would type it here: most lists are too narrow for a path from the root.
fn near<'a>(patient: &Patient<'_>, path: &'a str) -> &'a str {
    let within = Path::new(path).strip_prefix(&patient.settings.folder).ok();
    within.and_then(Path::to_str).unwrap_or(path)
}
