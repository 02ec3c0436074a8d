//! Taking back what seeding did.

use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::identity::Identity;
use crate::seed::{Report, Undoable, undo, undoable};

impl Session {
    /// What can be taken back in the open project, newest first.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn undoable(&self) -> Result<Vec<Undoable>, Finding> {
        Ok(undoable(&self.settings, &self.project()?.loaded.root))
    }

    /// What taking back begins with.
    ///
    /// # Errors
    /// When there is nothing to take back.
    pub fn last_write(&self) -> Result<Undoable, Finding> {
        let remedy = || Remedy::says("nothing was written here, or it was taken back already");
        let none = || Finding::error("DS-UNDO-01", "undo", "there is nothing to undo", remedy());
        self.undoable()?.into_iter().next().ok_or_else(none)
    }

    /// Takes back one apply: the named one, else the newest.
    ///
    /// # Errors
    /// When there is none. Files that cannot be restored stand in the report.
    pub async fn undo(&mut self, id: Option<&str>) -> Result<Report, Finding> {
        let id = match id {
            Some(id) => id.to_owned(),
            None => self.last_write()?.id,
        };
        let identity = self.ask_keychain(Identity::load).await.ok().flatten();
        undo(&self.settings, &id, &mut self.journal, identity.as_ref())
    }
}
