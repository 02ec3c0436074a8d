//! What a killed write left beside an env file may hold its secrets, and nobody ignores or tightens it.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::envfile::guard;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: guard::LEFTOVER,
    group: Group::Files,
    severity: Severity::Warning,
    title: "no half-written copy lies beside an env file",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.write("api/.env.devsecrets-a1b2c3", "JWT_SECRET=half\n"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let found = project.guarded(guard::LEFTOVER).map(|(_, finding)| {
        let cure = Cure::Delete { path: project.root().join(&finding.subject) };
        Trouble::from(finding.clone()).cured_by(cure)
    });
    Ok(found.collect())
}
