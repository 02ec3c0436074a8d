//! A service whose folder is not there cannot be seeded, started or checked.

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble};
use crate::envfile::guard;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: guard::FOLDER,
    group: Group::Files,
    severity: Severity::Error,
    title: "service folders are there and can be written",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| std::fs::remove_dir_all(world.root.join("api")).unwrap(),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let guarded = project.guarded(guard::FOLDER).map(|(_, finding)| Trouble::from(finding.clone()));
    let mut troubles: Vec<Trouble> = guarded.collect();
    // Those without an env file are nobody else's business.
    let services = project.services.iter().filter_map(|name| project.profile().service(name).ok());
    for service in services.filter(|service| service.env_file.is_none()) {
        let folder = project.root().join(&service.path);
        if !folder.is_dir() {
            troubles.push(Trouble::from(guard::no_folder(&service.path, folder.exists())));
        }
    }
    Ok(troubles)
}
