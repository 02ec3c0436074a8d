//! The `.gitignore` that has to change first, so that no env file can be committed by accident.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::plan::{FilePlan, Kind};
use super::{Change, FilePreview, FileState, Line};
use crate::envfile::{Snapshot, add_line, pattern};
use crate::finding::{Finding, Remedy};
use crate::secret::plain;

const NAME: &str = ".gitignore";

/// Adds the narrowest line for each of `files` to the `.gitignore` beside the profile.
pub(super) fn plan(root: &Path, files: &[PathBuf]) -> FilePlan {
    let path = root.join(NAME);
    let patterns: Vec<String> = files.iter().filter_map(|file| pattern(root, file)).collect();
    let mut findings = Vec::new();
    let snapshot = match Snapshot::read(&path) {
        Ok(snapshot) if patterns.len() == files.len() => Some(snapshot),
        Ok(_) => {
            findings.push(refused("a file's name cannot be written as a pattern"));
            None
        }
        Err(error) => {
            findings.push(refused(&plain(&error.to_string())));
            None
        }
    };
    let state = match &snapshot {
        None => FileState::Refused,
        Some(snapshot) if snapshot.exists() => FileState::Update,
        Some(_) => FileState::Create,
    };
    let write = snapshot.map(|snapshot| {
        let bytes = patterns.iter().fold(snapshot.bytes().to_vec(), |bytes, line| add_line(&bytes, line));
        (snapshot, Zeroizing::new(bytes))
    });
    FilePlan {
        path,
        shown: FilePreview { path: NAME.to_owned(), service: None, state, lines: lines(patterns), findings },
        write,
        kind: Kind::GitIgnore,
    }
}

fn lines(patterns: Vec<String>) -> Vec<Line> {
    let line = |name| Line { name, change: Change::Add, value: None, origin: None, note: None };
    patterns.into_iter().map(line).collect()
}

fn refused(says: &str) -> Finding {
    Finding::error("DS-FILE-10", NAME, says, Remedy::says("add the lines yourself, then seed again"))
}
