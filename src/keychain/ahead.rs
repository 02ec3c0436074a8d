//! Several items read in one call before they are asked for.
//!
//! For a step that needs a handful of items: it names them, they are read in one call, and whoever asks for one of them
//! afterwards gets what was read then. A keychain that could not be asked gives each of them the same error, so nobody
//! is prompted twice. Whatever else is asked, and every change, goes to the keychain itself.

use std::collections::BTreeSet;

use super::{Answers, Error, Item, Keychain, Place};
use crate::secret::SecretValue;

/// A keychain of which some items have been read already.
pub struct Ahead<'a> {
    keychain: &'a dyn Keychain,
    read: BTreeSet<Item>,
    answers: Result<Answers, Error>,
}

impl<'a> Ahead<'a> {
    /// Reads `items` of `keychain`, or nothing when there are none.
    pub fn of(keychain: &'a dyn Keychain, items: impl IntoIterator<Item = Item>) -> Self {
        let read: BTreeSet<Item> = items.into_iter().collect();
        let all: Vec<Item> = read.iter().cloned().collect();
        let answers = if all.is_empty() { Ok(Answers::new()) } else { keychain.get_many(&all) };
        Self { keychain, read, answers }
    }
}

impl Keychain for Ahead<'_> {
    fn place(&self) -> Place {
        self.keychain.place()
    }

    fn get(&self, item: &Item) -> Result<Option<SecretValue>, Error> {
        if !self.read.contains(item) {
            return self.keychain.get(item);
        }
        let answers = self.answers.as_ref().map_err(Clone::clone)?;
        answers.get(item).cloned().transpose()
    }

    fn set(&self, item: &Item, value: &SecretValue) -> Result<(), Error> {
        self.keychain.set(item, value)
    }

    fn remove(&self, item: &Item) -> Result<bool, Error> {
        self.keychain.remove(item)
    }

    fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error> {
        self.keychain.create(item, value)
    }

    fn could_keep(&self) -> Result<(), Error> {
        self.keychain.could_keep()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keychain::{MemoryKeychain, Problem};

    #[test]
    fn what_was_read_is_not_asked_again() {
        let keychain = MemoryKeychain::default();
        let (read, other) = (Item::token("read"), Item::token("other"));
        keychain.set(&read, &SecretValue::new("1")).unwrap();
        let ahead = Ahead::of(&keychain, [read.clone(), Item::identity()]);
        for item in [&read, &other] {
            keychain.set(item, &SecretValue::new("22")).unwrap();
        }
        let chars = |item: &Item| ahead.get(item).unwrap().map(|value| value.chars());
        assert_eq!((chars(&read), chars(&Item::identity()), chars(&other)), (Some(1), None, Some(2)));
    }

    /// Refuses to be asked, and counts how often it was.
    struct Locked(std::sync::atomic::AtomicUsize);

    impl Keychain for Locked {
        fn place(&self) -> Place {
            Place::Os
        }

        fn get(&self, _: &Item) -> Result<Option<SecretValue>, Error> {
            self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Err(Error::new(Place::Os, Problem::Locked))
        }

        fn set(&self, item: &Item, _: &SecretValue) -> Result<(), Error> {
            self.get(item).map(|_| ())
        }

        fn remove(&self, item: &Item) -> Result<bool, Error> {
            self.get(item).map(|_| false)
        }

        fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error> {
            self.get(item).map(|_| value.clone())
        }
    }

    #[test]
    fn a_locked_keychain_is_asked_once_for_all_of_them() {
        let locked = Locked(0.into());
        let items = [Item::identity(), Item::token("a"), Item::token("b")];
        let ahead = Ahead::of(&locked, items.clone());
        for item in &items {
            assert!(matches!(ahead.get(item).unwrap_err().problem, Problem::Locked));
        }
        assert_eq!(locked.0.into_inner(), 1);
    }
}
