//! Which kept token is whose, and which project may use it.
//!
//! A token is kept once, under a slot of the keychain, and belongs to the project it was typed for. Another project of
//! the same developer is offered it and gets it only by consent, once. A project is a profile's name and the folder it
//! stands in: a clone that merely calls itself the same is asked about. Kept in `tokens.json` in the state folder; it
//! holds names, places and dates, never a value. Losing it loses no token: each is offered again.

mod stored;

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use stored::{Stored, Use, VERSION, lock, read};

use super::verify::Account;
use crate::keychain::Item;
use crate::private_file;
use crate::profile::Token;
use crate::settings::Settings;

/// Who uses a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    pub profile: String,
    /// Its folder.
    pub root: PathBuf,
}

/// What is known of one kept token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What profiles call it.
    pub token: String,
    pub title: String,
    /// Where it was made, and can be revoked.
    pub page: Option<String>,
    /// The project it was typed for.
    pub kept_for: Project,
    #[serde(with = "time::serde::rfc3339")]
    pub kept_at: OffsetDateTime,
    /// Whose it is, as its service said.
    pub account: Option<Account>,
}

/// A token that another project keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub slot: String,
    /// `None` when the token is there and nobody wrote down for whom.
    pub record: Option<Record>,
    /// The person has said no to it before.
    pub declined: bool,
}

impl Offer {
    /// The project it is kept for, for sentences.
    pub fn from(&self) -> String {
        self.record
            .as_ref()
            .map_or_else(|| "an earlier use".to_owned(), |record| record.kept_for.profile.clone())
    }
}

/// How a project stands to the token of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may use this slot.
    Ours(String),
    Offered(Box<Offer>),
    /// Nothing is known; a token kept without a record may still be there.
    Unknown {
        declined: bool,
    },
}

/// The records as they stood when they were last read or changed.
#[derive(Clone, Debug)]
pub struct Shelf {
    path: Option<PathBuf>,
    stored: Stored,
}

impl Shelf {
    /// Broken or missing records are none.
    pub fn open(settings: &Settings) -> Self {
        let path = settings.state_folder().map(|folder| folder.join("tokens.json"));
        let stored = path.as_deref().map(read).unwrap_or_default();
        Self { path, stored }
    }

    pub fn standing(&self, project: &Project, token: &str) -> Standing {
        let used = self.used(project, token);
        let slot = used.and_then(|used| used.slot.as_ref());
        if let Some(slot) = slot.filter(|slot| self.stored.kept.contains_key(*slot)) {
            return Standing::Ours(slot.clone());
        }
        let declined = used.is_some_and(|used| used.slot.is_none());
        let other = self.stored.kept.iter().find(|(_, record)| record.token == token);
        match other {
            Some((slot, record)) => Standing::Offered(Box::new(Offer {
                slot: slot.clone(),
                record: Some(record.clone()),
                declined,
            })),
            None => Standing::Unknown { declined },
        }
    }

    fn used(&self, project: &Project, token: &str) -> Option<&Use> {
        self.stored.uses.iter().find(|used| used.project == *project && used.token == token)
    }

    pub fn record(&self, slot: &str) -> Option<&Record> {
        self.stored.kept.get(slot)
    }

    /// Every kept token by its slot.
    pub fn records(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.stored.kept.iter().map(|(slot, record)| (slot.as_str(), record))
    }

    /// Projects that may use `slot`.
    pub fn users<'a>(&'a self, slot: &'a str) -> impl Iterator<Item = &'a Project> {
        self.stored
            .uses
            .iter()
            .filter(move |used| used.slot.as_deref() == Some(slot))
            .map(|used| &used.project)
    }

    /// Every project that ever used a token.
    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        self.stored.uses.iter().map(|used| &used.project)
    }

    pub fn is_known(&self, project: &Project) -> bool {
        self.projects().any(|known| known == project)
    }

    /// Files that hold a token: slot, what the project calls it, project, file.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str, &Project, &Path)> {
        let all = self.stored.uses.iter();
        all.filter_map(|used| {
            Some((used.slot.as_deref()?, used.token.as_str(), &used.project, used.file.as_deref()?))
        })
    }

    /// The slot a new token of this project goes to: its own, else the first free one.
    pub fn slot_for(&self, project: &Project, token: &str, taken: impl Fn(&str) -> bool) -> String {
        if let Standing::Ours(slot) = self.standing(project, token) {
            return slot;
        }
        let own = format!("{token}@{}", project.profile);
        let numbered = (2..).map(|number| format!("{own}.{number}"));
        let names = [token.to_owned(), own.clone()].into_iter().chain(numbered);
        let mut free = names.filter(|slot| !self.stored.kept.contains_key(slot) && !taken(slot));
        free.next().unwrap_or(own)
    }

    /// A token was kept for `project`. What its service said of the former one no longer holds.
    ///
    /// # Errors
    /// When the state folder cannot be written; it then holds for this run only.
    pub fn keep(&mut self, project: &Project, name: &str, token: &Token, slot: &str) -> io::Result<()> {
        let record = Record {
            token: name.to_owned(),
            title: token.title.clone(),
            page: token.page.clone(),
            kept_for: project.clone(),
            kept_at: OffsetDateTime::now_utc(),
            account: None,
        };
        self.change(|stored| {
            stored.kept.insert(slot.to_owned(), record);
            stored.allow(project, name, Some(slot.to_owned()));
        })
    }

    /// The person lets `project` use `offer`, or not.
    ///
    /// # Errors
    /// As [`Shelf::keep`].
    pub fn decide(
        &mut self,
        project: &Project,
        name: &str,
        token: &Token,
        offer: &Offer,
        yes: bool,
    ) -> io::Result<()> {
        if yes && offer.record.is_none() {
            return self.keep(project, name, token, &offer.slot);
        }
        self.change(|stored| stored.allow(project, name, yes.then(|| offer.slot.clone())))
    }

    /// Its service said whose it is.
    ///
    /// # Errors
    /// As [`Shelf::keep`].
    pub fn verified(
        &mut self,
        project: &Project,
        name: &str,
        slot: &str,
        account: &Account,
    ) -> io::Result<()> {
        self.change(|stored| {
            if let Some(record) = stored.kept.get_mut(slot) {
                record.account = Some(account.clone());
            }
            if let Some(used) = stored.used(project, name)
                && !used.hosts.contains(&account.host)
            {
                used.hosts.push(account.host.clone());
            }
        })
    }

    /// True when `project` has had its token verified at `host` before.
    pub fn trusts(&self, project: &Project, name: &str, host: &str) -> bool {
        self.used(project, name).is_some_and(|used| used.hosts.iter().any(|known| known == host))
    }

    /// `project` no longer uses the token another one keeps; it is offered again.
    ///
    /// # Errors
    /// As [`Shelf::keep`].
    pub fn disuse(&mut self, project: &Project, name: &str) -> io::Result<()> {
        self.change(|stored| stored.uses.retain(|used| used.project != *project || used.token != name))
    }

    /// `project` has written the token to a file of its own, or has removed that file.
    ///
    /// # Errors
    /// As [`Shelf::keep`].
    pub fn filed(&mut self, project: &Project, name: &str, file: Option<PathBuf>) -> io::Result<()> {
        self.change(|stored| {
            if let Some(used) = stored.used(project, name) {
                used.file = file;
            }
        })
    }

    /// The token is gone from the keychain.
    ///
    /// # Errors
    /// As [`Shelf::keep`].
    pub fn forget(&mut self, slot: &str) -> io::Result<()> {
        self.change(|stored| {
            stored.kept.remove(slot);
            stored.uses.retain(|used| used.slot.as_deref() != Some(slot) || used.file.is_some());
        })
    }

    /// `project` has nothing to do with its tokens any more.
    ///
    /// # Errors
    /// As [`Shelf::keep`].
    pub fn leave(&mut self, project: &Project) -> io::Result<()> {
        self.change(|stored| stored.uses.retain(|used| used.project != *project))
    }

    /// From what is on disk now, under a lock: what another run recorded is kept.
    fn change(&mut self, change: impl FnOnce(&mut Stored)) -> io::Result<()> {
        let Some(path) = self.path.clone() else {
            change(&mut self.stored);
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "HOME is not set, so there is no state folder",
            ));
        };
        let held = lock(&path);
        if held.is_ok() && path.exists() {
            self.stored = read(&path);
        }
        change(&mut self.stored);
        self.stored.version = VERSION;
        held?;
        private_file::replace(&path, &serde_json::to_vec_pretty(&self.stored)?)
    }
}

/// The keychain's name for a slot.
pub fn item(slot: &str) -> Item {
    Item::token(slot)
}

#[cfg(test)]
mod tests;
