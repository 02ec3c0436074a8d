//! A tracked env file is committed sooner or later.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::envfile::guard;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: guard::TRACKED,
    group: Group::Files,
    severity: Severity::Error,
    title: "git tracks no env file",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.git(&["add", "--force", "api/.env"]),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let found = project.guarded(guard::TRACKED).map(|(file, finding)| {
        let cure = Cure::Untrack { root: project.root().to_owned(), path: file.path.clone().into() };
        Trouble::from(finding.clone()).cured_by(cure)
    });
    Ok(found.collect())
}
