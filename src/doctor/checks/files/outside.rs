//! A link that leads away: what is written there is not where anybody looks, and perhaps not ours to write.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::envfile::guard;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: guard::OUTSIDE,
    group: Group::Files,
    severity: Severity::Error,
    title: "no env file is a link out of its place",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.link("api/.env", "../elsewhere"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let found = project.guarded(guard::OUTSIDE).map(|(file, finding)| {
        let trouble = Trouble::from(finding.clone());
        let path = project.root().join(&file.path);
        // A folder on the way to it may be the link, and is not ours to take away.
        if path.is_symlink() {
            trouble.cured_by(Cure::Replant { path, services: file.services.clone() })
        } else {
            trouble
        }
    });
    Ok(found.collect())
}
