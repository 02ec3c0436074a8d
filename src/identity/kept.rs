//! The identity in the keychain: read, made once, taken the place of, forgotten.
//!
//! The rule: an identity is never overwritten by another. What is replaced is kept under its fingerprint first, and read
//! back, before anything takes its place; so a kill at any instant loses neither.

use base64::prelude::{BASE64_STANDARD, Engine};
use zeroize::Zeroizing;

use super::{Error, Identity, KEY_BYTES, Record};
use crate::keychain::{self, Item, Keychain, Problem};
use crate::secret::SecretValue;

impl Identity {
    /// The kept identity, or `None` where the keychain has none yet.
    ///
    /// # Errors
    /// When the keychain cannot be asked, or `Foreign` when its item is not a root key.
    pub fn load(keychain: &dyn Keychain) -> Result<Option<Self>, Error> {
        read(keychain, &Item::identity())
    }

    /// Keeps this identity unless there is one, and returns the one that stands. All processes that do this at once
    /// get the same one; an item that is not a root key is never overwritten.
    ///
    /// # Errors
    /// As [`Identity::load`], and when it cannot be kept.
    pub fn keep(&self, keychain: &dyn Keychain) -> Result<Self, Error> {
        let stands = keychain.create(&Item::identity(), &self.encoded())?;
        Self::decode(&stands, &Item::identity(), keychain)
    }

    /// The kept identity, made and kept now if there is none.
    ///
    /// # Errors
    /// As [`Identity::keep`], and when the system has no random bytes.
    pub fn load_or_create(keychain: &dyn Keychain) -> Result<Self, Error> {
        match Self::load(keychain)? {
            Some(kept) => Ok(kept),
            None => Self::fresh()?.keep(keychain),
        }
    }

    /// Changes what is known of the kept identity; `None` where there is none.
    ///
    /// # Errors
    /// As [`Identity::load`], and when the change cannot be kept.
    pub fn note(keychain: &dyn Keychain, change: impl FnOnce(&mut Record)) -> Result<Option<Self>, Error> {
        let Some(mut kept) = Self::load(keychain)? else { return Ok(None) };
        change(&mut kept.record);
        keychain.set(&Item::identity(), &kept.encoded())?;
        Ok(Some(kept))
    }

    /// Makes this the identity. One that stands there already is kept under its fingerprint; the same one keeps its
    /// facts, and gains rotations carried over.
    ///
    /// # Errors
    /// As [`Identity::load`], and when either cannot be kept.
    pub fn take_place(mut self, keychain: &dyn Keychain) -> Result<Self, Error> {
        let mine = self.fingerprint();
        match Self::load(keychain)? {
            None => return self.keep(keychain),
            Some(mut same) if same.root == self.root => {
                same.record.epochs.merge(&self.record.epochs);
                same.record.phrase_checked = self.record.phrase_checked.or(same.record.phrase_checked);
                self = same;
            }
            Some(other) => {
                let fingerprint = other.fingerprint();
                put_aside(&other, &Item::former_identity(&fingerprint), keychain)?;
                self.record.former =
                    other.record.former.iter().filter(|one| **one != mine).cloned().collect();
                self.record.former.retain(|one| *one != fingerprint);
                self.record.former.push(fingerprint);
            }
        }
        keychain.set(&Item::identity(), &self.encoded())?;
        // It may have been one of those put aside.
        keychain.remove(&Item::former_identity(&mine))?;
        Ok(self)
    }

    /// One that was replaced, by its fingerprint.
    ///
    /// # Errors
    /// As [`Identity::load`], and when none of this fingerprint is kept.
    pub fn former(keychain: &dyn Keychain, fingerprint: &str) -> Result<Self, Error> {
        read(keychain, &Item::former_identity(fingerprint))?
            .ok_or_else(|| Error::NoSuchFormer(fingerprint.to_owned()))
    }

    /// Removes the identity and every one it took the place of. False when there was none.
    ///
    /// # Errors
    /// When the keychain cannot be asked or changed.
    pub fn forget(keychain: &dyn Keychain) -> Result<bool, Error> {
        let Some(kept) = Self::load(keychain)? else { return Ok(false) };
        // The one that names the others goes last.
        for fingerprint in &kept.record.former {
            keychain.remove(&Item::former_identity(fingerprint))?;
        }
        Ok(keychain.remove(&Item::identity())?)
    }

    /// One item for two copies of one identity: rotations are the higher of each, and no former one is lost. `None` when
    /// they are two identities, or no identities at all.
    pub fn merged(one: &SecretValue, other: &SecretValue) -> Option<SecretValue> {
        let (mut one, other) = (Self::read(one)?, Self::read(other)?);
        if one.root != other.root {
            return None;
        }
        one.record.epochs.merge(&other.record.epochs);
        one.record.phrase_checked = one.record.phrase_checked.max(other.record.phrase_checked);
        let known = one.record.former.clone();
        one.record.former.extend(other.record.former.into_iter().filter(|former| !known.contains(former)));
        Some(one.encoded())
    }

    /// Whether a kept value is an identity at all, and not something else of its name.
    pub fn is_one(kept: &SecretValue) -> bool {
        Self::read(kept).is_some()
    }

    /// Fingerprints of those it took the place of; none for what is no identity.
    pub fn former_of(kept: &SecretValue) -> Vec<String> {
        Self::read(kept).map(|identity| identity.record.former).unwrap_or_default()
    }

    fn encoded(&self) -> SecretValue {
        let lines = self.record.lines();
        // The full size at once: growing would leave copies of the key behind.
        let mut text = String::with_capacity(BASE64_STANDARD.encode([0; KEY_BYTES]).len() + lines.len());
        BASE64_STANDARD.encode_string(&self.root[..], &mut text);
        text.push_str(&lines);
        SecretValue::new(text)
    }

    fn decode(kept: &SecretValue, item: &Item, keychain: &dyn Keychain) -> Result<Self, Error> {
        Self::read(kept).ok_or_else(|| {
            let why = "a root key is 32 bytes in base64, with our notes below it";
            keychain::Error::new(keychain.place(), Problem::Foreign { item: item.clone(), why }).into()
        })
    }

    fn read(kept: &SecretValue) -> Option<Self> {
        kept.expose_to(|text| {
            let mut lines = text.lines();
            let bytes = Zeroizing::new(BASE64_STANDARD.decode(lines.next()?).ok()?);
            let root = Zeroizing::new(<[u8; KEY_BYTES]>::try_from(&bytes[..]).ok()?);
            Some(Self { root, record: Record::read(lines)? })
        })
    }
}

fn read(keychain: &dyn Keychain, item: &Item) -> Result<Option<Identity>, Error> {
    let kept = keychain.get(item)?;
    kept.map(|value| Identity::decode(&value, item, keychain)).transpose()
}

/// Keeps `identity` as `item` and makes sure that it can be read again.
fn put_aside(identity: &Identity, item: &Item, keychain: &dyn Keychain) -> Result<(), Error> {
    keychain.set(item, &identity.encoded())?;
    match read(keychain, item)? {
        Some(back) if back.root == identity.root => Ok(()),
        _ => Err(Error::NoSuchFormer(identity.fingerprint())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keychain::MemoryKeychain;

    fn one(byte: u8) -> Identity {
        Identity::from_root([byte; KEY_BYTES])
    }

    #[test]
    fn an_item_of_before_is_still_read() {
        let keychain = MemoryKeychain::default();
        keychain.set(&Item::identity(), &SecretValue::new(BASE64_STANDARD.encode([7; 32]))).unwrap();
        let kept = Identity::load(&keychain).unwrap().unwrap();
        assert_eq!((kept.fingerprint(), kept.record().created), (one(7).fingerprint(), None));
    }

    #[test]
    fn what_is_replaced_can_be_brought_back() {
        let keychain = MemoryKeychain::default();
        one(1).keep(&keychain).unwrap();
        Identity::note(&keychain, |record| _ = record.epochs.raise("shop", "A")).unwrap();
        let replaced = one(2).take_place(&keychain).unwrap();
        assert_eq!(replaced.record().former, [one(1).fingerprint()]);
        let former = Identity::former(&keychain, &one(1).fingerprint()).unwrap();
        let back = former.take_place(&keychain).unwrap();
        assert_eq!(back.record().former, [one(2).fingerprint()]);
        let kept = Identity::load(&keychain).unwrap().unwrap();
        assert_eq!((kept.fingerprint(), kept.record().epochs.of("shop", "A")), (one(1).fingerprint(), 1));
    }

    #[test]
    fn the_same_identity_only_gains_rotations() {
        let keychain = MemoryKeychain::default();
        one(1).keep(&keychain).unwrap();
        Identity::note(&keychain, |record| _ = record.epochs.raise("shop", "A")).unwrap();
        let again = Identity::from_phrase(&one(1).phrase(), "shop/A=1,shop/B=3".parse().unwrap());
        let kept = again.take_place(&keychain).unwrap();
        assert_eq!(kept.record().epochs.to_string(), "shop/A=1,shop/B=3");
        assert!(kept.record().former.is_empty());
    }

    #[test]
    fn two_copies_of_one_identity_become_one_and_two_identities_do_not() {
        let keychain = MemoryKeychain::default();
        one(1).keep(&keychain).unwrap();
        let before = keychain.get(&Item::identity()).unwrap().unwrap();
        Identity::note(&keychain, |record| {
            record.epochs.raise("shop", "A");
            record.former.push("00ff00ff00ff00ff".to_owned());
        })
        .unwrap();
        let after = keychain.get(&Item::identity()).unwrap().unwrap();
        assert!(Identity::merged(&before, &after).unwrap().same_as(&after));
        assert_eq!(Identity::former_of(&after), ["00ff00ff00ff00ff"]);
        assert!(Identity::merged(&one(2).encoded(), &after).is_none());
        assert!(Identity::merged(&SecretValue::new("no key"), &after).is_none());
    }

    #[test]
    fn an_identity_made_meanwhile_stands() {
        let keychain = MemoryKeychain::default();
        one(1).keep(&keychain).unwrap();
        assert_eq!(one(2).keep(&keychain).unwrap().fingerprint(), one(1).fingerprint());
    }

    #[test]
    fn forgetting_leaves_nothing_behind() {
        let keychain = MemoryKeychain::default();
        one(1).keep(&keychain).unwrap();
        one(2).take_place(&keychain).unwrap();
        assert!(Identity::forget(&keychain).unwrap() && !Identity::forget(&keychain).unwrap());
        assert!(Identity::former(&keychain, &one(1).fingerprint()).is_err());
    }
}
