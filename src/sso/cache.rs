//! The AWS CLI's token cache: same place, same names, same fields.
//!
//! The rule: what we write, AWS CLI v2 and every SDK read, and the other way round. So nothing of our own
//! goes into a token file (others drop unknown fields), dates are written the CLI's way and read
//! leniently. Only permissions are stricter: folder 0700 when we make it, file 0600, replaced atomically.
//!
//! Names and forms: measured against AWS CLI 2.36, boto3 1.43 and the SDKs for Rust and JavaScript.

mod form;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::{Method, SessionName, SsoError};
use crate::private_file;
use crate::secret::SecretValue;
use crate::settings::Settings;
pub(super) use form::sha1_hex;
use form::{RegistrationFile, TokenFile, registration_key};

/// Tokens this close to their end are refreshed, as in Python's clients.
const REFRESH_WINDOW: Duration = Duration::minutes(15);

/// A session token, as far as we need it.
#[derive(Clone, Debug)]
pub struct Token {
    pub access_token: SecretValue,
    pub expires_at: OffsetDateTime,
    pub refresh_token: Option<SecretValue>,
    /// The client the token was issued to; needed to refresh it.
    pub client: Option<Registration>,
}

impl Token {
    pub fn is_valid(&self, now: OffsetDateTime) -> bool {
        now < self.expires_at
    }

    /// True when it can be refreshed without the person.
    pub fn renews(&self, now: OffsetDateTime) -> bool {
        self.refresh_token.is_some() && self.client.as_ref().is_some_and(|client| client.expires_at > now)
    }

    /// True when it is time for a silent refresh.
    pub fn is_stale(&self, now: OffsetDateTime) -> bool {
        now + REFRESH_WINDOW >= self.expires_at
    }
}

/// What stands in a session's token file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// There is no such file, or nobody may look.
    Absent,
    Good,
    /// Nobody can make a token of it.
    Unusable,
    /// It was issued for another portal or region: which field says so.
    Elsewhere(&'static str),
    /// We read it and the SDK for Rust refuses it: which field is why.
    Odd(&'static str),
}

/// Our client registration with the sign-in service.
#[derive(Clone, Debug)]
pub struct Registration {
    pub client_id: String,
    pub client_secret: SecretValue,
    pub expires_at: OffsetDateTime,
}

/// `~/.aws/sso/cache`.
#[derive(Clone, Debug)]
pub struct Cache {
    /// `None` without a home folder: no variable moves this cache, and a sign-in is good without one.
    folder: Option<PathBuf>,
}

impl Cache {
    pub fn of(settings: &Settings) -> Self {
        Self { folder: settings.aws_folder().map(|folder| folder.join("sso/cache")) }
    }

    /// Where the token of `session` stands: SHA-1 of the session's name.
    pub fn token_path(&self, session: &SessionName) -> Option<PathBuf> {
        self.file(&session.session)
    }

    /// The token on disk, expired or not; `None` when there is none that can be read.
    pub fn token(&self, session: &SessionName) -> Option<Token> {
        let path = self.token_path(session)?;
        read::<TokenFile>(&path).or_else(|| again(&path)).and_then(TokenFile::into_token)
    }

    /// How the file of the token stands to what every client reads.
    pub fn form(&self, session: &SessionName) -> Form {
        let Some(path) = self.token_path(session).filter(|path| path.exists()) else { return Form::Absent };
        match read::<TokenFile>(&path).or_else(|| again(&path)) {
            Some(file) => file.form(session),
            // What may not be read may well be good.
            None if std::fs::read(&path).is_err() => Form::Absent,
            None => Form::Unusable,
        }
    }

    /// # Errors
    /// [`SsoError::Write`] with the path, [`SsoError::NoHome`] without a place for it.
    pub fn store_token(&self, session: &SessionName, token: &Token) -> Result<(), SsoError> {
        write(self.token_path(session), &TokenFile::from_token(session, token))
    }

    /// Removes the token of `session`; true when there was one.
    ///
    /// # Errors
    /// [`SsoError::Write`] when it cannot be removed.
    pub fn remove_token(&self, session: &SessionName) -> Result<bool, SsoError> {
        remove(self.token_path(session))
    }

    /// Our registration for `method`, while it has more than a quarter of an hour to live.
    pub fn registration(
        &self,
        session: &SessionName,
        method: Method,
        now: OffsetDateTime,
    ) -> Option<Registration> {
        let file: RegistrationFile = read(&self.file(&registration_key(session, method))?)?;
        file.into_registration().filter(|known| known.expires_at > now + REFRESH_WINDOW)
    }

    /// # Errors
    /// As for [`Cache::store_token`].
    pub fn store_registration(
        &self,
        session: &SessionName,
        method: Method,
        client: &Registration,
    ) -> Result<(), SsoError> {
        write(self.file(&registration_key(session, method)), &RegistrationFile::of(client, method))
    }

    /// Files of this sign-in that we made: our registrations, and the session token if it was issued to one of them.
    pub fn made_by_us(&self, session: &SessionName) -> Vec<PathBuf> {
        let mut made = Vec::new();
        let issued = self.token(session).and_then(|token| token.client);
        for method in [Method::Browser, Method::DeviceCode] {
            let Some(path) = self.file(&registration_key(session, method)) else { continue };
            let file: Option<RegistrationFile> = read(&path);
            let Some(ours) = file.and_then(RegistrationFile::into_registration) else { continue };
            made.push(path);
            let theirs = issued.as_ref().is_some_and(|client| client.client_id == ours.client_id);
            made.extend(self.token_path(session).filter(|_| theirs));
        }
        made
    }

    /// Removes our registration for `method`; true when there was one.
    ///
    /// # Errors
    /// As for [`Cache::remove_token`].
    pub fn remove_registration(&self, session: &SessionName, method: Method) -> Result<bool, SsoError> {
        remove(self.file(&registration_key(session, method)))
    }

    /// Every token there is, whoever made it: region and token of those that name one, and the file.
    pub fn all_tokens(&self) -> Vec<(PathBuf, Option<String>, Token)> {
        let found = self.files().into_iter().filter_map(|path| {
            let file: TokenFile = read(&path)?;
            let region = file.region.clone();
            Some((path, region, file.into_token()?))
        });
        found.collect()
    }

    /// Every registration that is ours.
    pub fn our_registrations(&self) -> Vec<PathBuf> {
        let ours = |path: &PathBuf| read::<RegistrationFile>(path).is_some_and(|file| file.is_ours());
        self.files().into_iter().filter(ours).collect()
    }

    /// Removes one of the files above; true when it was still there.
    ///
    /// # Errors
    /// As for [`Cache::remove_token`].
    pub fn remove_file(&self, path: PathBuf) -> Result<bool, SsoError> {
        remove(Some(path))
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = self.folder.as_ref().and_then(|folder| std::fs::read_dir(folder).ok());
        let files = entries.into_iter().flatten().flatten().map(|entry| entry.path());
        files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect()
    }

    fn file(&self, key: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{}.json", sha1_hex(key))))
    }
}

fn write(path: Option<PathBuf>, content: &impl Serialize) -> Result<(), SsoError> {
    let path = path.ok_or(SsoError::NoHome)?;
    let text = serde_json::to_vec(content).map(zeroize::Zeroizing::new);
    let written = text.map_err(std::io::Error::from).and_then(|text| private_file::replace(&path, &text));
    written.map_err(|source| SsoError::Write { path, source })
}

/// Removes a file of the cache; true when there was one.
///
/// # Errors
/// [`SsoError::Write`] when it cannot be removed.
fn remove(path: Option<PathBuf>) -> Result<bool, SsoError> {
    let Some(path) = path else { return Ok(false) };
    match std::fs::remove_file(&path) {
        Ok(()) => Ok(true),
        // What stands beneath a file, or nowhere, is not there.
        Err(error)
            if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
        {
            Ok(false)
        }
        Err(source) => Err(SsoError::Write { path, source }),
    }
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Option<T> {
    let bytes = zeroize::Zeroizing::new(std::fs::read(path).ok()?);
    serde_json::from_slice(&bytes).ok()
}

/// The CLI truncates and writes in place, so a reader can meet half a file: look once more.
fn again(path: &Path) -> Option<TokenFile> {
    path.exists().then(|| std::thread::sleep(std::time::Duration::from_millis(40)))?;
    read(path)
}

#[cfg(test)]
mod tests;
