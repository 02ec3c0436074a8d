//! What the profile says of an env file: whose it is, where it must stay, and which programs read it.
//!
//! Planning, adopting and reviewing all begin here, so they cannot differ about it.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use crate::envfile::{Reader, UnknownReader, readers};
use crate::finding::{Finding, Remedy};
use crate::profile::Profile;
use crate::secret::plain;

/// The env files of `services` (relative to the project), each with the services that share it.
pub(crate) fn files<'a>(profile: &Profile, services: &'a [String]) -> IndexMap<String, Vec<&'a str>> {
    let mut files: IndexMap<String, Vec<&str>> = IndexMap::new();
    for name in services {
        if let Some(path) = profile.service(name).ok().and_then(|service| service.env_file_path()) {
            files.entry(path).or_default().push(name);
        }
    }
    files
}

/// The folder the file of `services` must stay in: the first one's own.
pub(crate) fn folder(profile: &Profile, root: &Path, services: &[&str]) -> PathBuf {
    let first = services.first().and_then(|name| profile.service(name).ok());
    first.map_or_else(|| root.to_owned(), |service| root.join(&service.path))
}

/// Readers the services declare, else those their folder speaks of; and what is wrong with the declared ones.
pub(crate) fn readers_of(profile: &Profile, services: &[&str], folder: &Path) -> (Vec<Reader>, Vec<Finding>) {
    let declared = services.iter().filter_map(|name| profile.service(name).ok());
    let (mut known, mut findings) = (Vec::new(), Vec::new());
    for name in declared.flat_map(|service| &service.readers) {
        match name.parse() {
            Ok(reader) => known.push(reader),
            Err(error) => findings.push(unknown(name, &error)),
        }
    }
    (if known.is_empty() { readers::detect(folder) } else { known }, findings)
}

/// Programs that read the env file of `service`; none where nothing speaks of any.
pub fn readers(profile: &Profile, root: &Path, service: &str) -> Vec<Reader> {
    readers_of(profile, &[service], &folder(profile, root, &[service])).0
}

fn unknown(name: &str, error: &UnknownReader) -> Finding {
    let known: Vec<&str> = Reader::ALL.iter().map(|reader| reader.name()).collect();
    let remedy = Remedy::says(format!("the profile may name {}", known.join(", ")));
    Finding::error("DS-SEED-08", name, plain(&error.to_string()), remedy)
}
