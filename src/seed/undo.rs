//! Taking back what the last apply did, file by file.
//!
//! Before anything is written, each file's former bytes are kept in the state folder, sealed under the developer's
//! identity, so that an undo log is no second place to read secrets from. A file is restored only if it still is as
//! we left it; a later edit wins, and is named.

mod entry;
mod restore;

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use time::OffsetDateTime;

use super::plan::{FilePlan, Kind};
use super::{Approved, REPORT_VERSION, Report};
use crate::envfile::Journal;
use crate::finding::{Finding, Remedy};
use crate::identity::Identity;
use crate::settings::Settings;
use entry::{Entry, Kept};

/// Names the key that former contents are sealed with; each is bound to its path, so that an entry cannot bring one
/// file's secrets back as another's.
const SEAL: &str = "undo";

/// How many applies can be taken back.
const DEPTH: usize = 20;

/// One apply that can be taken back. Names and dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Undoable {
    /// Names it: `devsecrets undo ID`.
    pub id: String,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    pub profile: String,
    pub environment: String,
    pub files: Vec<String>,
}

impl Approved {
    /// True when an existing env file would be overwritten, so that undoing needs the identity.
    pub fn overwrites(&self) -> bool {
        let exists = |file: &FilePlan| file.write.as_ref().is_some_and(|(snapshot, _)| snapshot.exists());
        self.0.files.iter().any(|file| file.kind != Kind::GitIgnore && exists(file))
    }

    /// Keeps what the files are now, so that [`undo`] can bring it back.
    ///
    /// # Errors
    /// When the state folder cannot be written, or an existing file cannot be sealed for lack of an identity.
    pub fn remember(
        &self,
        settings: &Settings,
        root: &Path,
        journal: &Journal,
        identity: Option<&Identity>,
    ) -> io::Result<()> {
        let nowhere =
            || io::Error::new(io::ErrorKind::NotFound, "HOME is not set, so there is no state folder");
        let folder = folder(settings).ok_or_else(nowhere)?;
        let files: io::Result<Vec<Kept>> = self
            .0
            .files
            .iter()
            .filter(|file| file.write.is_some())
            .map(|file| keep(file, journal, identity))
            .collect();
        let entry = Entry {
            version: entry::VERSION,
            at: OffsetDateTime::now_utc(),
            root: root.to_owned(),
            profile: self.0.preview.profile.clone(),
            environment: self.0.preview.environment.clone(),
            files: files?,
        };
        entry.save(&folder)?;
        entry::prune(&folder, DEPTH);
        Ok(())
    }
}

fn folder(settings: &Settings) -> Option<PathBuf> {
    Some(settings.state_folder()?.join("undo"))
}

fn keep(file: &FilePlan, journal: &Journal, identity: Option<&Identity>) -> io::Result<Kept> {
    let Some((snapshot, after)) = &file.write else { return Err(io::ErrorKind::InvalidInput.into()) };
    let before = match (snapshot.exists(), file.kind, identity) {
        (false, _, _) => entry::Before::Absent,
        (true, Kind::GitIgnore, _) => entry::Before::plain(snapshot.bytes()),
        (true, _, Some(identity)) => entry::Before::Sealed(identity.seal(
            SEAL,
            file.path.as_os_str().as_encoded_bytes(),
            snapshot.bytes(),
        )?),
        (true, _, None) => return Err(io::Error::other("there is no identity to seal it with")),
    };
    Ok(Kept {
        path: file.path.clone(),
        shown: file.shown.path.clone(),
        before,
        after: entry::digest(after),
        journal: journal.all(&file.path),
    })
}

/// What can be taken back in this project, newest first.
pub fn undoable(settings: &Settings, root: &Path) -> Vec<Undoable> {
    let entries = folder(settings).map(|folder| entry::all(&folder)).unwrap_or_default();
    entries
        .into_iter()
        .filter(|(_, entry)| entry.root == root)
        .map(|(id, entry)| entry.describe(id))
        .collect()
}

/// The files in which this project's applies are kept.
pub fn undo_entries(settings: &Settings, root: &Path) -> Vec<PathBuf> {
    let Some(folder) = folder(settings) else { return Vec::new() };
    let all = entry::all(&folder).into_iter().filter(|(_, entry)| entry.root == root);
    all.map(|(id, _)| folder.join(format!("{id}.json"))).collect()
}

/// Entries of the undo log, of any project, that nobody can read.
pub fn unreadable_undo_entries(settings: &Settings) -> Vec<PathBuf> {
    let Some(folder) = folder(settings) else { return Vec::new() };
    let torn = entry::ids(&folder).into_iter().filter(|id| entry::load(&folder, id).is_none());
    torn.map(|id| folder.join(format!("{id}.json"))).collect()
}

/// Takes back `id`. The entry is gone once every file of it is restored.
///
/// # Errors
/// As a finding when there is no such entry.
pub fn undo(
    settings: &Settings,
    id: &str,
    journal: &mut Journal,
    identity: Option<&Identity>,
) -> Result<Report, Finding> {
    let folder = folder(settings).ok_or_else(|| unknown(id))?;
    let entry = entry::load(&folder, id).ok_or_else(|| unknown(id))?;
    let files = restore::all(&entry.files, journal, identity);
    let (profile, environment) = (entry.profile, entry.environment);
    let report = Report { version: REPORT_VERSION, profile, environment, files, findings: Vec::new() };
    if report.is_clean() {
        entry::forget(&folder, id);
    }
    Ok(report)
}

fn unknown(id: &str) -> Finding {
    Finding::error(
        "DS-UNDO-01",
        id,
        "there is nothing to undo under this name",
        Remedy::run("see what there is", "devsecrets undo --list"),
    )
}
