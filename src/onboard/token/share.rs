//! One token for several projects, each by consent.

use std::collections::BTreeSet;

use super::{Session, TokenKept, TokenRow, none_kept, not_recorded};
use crate::finding::Finding;
use crate::secret::plain;
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

    /// Tokens that other projects keep, that a variable in scope could use, and that nobody has been asked about. Our
    /// records alone are looked at.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn offered_tokens(&self) -> Result<Vec<TokenRow>, Finding> {
        let (project, asking) = (self.project()?, self.token_project()?);
        let profile = project.profile();
        let contracts =
            project.services.iter().filter_map(|name| profile.contract(name, &project.environment).ok());
        let variables = contracts.flatten().filter_map(|entry| profile.variable(entry.variable));
        let wanted: BTreeSet<&str> = variables.filter_map(|variable| variable.token.as_deref()).collect();
        let offered = |name: &str| {
            let Standing::Offered(offer) = self.shelf.standing(&asking, name) else { return None };
            let mut row = TokenRow::of(name, profile.tokens.get(name)?);
            (row.offered_by, row.declined) = (Some(plain(&offer.from())), offer.declined);
            (!offer.declined).then_some(row)
        };
        Ok(wanted.into_iter().filter_map(offered).collect())
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
