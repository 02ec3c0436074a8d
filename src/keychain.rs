//! Where the developer's own secrets rest: the identity's root key and personal tokens.
//!
//! Owns the [`Keychain`] trait, its three homes (the operating system's keychain, one encrypted
//! file, memory) and the choice between them. Nothing is touched before the first call; every
//! call ends within a time limit; and a keychain that could not be asked is never mistaken for
//! one that has no such item, because whoever takes "locked" for "empty" makes a second identity.

mod ahead;
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
mod remembered;
mod sealed;

use std::collections::BTreeMap;
use std::fmt;

pub use ahead::Ahead;
pub use choice::{Chosen, Kind, Reason, key_file, open};
pub use error::{Error, Place, Problem};
pub use file::FileKeychain;
pub use memory::MemoryKeychain;
pub use os::OsKeychain;
pub use passphrase::{Passphrase, WITHHELD, passphrase_file};
pub use question::{Question, Questions, questions};

use crate::secret::SecretValue;

/// The service name our items carry in the operating system's keychain.
pub const SERVICE: &str = "devsecrets";

/// Longest value kept, in bytes. Windows itself stops at 2560; anything near this is a mistake.
pub const MOST_BYTES: usize = 64 * 1024;

/// What several items hold: those that are kept, and for each its value or why it is none of ours.
pub type Answers = BTreeMap<Item, Result<SecretValue, Error>>;

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

    /// Those of `items` that are kept, in one call where the place has one. An item that is not what we store does not
    /// hide the others.
    ///
    /// # Errors
    /// When the keychain could not be asked. It is not asked again for the items that are left, so nobody is prompted
    /// twice.
    fn get_many(&self, items: &[Item]) -> Result<Answers, Error> {
        one_by_one(|item| self.get(item), items)
    }

    /// Keeps every value, in place of what was there.
    ///
    /// # Errors
    /// When one could not be kept: those before it are, unless the place keeps all of them in one step.
    fn set_many(&self, values: &BTreeMap<Item, SecretValue>) -> Result<(), Error> {
        values.iter().try_for_each(|(item, value)| self.set(item, value))
    }

    /// Forgets each item that still has this value, and returns those that have another one by now.
    ///
    /// # Errors
    /// When the keychain could not be asked or changed; some may be gone then.
    fn remove_same(&self, values: &BTreeMap<Item, SecretValue>) -> Result<Vec<Item>, Error> {
        let items: Vec<Item> = values.keys().cloned().collect();
        let mut left = Vec::new();
        // From the last to the first: the identity, which alone names those it took the place of, goes after them.
        for (item, stands) in self.get_many(&items)?.into_iter().rev() {
            match stands {
                Ok(stands) if values.get(&item).is_some_and(|value| value.same_as(&stands)) => {
                    self.remove(&item)?;
                }
                _ => left.insert(0, item),
            }
        }
        Ok(left)
    }

    /// Names of everything we keep here; `None` where the place cannot list them. Nobody is asked to unlock it.
    ///
    /// # Errors
    /// When the keychain could not be asked.
    fn items(&self) -> Result<Option<Vec<Item>>, Error> {
        Ok(None)
    }

    /// Whether something could be kept here for the first time. Nothing is opened, written or asked.
    ///
    /// # Errors
    /// When it could not.
    fn could_keep(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The next call reads the place itself, whatever was seen of it before.
    fn read_anew(&self) {}

    /// The keychains this one chooses between, if it does.
    fn chosen(&self) -> Option<&Chosen> {
        None
    }
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

    /// An item found by its name.
    fn named(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// What we keep under it; `None` when we never make such a name.
    pub fn sort(&self) -> Option<Sort> {
        match self.0.split_once('/') {
            None if self.0 == "identity" => Some(Sort::Identity),
            Some(("identity", _)) => Some(Sort::FormerIdentity),
            Some(("token", _)) => Some(Sort::Token),
            _ => None,
        }
    }
}

/// The kinds of secret there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Identity,
    FormerIdentity,
    Token,
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Asks for each item until the keychain can no longer be asked.
fn one_by_one<'a>(
    get: impl Fn(&Item) -> Result<Option<SecretValue>, Error>,
    items: impl IntoIterator<Item = &'a Item>,
) -> Result<Answers, Error> {
    let mut answers = Answers::new();
    for item in items {
        match get(item) {
            Ok(None) => {}
            Ok(Some(value)) => _ = answers.insert(item.clone(), Ok(value)),
            Err(error) if error.is_of_one_item() => _ = answers.insert(item.clone(), Err(error)),
            Err(error) => return Err(error),
        }
    }
    Ok(answers)
}

/// The one limit that holds in every place.
fn check_size(place: impl FnOnce() -> Place, item: &Item, value: &SecretValue) -> Result<(), Error> {
    if value.expose_to(str::len) <= MOST_BYTES {
        return Ok(());
    }
    Err(Error::new(place(), Problem::TooLarge { item: item.clone(), limit: MOST_BYTES }))
}
