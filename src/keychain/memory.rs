//! A keychain that ends with the process: for the demo and for tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Error, Item, Keychain, Place, check_size};
use crate::secret::SecretValue;

/// Items in memory, wiped when dropped.
#[derive(Debug, Default)]
pub struct MemoryKeychain {
    items: Mutex<BTreeMap<Item, SecretValue>>,
}

impl MemoryKeychain {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<Item, SecretValue>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keychain for MemoryKeychain {
    fn place(&self) -> Place {
        Place::Memory
    }

    fn get(&self, item: &Item) -> Result<Option<SecretValue>, Error> {
        Ok(self.kept().get(item).cloned())
    }

    fn set(&self, item: &Item, value: &SecretValue) -> Result<(), Error> {
        check_size(|| Place::Memory, item, value)?;
        self.kept().insert(item.clone(), value.clone());
        Ok(())
    }

    fn remove(&self, item: &Item) -> Result<bool, Error> {
        Ok(self.kept().remove(item).is_some())
    }

    fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error> {
        check_size(|| Place::Memory, item, value)?;
        Ok(self.kept().entry(item.clone()).or_insert_with(|| value.clone()).clone())
    }

    fn items(&self) -> Result<Option<Vec<Item>>, Error> {
        Ok(Some(self.kept().keys().cloned().collect()))
    }
}
