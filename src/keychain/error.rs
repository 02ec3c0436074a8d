//! What can go wrong with a keychain, and the next step for each.
//!
//! Owns the distinctions peers lost by reporting everything as "not found". An error is made of
//! a place, a problem and names; values and the messages of crypto libraries never enter it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use super::Item;
use crate::finding::Remedy;

/// Where a keychain keeps its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Secret Service, macOS Keychain or Windows Credential Manager.
    Os,
    /// The encrypted key file.
    File(PathBuf),
    /// This process alone.
    Memory,
    /// Not chosen yet: nothing was asked so far.
    Undecided,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Os if cfg!(target_os = "macos") => f.write_str("the macOS keychain"),
            Self::Os if cfg!(windows) => f.write_str("the Windows Credential Manager"),
            Self::Os => f.write_str("the Secret Service keychain"),
            Self::File(path) => write!(f, "the key file {}", path.display()),
            Self::Memory => f.write_str("the keychain in memory"),
            Self::Undecided => f.write_str("the keychain"),
        }
    }
}

/// A keychain did not do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Error {
    pub place: Place,
    pub problem: Problem,
}

/// Why it did not.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Problem {
    #[error("it is locked and was not unlocked")]
    Locked,
    #[error("access was denied")]
    Denied,
    #[error("not available: {0}")]
    NoBackend(String),
    #[error("`{item}` is longer than the {limit} bytes it can keep")]
    TooLarge { item: Item, limit: usize },
    #[error("no answer within {} seconds", .0.as_secs())]
    TimedOut(Duration),
    #[error("another process has been writing to it for {} seconds", .0.as_secs())]
    Busy(Duration),
    #[error("`{item}` is not what devsecrets stores: {why}")]
    Foreign { item: Item, why: &'static str },
    #[error("it is damaged: {0}")]
    Corrupted(&'static str),
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    #[error("a passphrase is needed")]
    NeedsPassphrase,
    /// What is started is not given what opens our keychain.
    #[error("a passphrase is needed, and the `devsecrets run` around this one keeps it to itself")]
    Withheld,
    #[error("cannot read the passphrase file {}: {source}", path.display())]
    PassphraseFile { path: PathBuf, source: Arc<io::Error> },
    /// What the person decided is not to be read; guessing could make a second identity.
    #[error("cannot tell which one was chosen: {} {why}", file.display())]
    Undecidable { file: PathBuf, why: String },
    /// The system refused an operation; `doing` says which.
    #[error("cannot {doing}: {source}")]
    Io { doing: String, source: Arc<io::Error> },
}

impl Problem {
    pub(super) fn io(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Io { doing, source: Arc::new(source) }
    }
}

impl Error {
    pub fn new(place: Place, problem: Problem) -> Self {
        Self { place, problem }
    }

    /// True when the keychain answered, and this item alone is not what we store.
    pub fn is_of_one_item(&self) -> bool {
        matches!(self.problem, Problem::Foreign { .. })
    }

    /// True when there is no such keychain, so nothing can be in it.
    pub fn is_missing(&self) -> bool {
        matches!(self.problem, Problem::NoBackend(_))
    }

    /// What to do next.
    pub fn remedy(&self) -> Remedy {
        match &self.problem {
            Problem::Locked | Problem::TimedOut(_) => use_the_file(
                "unlock the keychain on the desktop and try again, or keep secrets in an encrypted key file",
            ),
            Problem::Busy(_) => Remedy::says("wait until the other devsecrets is done, then try again"),
            Problem::NoBackend(_) => use_the_file("keep secrets in an encrypted key file instead"),
            Problem::Denied => Remedy::says("try again and allow devsecrets to use its own item when asked"),
            Problem::TooLarge { .. } => Remedy::says("check what was pasted; a credential is far shorter"),
            Problem::Foreign { item, .. } => Remedy::says(format!(
                "look at the item `{item}` of `{}` in the keychain and remove it if nothing else needs it",
                super::SERVICE
            )),
            Problem::Corrupted(_) => {
                self.move_away("restore the file from a backup, or move it away to start anew")
            }
            Problem::WrongPassphrase => self
                .move_away("try again with the passphrase it was made with, or move it away to start anew"),
            Problem::NeedsPassphrase => Remedy::run(
                "run in a terminal, or name a file (or, in DEVSECRETS_PASSPHRASE_FD, an open descriptor) whose first line is the passphrase",
                "export DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE=PATH",
            ),
            Problem::Withheld => Remedy::run(
                "start it outside of that run, or name the passphrase file once more where it is started",
                "DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE=PATH devsecrets run -- COMMAND",
            ),
            Problem::PassphraseFile { .. } => Remedy::says(
                "let DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE name a file that is there and that you may read",
            ),
            Problem::Undecidable { .. } => {
                Remedy::run("say which one keeps your secrets, os or file", "export DEVSECRETS_KEYCHAIN=file")
            }
            Problem::Io { .. } => Remedy::says("check that the place is yours, writable and not full"),
        }
    }

    fn move_away(&self, says: &str) -> Remedy {
        match &self.place {
            Place::File(path) => Remedy::run(says, format!("mv '{0}' '{0}.old'", path.display())),
            _ => Remedy::says(says),
        }
    }
}

fn use_the_file(says: &str) -> Remedy {
    Remedy::run(says, "export DEVSECRETS_KEYCHAIN=file")
}
