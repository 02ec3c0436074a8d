//! What would mend a trouble, as data: shown first, done after consent.
//!
//! The rule: nothing here is lost by being done. Contents of files change through a seeding plan, so that `undo` brings
//! them back; what is deleted is only ever our own leftovers.

mod edit;

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use schemars::JsonSchema;
use serde::Serialize;

use crate::seed::Spot;

pub use edit::Edit;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
    /// Seeds this variable of this service, and lets its source's value replace a hand edit.
    Take { service: String, variable: String },
    /// Takes a link or an empty folder away, so that an env file can stand there, and seeds these services.
    Replant { path: PathBuf, services: Vec<String> },
    /// Notes what of a write that was cut short stands in the file.
    Settle { path: PathBuf },
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
            Self::Replant { path, .. } => take_away(path),
            _ => Ok(()),
        }
    }

    /// True when it goes through a plan, and so can be undone.
    pub fn is_planned(&self) -> bool {
        matches!(self, Self::Edit { .. } | Self::Seed { .. } | Self::Take { .. })
    }
}

/// What another cure has deleted needs no permissions.
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

/// A link goes and what it leads to stays; a folder goes only when it is empty.
fn take_away(path: &Path) -> Result<(), CureError> {
    let is_folder = std::fs::symlink_metadata(path).is_ok_and(|about| about.is_dir());
    if !is_folder {
        return delete(path);
    }
    std::fs::remove_dir(path).map_err(|source| CureError::File { path: path.to_owned(), source })
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
            Self::Seed { services } => f.write_str(&seeding(services, &[])),
            Self::Take { service, variable } => {
                write!(f, "devsecrets seed {service}/{variable} --take {service}/{variable}")
            }
            Self::Replant { path, services } => {
                write!(f, "rm -d {} && {}", path.display(), seeding(services, &[]))
            }
            Self::Settle { path } => write!(f, "note what stands in {}", path.display()),
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

/// `devsecrets seed api web --take api/KEY`
pub fn seeding(services: &[String], take: &[Spot]) -> String {
    let services = services.iter().map(|service| format!(" {service}"));
    let take = take.iter().map(|take| format!(" --take {take}"));
    std::iter::once("devsecrets seed".to_owned()).chain(services).chain(take).collect()
}
