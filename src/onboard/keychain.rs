//! Which keychain is used, and moving to another one.

use std::collections::BTreeSet;

use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::keychain::{Chosen, Item, Kind};
use crate::migrate::{Move, Moved, Names, Status, look, migrate, status};
use crate::tokens::item;

impl Session {
    /// Which keychain is used, why, and how much of ours is in it.
    ///
    /// # Errors
    /// When none can be had.
    pub async fn keychain_status(&self) -> Result<Status, Finding> {
        self.between_keychains(status).await
    }

    /// What moving everything to the keychain `to` would come to. Nothing is changed.
    ///
    /// # Errors
    /// When a keychain cannot be asked, or both keep something different under one name.
    pub async fn migratable(&self, to: Kind) -> Result<Move, Finding> {
        self.between_keychains(move |chosen, names| look(chosen, to, names)).await
    }

    /// Moves everything to the keychain `to`, and uses that from the next run on.
    ///
    /// # Errors
    /// As [`Session::migratable`], and when something cannot be kept: what was in use then still is.
    pub async fn migrate_keychain(&mut self, to: Kind) -> Result<Moved, Finding> {
        self.start_over();
        self.between_keychains(move |chosen, names| migrate(chosen, to, names)).await
    }

    async fn between_keychains<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Chosen, &Names) -> Result<T, Finding> + Send + 'static,
    ) -> Result<T, Finding> {
        let (keychain, names) = (self.keychain.clone(), self.kept_names());
        let asked = tokio::task::spawn_blocking(move || match keychain.chosen() {
            Some(chosen) => call(chosen, &names),
            None => Err(no_choice()),
        });
        asked.await.unwrap_or_else(|_| Err(super::failures::keychain_broke_off()))
    }

    /// Everything our records lead to.
    fn kept_names(&self) -> Names {
        let declared = self.project.iter().flat_map(|project| project.profile().tokens.keys());
        let slots = self.shelf.records().map(|(slot, _)| slot);
        let all: BTreeSet<Item> = declared.map(String::as_str).chain(slots).map(item).collect();
        Names::of(all)
    }
}

/// A stand-in world has one keychain, and it is in memory.
fn no_choice() -> Finding {
    let remedy = Remedy::says("run it outside of the demo");
    Finding::error("DS-KEY-08", "keychain", "there is only one keychain here, and nothing to choose", remedy)
}
