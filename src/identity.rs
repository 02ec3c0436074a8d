//! The developer's own random root key, and everything derived from it.
//!
//! Owns the key: 32 bytes from the operating system, made once, kept as one keychain item and shown only as a
//! [`Phrase`]. What is derived from it is the same after a re-clone and different for any two developers. Derivation
//! must never change for an existing version label, or data encrypted on developers' machines is lost;
//! `tests/identity_vectors.rs` holds it.
//!
//! A developer's own rotations are kept beside the key, in the same item, so that they survive a re-clone; what they
//! come to is added to the epoch of the profile.

mod derive;
mod encode;
mod kept;
mod phrase;
mod record;
mod seal;

use std::fmt;

use rand::TryRng;
use rand::rngs::SysRng;
use time::OffsetDateTime;
use zeroize::Zeroizing;

pub use derive::{Derivation, Scope};
pub use phrase::{Phrase, PhraseError, Slip, WORDS, is_word, nearest_word, slips, words_of};
pub use record::{BadEpochs, Epochs, Record};

use crate::finding::Remedy;
use crate::keychain;
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
    #[error("no identity with the fingerprint {0} is kept")]
    NoSuchFormer(String),
}

impl Error {
    /// What to do next.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Keychain(error) => error.remedy(),
            Self::NoRandomness(_) => Remedy::says("try again once the system has started up fully"),
            Self::NoSuchFormer(_) => {
                Remedy::run("see which were replaced and are still kept", "devsecrets identity show")
            }
        }
    }
}

/// The root key, wiped when dropped, and what is known of it.
#[derive(Clone)]
pub struct Identity {
    root: Zeroizing<[u8; KEY_BYTES]>,
    record: Record,
}

impl Identity {
    /// The identity with this root key: for test vectors.
    pub fn from_root(key: [u8; KEY_BYTES]) -> Self {
        Self { root: Zeroizing::new(key), record: Record::default() }
    }

    /// The identity a phrase holds, with the rotations that were carried over with it.
    pub fn from_phrase(phrase: &Phrase, epochs: Epochs) -> Self {
        let now = Some(OffsetDateTime::now_utc());
        let record = Record { created: now, phrase_checked: now, epochs, former: Vec::new() };
        Self { root: phrase.root(), record }
    }

    /// A new identity that is kept nowhere yet.
    ///
    /// # Errors
    /// When the system has no random bytes.
    pub fn fresh() -> Result<Self, Error> {
        let mut root = Zeroizing::new([0; KEY_BYTES]);
        SysRng.try_fill_bytes(&mut root[..]).map_err(Error::NoRandomness)?;
        Ok(Self { root, record: Record { created: Some(OffsetDateTime::now_utc()), ..Record::default() } })
    }

    /// Tells two identities apart; says nothing about the key. 16 hex digits.
    pub fn fingerprint(&self) -> String {
        let bytes = derive::stretch::<8>(&self.root, derive::FINGERPRINT, &[]);
        format!("{:016x}", u64::from_be_bytes(*bytes))
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The words that bring this identity to another machine.
    pub fn phrase(&self) -> Phrase {
        Phrase::of(&self.root)
    }

    /// The development value of one variable, the same on every call.
    pub fn derive(&self, derivation: &Derivation<'_>, generate: &Generate) -> SecretValue {
        let info = derivation.info();
        encode::value(generate.format, generate.bytes, |bytes| {
            derive::fill(&self.root, derive::VALUE, &info, bytes);
        })
    }

    /// The value a service's variable has now: the profile's epoch and the developer's own rotations added up.
    pub fn value_for(
        &self,
        project: &str,
        service: &str,
        variable: &str,
        generate: &Generate,
    ) -> SecretValue {
        let asked = Derivation::of(project, service, variable, generate);
        let own = self.record.epochs.of(project, variable);
        self.derive(&Derivation { epoch: asked.epoch.saturating_add(own), ..asked }, generate)
    }

    /// A key for a purpose of our own, such as sealing the journal; independent of every value.
    pub fn key_for(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        derive::stretch(&self.root, derive::KEY, purpose.as_bytes())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(masked)")
    }
}
