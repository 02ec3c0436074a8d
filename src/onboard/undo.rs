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

    /// Takes back one apply: the named one, else the newest.
    ///
    /// # Errors
    /// When there is none. Files that cannot be restored stand in the report.
    pub async fn undo(&mut self, id: Option<&str>) -> Result<Report, Finding> {
        let newest = || self.undoable().map(|all| all.first().map(|undoable| undoable.id.clone()));
        let id = match id {
            Some(id) => Some(id.to_owned()),
            None => newest()?,
        };
        let Some(id) = id else {
            let remedy = Remedy::says("nothing was written here, or it was taken back already");
            return Err(Finding::error("DS-UNDO-01", "undo", "there is nothing to undo", remedy));
        };
        let identity = self.ask_keychain(Identity::load).await.ok().flatten();
        undo(&self.settings, &id, &mut self.journal, identity.as_ref())
    }
}
