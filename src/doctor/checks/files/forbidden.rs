//! An env file in a project whose policy wants none: it is left from before, and nobody keeps it up to date.

use std::path::{Path, PathBuf};

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble, Unable};
use crate::envfile::{Document, Journal};
use crate::finding::{Remedy, Severity};
use crate::profile::EnvFiles;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-FILE-21",
    group: Group::Files,
    severity: Severity::Error,
    title: "there is no env file where the policy forbids them",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.forbid_env_files(),
};

/// Endings of files that show what an env file looks like, and hold no secret.
const PATTERNS: [&str; 6] = [".example", ".sample", ".template", ".dist", ".schema", ".defaults"];

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    if project.profile().policy.env_files == EnvFiles::Allowed {
        return Err(Unable::NotHere);
    }
    let services = project.services.iter().filter_map(|name| project.profile().service(name).ok());
    let mut folders: Vec<PathBuf> = services.map(|service| project.root().join(&service.path)).collect();
    folders.push(project.root().to_owned());
    let mut files: Vec<PathBuf> = folders.iter().flat_map(|folder| env_files(folder)).collect();
    files.sort();
    files.dedup();
    Ok(files.into_iter().map(|file| trouble(patient.journal, project.root(), file)).collect())
}

fn env_files(folder: &Path) -> Vec<PathBuf> {
    let is_one = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        (name == ".env" || name.starts_with(".env.")) && !PATTERNS.iter().any(|end| name.ends_with(end))
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.map(|path| normal(&path)).filter(|path| is_one(path) && path.is_file()).collect()
}

/// Without the `.` of a service that stands in the project's own folder.
fn normal(path: &Path) -> PathBuf {
    path.components().collect()
}

/// What we wrote is in its sources still; anything else is somebody's own.
fn trouble(journal: &Journal, root: &Path, file: PathBuf) -> Trouble {
    let text = std::fs::read(&file).unwrap_or_default();
    let all_ours =
        Document::parse(&text).entries().all(|entry| journal.wrote(&file, &entry.key, &entry.value));
    let subject = file.strip_prefix(root).unwrap_or(&file).display().to_string();
    let says = "the policy forbids env files, and one is on disk";
    if !all_ours {
        let remedy = Remedy::run("keep what you need of it elsewhere, then", format!("rm {subject}"));
        return Trouble::new(subject, says, remedy);
    }
    let cure = Cure::Delete { path: file };
    Trouble::new(subject, says, Remedy::run("everything in it is ours", cure.to_string())).cured_by(cure)
}
