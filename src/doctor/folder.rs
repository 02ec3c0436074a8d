//! Whether we may write in a folder, found out without writing.
//!
//! A folder that is not there yet counts as its nearest ancestor does: that is where it would be made.

use std::path::{Path, PathBuf};

use super::{Cure, Trouble};
use crate::finding::Remedy;

/// Less room than this, in bytes, and the next write may be torn off half-way.
const LEAST_ROOM: u64 = 1024 * 1024;

/// What keeps us from writing there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// A file stands where the folder should be.
    NotAFolder(PathBuf),
    /// It is ours, and we have no right to it; its permissions.
    Shut(PathBuf, u32),
    /// It belongs to somebody else, often to root after a run with `sudo`, or is read-only.
    NotOurs(PathBuf),
    Full(PathBuf),
}

impl Hindrance {
    pub fn trouble(self) -> Trouble {
        let of = |path: &Path, says: &str, remedy| Trouble::new(path.display().to_string(), says, remedy);
        match self {
            Self::NotAFolder(path) => {
                of(&path, "a file stands where a folder should be", Remedy::says("move it away"))
            }
            Self::Shut(path, mode) => {
                let says = format!("you have no right to write there (mode {mode:o})");
                let cure = Cure::Mode { path: path.clone(), mode: mode | 0o700 };
                of(&path, &says, Remedy::run("give it to yourself", cure.to_string())).cured_by(cure)
            }
            Self::NotOurs(path) => {
                let command = format!("sudo chown -R \"$USER\" {}", path.display());
                let says = "it belongs to somebody else or is read-only";
                of(&path, says, Remedy::run("make it yours", command))
            }
            Self::Full(path) => of(&path, "the disk is full", Remedy::run("make room", "df -h")),
        }
    }
}

/// What keeps us from writing in `folder`; `None` when nothing does.
pub fn hindrance(folder: &Path) -> Option<Hindrance> {
    let there = folder.ancestors().find(|path| path.symlink_metadata().is_ok())?;
    let about = std::fs::metadata(there).ok()?;
    if !about.is_dir() {
        return Some(Hindrance::NotAFolder(there.to_owned()));
    }
    rights(there, &about)
}

#[cfg(unix)]
fn rights(folder: &Path, about: &std::fs::Metadata) -> Option<Hindrance> {
    use std::os::unix::fs::MetadataExt as _;

    use rustix::fs::{Access, access, statvfs};
    let ours = about.uid() == rustix::process::geteuid().as_raw();
    let mode = about.mode() & 0o777;
    if ours && mode & 0o700 != 0o700 {
        return Some(Hindrance::Shut(folder.to_owned(), mode));
    }
    if access(folder, Access::WRITE_OK | Access::EXEC_OK).is_err() {
        return Some(Hindrance::NotOurs(folder.to_owned()));
    }
    let room = statvfs(folder).ok()?;
    let full = room.f_bavail.saturating_mul(room.f_frsize) < LEAST_ROOM;
    full.then(|| Hindrance::Full(folder.to_owned()))
}

#[cfg(not(unix))]
fn rights(folder: &Path, about: &std::fs::Metadata) -> Option<Hindrance> {
    about.permissions().readonly().then(|| Hindrance::NotOurs(folder.to_owned()))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn the_nearest_folder_that_is_there_decides() {
        let home = tempfile::tempdir().unwrap();
        let shut = home.path().join("a");
        std::fs::create_dir(&shut).unwrap();
        assert_eq!(hindrance(&shut.join("b/c")), None);
        std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o500)).unwrap();
        assert_eq!(hindrance(&shut.join("b/c")), Some(Hindrance::Shut(shut.clone(), 0o500)));
        std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o700)).unwrap();
        std::fs::File::create(shut.join("b")).unwrap();
        assert_eq!(hindrance(&shut.join("b/c")), Some(Hindrance::NotAFolder(shut.join("b"))));
    }

    #[test]
    fn what_is_not_ours_is_said_with_its_command() {
        let trouble = Hindrance::NotOurs("/h/.aws".into()).trouble();
        assert_eq!(trouble.remedy.command.as_deref(), Some("sudo chown -R \"$USER\" /h/.aws"));
        assert_eq!(trouble.cure, None);
    }
}
