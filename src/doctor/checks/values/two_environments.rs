//! One secret for two environments: whoever has the lesser one has the greater one too.

use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::envfile::{Document, Snapshot};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-06",
    group: Group::Values,
    severity: Severity::Warning,
    title: "no secret is the same in two environments",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| {
        for file in ["api/.env", "api/.env.production"] {
            if file.ends_with("production") {
                world.write(file, "");
            }
            world.assign(file, "JWT_SECRET", "Zk3vX9_copied-from-production-Q71mB0rT");
        }
    },
};

/// Shorter ones are alike by chance, or no secret.
const LEAST: usize = 8;

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let mut troubles = Vec::new();
    for service in project.services {
        for (file, environment, document) in others(project, service) {
            let own = evidence.secrets().filter(|(of, _, value)| of == service && value.chars() >= LEAST);
            for (_, name, value) in own {
                let Some(other) = document.get(name).filter(|other| other.same_as(value)) else { continue };
                let says = format!("{} uses what {file} says for {environment}", project.environment);
                let remedy = Remedy::says("give each environment a value of its own");
                let trouble = Trouble::of(service, name, says, remedy);
                let cure = evidence.take(service, name, |value| !value.same_as(&other));
                troubles.push(Trouble { cure, ..trouble });
            }
        }
    }
    Ok(troubles)
}

/// Env files of other environments that lie on this disk, as frameworks name them.
fn others<'a>(project: &Project<'a>, service: &str) -> Vec<(String, &'a str, Document)> {
    let Ok(declared) = project.profile().service(service) else { return Vec::new() };
    let other = project.profile().environments().iter().filter(|name| *name != project.environment);
    let mut found = Vec::new();
    for environment in other {
        let mut files = declared.fallback_paths(environment);
        files.extend(
            ["", ".local"]
                .map(|end| format!("{}/.env.{environment}{end}", declared.path.trim_end_matches('/'))),
        );
        // A file every environment reads is no other environment's.
        let shared = declared.fallback_paths(project.environment);
        for file in files.into_iter().filter(|file| !shared.contains(file)) {
            let there = Snapshot::read(&project.root().join(&file)).ok().filter(Snapshot::exists);
            found.extend(there.map(|it| (file, environment.as_str(), Document::parse(it.bytes()))));
        }
    }
    found
}
