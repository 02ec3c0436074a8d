//! Bringing files back: all are looked at first, and `.gitignore` comes last.
//!
//! The rule: no env file is left that git does not ignore. So `.gitignore` is restored only when every env file was, and
//! nothing is touched while what was sealed cannot be opened for lack of the identity. A file that is back already
//! counts as restored, so that what could not be taken back at once can be later.

use std::io;

use zeroize::Zeroizing;

use super::entry::{self, Kept};
use crate::envfile::{Journal, Snapshot, replace, replace_shared};
use crate::finding::{Finding, Remedy};
use crate::identity::Identity;
use crate::secret::plain;
use crate::seed::{FileOutcome, FileReport};

/// A file that can be brought back.
struct Ready {
    snapshot: Snapshot,
    /// `None`: there was no file.
    before: Option<Zeroizing<Vec<u8>>>,
    is_back: bool,
}

/// One report for each file, in the order of `files`.
pub(super) fn all(files: &[Kept], journal: &mut Journal, identity: Option<&Identity>) -> Vec<FileReport> {
    let mut checked: Vec<Result<Ready, Finding>> = files.iter().map(|kept| check(kept, identity)).collect();
    if identity.is_none() && files.iter().any(|kept| kept.before.is_sealed()) {
        for (kept, ready) in files.iter().zip(&mut checked).filter(|(_, ready)| ready.is_ok()) {
            *ready = Err(waits(kept, "nothing is taken back before all of it can be"));
        }
    }
    let mut reports: Vec<Option<FileReport>> = files.iter().map(|_| None).collect();
    let (ignores, env_files): (Vec<_>, Vec<_>) =
        files.iter().zip(checked).enumerate().partition(|(_, (kept, _))| kept.is_gitignore());
    for (at, (kept, ready)) in env_files {
        reports[at] = Some(report(kept, ready.and_then(|ready| restore(kept, &ready, journal))));
    }
    let clean = reports.iter().flatten().all(|report| report.finding.is_none());
    for (at, (kept, ready)) in ignores {
        let held = "it hides env files that could not be taken back";
        let ready = if clean { ready } else { ready.and_then(|_| Err(waits(kept, held))) };
        reports[at] = Some(report(kept, ready.and_then(|ready| restore(kept, &ready, journal))));
    }
    reports.into_iter().flatten().collect()
}

fn report(kept: &Kept, restored: Result<FileOutcome, Finding>) -> FileReport {
    let (outcome, finding) = match restored {
        Ok(outcome) => (outcome, None),
        Err(finding) => (FileOutcome::Failed, Some(finding)),
    };
    FileReport { path: kept.shown.clone(), service: None, outcome, written: 0, finding }
}

fn check(kept: &Kept, identity: Option<&Identity>) -> Result<Ready, Finding> {
    let before = kept.before.open(identity, &kept.path).map_err(|error| cannot(kept, &error))?;
    let snapshot = Snapshot::read(&kept.path).map_err(|error| cannot(kept, &io::Error::other(error)))?;
    let is_back = match &before {
        None => !snapshot.exists(),
        Some(bytes) => snapshot.exists() && snapshot.bytes() == bytes.as_slice(),
    };
    if !is_back && (!snapshot.exists() || entry::digest(snapshot.bytes()) != kept.after) {
        return Err(changed_since(kept));
    }
    Ok(Ready { snapshot, before, is_back })
}

fn restore(kept: &Kept, ready: &Ready, journal: &mut Journal) -> Result<FileOutcome, Finding> {
    let snapshot = &ready.snapshot;
    match &ready.before {
        _ if ready.is_back => {}
        None => std::fs::remove_file(&kept.path).map_err(|error| cannot(kept, &error))?,
        Some(bytes) => {
            let replaced = match kept.before.is_plain() {
                true => replace_shared(&kept.path, snapshot, bytes),
                false => replace(&kept.path, snapshot, bytes),
            };
            replaced.map(drop).map_err(|error| cannot(kept, &io::Error::other(error)))?;
        }
    }
    // A journal that cannot be written only makes our copies look like hand edits, which are kept.
    let _ = journal.restore(&kept.path, kept.journal.clone());
    Ok(match &ready.before {
        _ if ready.is_back => FileOutcome::Unchanged,
        Some(_) => FileOutcome::Restored,
        None => FileOutcome::Removed,
    })
}

fn cannot(kept: &Kept, error: &io::Error) -> Finding {
    let remedy = Remedy::says("correct the cause, then undo again");
    Finding::error("DS-UNDO-03", kept.shown.clone(), plain(&error.to_string()), remedy)
}

/// It could be restored, and another one cannot.
fn waits(kept: &Kept, why: &str) -> Finding {
    let remedy = Remedy::says("correct what the other files name, then undo again");
    Finding::error("DS-UNDO-03", kept.shown.clone(), format!("left as it is: {why}"), remedy)
}

fn changed_since(kept: &Kept) -> Finding {
    let remedy = Remedy::says("nothing was touched; take back the edit first, or leave it");
    Finding::error("DS-UNDO-02", kept.shown.clone(), "it was edited after it was written", remedy)
}
