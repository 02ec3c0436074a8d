//! One token for several projects, each by consent.

use super::{Session, TokenKept, none_kept, not_recorded};
use crate::finding::Finding;
use crate::tokens::{self, Found, Standing};

impl Session {
    /// Lets this project use the token another one keeps, once it fits this profile. A token that is its own already
    /// stays so.
    ///
    /// # Errors
    /// When nobody keeps one, it has another shape than this profile asks for, or the keychain cannot be asked.
    pub async fn share_token(&mut self, name: &str) -> Result<TokenKept, Finding> {
        let token = self.token_named(name)?.clone();
        let project = self.token_project()?;
        let (slot, offer) = match self.find_token(name).await? {
            Found::Ours { slot, .. } => (slot, None),
            Found::Offered(offer) => (offer.slot.clone(), Some(offer)),
            Found::Nothing => return Err(none_kept(name)),
        };
        let work = (slot.clone(), name.to_owned(), token.clone());
        let read = self.in_keychain(name, move |keychain| {
            let (slot, name, token) = work;
            let value = keychain.get(&tokens::item(&slot))?;
            value.map(|value| tokens::check(&name, &token, &value).map(|()| value)).transpose()
        });
        let Some(value) = read.await? else {
            // The record outlived its token.
            let _ = self.shelf.forget(&slot);
            return Err(none_kept(name));
        };
        let decided = offer.map(|offer| self.shelf.decide(&project, name, &token, &offer, true));
        let mut kept = self.kept(name, &slot, &project);
        if let Some(Err(error)) = decided {
            kept.findings.push(not_recorded(name, &error));
        }
        self.file_token(name, &token, &value, &mut kept);
        Ok(kept)
    }

    /// Remembers that this project is not to use the token another one keeps, so that nobody asks again.
    ///
    /// # Errors
    /// When the token is unknown, or no profile is open.
    pub fn decline_token(&mut self, name: &str) -> Result<(), Finding> {
        let token = self.token_named(name)?.clone();
        let project = self.token_project()?;
        if let Standing::Offered(offer) = self.shelf.standing(&project, name) {
            // What cannot be noted down is asked once more.
            let _ = self.shelf.decide(&project, name, &token, &offer, false);
        }
        Ok(())
    }
}
