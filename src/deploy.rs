//! Files that deploy the project, read for what they set: names, lines, and whether a value stands there in clear.
//!
//! The rule: nothing is run or fetched, and no value leaves this room; what is told of one is its name and place. Each
//! file is read by what it is written in (YAML, TOML, JSON), so targets that nobody has heard of yet are read too.

mod literal;
mod settings;
mod toml;
mod yaml;

use std::path::{Path, PathBuf};

pub use literal::is_literal;
pub use settings::{Setting, Unreadable, settings};

use crate::profile::Profile;

/// Files that are read wherever they stand: in the project's folder, and in a service's.
const KNOWN: [&str; 17] = [
    "render.yaml",
    "render.yml",
    "railway.toml",
    "railway.json",
    "fly.toml",
    "cloudbuild.yaml",
    "cloudbuild.yml",
    "app.yaml",
    "serverless.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
    "docker-compose.prod.yml",
    "compose.yml",
    "compose.yaml",
    "compose.prod.yaml",
    ".gitlab-ci.yml",
    "bitbucket-pipelines.yml",
];

/// A file that deploys the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeployFile {
    pub path: PathBuf,
    /// The profile names it.
    pub declared: bool,
}

/// Every deploy file of a project: those the profile names, and those known by their name.
pub fn files(profile: &Profile, root: &Path, services: &[String]) -> Vec<DeployFile> {
    let targets = profile.deploy.values();
    let named = targets.flat_map(|target| target.file.iter().chain(&target.files));
    let mut all: Vec<DeployFile> =
        named.map(|file| DeployFile { path: root.join(file), declared: true }).collect();
    let services = services.iter().filter_map(|name| profile.service(name).ok());
    let mut folders: Vec<PathBuf> = services.map(|service| root.join(&service.path)).collect();
    folders.push(root.to_owned());
    folders.dedup();
    let known = folders.iter().flat_map(|folder| KNOWN.map(|name| folder.join(name)));
    let workflows = std::fs::read_dir(root.join(".github/workflows")).into_iter().flatten().flatten();
    let found = known.filter(|path| path.is_file()).chain(workflows.map(|entry| entry.path()));
    all.extend(found.map(|path| DeployFile { path: path.components().collect(), declared: false }));
    all.sort_by(|a, b| (&a.path, !a.declared).cmp(&(&b.path, !b.declared)));
    all.dedup_by(|later, first| later.path == first.path);
    all
}
