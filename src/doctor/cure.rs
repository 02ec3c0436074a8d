//! What would mend a trouble, as data: shown first, done after consent.
//!
//! The rule: nothing here is lost by being done. Contents of files change through a seeding plan, so that `undo` brings
//! them back; what is deleted is only ever our own leftovers.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Serialize;

use crate::envfile::{Document, add_line, remove, without_repeats};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Cure {
    /// Gives a file or folder these permissions.
    Mode { path: PathBuf, mode: u32 },
    /// Lets git forget a file that stays on disk.
    Untrack { root: PathBuf, path: PathBuf },
    /// Deletes what a killed run of ours left behind, or a cache of ours nobody can read.
    Delete { path: PathBuf },
    /// Changes a file's text.
    Edit { path: PathBuf, edit: Edit },
    /// Seeds these services; all when empty.
    Seed { services: Vec<String> },
    /// Writes what the AWS config file lacks of the sign-in, as `login --write-config` does.
    WriteConfig,
    /// Writes the cached session anew, in the form every SDK reads.
    RewriteSession { path: PathBuf },
    /// Forgets the account and role that were chosen; the next sign-in asks again.
    ForgetRole { account: String, role: String },
    /// Writes a token's own file from what the keychain keeps.
    TokenFile { token: String, path: String },
}

/// A change to the text of a file that only takes away or rearranges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Edit {
    /// A line for `.gitignore`.
    Ignore { line: String },
    /// Keeps the effective one of several assignments.
    OneAssignment { variable: String },
    /// Takes a variable out.
    Without { variable: String },
    /// LF in place of CR LF.
    LineEnds,
}

/// Why a cure was not done.
#[derive(Debug, thiserror::Error)]
pub enum CureError {
    #[error("{path}: {source}", path = .path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("git could not stop tracking {path}", path = .path.display())]
    Git { path: PathBuf },
}

impl Cure {
    /// Does what a path alone is enough for. What goes through a plan, or takes the values of a session, is `onboard`'s.
    ///
    /// # Errors
    /// With the path.
    pub fn apply(&self) -> Result<(), CureError> {
        match self {
            Self::Mode { path, mode } => set_mode(path, *mode),
            Self::Delete { path } => delete(path),
            Self::Untrack { root, path } => untrack(root, path),
            _ => Ok(()),
        }
    }

    /// True when it goes through a plan, and so can be undone.
    pub fn is_planned(&self) -> bool {
        matches!(self, Self::Edit { .. } | Self::Seed { .. })
    }
}

impl Edit {
    /// The text after the change; the same when there is nothing to do.
    pub fn of(&self, before: &[u8]) -> Vec<u8> {
        match self {
            Self::Ignore { line } => add_line(before, line),
            Self::OneAssignment { variable } => {
                let document = Document::parse(before);
                without_repeats(&document, variable, &[]).unwrap_or(document).bytes().to_vec()
            }
            Self::Without { variable } => {
                remove(&Document::parse(before), &[variable], &[]).document.bytes().to_vec()
            }
            Self::LineEnds => with_lf(before),
        }
    }
}

fn with_lf(before: &[u8]) -> Vec<u8> {
    let mut after = Vec::with_capacity(before.len());
    let mut bytes = before.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if !(byte == b'\r' && bytes.peek() == Some(&b'\n')) {
            after.push(byte);
        }
    }
    after
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> Result<(), CureError> {
    use std::os::unix::fs::PermissionsExt as _;
    match std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)) {
        // Another cure has deleted it.
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(CureError::File { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn set_mode(path: &Path, _mode: u32) -> Result<(), CureError> {
    let source = std::io::ErrorKind::Unsupported.into();
    Err(CureError::File { path: path.to_owned(), source })
}

/// What is gone already needs no deleting.
fn delete(path: &Path) -> Result<(), CureError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(CureError::File { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

fn untrack(root: &Path, path: &Path) -> Result<(), CureError> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["rm", "--cached", "--quiet", "--ignore-unmatch", "--"]).arg(path);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let done = command.status().is_ok_and(|status| status.success());
    if done { Ok(()) } else { Err(CureError::Git { path: path.to_owned() }) }
}

/// The command a person would type, or what comes nearest to it.
impl fmt::Display for Cure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mode { path, mode } => write!(f, "chmod {mode:o} {}", path.display()),
            Self::Untrack { path, .. } => write!(f, "git rm --cached -- {}", path.display()),
            Self::Delete { path } => write!(f, "rm {}", path.display()),
            Self::Edit { path, edit } => write!(f, "{edit} in {}", path.display()),
            Self::Seed { services } if services.is_empty() => f.write_str("devsecrets seed"),
            Self::Seed { services } => write!(f, "devsecrets seed {}", services.join(" ")),
            Self::WriteConfig => f.write_str("devsecrets login --write-config"),
            Self::RewriteSession { path } => {
                write!(f, "write {} in the form every SDK reads", path.display())
            }
            Self::ForgetRole { account, role } => write!(f, "forget role {role} in account {account}"),
            Self::TokenFile { token, path } => {
                write!(f, "write {path} from the keychain's {token}")
            }
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignore { line } => write!(f, "add `{line}`"),
            Self::OneAssignment { variable } => write!(f, "keep one assignment of {variable}"),
            Self::Without { variable } => write!(f, "remove {variable}"),
            Self::LineEnds => f.write_str("end lines with LF"),
        }
    }
}
