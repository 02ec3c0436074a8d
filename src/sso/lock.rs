//! Single flight: of all processes that want the same session, one signs in or refreshes and the others take its token.
//!
//! An advisory lock of the operating system on a file for each session: it goes with its process, however that ends, so a
//! holder that died is simply followed by the next. Beside it lies a note, value-free, that says who holds it and how
//! his attempt ended; on some systems a locked file itself cannot be read. Refreshing has a lock of its own, because it
//! lasts seconds and signing in minutes. Where no lock can be had, one goes on without: nothing breaks but the economy.

use std::cell::Cell;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::cache::sha1_hex;
use super::{SessionName, SsoError};
use crate::private_file;
use crate::secret::plain;
use crate::settings::Settings;

/// How often a waiting process looks again.
pub(super) const PAUSE: Duration = Duration::from_millis(100);
/// A refresh is one call with a time limit of its own.
const BRIEFLY: Duration = Duration::from_secs(20);

/// What the lock is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    SignIn,
    Refresh,
}

/// The process others wait for. Safe to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub pid: u32,
    /// The program and its command, such as `devsecrets login`.
    pub command: String,
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
}

/// What lies beside the lock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Note {
    holder: Holder,
    /// How the holder's attempt failed, when a person decided so: the others need not ask again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<Failed>,
}

/// An attempt that ended because of the person, or for want of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Failed {
    Denied,
    TimedOut,
}

impl Failed {
    fn of(error: &SsoError) -> Option<Self> {
        match error {
            SsoError::Denied => Some(Self::Denied),
            SsoError::CodeExpired | SsoError::BrowserTimedOut => Some(Self::TimedOut),
            _ => None,
        }
    }
}

impl From<Failed> for SsoError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Denied => Self::Denied,
            Failed::TimedOut => Self::CodeExpired,
        }
    }
}

/// Held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    /// `None` where no lock can be had.
    _file: Option<File>,
    note: Option<PathBuf>,
    holder: Holder,
    /// What the holder before us left behind.
    pub before: Option<Note>,
    /// The note stays, to tell those who wait.
    told: Cell<bool>,
}

/// Whoever comes next must not read of somebody who is gone.
impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(path) = self.note.as_deref().filter(|_| !self.told.get()) {
            // One that stays is overwritten by the next holder.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// One try.
pub(super) enum Try {
    Mine(Lock),
    /// Somebody else has it; who, as far as he says.
    Busy(Option<Holder>),
}

impl Lock {
    pub fn take(settings: &Settings, session: &SessionName, purpose: Purpose) -> Try {
        let Some((file, note)) = open(settings, session, purpose) else {
            return Try::Mine(Self {
                _file: None,
                note: None,
                holder: me(settings),
                before: None,
                told: Cell::new(false),
            });
        };
        let before = note.as_deref().and_then(read);
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                Try::Busy(before.filter(|note| note.failed.is_none()).map(|note| shown(note.holder)))
            }
            // A file system that knows no locks (some network ones) must not stop anybody.
            Ok(()) | Err(TryLockError::Error(_)) => {
                let lock =
                    Self { _file: Some(file), note, holder: me(settings), before, told: Cell::new(false) };
                lock.write(None);
                Try::Mine(lock)
            }
        }
    }

    /// For steps that are over soon; after a while one goes on without.
    pub async fn wait_briefly(settings: &Settings, session: &SessionName, purpose: Purpose) -> Option<Self> {
        let end = Instant::now() + BRIEFLY;
        loop {
            match Self::take(settings, session, purpose) {
                Try::Mine(lock) => return Some(lock),
                Try::Busy(_) if Instant::now() >= end => return None,
                Try::Busy(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Tells those who wait how it ended, so that a refusal is asked for once.
    pub fn ended(&self, error: &SsoError) {
        if let Some(failed) = Failed::of(error) {
            self.write(Some(failed));
            self.told.set(true);
        }
    }

    fn write(&self, failed: Option<Failed>) {
        let Some(path) = &self.note else { return };
        let note =
            Note { holder: Holder { since: OffsetDateTime::now_utc(), ..self.holder.clone() }, failed };
        let text = serde_json::to_vec(&note).unwrap_or_default();
        // Without the note the others wait as well; they cannot say for whom.
        let _ = private_file::replace(path, &text);
    }
}

impl Note {
    /// How an attempt failed that ended after `since`.
    pub fn failed_after(&self, since: OffsetDateTime) -> Option<Failed> {
        self.failed.filter(|_| self.holder.since >= since)
    }
}

fn me(settings: &Settings) -> Holder {
    Holder { pid: std::process::id(), command: settings.command.clone(), since: OffsetDateTime::now_utc() }
}

fn read(path: &Path) -> Option<Note> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// A note is a file, and what is in a file may be anything.
fn shown(holder: Holder) -> Holder {
    Holder { command: plain(&holder.command).chars().take(40).collect(), ..holder }
}

/// The lock file and its note: in the state folder, else, without a note, in the one for temporary files.
fn open(settings: &Settings, session: &SessionName, purpose: Purpose) -> Option<(File, Option<PathBuf>)> {
    let word = match purpose {
        Purpose::SignIn => "sign-in",
        Purpose::Refresh => "refresh",
    };
    let hash = sha1_hex(&session.session);
    let name = format!("{word}-{}", &hash[..16]);
    let state = settings.state_folder().filter(|folder| private_file::create_folder(folder).is_ok());
    let kept = state.and_then(|folder| {
        let file = create(&folder.join(format!("{name}.lock")))?;
        Some((file, Some(folder.join(format!("{name}.json")))))
    });
    kept.or_else(|| {
        // Shared with other users, so nothing is written there; the home folder keeps them apart.
        let home = settings.home().unwrap_or_default();
        let own = sha1_hex(&home.display().to_string());
        Some((create(&std::env::temp_dir().join(format!("devsecrets-{}-{name}.lock", &own[..16])))?, None))
    })
}

/// Opened for appending: an existing file, whosever it is, is not touched.
fn create(path: &Path) -> Option<File> {
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).ok()
}

#[cfg(test)]
mod tests;
