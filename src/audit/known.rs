//! What is remembered of known values between runs, so that a hook needs no unlocked keychain and no store.
//!
//! `audit.json` in the state folder, for its owner alone: names and prints ([`Own`] says what of), and the random key they
//! are made with. Whoever reads it can check a guess of a whole value, as with the journal, so what is short enough to be
//! guessed is left out. A file that is broken is begun anew; losing it is safe.
//!
//! A start nearly always finds what the last one found. So one print of all the values of a start is kept besides, and
//! when it stands there already nothing else of the file is looked at.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use rand::TryRng as _;
use serde::{Deserialize, Serialize};

use super::own::{Own, OwnName, Print, SHORTEST, Sieve};
use crate::private_file;
use crate::secret::{FingerprintKey, SecretValue};

const VERSION: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    /// 32 random bytes in hexadecimal.
    key: String,
    /// Sets of values that are all among these.
    #[serde(default)]
    sets: Vec<String>,
    values: Vec<Remembered>,
}

/// What is read of the file when nothing is new.
#[derive(Deserialize)]
struct Head {
    version: u32,
    key: String,
    #[serde(default)]
    sets: Vec<String>,
}

/// Changes with what is kept of a value, so that sets noted before are looked at once more.
const EDITION: &[u8] = b"2";

/// So many services are started in turn, and more.
const SETS: usize = 64;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Remembered {
    #[serde(flatten)]
    name: OwnName,
    prints: Vec<Print>,
}

/// Whose value it is, wherever it came from.
fn place(name: &OwnName) -> (&str, &str, &str) {
    (&name.project, &name.variable, &name.service)
}

/// The memory of known values.
#[derive(Debug)]
pub struct Known {
    path: PathBuf,
    sieve: Sieve,
    sets: Vec<String>,
    values: Vec<Remembered>,
}

/// Remembers these values in place of what `state`, the state folder, knew under their names.
///
/// # Errors
/// When it cannot be written, or there is none yet and the system has no random bytes for a key.
pub fn remember(state: &Path, values: &[(OwnName, &SecretValue)]) -> io::Result<()> {
    let head = std::fs::read(path(state)).ok().and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok());
    let head = head.filter(|head| head.version == VERSION);
    let knows = |head: Head| {
        let key = super::baseline::key_of(&head.key)?;
        Some(head.sets.contains(&set(&key, values)))
    };
    if head.and_then(knows) == Some(true) {
        return Ok(());
    }
    Known::open(state)?.remember(values)
}

fn path(state: &Path) -> PathBuf {
    state.join("audit.json")
}

/// The print of names and values together. Of a value that is short enough to be guessed there is the name alone: who knows
/// all the others could guess it here.
fn set(key: &FingerprintKey, values: &[(OwnName, &SecretValue)]) -> String {
    let print = key.of_fed(|feed| {
        // No two sets look alike: each part says how long it is.
        let mut part = |bytes: &[u8]| {
            feed(&bytes.len().to_le_bytes());
            feed(bytes);
        };
        part(EDITION);
        for (name, value) in values {
            [&name.project, &name.variable, &name.service, &name.origin]
                .into_iter()
                .for_each(|text| part(text.as_bytes()));
            value.expose_to(|text| part(if text.trim().len() < SHORTEST { b"" } else { text.as_bytes() }));
        }
    });
    print.to_string()
}

impl Known {
    /// What `state`, the state folder, has of it.
    ///
    /// # Errors
    /// When there is none yet and the system has no random bytes for a key.
    pub fn open(state: &Path) -> io::Result<Self> {
        let path = path(state);
        let stored =
            std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok());
        let stored = stored.filter(|stored| stored.version == VERSION);
        match stored.and_then(|stored| Some((super::baseline::key_of(&stored.key)?, stored))) {
            Some((key, stored)) => {
                Ok(Self { path, sieve: Sieve::new(key), sets: stored.sets, values: stored.values })
            }
            None => {
                let mut key = [0; 32];
                rand::rngs::SysRng.try_fill_bytes(&mut key).map_err(io::Error::other)?;
                let sieve = Sieve::new(FingerprintKey::new(key));
                Ok(Self { path, sieve, sets: Vec::new(), values: Vec::new() })
            }
        }
    }

    /// Remembers these values in place of what was known under their names; the file is left alone when it says so already.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remember(&mut self, values: &[(OwnName, &SecretValue)]) -> io::Result<()> {
        if self.knows_all(values) {
            return self.note(values);
        }
        let print = |(name, value): &(OwnName, &SecretValue)| Remembered {
            name: name.clone(),
            prints: self.sieve.prints(value),
        };
        let fresh: Vec<Remembered> = values.iter().map(print).filter(|one| !one.prints.is_empty()).collect();
        let replaced: HashSet<_> = values.iter().map(|(name, _)| place(name)).collect();
        let mut all = self.values.clone();
        all.retain(|known| !replaced.contains(&place(&known.name)));
        all.extend(fresh);
        all.sort_by(|one, other| one.name.cmp(&other.name));
        if all != self.values {
            self.values = all;
            self.sets.clear();
        }
        self.note(values)
    }

    /// That all of these are known, for the next time.
    fn note(&mut self, values: &[(OwnName, &SecretValue)]) -> io::Result<()> {
        let set = set(self.sieve.key(), values);
        if self.sets.contains(&set) {
            return Ok(());
        }
        self.sets.push(set);
        let too_many = self.sets.len().saturating_sub(SETS);
        self.sets.drain(..too_many);
        self.save()
    }

    /// What a start of a service finds nearly always, at little cost.
    fn knows_all(&self, values: &[(OwnName, &SecretValue)]) -> bool {
        let known: HashMap<_, _> = self.values.iter().map(|one| (place(&one.name), one)).collect();
        values.iter().all(|(name, value)| match known.get(&place(name)) {
            Some(one) if one.name != *name => false,
            Some(one) if self.sieve.quick_prints(value) == one.prints => true,
            one => self.sieve.prints(value) == one.map_or(&[][..], |one| &one.prints),
        })
    }

    fn save(&self) -> io::Result<()> {
        let key = super::baseline::hex(self.sieve.key());
        let stored = Stored { version: VERSION, key, sets: self.sets.clone(), values: self.values.clone() };
        private_file::replace(&self.path, &serde_json::to_vec(&stored)?)
    }

    /// All of it, ready to be looked for.
    pub fn own(&self) -> Own {
        let mut own = Own::new(self.sieve.clone());
        self.values.iter().for_each(|known| own.add(known.name.clone(), &known.prints));
        own
    }
}
