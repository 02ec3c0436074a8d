//! Personal tokens, step by step: keep, share, ask whose it is, take out to be seen, remove.
//!
//! The keychain comes first, then the record of who may use it, then the file the profile asks for. A value goes to a
//! face only through [`Session::token_to_show`], because a person asked to see it.

mod check;
mod facts;
mod file;
mod keep;
mod share;

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::task::JoinError;

pub use facts::{TokenAccount, TokenChecked, TokenKept, TokenRemoved, TokenRow, TokenState};

use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::keychain::{Ahead, Keychain};
use crate::profile::Token;
use crate::secret::{SecretValue, plain};
use crate::tokens::{self, Found, Project};

/// Long enough to read or copy a key by eye.
pub const SHOWN_FOR: Duration = Duration::from_secs(10);

/// Long enough to paste it somewhere.
pub const COPIED_FOR: Duration = Duration::from_secs(45);

impl Session {
    /// The profile's personal tokens, and how each stands. Asks the keychain.
    ///
    /// # Errors
    /// When no profile is open, or the keychain cannot be asked.
    pub async fn tokens(&self) -> Result<Vec<TokenRow>, Finding> {
        let mut rows = super::session::opened(self.project()?).tokens;
        let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
        for (row, found) in rows.iter_mut().zip(self.find_tokens(names).await?) {
            match found {
                // One item that is not ours must not hide the others.
                Err(problem) => row.problem = Some(problem),
                Ok(Found::Ours { slot, .. }) => {
                    row.kept = Some(true);
                    row.account = self.shelf.record(&slot).and_then(|record| record.account.clone());
                }
                Ok(Found::Offered(offer)) => {
                    row.kept = Some(false);
                    (row.offered_by, row.declined) = (Some(plain(&offer.from())), offer.declined);
                }
                Ok(Found::Nothing) => row.kept = Some(false),
            }
            row.state = row.stands(OffsetDateTime::now_utc());
        }
        Ok(rows)
    }

    /// A token's value, for a person who asked to see or copy it. The one value a face is ever handed.
    ///
    /// # Errors
    /// When none is kept for this project, or the keychain cannot be asked.
    pub async fn token_to_show(&self, name: &str) -> Result<SecretValue, Finding> {
        self.own_token(name).await.map(|(_, value)| value)
    }

    /// # Errors
    /// When the profile declares no such token, with the names it has.
    pub fn token_known(&self, name: &str) -> Result<(), Finding> {
        self.token_named(name).map(|_| ())
    }

    /// The page where one is made.
    pub fn token_page(&self, name: &str) -> Option<&str> {
        self.token_named(name).ok()?.page.as_deref()
    }

    /// Slot and value of a token this project may use.
    async fn own_token(&self, name: &str) -> Result<(String, SecretValue), Finding> {
        self.token_named(name)?;
        match self.find_token(name).await? {
            Found::Ours { slot, value } => Ok((slot, value)),
            Found::Offered(offer) => Err(not_shared(name, &offer.from())),
            Found::Nothing => Err(none_kept(name)),
        }
    }

    async fn find_token(&self, name: &str) -> Result<Found, Finding> {
        let (shelf, project, owned) = (self.shelf.clone(), self.token_project()?, name.to_owned());
        self.in_keychain(name, move |keychain| tokens::find(&shelf, keychain, &project, &owned)).await
    }

    /// All of them, read in one call.
    async fn find_tokens(&self, names: Vec<String>) -> Result<Vec<Result<Found, Finding>>, Finding> {
        let (shelf, project) = (self.shelf.clone(), self.token_project()?);
        self.in_keychain("tokens", move |keychain| {
            let items = names.iter().filter_map(|name| tokens::looked_at(&shelf, &project, name));
            let ahead = Ahead::of(keychain, items);
            let find = |name: &String| match tokens::find(&shelf, &ahead, &project, name) {
                Err(tokens::Error::Keychain(error)) if error.is_of_one_item() => Ok(Err(refused(&error))),
                found => found.map(Ok),
            };
            names.iter().map(find).collect()
        })
        .await
    }

    /// A call of the keychain, on a thread of its own because it blocks.
    async fn in_keychain<T: Send + 'static>(
        &self,
        name: &str,
        call: impl FnOnce(&dyn Keychain) -> Result<T, tokens::Error> + Send + 'static,
    ) -> Result<T, Finding> {
        let keychain: Arc<dyn Keychain> = self.keychain.clone();
        finished(name, tokio::task::spawn_blocking(move || call(keychain.as_ref())).await)
    }

    pub(super) fn token_project(&self) -> Result<Project, Finding> {
        let loaded = &self.project()?.loaded;
        Ok(Project { profile: loaded.profile.name.clone(), root: loaded.root.clone() })
    }

    fn token_named(&self, name: &str) -> Result<&Token, Finding> {
        let known = &self.project()?.profile().tokens;
        known.get(name).ok_or_else(|| {
            let names: Vec<&str> = known.keys().map(String::as_str).collect();
            super::failures::token(name, &names)
        })
    }
}

fn none_kept(name: &str) -> Finding {
    let remedy = Remedy::run("keep one", format!("devsecrets token set {name}"));
    Finding::error("DS-TOKEN-05", name, "no token is kept under this name", remedy)
}

fn not_shared(name: &str, from: &str) -> Finding {
    let says = format!("it is kept for {}, and not shared with this project", plain(from));
    let remedy = Remedy::run("use it here too", format!("devsecrets token share {name}"));
    Finding::error("DS-TOKEN-12", name, says, remedy)
}

/// A token was to be copied, and nothing took it.
pub fn no_clipboard(name: &str, error: &std::io::Error) -> Finding {
    no_clipboard_for(name, "token reveal", error)
}

/// The same for whatever else `devsecrets` can `show`.
pub fn no_clipboard_for(name: &str, show: &str, error: &std::io::Error) -> Finding {
    let says = format!("it could not be put on the clipboard: {}", plain(&error.to_string()));
    let remedy = Remedy::run("see it instead", format!("devsecrets {show} {name}"));
    Finding::error("DS-TOKEN-18", name, says, remedy)
}

/// A copy that was to be taken off again is perhaps still there.
pub fn not_cleared(name: &str, error: &std::io::Error) -> Finding {
    let says = format!("it may still be on the clipboard: {}", plain(&error.to_string()));
    Finding::error("DS-TOKEN-24", name, says, Remedy::says("copy something else over it"))
}

/// The keychain did its part, and who may use the token could not be written down.
fn not_recorded(name: &str, error: &std::io::Error) -> Finding {
    let says = format!("who may use it could not be noted down: {}", plain(&error.to_string()));
    let remedy =
        Remedy::run("make the state folder writable, then", format!("devsecrets token share {name}"));
    Finding::warning("DS-TOKEN-15", name, says, remedy)
}

/// The keychain did not do its part.
fn refused(error: &crate::keychain::Error) -> Finding {
    Finding::error("DS-KEY-01", "keychain", plain(&error.to_string()), error.remedy())
}

/// The answer of a keychain call that ran on a thread of its own.
fn finished<T>(name: &str, joined: Result<Result<T, tokens::Error>, JoinError>) -> Result<T, Finding> {
    match joined {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(tokens::Error::Keychain(error))) => Err(refused(&error)),
        Ok(Err(error)) => Err(Finding::error("DS-TOKEN-02", name, plain(&error.to_string()), error.remedy())),
        Err(_) => Err(super::failures::keychain_broke_off()),
    }
}
