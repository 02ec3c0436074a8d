//! Where an env file was not there yet, a container engine makes a folder of its name.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::envfile::guard;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: guard::NOT_A_FILE,
    group: Group::Files,
    severity: Severity::Error,
    title: "env files are regular files",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world.remove("api/.env");
        std::fs::create_dir(world.root.join("api/.env")).unwrap();
    },
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let found = project.guarded(guard::NOT_A_FILE).map(|(file, finding)| {
        let trouble = Trouble::from(finding.clone());
        let path = project.root().join(&file.path);
        let empty = std::fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_none());
        if path.is_symlink() || empty {
            trouble.cured_by(Cure::Replant { path, services: file.services.clone() })
        } else {
            trouble
        }
    });
    Ok(found.collect())
}
