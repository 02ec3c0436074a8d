//! The operating system's keychain: Secret Service, macOS Keychain, Windows Credential Manager.
//!
//! Owns the only calls into `keyring`, and on Linux those that it lacks (`bus`). Each runs on a thread that is given up after a time limit,
//! because an unlock prompt nobody sees, or a service that never starts, would hang the command.
//! Values go in and out as bytes: on Windows text would be stored as UTF-16, at half the length.

#[cfg(all(unix, not(target_os = "macos")))]
mod bus;
mod failure;
#[cfg(all(unix, not(target_os = "macos")))]
mod session;

use std::path::PathBuf;
use std::time::Duration;

use keyring::Entry;

use super::bounded::bounded;
use super::lock::{Lock, PATIENCE};
#[cfg(all(unix, not(target_os = "macos")))]
use super::{Answers, one_by_one};
use super::{Error, Item, Keychain, Place, Problem, SERVICE, check_size};
use crate::secret::SecretValue;
use crate::settings::Settings;

/// Longest wait for a session; a service that is started on demand needs a few seconds.
const TO_CONNECT: Duration = Duration::from_secs(10);

/// Longest wait for one call, within which a person may type the password of the keychain.
const TO_ANSWER: Duration = Duration::from_secs(20);

/// The keychain of the person's desktop session.
#[derive(Debug)]
pub struct OsKeychain {
    /// False when the environment names no session bus, so there is nothing to wait for.
    reachable: bool,
    lock: Option<PathBuf>,
    to_connect: Duration,
    to_answer: Duration,
}

impl OsKeychain {
    /// Reads the settings only; the keychain is touched by the first call.
    pub fn new(settings: &Settings) -> Self {
        Self {
            reachable: names_a_session(settings),
            lock: settings.state_folder().map(|folder| folder.join("keychain.lock")),
            to_connect: TO_CONNECT,
            to_answer: TO_ANSWER,
        }
    }

    /// The same with less patience, for tests.
    #[must_use]
    pub fn with_time_limit(self, limit: Duration) -> Self {
        Self { to_connect: limit, to_answer: limit, ..self }
    }

    /// Opens a session with the keychain, or says why there is none to be had.
    ///
    /// # Errors
    /// `NoBackend` when nothing answers, `TimedOut` when something hangs.
    pub fn connect(&self) -> Result<(), Error> {
        self.reachable()?;
        match bounded(self.to_connect, Entry::store_status).map_err(error)? {
            Ok(()) => Ok(()),
            Err(refused) => Err(error(failure::of_connecting(refused))),
        }
    }

    fn reachable(&self) -> Result<(), Error> {
        let why = "DBUS_SESSION_BUS_ADDRESS and XDG_RUNTIME_DIR are unset, so there is no desktop session";
        match self.reachable {
            true => Ok(()),
            false => Err(error(Problem::NoBackend(why.to_owned()))),
        }
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    fn read_together(&self, items: &[Item]) -> Result<Answers, Error> {
        self.reachable()?;
        let asked = items.to_vec();
        let read = bounded(self.to_answer, move || bus::read(&asked)).map_err(error)?.map_err(error)?;
        let open = read.answers.into_iter().map(|(item, answer)| (item, answer.map_err(error)));
        // Asking for one of them brings up the prompt; once it is answered, the others are open, too.
        let unlocked = one_by_one(|item| self.get(item), &read.locked)?;
        Ok(open.chain(unlocked).collect())
    }

    /// `None` when there is no such item.
    fn ask<T: Send + 'static>(
        &self,
        item: &Item,
        call: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        self.connect()?;
        let name = item.clone();
        let answer = bounded(self.to_answer, move || call(&Entry::new(SERVICE, name.as_str())?));
        match answer.map_err(error)? {
            Ok(answer) => Ok(Some(answer)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(refused) => Err(error(failure::of_item(&refused, item))),
        }
    }
}

impl Keychain for OsKeychain {
    fn place(&self) -> Place {
        Place::Os
    }

    fn get(&self, item: &Item) -> Result<Option<SecretValue>, Error> {
        let Some(bytes) = self.ask(item, Entry::get_secret)? else { return Ok(None) };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(SecretValue::new(text))),
            Err(_) => Err(error(Problem::Foreign { item: item.clone(), why: failure::NOT_TEXT })),
        }
    }

    fn set(&self, item: &Item, value: &SecretValue) -> Result<(), Error> {
        check_size(|| Place::Os, item, value)?;
        let value = value.clone();
        self.ask(item, move |entry| value.expose_to(|text| entry.set_secret(text.as_bytes())))?;
        Ok(())
    }

    fn remove(&self, item: &Item) -> Result<bool, Error> {
        Ok(self.ask(item, Entry::delete_credential)?.is_some())
    }

    /// No keychain can compare and set, so our own processes take turns; one whose lock cannot be
    /// had (a read-only home) goes on without.
    fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error> {
        let _turn = self.lock.as_deref().and_then(|path| Lock::hold(path, PATIENCE).ok());
        if let Some(standing) = self.get(item)? {
            return Ok(standing);
        }
        self.set(item, value)?;
        Ok(value.clone())
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    fn get_many(&self, items: &[Item]) -> Result<Answers, Error> {
        // For one item a session of its own is not worth its while.
        let ([_] | []) = items else { return self.read_together(items) };
        one_by_one(|item| self.get(item), items)
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    fn items(&self) -> Result<Option<Vec<Item>>, Error> {
        self.reachable()?;
        bounded(self.to_connect, bus::items).map_err(error)?.map_err(error).map(Some)
    }
}

fn error(problem: Problem) -> Error {
    Error::new(Place::Os, problem)
}

/// D-Bus is found by the bus address or by the socket in the runtime folder. With neither set the
/// library would guess a socket by user number, and so reach a session the settings do not name.
fn names_a_session(settings: &Settings) -> bool {
    let found_without_a_name = cfg!(any(windows, target_os = "macos"));
    found_without_a_name
        || ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"].iter().any(|name| settings.var(name).is_some())
}
