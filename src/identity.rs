//! The developer's own random root key, and everything derived from it.
//!
//! Owns the key: 32 bytes from the operating system, made once, kept as one keychain item and
//! never shown. What is derived from it is the same after a re-clone and different for any two
//! developers. Derivation must never change for an existing version label, or data encrypted on
//! developers' machines is lost; `tests/identity_vectors.rs` holds it.

mod derive;
mod encode;

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use rand::TryRng;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

pub use derive::{Derivation, Scope};

use crate::finding::Remedy;
use crate::keychain::{self, Item, Keychain, Problem};
use crate::profile::Generate;
use crate::secret::SecretValue;

const KEY_BYTES: usize = 32;

/// An identity could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Keychain(#[from] keychain::Error),
    #[error("the operating system gave no random bytes: {0}")]
    NoRandomness(rand::rngs::SysError),
}

impl Error {
    /// What to do next.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Keychain(error) => error.remedy(),
            Self::NoRandomness(_) => Remedy::says("try again once the system has started up fully"),
        }
    }
}

/// The root key, wiped when dropped.
#[derive(Clone)]
pub struct Identity(Zeroizing<[u8; KEY_BYTES]>);

impl Identity {
    /// The identity with this root key: for recovery and for test vectors.
    pub fn from_root(key: [u8; KEY_BYTES]) -> Self {
        Self(Zeroizing::new(key))
    }

    /// The kept identity, or `None` where the keychain has none yet.
    ///
    /// # Errors
    /// When the keychain cannot be asked, or `Foreign` when its item is not a root key.
    pub fn load(keychain: &dyn Keychain) -> Result<Option<Self>, Error> {
        let kept = keychain.get(&Item::identity())?;
        kept.map(|value| Self::decode(&value, keychain)).transpose()
    }

    /// The kept identity, made and kept now if there is none. All processes that do this at once
    /// get the same one; an item that is not a root key is never overwritten.
    ///
    /// # Errors
    /// As [`Identity::load`], and when the system has no random bytes.
    pub fn load_or_create(keychain: &dyn Keychain) -> Result<Self, Error> {
        if let Some(kept) = Self::load(keychain)? {
            return Ok(kept);
        }
        let stands = keychain.create(&Item::identity(), &Self::throwaway()?.encoded())?;
        Self::decode(&stands, keychain)
    }

    /// Tells two identities apart; says nothing about the key. 16 hex digits.
    pub fn fingerprint(&self) -> String {
        let bytes = derive::stretch::<8>(&self.0, derive::FINGERPRINT, &[]);
        format!("{:016x}", u64::from_be_bytes(*bytes))
    }

    /// The development value of one variable, the same on every call.
    pub fn derive(&self, derivation: &Derivation<'_>, generate: &Generate) -> SecretValue {
        let info = derivation.info();
        encode::value(generate.format, generate.bytes, |bytes| {
            derive::fill(&self.0, derive::VALUE, &info, bytes);
        })
    }

    /// A key for a purpose of our own, such as sealing the journal; independent of every value.
    pub fn key_for(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        derive::stretch(&self.0, derive::KEY, purpose.as_bytes())
    }

    /// A fresh identity that is kept nowhere: for showing what would be generated.
    ///
    /// # Errors
    /// When the system has no random bytes.
    pub fn throwaway() -> Result<Self, Error> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        SysRng.try_fill_bytes(&mut key[..]).map_err(Error::NoRandomness)?;
        Ok(Self(key))
    }

    fn encoded(&self) -> SecretValue {
        SecretValue::new(BASE64_STANDARD.encode(&self.0[..]))
    }

    fn decode(kept: &SecretValue, keychain: &dyn Keychain) -> Result<Self, Error> {
        let decoded = kept.expose_to(|text| BASE64_STANDARD.decode(text)).map(Zeroizing::new);
        let key = decoded.ok().and_then(|bytes| <[u8; KEY_BYTES]>::try_from(&bytes[..]).ok());
        key.map(Self::from_root).ok_or_else(|| {
            let problem =
                Problem::Foreign { item: Item::identity(), why: "a root key is 32 bytes in base64" };
            keychain::Error::new(keychain.place(), problem).into()
        })
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(masked)")
    }
}
