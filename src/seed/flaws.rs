//! What is wrong with env files as they stand, for the programs that read them.
//!
//! The same review is part of every preview, where what the write itself would mend is left out. It reads files and
//! changes none; a file that is not there or cannot be read has no flaws here, since seeding says so itself.

use std::path::Path;

use super::declared;
use crate::envfile::{self, Document, Reader, Snapshot};
use crate::finding::Finding;
use crate::profile::Profile;

/// Flaws of the env files of `services`, in the order of the profile. Names, lines and readers, never a value.
pub fn flaws(profile: &Profile, root: &Path, services: &[String]) -> Vec<Finding> {
    let files = declared::files(profile, services);
    let flaws = files.iter().map(|(path, services)| {
        let folder = declared::folder(profile, root, services);
        let (readers, _) = declared::readers_of(profile, services, &folder);
        match Snapshot::read(&root.join(path)) {
            Ok(file) if file.exists() => envfile::review(&Document::parse(file.bytes()), path, &readers),
            Ok(_) => Vec::new(),
            Err(error) => vec![envfile::shut(path, &error)],
        }
    });
    flaws.flatten().collect()
}

/// Flaws of the file at `path` that writing it as `after` would not mend.
pub(super) fn left(before: &Document, after: &Document, path: &str, readers: &[Reader]) -> Vec<Finding> {
    let found = envfile::review(before, path, readers);
    if found.is_empty() || before.bytes() == after.bytes() {
        return found;
    }
    envfile::review::left(found, &envfile::review(after, path, readers))
}
