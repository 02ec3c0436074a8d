//! What stores said last, for a developer without a network: sealed under the identity, aged out, and expendable.
//!
//! The rule: off unless the profile's policy allows it, for development-like environments alone, and asked only when a store
//! cannot be reached. Losing or damaging the file loses nothing: it is ignored and made anew. A value in it is bound to
//! project and environment, so a copied file says nothing elsewhere.

mod opening;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

pub use opening::CopiesFlaw;
pub(super) use opening::open;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use super::stores::Found;
use super::{NotAsked, Scope};
use crate::identity::Identity;
use crate::private_file;
use crate::secret::SecretValue;
use crate::settings::Settings;
use crate::stores::{Answer, Miss, Payload, Place, Values};

const VERSION: u32 = 1;
const PURPOSE: &str = "offline cache";

/// One secret of one store: the store, the region or service, the id.
type Key = (String, Option<String>, String);

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    version: u32,
    entries: Vec<Entry>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    key: Key,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    since: Option<OffsetDateTime>,
    /// Of AWS: where it is from, which decides whether files may be made of it.
    #[serde(default)]
    account: Option<String>,
    values: Vec<(String, Kept)>,
    /// Keys that are there and of no use.
    #[serde(default)]
    unusable: Vec<String>,
    #[serde(default)]
    twice: Vec<String>,
}

/// A value on its way into the sealed bytes, and out of them.
#[derive(Clone)]
struct Kept(SecretValue);

impl Serialize for Kept {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.expose_to(|text| serializer.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(SecretValue::new(text)))
    }
}

/// The copies of one project and environment. Holds values.
pub struct Copies {
    path: PathBuf,
    bound: Vec<u8>,
    identity: Identity,
    /// The identity was made for them, and nobody has kept it yet.
    is_new: bool,
    entries: Vec<Entry>,
    now: OffsetDateTime,
    /// There was a file, and it could not be read.
    damaged: bool,
    changed: bool,
}

/// Where the copies of the project in `root` lie, for every environment.
pub fn folder(settings: &Settings, root: &Path) -> Option<PathBuf> {
    Some(
        settings
            .state_folder()?
            .join("offline")
            .join(hex(&Sha256::digest(root.as_os_str().as_encoded_bytes()))),
    )
}

impl Copies {
    /// Those that are not older than `span`. A damaged file is none.
    fn open(
        scope: Scope<'_>,
        identity: Identity,
        is_new: bool,
        span: Duration,
        now: OffsetDateTime,
    ) -> Option<Self> {
        let root = scope.root.canonicalize().unwrap_or_else(|_| scope.root.to_owned());
        let folder = folder(scope.settings, &root)?;
        let path = folder.join(format!("{}.sealed", scope.environment));
        let bound = [
            scope.profile.name.as_bytes(),
            root.as_os_str().as_encoded_bytes(),
            scope.environment.as_bytes(),
        ];
        let bound = bound.join(&0);
        let (stored, damaged) = match std::fs::read_to_string(&path) {
            Err(error) => (Stored::default(), error.kind() != io::ErrorKind::NotFound),
            Ok(text) => match read(&identity, &bound, &text) {
                Some(stored) => (stored, false),
                None => (Stored::default(), true),
            },
        };
        // A clock that was set back must not make copies young again.
        let young = |entry: &Entry| entry.at <= now && now - entry.at <= span;
        let all = stored.entries.len();
        let entries: Vec<Entry> = stored.entries.into_iter().filter(young).collect();
        let changed = damaged || entries.len() < all;
        Some(Self { path, bound, identity, is_new, entries, now, damaged, changed })
    }

    /// The copy of one secret, which says when it was made.
    fn get(&self, key: &Key) -> Option<Payload> {
        let entry = self.entries.iter().find(|entry| entry.key == *key)?;
        let values: Values = entry.values.iter().map(|(name, kept)| (name.clone(), kept.0.clone())).collect();
        let Entry { account, unusable, twice, since, at, .. } = entry.clone();
        Some(Payload { account, unusable, twice, ..Payload::copied(values, since, at) })
    }

    /// A store gave this just now.
    fn keep(&mut self, key: Key, payload: &Payload) {
        let values = payload.values.iter().map(|(name, value)| (name.clone(), Kept(value.clone()))).collect();
        self.changed = true;
        self.entries.retain(|entry| entry.key != key);
        let Payload { since, account, unusable, twice, .. } = payload.clone();
        self.entries.push(Entry { key, at: self.now, since, account, values, unusable, twice });
    }

    /// A store said that there is none any more, or not for this person.
    fn drop(&mut self, key: &Key) {
        self.changed = true;
        self.entries.retain(|entry| entry.key != *key);
    }

    /// Keeps what came, and lets copies stand in for what could not be reached.
    pub(super) fn stand_in(
        &mut self,
        store: &str,
        places: &BTreeSet<Place>,
        found: Result<Found, NotAsked>,
    ) -> Result<Found, NotAsked> {
        let key = |place: &Place| (store.to_owned(), place.0.clone(), place.1.clone());
        match found {
            Ok(mut found) => {
                found.iter_mut().for_each(|(place, answer)| self.compare(key(place), answer));
                Ok(found)
            }
            Err(why)
                if why.is_out_of_reach() && places.iter().any(|place| self.get(&key(place)).is_some()) =>
            {
                let none = || Miss::Unreachable { reason: why.to_string() };
                let answer = |place: &Place| (place.clone(), self.get(&key(place)).ok_or_else(none));
                Ok(places.iter().map(answer).collect())
            }
            Err(why) => Err(why),
        }
    }

    fn compare(&mut self, key: Key, answer: &mut Answer) {
        match answer {
            Ok(payload) => self.keep(key, payload),
            Err(miss) if miss.is_final() => self.drop(&key),
            Err(miss) if miss.is_out_of_reach() => {
                if let Some(copy) = self.get(&key) {
                    *answer = Ok(copy);
                }
            }
            Err(_) => {}
        }
    }

    /// Writes them down. That it fails costs no more than the next time without a network.
    fn save(&self) -> io::Result<()> {
        if !self.changed {
            return Ok(());
        }
        if self.entries.is_empty() {
            return std::fs::remove_file(&self.path);
        }
        let stored = Stored { version: VERSION, entries: self.entries.clone() };
        let bytes = Zeroizing::new(serde_json::to_vec(&stored)?);
        private_file::replace(&self.path, self.identity.seal(PURPOSE, &self.bound, &bytes)?.as_bytes())
    }
}

fn read(identity: &Identity, bound: &[u8], text: &str) -> Option<Stored> {
    let bytes = identity.unseal(PURPOSE, bound, text).ok()?;
    serde_json::from_slice::<Stored>(&bytes).ok().filter(|stored| stored.version == VERSION)
}

fn hex(bytes: &[u8]) -> String {
    bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
