//! From resolutions and the files as they stand to a plan. Reads, writes nothing.

use std::path::Path;

use super::plan::FilePlan;
use super::{FileState, PREVIEW_VERSION, Plan, Preview, Spot, declared, file, ignore, policy};
use crate::envfile::guard::Git;
use crate::envfile::{Journal, encoded};
use crate::finding::{Finding, Remedy};
use crate::profile::Profile;
use crate::resolve::{Matrix, Resolutions};
use crate::secret::SecretValue;

/// Everything a plan is made from.
#[derive(Clone, Copy)]
pub struct Draft<'a> {
    pub profile: &'a Profile,
    /// The project's folder.
    pub root: &'a Path,
    pub services: &'a [String],
    /// The AWS accounts in use, 12 digits each.
    pub accounts: &'a [&'a str],
    /// The value-free form of `found`, for next actions.
    pub matrix: &'a Matrix,
    pub found: &'a Resolutions,
    /// The same decided with the process environment, to tell what is only exported.
    pub exported: &'a Resolutions,
    /// The same decided as if no file had been edited by hand.
    pub incoming: &'a Resolutions,
    /// What we wrote last.
    pub journal: &'a Journal,
    /// Only these variables; empty: all.
    pub variables: &'a [Spot],
    /// Hand edits that give way to the incoming value.
    pub take: &'a [Spot],
    /// Remove what we wrote and the profile no longer names.
    pub prune: bool,
    /// Can be previewed, not applied.
    pub rehearsal: bool,
}

impl Draft<'_> {
    pub(super) fn wants(&self, service: &str, variable: &str) -> bool {
        self.variables.is_empty() || self.variables.iter().any(|spot| spot.is_of(service, variable))
    }

    /// A value in the form it has in a file.
    pub(super) fn as_written(&self, variable: &str, value: &SecretValue) -> SecretValue {
        encoded(value, self.profile.variable(variable).and_then(|variable| variable.encode))
    }

    pub(super) fn takes(&self, service: &str, variable: &str) -> bool {
        self.take.iter().any(|take| take.is_of(service, variable))
    }
}

/// Plans one file for each env file path, however many services share it.
pub fn draft(draft: &Draft<'_>) -> Plan {
    let mut findings = policy::obstacles(draft.profile, draft.accounts);
    let mut files = Vec::new();
    if findings.is_empty() {
        let shared = declared::files(draft.profile, draft.services);
        let has_one = |name: &&String| shared.values().flatten().any(|known| known == name);
        findings.extend(draft.services.iter().filter(|name| !has_one(name)).map(|name| no_env_file(name)));
        let paths: Vec<_> = shared.keys().map(|path| draft.root.join(path)).collect();
        let git = Git::ask(paths.iter().map(|path| path.as_path()));
        files = shared.iter().map(|(path, services)| file::plan(draft, &git, path, services)).collect();
        files = with_gitignore(draft.root, files);
    }
    let preview = Preview {
        version: PREVIEW_VERSION,
        profile: draft.profile.name.clone(),
        environment: draft.found.environment.clone(),
        files: files.iter().map(|file| file.shown.clone()).collect(),
        findings,
    };
    Plan::new(preview, files, draft.rehearsal)
}

fn no_env_file(service: &str) -> Finding {
    let remedy = Remedy::says("nothing to do: it gets its variables from its environment");
    Finding::note("DS-SEED-03", service, "it declares no env file", remedy)
}

/// Puts `.gitignore` first, when a file that would be written is not ignored yet.
pub(super) fn with_gitignore(root: &Path, files: Vec<FilePlan>) -> Vec<FilePlan> {
    let unignored = files.iter().filter(|file| file.shown.state.writes() && file.kind.waits());
    let paths: Vec<_> = unignored.map(|file| file.path.clone()).collect();
    if paths.is_empty() {
        return files;
    }
    let first = ignore::plan(root, &paths);
    let refused = first.shown.state == FileState::Refused;
    let files = files.into_iter().map(|file| if refused { file.without_ignore() } else { file });
    std::iter::once(first).chain(files).collect()
}
