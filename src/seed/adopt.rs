//! Taking existing, hand-made env files into account without touching a byte of them.
//!
//! What the sources say now becomes the base of the merge: values that agree with it count as ours from then on, values
//! that do not are kept as edits, and a source that changes later shows as a conflict instead of being missed. Keys the
//! profile does not name are told, because either the profile or the file is behind.

use std::path::Path;

use indexmap::IndexMap;
use serde::Serialize;

use super::declared;
use crate::envfile::{Document, Journal, Record, Snapshot, encoded};
use crate::finding::{Finding, Remedy};
use crate::profile::{Need, Profile};
use crate::resolve::{Origin, Outcome, Resolutions};
use crate::secret::{SecretValue, plain};

/// Version of the JSON form.
pub const ADOPTION_VERSION: u32 = 1;

/// What was found in the files of a project. Names only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Adoption {
    pub version: u32,
    pub files: Vec<AdoptedFile>,
}

/// One env file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdoptedFile {
    /// Relative to the project, with `/`.
    pub path: String,
    /// Variables that agree with their source, and count as ours from now on.
    pub same: Vec<String>,
    /// Variables that differ from their source, or have none: they stay as they are.
    pub kept: Vec<String>,
    /// Keys no service of the file names in the profile.
    pub unknown: Vec<String>,
    /// Required variables the file lacks.
    pub lacking: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

/// Records the files of `services` as they are.
///
/// `incoming` is what the sources have, decided as if no file had been edited by hand.
pub fn adopt(
    profile: &Profile,
    root: &Path,
    incoming: &Resolutions,
    services: &[String],
    journal: &mut Journal,
) -> Adoption {
    let files = declared::files(profile, services).into_iter().map(|(path, services)| {
        let wanted = wanted(profile, incoming, &services);
        one(root, path, &wanted, &incoming.environment, journal)
    });
    Adoption { version: ADOPTION_VERSION, files: files.collect() }
}

/// What a file should hold of one variable.
struct Wanted {
    need: Need,
    /// In the form it has in a file.
    incoming: Option<SecretValue>,
}

/// Every variable some service of the file names, with its strongest need and its source's value.
fn wanted<'a>(
    profile: &'a Profile,
    incoming: &'a Resolutions,
    services: &[&str],
) -> IndexMap<&'a str, Wanted> {
    let mut all: IndexMap<&str, Wanted> = IndexMap::new();
    for service in services {
        for entry in profile.contract(service, &incoming.environment).unwrap_or_default() {
            let found = match incoming.get(service, entry.variable) {
                Some(Outcome::Found { value, origin, .. })
                    if !matches!(origin, Origin::File | Origin::Fallback) =>
                {
                    Some(value)
                }
                _ => None,
            };
            let variable = profile.variable(entry.variable);
            let found = found.map(|value| encoded(value, variable.and_then(|variable| variable.encode)));
            let wanted = all.entry(entry.variable).or_insert(Wanted { need: entry.need, incoming: None });
            wanted.need = entry.need.min(wanted.need);
            wanted.incoming = wanted.incoming.take().or(found);
        }
    }
    all
}

fn one(
    root: &Path,
    path: String,
    wanted: &IndexMap<&str, Wanted>,
    environment: &str,
    journal: &mut Journal,
) -> AdoptedFile {
    let full = root.join(&path);
    let mut file =
        AdoptedFile { path, same: vec![], kept: vec![], unknown: vec![], lacking: vec![], finding: None };
    let snapshot = match Snapshot::read(&full) {
        Ok(snapshot) => snapshot,
        Err(error) => {
            file.finding = Some(unreadable(&file.path, &error.to_string()));
            return file;
        }
    };
    let document = Document::parse(snapshot.bytes());
    let mut bases = Vec::new();
    for (name, wanted) in wanted {
        match (document.get(name).filter(|value| !value.is_blank()), &wanted.incoming) {
            (None, _) if wanted.need == Need::Required => file.lacking.push((*name).to_owned()),
            (None, _) => {}
            (Some(value), Some(source)) if value.same_as(source) => file.same.push((*name).to_owned()),
            (Some(_), _) => file.kept.push((*name).to_owned()),
        }
        bases.extend(wanted.incoming.clone().map(|source| ((*name).to_owned(), source)));
    }
    file.unknown = unknown(&document, wanted);
    let record = Record {
        file: full,
        environment: Some(environment.to_owned()),
        standing: Vec::new(),
        written: bases,
        removed: Vec::new(),
    };
    file.finding = journal.record(&[record]).err().map(|error| unrecorded(&file.path, &error));
    file
}

fn unknown(document: &Document, wanted: &IndexMap<&str, Wanted>) -> Vec<String> {
    let keys = document.entries().map(|entry| entry.key).filter(|key| !wanted.contains_key(key.as_str()));
    let mut keys: Vec<String> = keys.map(|key| plain(&key)).collect();
    keys.dedup();
    keys
}

fn unreadable(path: &str, says: &str) -> Finding {
    Finding::error("DS-FILE-09", path, plain(says), Remedy::says("make it a file that you may read"))
}

fn unrecorded(path: &str, error: &std::io::Error) -> Finding {
    let says = format!("cannot be recorded: {}", plain(&error.to_string()));
    Finding::error("DS-SEED-09", path, says, Remedy::says("make the state folder writable, then adopt again"))
}
