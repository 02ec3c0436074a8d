//! What checks look at: the machine, the project on it, and what the sources said.
//!
//! Facts that several checks need and that cost something are found once and kept here.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use time::OffsetDateTime;

use super::Unable;
use crate::envfile::guard::Git;
use crate::envfile::{Document, Journal, Snapshot, guard};
use crate::finding::Finding;
use crate::keychain::Keychain;
use crate::profile::{LoadError, Loaded, Profile};
use crate::resolve::{Matrix, Resolutions, Sources};
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
    pub matrix: &'a Matrix,
    /// What seeding would do, looked at only.
    pub preview: &'a Preview,
}

/// One env file a service in scope declares, however many share it.
pub struct EnvFile {
    /// Relative to the project.
    pub path: String,
    pub service: String,
    /// What stands in the way of writing it, from git and the file system.
    pub findings: Vec<Finding>,
    /// As it stands; `None` when it is not there or cannot be read.
    pub document: Option<Document>,
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
        self.seen.files.get_or_init(|| self.inspect())
    }

    fn inspect(&self) -> Vec<EnvFile> {
        let services = self.services.iter().filter_map(|name| self.profile().service(name).ok());
        let places: Vec<_> =
            services.filter_map(|service| Some(self.root().join(service.env_file_path()?))).collect();
        let git = Git::ask(places.iter().map(std::path::PathBuf::as_path));
        let mut files: Vec<EnvFile> = Vec::new();
        for name in self.services {
            let Ok(service) = self.profile().service(name) else { continue };
            let Some(path) = service.env_file_path() else { continue };
            if files.iter().any(|file| file.path == path) {
                continue;
            }
            let (folder, full) = (self.root().join(&service.path), self.root().join(&path));
            let snapshot = Snapshot::read(&full).ok().filter(Snapshot::exists);
            files.push(EnvFile {
                findings: guard::inspect(&git, self.root(), &folder, &full),
                document: snapshot.map(|snapshot| Document::parse(snapshot.bytes())),
                service: name.clone(),
                path,
            });
        }
        files
    }

    /// What the guard found under `code`, with the file it is about.
    pub fn guarded(&self, code: &str) -> impl Iterator<Item = (&EnvFile, &Finding)> {
        let of = move |file| (file, code);
        self.env_files().iter().map(of).flat_map(|(file, code)| {
            file.findings
                .iter()
                .filter(move |finding| finding.code == code)
                .map(move |finding| (file, finding))
        })
    }
}
