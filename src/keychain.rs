//! Where the developer's own secrets rest: the identity's root key and personal tokens.
//!
//! Owns the [`Keychain`] trait, its three homes (the operating system's keychain, one encrypted
//! file, memory) and the choice between them. Nothing is touched before the first call; every
//! call ends within a time limit; and a keychain that could not be asked is never mistaken for
//! one that has no such item, because whoever takes "locked" for "empty" makes a second identity.

mod bounded;
mod choice;
mod descriptor;
mod error;
mod file;
mod lock;
mod memory;
mod os;
mod passphrase;
mod question;
mod sealed;

use std::fmt;

pub use choice::{Choice, Kind, key_file, open};
pub use error::{Error, Place, Problem};
pub use file::FileKeychain;
pub use memory::MemoryKeychain;
pub use os::OsKeychain;
pub use passphrase::{Passphrase, passphrase_file};
pub use question::{Question, Questions, questions};

use crate::secret::SecretValue;

/// The service name our items carry in the operating system's keychain.
pub const SERVICE: &str = "devsecrets";

/// Longest value kept, in bytes. Windows itself stops at 2560; anything near this is a mistake.
pub const MOST_BYTES: usize = 64 * 1024;

/// A place that keeps named secrets for one person. Calls block; async callers use a thread.
pub trait Keychain: Send + Sync {
    /// Where the items are, for sentences.
    fn place(&self) -> Place;

    /// The item's value; `None` only when the keychain was asked and has no such item.
    ///
    /// # Errors
    /// When it could not be asked, or what it holds is not what we store.
    fn get(&self, item: &Item) -> Result<Option<SecretValue>, Error>;

    /// Keeps `value`, in place of what was there.
    ///
    /// # Errors
    /// When it could not be kept; the former value then still stands.
    fn set(&self, item: &Item, value: &SecretValue) -> Result<(), Error>;

    /// Forgets the item. False when there was none.
    ///
    /// # Errors
    /// When the keychain could not be asked or changed.
    fn remove(&self, item: &Item) -> Result<bool, Error>;

    /// Keeps `value` unless the item is there already, and returns what stands there now.
    /// Processes that do this at once all get the same answer.
    ///
    /// # Errors
    /// As [`Keychain::get`] and [`Keychain::set`].
    fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error>;
}

/// The name of one kept secret.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item(String);

impl Item {
    /// The root key everything is derived from.
    pub fn identity() -> Self {
        Self("identity".to_owned())
    }

    /// A root key that another one took the place of, named by its fingerprint.
    pub fn former_identity(fingerprint: &str) -> Self {
        Self(format!("identity/{fingerprint}"))
    }

    /// The personal token a profile calls `name`.
    pub fn token(name: &str) -> Self {
        Self(format!("token/{name}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The one limit that holds in every place.
fn check_size(place: impl FnOnce() -> Place, item: &Item, value: &SecretValue) -> Result<(), Error> {
    if value.expose_to(str::len) <= MOST_BYTES {
        return Ok(());
    }
    Err(Error::new(place(), Problem::TooLarge { item: item.clone(), limit: MOST_BYTES }))
}
