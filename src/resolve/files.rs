//! What the env files say, and what is wrong with those that cannot be read as they stand.
//!
//! The rule: a file that is there and cannot be read is not taken for none. An edit in it would win over every store, so
//! whoever goes on without it is told.

use std::collections::BTreeMap;
use std::path::Path;

use time::OffsetDateTime;

use super::environments::is_development;
use super::gather::Scope;
use super::sources::FileValue;
use super::{FileSource, Sources};
use crate::envfile::{Document, Journal, Snapshot, decoded, not_utf8, shut};
use crate::finding::Finding;
use crate::profile::EnvFiles;

/// What stands in files, and what is wrong with these.
#[derive(Default)]
pub(super) struct Filed {
    own: BTreeMap<String, FileSource>,
    besides: BTreeMap<String, Vec<FileSource>>,
    shut: BTreeMap<String, String>,
    flaws: Vec<Finding>,
}

impl Filed {
    /// The env file of each service in scope, and what each reads besides.
    pub fn of(scope: Scope<'_>, journal: &Journal) -> Self {
        let mut all = Self::default();
        for name in scope.services {
            let Ok(service) = scope.profile.service(name) else { continue };
            if let Some(path) = service.env_file_path() {
                all.read_own(scope, name, path, journal);
            }
            let besides = all.read_all(scope, service.fallback_paths(scope.environment), journal);
            all.besides.insert(name.clone(), besides);
        }
        all
    }

    fn read_own(&mut self, scope: Scope<'_>, name: &str, path: String, journal: &Journal) {
        match self.read(scope, path.clone(), journal) {
            Ok(file) => {
                let none = FileSource { path, ..FileSource::default() };
                self.own.insert(name.to_owned(), file.unwrap_or(none));
            }
            Err(()) => _ = self.shut.insert(name.to_owned(), path),
        }
    }

    /// Files that are read and never written.
    fn read_all(&mut self, scope: Scope<'_>, paths: Vec<String>, journal: &Journal) -> Vec<FileSource> {
        let inside = paths.into_iter().filter(|path| is_inside(scope.root, path));
        inside.filter_map(|path| self.read(scope, path, journal).ok().flatten()).collect()
    }

    /// The file, if there is one; what is wrong with it is noted, once for however many services read it.
    fn read(&mut self, scope: Scope<'_>, path: String, journal: &Journal) -> Result<Option<FileSource>, ()> {
        let snapshot =
            Snapshot::read(&scope.root.join(&path)).map_err(|error| self.note(shut(&path, &error)))?;
        if !snapshot.exists() {
            return Ok(None);
        }
        not_utf8(&path, snapshot.bytes()).into_iter().for_each(|flaw| self.note(flaw));
        Ok(Some(file(scope, path, &snapshot, journal)))
    }

    fn note(&mut self, flaw: Finding) {
        if !self.flaws.contains(&flaw) {
            self.flaws.push(flaw);
        }
    }

    /// What stands in for a store that failed, which a developer keeps in files of the usual names. In no other environment,
    /// and not where the policy wants no such file.
    pub fn standing_in(scope: Scope<'_>, known: Sources, journal: &Journal) -> Sources {
        let mut all = Self { flaws: known.flaws, ..Self::default() };
        let known = Sources { flaws: Vec::new(), ..known };
        let may = is_development(scope.environment) && scope.profile.policy.env_files == EnvFiles::Allowed;
        for name in scope.services.iter().filter(|name| may && known.store_failed(name)) {
            let Ok(service) = scope.profile.service(name) else { continue };
            let files = all.read_all(scope, service.stand_in_paths(scope.environment), journal);
            all.besides.insert(name.clone(), files);
        }
        Sources { stand_ins: all.besides, flaws: all.flaws, ..known }
    }

    pub fn into(self, known: Sources) -> Sources {
        let Self { own, besides, shut, flaws } = self;
        Sources { files: own, fallbacks: besides, shut, flaws, ..known }
    }
}

/// Only files inside the project: a link may not lead out.
fn is_inside(root: &Path, path: &str) -> bool {
    let full = root.join(path).canonicalize();
    full.is_ok_and(|full| root.canonicalize().is_ok_and(|root| full.starts_with(root)))
}

fn file(scope: Scope<'_>, path: String, snapshot: &Snapshot, journal: &Journal) -> FileSource {
    let full = scope.root.join(&path);
    let document = Document::parse(snapshot.bytes());
    // What we copied for one environment is nothing to another; what a person wrote there is for all.
    let foreign = journal.other_environment(&full, scope.environment).is_some();
    let values = document
        .entries()
        .map(|entry| (journal.wrote(&full, &entry.key, &entry.value), entry))
        .filter(|(ours, _)| !(foreign && *ours))
        .map(|(ours, entry)| {
            let encode = scope.profile.variable(&entry.key).and_then(|variable| variable.encode);
            let value = decoded(&entry.value, encode).unwrap_or(entry.value);
            (entry.key, FileValue { value, ours })
        })
        .collect();
    let changed = std::fs::metadata(&full).and_then(|metadata| metadata.modified()).ok();
    FileSource { path, values, since: changed.map(OffsetDateTime::from), foreign }
}
