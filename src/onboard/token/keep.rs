//! Keeping a token, and forgetting it.

use super::{Session, TokenKept, TokenRemoved, not_recorded};
use crate::finding::Finding;
use crate::secret::{SecretValue, plain};
use crate::tokens::{self, Found, Project};

impl Session {
    /// Checks a token's shape, keeps it for this project, and writes its file where the profile asks for one.
    ///
    /// A token another project keeps under this name is left as it is.
    ///
    /// # Errors
    /// When the token is unknown or has the wrong shape, or the keychain refuses it. Nothing is written then.
    pub async fn keep_token(&mut self, name: &str, pasted: SecretValue) -> Result<TokenKept, Finding> {
        let token = self.token_named(name)?.clone();
        let project = self.token_project()?;
        let (shelf, work) = (self.shelf.clone(), (name.to_owned(), token.clone(), project.clone()));
        let stored = self.in_keychain(name, move |keychain| {
            let (name, token, project) = work;
            tokens::check(&name, &token, &pasted)?;
            // A keychain that cannot say whether a slot is free is asked again by the next call, which fails.
            let taken = |slot: &str| keychain.get(&tokens::item(slot)).is_ok_and(|kept| kept.is_some());
            let slot = shelf.slot_for(&project, &name, taken);
            tokens::set(keychain, &slot, &name, &token, &pasted).map(|cleaned| (slot, cleaned))
        });
        let (slot, cleaned) = stored.await?;
        let mut kept = self.kept(name, &slot, &project);
        kept.left_out = cleaned.dropped;
        if let Err(error) = self.shelf.keep(&project, name, &token, &slot) {
            kept.findings.push(not_recorded(name, &error));
        }
        self.file_token(name, &token, &cleaned.value, &mut kept);
        Ok(kept)
    }

    pub(super) fn kept(&self, name: &str, slot: &str, project: &Project) -> TokenKept {
        TokenKept {
            name: name.to_owned(),
            place: self.keychain.place().to_string(),
            file: None,
            left_out: Vec::new(),
            also_used_by: self.others(slot, project),
            findings: Vec::new(),
        }
    }

    fn others(&self, slot: &str, project: &Project) -> Vec<String> {
        let others = self.shelf.users(slot).filter(|other| *other != project);
        others.map(|other| plain(&format!("{} ({})", other.profile, other.root.display()))).collect()
    }

    /// Forgets a token; for one that another project keeps, only this one's leave to use it. With `and_file`, its
    /// own file goes, too, if it still holds that token.
    ///
    /// # Errors
    /// When the keychain cannot be asked or changed.
    pub async fn remove_token(&mut self, name: &str, and_file: bool) -> Result<TokenRemoved, Finding> {
        let token = self.token_named(name)?.clone();
        let project = self.token_project()?;
        let mut removed = TokenRemoved {
            name: name.to_owned(),
            removed: false,
            still_kept_for: None,
            also_used_by: Vec::new(),
            file: self.token_file(name),
            file_removed: false,
            page: token.page.clone(),
            findings: Vec::new(),
        };
        let Found::Ours { slot, value } = self.find_token(name).await? else { return Ok(removed) };
        if and_file {
            self.remove_token_file(name, &value, &mut removed);
        }
        let owner = self.shelf.record(&slot).map(|record| record.kept_for.clone());
        let recorded = match owner.filter(|owner| *owner != project) {
            Some(owner) => {
                removed.still_kept_for = Some(owner.profile);
                self.shelf.disuse(&project, name)
            }
            None => {
                removed.also_used_by = self.others(&slot, &project);
                let item = tokens::item(&slot);
                self.in_keychain(name, move |keychain| Ok(keychain.remove(&item)?)).await?;
                self.shelf.forget(&slot)
            }
        };
        removed.removed = true;
        removed.findings.extend(recorded.err().map(|error| not_recorded(name, &error)));
        Ok(removed)
    }
}
