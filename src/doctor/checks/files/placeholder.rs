//! A value copied from `.env.example`, or a placeholder nobody filled in: the service starts, and nothing works.

use std::path::Path;

use crate::doctor::weak::is_placeholder;
use crate::doctor::{Answer, Check, EnvFile, Evidence, Group, Look, Patient, Project, Trouble};
use crate::envfile::{Document, Snapshot};
use crate::finding::{Remedy, Severity};
use crate::secret::SecretValue;
use crate::seed::Spot;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-FILE-22",
    group: Group::Files,
    severity: Severity::Error,
    title: "no placeholder stands in an env file",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.assign("api/.env", "JWT_SECRET", "<your-secret-of-32-characters-or-more>"),
};

const EXAMPLES: [&str; 5] = [".env.example", ".env.sample", ".env.template", ".env.dist", "env.example"];

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let (Some(document), Some(service)) = (&file.document, file.services.first()) else { continue };
        let examples = examples(project, file);
        for name in named(project, file) {
            let Some(value) = document.get(name).filter(|value| !value.is_blank()) else { continue };
            let secret = project.profile().variable(name).is_none_or(|variable| variable.secret);
            let Some(says) = fault(name, &value, secret, &examples) else { continue };
            let filled = |value: &SecretValue| fault(name, value, secret, &examples).is_none();
            let remedy = Remedy::run("see where it is to be had", format!("devsecrets explain {name}"));
            let trouble = Trouble::new(&file.path, format!("{name} {says}"), remedy);
            let cure = evidence.take(service, name, filled);
            troubles.push(Trouble { cure, about: Some(Spot::of(service, name)), ..trouble });
        }
    }
    Ok(troubles)
}

fn named<'a>(project: &Project<'a>, file: &EnvFile) -> Vec<&'a str> {
    let services = file.services.iter().filter_map(|name| project.profile().service(name).ok());
    let mut names: Vec<&str> = services
        .flat_map(|service| service.contract(project.environment))
        .map(|entry| entry.variable)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What the examples beside an env file say.
fn examples(project: &Project<'_>, file: &EnvFile) -> Vec<(&'static str, Document)> {
    let full = project.root().join(&file.path);
    let folder = full.parent().unwrap_or(Path::new("."));
    let read = |name: &&'static str| {
        let there = Snapshot::read(&folder.join(name)).ok().filter(Snapshot::exists)?;
        Some((*name, Document::parse(there.bytes())))
    };
    EXAMPLES.iter().filter_map(read).collect()
}

/// Plain configuration may well be what the example says.
fn fault(
    name: &str,
    value: &SecretValue,
    secret: bool,
    examples: &[(&'static str, Document)],
) -> Option<String> {
    let copied = |(_, example): &&(&str, Document)| example.get(name).is_some_and(|it| it.same_as(value));
    match examples.iter().find(copied).filter(|_| secret) {
        Some((example, _)) => Some(format!("is what {example} says")),
        None => value.expose_to(is_placeholder).then(|| "is a placeholder".to_owned()),
    }
}
