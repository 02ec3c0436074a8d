//! Keeping a personal token: the keychain first, then the file the profile asks for.

use tokio::task::JoinError;

use super::session::Session;
use super::{TokenKept, TokenRow};
use crate::finding::{Finding, Remedy};
use crate::profile::EnvFiles;
use crate::secret::{SecretValue, plain};
use crate::tokens;

impl Session {
    /// The profile's personal tokens, and whether each is kept. Asks the keychain.
    ///
    /// # Errors
    /// When no profile is open, or the keychain cannot be asked.
    pub async fn tokens(&self) -> Result<Vec<TokenRow>, Finding> {
        let mut rows = super::session::opened(self.project()?).tokens;
        for row in &mut rows {
            let (keychain, name) = (self.keychain.clone(), row.name.clone());
            let kept = tokio::task::spawn_blocking(move || tokens::get(keychain.as_ref(), &name));
            row.kept = Some(finished(&row.name, kept.await)?.is_some());
        }
        Ok(rows)
    }

    /// Checks a token's shape, keeps it, and writes its file where the profile asks for one.
    ///
    /// # Errors
    /// When the token is unknown or has the wrong shape, or the keychain refuses it. Nothing is written then.
    pub async fn keep_token(&mut self, name: &str, pasted: SecretValue) -> Result<TokenKept, Finding> {
        let token = self.token_named(name)?.clone();
        let (keychain, kept) = (self.keychain.clone(), (name.to_owned(), token.clone(), pasted));
        let stored = tokio::task::spawn_blocking(move || {
            let (name, token, pasted) = kept;
            tokens::set(keychain.as_ref(), &name, &token, &pasted)
        });
        let cleaned = finished(name, stored.await)?;
        let mut findings = Vec::new();
        let mut file = None;
        if let Some(path) = &token.file {
            match self.write_token_file(path, &tokens::file_contents(&cleaned)) {
                Ok(()) => file = Some(path.clone()),
                Err(finding) => findings.push(finding),
            }
        }
        Ok(TokenKept { name: name.to_owned(), place: self.keychain.place().to_string(), file, findings })
    }

    /// Forgets a token; true when one was kept. Its file, if any, is left and named by the caller.
    ///
    /// # Errors
    /// When the keychain cannot be asked or changed.
    pub async fn remove_token(&mut self, name: &str) -> Result<bool, Finding> {
        self.token_named(name)?;
        let (keychain, owned) = (self.keychain.clone(), name.to_owned());
        finished(name, tokio::task::spawn_blocking(move || tokens::remove(keychain.as_ref(), &owned)).await)
    }

    /// The file that holds the token beside the keychain, when it is there.
    pub fn token_file(&self, name: &str) -> Option<String> {
        let file = self.token_named(name).ok()?.file.clone()?;
        self.root()?.join(&file).exists().then_some(file)
    }

    fn token_named(&self, name: &str) -> Result<&crate::profile::Token, Finding> {
        let known = &self.project()?.profile().tokens;
        known.get(name).ok_or_else(|| {
            let names: Vec<&str> = known.keys().map(String::as_str).collect();
            super::failures::token(name, &names)
        })
    }

    fn write_token_file(&self, path: &str, value: &SecretValue) -> Result<(), Finding> {
        let project = self.project()?;
        if project.profile().policy.env_files == EnvFiles::Forbidden {
            let remedy = Remedy::says("the keychain has it; nothing more is needed");
            return Err(Finding::note(
                "DS-TOKEN-03",
                path,
                "not written: the profile forbids secret files",
                remedy,
            ));
        }
        crate::seed::write_token_file(&project.loaded.root, path, value)
    }
}

/// The answer of a keychain call that ran on a thread of its own.
fn finished<T>(name: &str, joined: Result<Result<T, tokens::Error>, JoinError>) -> Result<T, Finding> {
    match joined {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(tokens::Error::Keychain(error))) => {
            Err(Finding::error("DS-KEY-01", "keychain", plain(&error.to_string()), error.remedy()))
        }
        Ok(Err(error)) => Err(Finding::error("DS-TOKEN-02", name, plain(&error.to_string()), error.remedy())),
        Err(_) => {
            let remedy = Remedy::says("try again; if it stays so, report it");
            Err(Finding::error("DS-KEY-02", "keychain", "the keychain call ended unexpectedly", remedy))
        }
    }
}
