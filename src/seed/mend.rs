//! A plan made of changes to the text of files, for repairs: shown, approved, applied and undone like any seed.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::plan::{FilePlan, Kind};
use super::{Change, FilePreview, FileState, Line, PREVIEW_VERSION, Plan, Preview};
use crate::envfile::{ReplaceError, Snapshot};

/// Changes to one file.
pub struct Mending<'a> {
    pub path: PathBuf,
    pub edits: Vec<Edit<'a>>,
}

/// What a change does, in words, and the change itself: text before to text after.
pub type Edit<'a> = (String, Box<dyn Fn(&[u8]) -> Vec<u8> + 'a>);

/// Plans them. Files that would stay as they are do not appear.
///
/// # Errors
/// When a file cannot be read.
pub fn mend(
    profile: &str,
    environment: &str,
    root: &Path,
    mendings: &[Mending<'_>],
) -> Result<Plan, ReplaceError> {
    let mut files = Vec::new();
    for mending in mendings {
        files.extend(file(root, mending)?);
    }
    let preview = Preview {
        version: PREVIEW_VERSION,
        profile: profile.to_owned(),
        environment: environment.to_owned(),
        files: files.iter().map(|file| file.shown.clone()).collect(),
        findings: Vec::new(),
    };
    Ok(Plan::new(preview, files, false))
}

fn file(root: &Path, mending: &Mending<'_>) -> Result<Option<FilePlan>, ReplaceError> {
    let snapshot = Snapshot::read(&mending.path)?;
    let mut bytes = Zeroizing::new(snapshot.bytes().to_vec());
    let mut lines = Vec::new();
    for (says, edit) in &mending.edits {
        let after = Zeroizing::new(edit(&bytes));
        if *after != *bytes {
            lines.push(Line {
                name: says.clone(),
                change: Change::Replace,
                value: None,
                origin: None,
                note: None,
            });
            bytes = after;
        }
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let kind = match mending.path.file_name() {
        Some(name) if name == ".gitignore" => Kind::GitIgnore,
        _ => Kind::Mended,
    };
    let path = mending.path.strip_prefix(root).unwrap_or(&mending.path).display().to_string();
    let state = if snapshot.exists() { FileState::Update } else { FileState::Create };
    Ok(Some(FilePlan {
        path: mending.path.clone(),
        shown: FilePreview { path, service: None, state, lines, findings: Vec::new() },
        write: Some((snapshot, bytes)),
        kind,
    }))
}
