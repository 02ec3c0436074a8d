//! An env file holds secrets, so it is for its owner alone.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::envfile::guard;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: guard::READABLE,
    group: Group::Files,
    severity: Severity::Warning,
    title: "env files are private",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.chmod("api/.env", 0o644),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let found = project.guarded(guard::READABLE).map(|(file, finding)| {
        let cure = Cure::Mode { path: project.root().join(&file.path), mode: 0o600 };
        Trouble::from(finding.clone()).cured_by(cure)
    });
    Ok(found.collect())
}
