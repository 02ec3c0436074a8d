//! The hook that looks at what is staged before each commit.
//!
//! Where hooks are is git's to say (`core.hooksPath`, and the shared folder of worktrees). A hook or a manager of hooks that
//! is there already is never touched: a script of somebody else cannot be changed without knowing what it does, so its owner
//! is told what to add. What we write can be told from everything else, letter by letter, and only that is taken away.

mod keeper;
mod script;

use std::path::{Path, PathBuf};

use super::AuditError;
use super::git::Git;
use crate::finding::{Finding, Remedy};
use crate::private_file::{Snapshot, replace_shared};
use crate::secret::plain;
pub use keeper::Keeper;

/// Somebody else keeps the hooks.
pub const KEPT: &str = "DS-AUDIT-15";

/// What there is where the hook would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Free,
    /// It is there, as it would be written now.
    Ours,
    /// It is ours, for another place of the program.
    Older,
    /// Somebody else's hook runs the audit already.
    Called(Keeper),
    Taken(Keeper),
}

/// The hook of one repository.
#[derive(Clone, Debug)]
pub struct Hook {
    pub path: PathBuf,
    pub state: State,
    text: String,
}

impl Hook {
    /// Looks where the hook of the repository around `folder` is; `program` is us, in case the hook does not find us.
    ///
    /// # Errors
    /// Where there is no repository, and when git fails.
    pub fn of(folder: &Path, program: Option<&Path>) -> Result<Self, AuditError> {
        let git = Git::at(folder);
        let root = git.root()?;
        let git = Git::at(&root);
        let hooks = root.join(git.hooks()?);
        let path = hooks.join("pre-commit");
        // A folder of hooks that is part of the repository is for other machines, too.
        let shared = hooks.starts_with(&root) && !hooks.starts_with(root.join(".git"));
        let text = script::text(program.filter(|_| !shared));
        let there = std::fs::symlink_metadata(&path).is_ok();
        let found = std::fs::read(&path).unwrap_or_default();
        let state = match script::is_ours(&found) {
            true if found == text.as_bytes() => State::Ours,
            true => State::Older,
            false => match Keeper::of(&root, &hooks, there, git.hooks_are_for_all()) {
                Some(keeper) if keeper.calls_us(&root, &found) => State::Called(keeper),
                Some(keeper) => State::Taken(keeper),
                None => State::Free,
            },
        };
        Ok(Self { path, state, text })
    }

    /// What would be written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Writes it where there is none, or one of ours.
    ///
    /// # Errors
    /// When it cannot be written, or was changed meanwhile.
    pub fn install(&self) -> Result<(), AuditError> {
        let snapshot = Snapshot::read(&self.path).map_err(|error| self.unwritable(error.to_string()))?;
        if snapshot.exists() && !script::is_ours(snapshot.bytes()) {
            return Err(self.unwritable("another hook came to be there meanwhile".to_owned()));
        }
        if let Some(folder) = self.path.parent() {
            crate::private_file::create_folder(folder).map_err(|error| self.unwritable(error.to_string()))?;
        }
        replace_shared(&self.path, &snapshot, self.text.as_bytes())
            .map_err(|error| self.unwritable(error.to_string()))?;
        executable(&self.path).map_err(|error| self.unwritable(error.to_string()))
    }

    /// Takes ours away, and nothing else.
    ///
    /// # Errors
    /// When it cannot be removed, or was changed meanwhile.
    pub fn remove(&self) -> Result<(), AuditError> {
        if !std::fs::read(&self.path).is_ok_and(|found| script::is_ours(&found)) {
            return Err(self.unwritable("it is no longer what we wrote".to_owned()));
        }
        std::fs::remove_file(&self.path).map_err(|error| self.unwritable(error.to_string()))
    }

    /// Why nothing is written, and what its owner may add.
    pub fn kept(&self, keeper: &Keeper) -> Finding {
        let place = plain(&keeper.place(&self.path).display().to_string());
        let remedy = Remedy::run(format!("add this to {place}"), keeper.lines());
        Finding::error(KEPT, place, format!("{}, so nothing was written", keeper.says()), remedy)
    }

    fn unwritable(&self, says: String) -> AuditError {
        AuditError::Unwritable { path: plain(&self.path.display().to_string()), says }
    }
}

#[cfg(unix)]
fn executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
