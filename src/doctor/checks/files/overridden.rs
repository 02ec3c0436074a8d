//! Next.js, Vite and Bun read further files, nearer than the one that is seeded: what stands there wins.

use std::path::Path;

use crate::doctor::{Answer, Check, Cure, Edit, EnvFile, Group, Look, Patient, Project, Trouble};
use crate::envfile::{Document, Reader, Snapshot};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-FILE-24",
    group: Group::Files,
    severity: Severity::Warning,
    title: "no nearer file hides what the env file says",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world.edit_profile(r#""node-dotenv"]"#, r#""next"]"#);
        world.write("api/.env.local", "MODE=fancy\n");
    },
};

/// What each reads in development before `.env`, nearest first (their documentation, and measured).
const NEARER: [(Reader, &[&str]); 3] = [
    (Reader::Next, &[".env.development.local", ".env.local", ".env.development"]),
    (Reader::Vite, &[".env.development.local", ".env.development", ".env.local"]),
    (Reader::Bun, &[".env.local", ".env.development"]),
];

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let Some(document) = &file.document else { continue };
        let Some((reader, names)) = NEARER.iter().find(|(reader, _)| file.readers.contains(reader)) else {
            continue;
        };
        let full = project.root().join(&file.path);
        let own = full.file_name().unwrap_or_default();
        let before = names.iter().take_while(|name| **name != own);
        for near in before.map(|name| full.with_file_name(name)).filter(|near| !is_seeded(project, near)) {
            hidden(project, file, document, &near, *reader, &mut troubles);
        }
    }
    Ok(troubles)
}

fn is_seeded(project: &Project<'_>, path: &Path) -> bool {
    project.env_files().iter().any(|file| project.root().join(&file.path) == path)
}

fn hidden(
    project: &Project<'_>,
    file: &EnvFile,
    document: &Document,
    near: &Path,
    reader: Reader,
    troubles: &mut Vec<Trouble>,
) {
    let Some(there) = Snapshot::read(near).ok().filter(Snapshot::exists) else { return };
    let there = Document::parse(there.bytes());
    let shown = near.strip_prefix(project.root()).unwrap_or(near).display().to_string();
    for entry in there.entries().filter(|entry| document.get(&entry.key).is_some()) {
        if document.get(&entry.key).is_some_and(|value| value.same_as(&entry.value)) {
            continue;
        }
        let name = crate::secret::plain(&entry.key);
        let says = format!("{} takes {name} from here, not from {}", reader.name(), file.path);
        let remedy = Remedy::says(format!("take {name} out of {shown}, unless you mean it so"));
        let trouble = Trouble::new(&shown, says, remedy);
        // The others are shared and committed as a rule: what to do about them is for all to say.
        let cure = Cure::Edit { path: near.to_owned(), edit: Edit::Without { variable: entry.key } };
        troubles.push(if shown.ends_with(".local") { trouble.cured_by(cure) } else { trouble });
    }
}
