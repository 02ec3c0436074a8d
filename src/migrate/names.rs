//! The names of everything we may have kept.
//!
//! A keychain that can list its items is believed; elsewhere (macOS, Windows) the names are those that our records lead
//! to: the identity, those it took the place of, and the slots of tokens. Names we never make are nobody's of ours.

use std::collections::{BTreeMap, BTreeSet};

use crate::identity::Identity;
use crate::keychain::{Error, Item, Keychain, Problem, Sort};
use crate::secret::SecretValue;

/// What our records say there may be.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeSet<Item>);

impl Names {
    /// `tokens` are the items of tokens, kept or not.
    pub fn of(tokens: impl IntoIterator<Item = Item>) -> Self {
        Self(tokens.into_iter().chain([Item::identity()]).collect())
    }

    /// The items of ours that `keychain` keeps. Values are read only where names cannot be listed.
    pub(super) fn items(&self, keychain: &dyn Keychain) -> Result<Vec<Item>, Error> {
        match keychain.items()? {
            Some(listed) => Ok(listed.into_iter().filter(|item| item.sort().is_some()).collect()),
            None => Ok(self.values(keychain)?.into_keys().collect()),
        }
    }

    /// Everything of ours that `keychain` keeps.
    pub(super) fn values(&self, keychain: &dyn Keychain) -> Result<BTreeMap<Item, SecretValue>, Error> {
        if let Some(listed) = keychain.items()? {
            let ours: Vec<Item> = listed.into_iter().filter(|item| item.sort().is_some()).collect();
            return read(keychain, &ours);
        }
        let known: Vec<Item> = self.0.iter().cloned().collect();
        let mut values = read(keychain, &known)?;
        let former = values.get(&Item::identity()).map(Identity::former_of).unwrap_or_default();
        let former: Vec<Item> = former.iter().map(|one| Item::former_identity(one)).collect();
        values.extend(read(keychain, &former)?);
        Ok(values)
    }
}

/// One that is not what we store stops it: what it is has to be found out first.
fn read(keychain: &dyn Keychain, items: &[Item]) -> Result<BTreeMap<Item, SecretValue>, Error> {
    let ours = |(item, answer): (Item, Result<SecretValue, Error>)| {
        let value = answer?;
        let identity = matches!(item.sort(), Some(Sort::Identity | Sort::FormerIdentity));
        match identity && !Identity::is_one(&value) {
            true => Err(Error::new(keychain.place(), Problem::Foreign { item, why: "it is no root key" })),
            false => Ok((item, value)),
        }
    };
    keychain.get_many(items)?.into_iter().map(ours).collect()
}
