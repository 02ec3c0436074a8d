//! What checks look at: the machine, the project on it, and what the sources said.
//!
//! Facts that several checks need and that cost something are found once and kept here.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use time::OffsetDateTime;

use super::env_files::{self, EnvFile};
use super::{Cure, Unable};
use crate::envfile::Journal;
use crate::keychain::Keychain;
use crate::profile::{LoadError, Loaded, Need, Profile};
use crate::resolve::{Cell, Matrix, Origin, Outcome, Resolutions, Sources};
use crate::secret::SecretValue;
use crate::seed::Preview;
use crate::settings::Settings;
use crate::sso::{Choice, SessionName, Token};
use crate::tokens::Shelf;

mod tokens;

pub use tokens::KeptToken;

/// Everything there is to look at.
pub struct Patient<'a> {
    pub settings: &'a Settings,
    pub keychain: &'a Arc<dyn Keychain>,
    pub journal: &'a Journal,
    /// Who may use which personal token.
    pub shelf: &'a Shelf,
    pub now: OffsetDateTime,
    /// Why there is no project to look at.
    pub no_project: Option<&'a LoadError>,
    /// The live session with Identity Center.
    pub token: Option<&'a Token>,
    /// The account and role in use.
    pub choice: Option<&'a Choice>,
}

/// A profile that could be read, and its folder.
pub struct Project<'a> {
    pub loaded: &'a Loaded,
    pub environment: &'a str,
    /// Services in scope.
    pub services: &'a [String],
    seen: &'a Seen,
}

/// What costs something to find out, found out once. The tokens among it are values.
#[derive(Default)]
pub struct Seen {
    files: OnceLock<Vec<EnvFile>>,
    tokens: OnceLock<Vec<KeptToken>>,
}

/// What every source said. Holds values; what a check says about them does not.
pub struct Evidence<'a> {
    pub sources: &'a Sources,
    pub found: &'a Resolutions,
    /// The same decided as if no file had been edited by hand.
    pub incoming: &'a Resolutions,
    pub matrix: &'a Matrix,
    /// What seeding would do, looked at only.
    pub preview: &'a Preview,
}

impl<'a> Project<'a> {
    /// `seen` keeps what was found of it once somebody looked.
    pub fn new(loaded: &'a Loaded, environment: &'a str, services: &'a [String], seen: &'a Seen) -> Self {
        Self { loaded, environment, services, seen }
    }

    pub fn profile(&self) -> &'a Profile {
        &self.loaded.profile
    }

    pub fn root(&self) -> &'a Path {
        &self.loaded.root
    }

    /// The session to sign in to.
    ///
    /// # Errors
    /// [`Unable::NotHere`] for a profile without a sign-in.
    pub fn session(&self) -> Result<SessionName, Unable> {
        self.profile().sso.as_ref().map(SessionName::from).ok_or(Unable::NotHere)
    }

    /// The personal tokens of the profile, looked up once.
    ///
    /// # Errors
    /// [`Unable::NotHere`] for a profile without any.
    pub fn tokens(&self, patient: &Patient<'_>) -> Result<&[KeptToken], Unable> {
        let kept = self.seen.tokens.get_or_init(|| KeptToken::all(patient, self.loaded));
        if kept.is_empty() { Err(Unable::NotHere) } else { Ok(kept) }
    }

    /// The env files in scope, looked at once.
    pub fn env_files(&self) -> &[EnvFile] {
        self.seen.files.get_or_init(|| env_files::inspect(self))
    }
}

impl Evidence<'_> {
    /// Every variable in scope, with its service.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &Cell)> {
        let rows = self.matrix.services.iter();
        rows.flat_map(|row| row.cells.iter().map(|cell| (row.service.as_str(), cell)))
    }

    /// The value in use and where it came from.
    pub fn value(&self, service: &str, variable: &str) -> Option<(&SecretValue, &Origin)> {
        match self.found.get(service, variable)? {
            Outcome::Found { value, origin, .. } => Some((value, origin)),
            Outcome::Opaque | Outcome::Nowhere { .. } => None,
        }
    }

    /// Secrets in use: service, variable, value.
    pub fn secrets(&self) -> impl Iterator<Item = (&str, &str, &SecretValue)> {
        self.cells().filter(|(_, cell)| cell.secret && cell.need != Need::Denied).filter_map(
            |(service, cell)| Some((service, cell.variable.as_str(), self.value(service, &cell.variable)?.0)),
        )
    }

    /// Lets its source's value replace a hand edit, where it is one and a source has a `good` one.
    pub fn take(&self, service: &str, variable: &str, good: impl Fn(&SecretValue) -> bool) -> Option<Cure> {
        let (_, Origin::File) = self.value(service, variable)? else { return None };
        match self.incoming.get(service, variable)? {
            Outcome::Found { value, origin, broken: None, .. }
                if !matches!(origin, Origin::File | Origin::Fallback) && good(value) =>
            {
                Some(Cure::Take { service: service.to_owned(), variable: variable.to_owned() })
            }
            _ => None,
        }
    }
}
