//! What is remembered of known values between runs, so that a hook needs no unlocked keychain and no store.
//!
//! `audit.json` in the state folder, for its owner alone: names and prints ([`Own`] says what of), and the random key they
//! are made with. Whoever reads it can check a guess of a whole value, as with the journal, so what is short enough to be
//! guessed is left out. A file that is broken is begun anew; losing it is safe.
//!
//! A start nearly always finds what the last one found. So one print of all that was seen is kept in front, and when it
//! stands there already nothing else of the file is read. Whatever changes what is known drops these prints.

mod values;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use rand::TryRng as _;
use serde::{Deserialize, Serialize};
use serde_json::Deserializer;
use serde_json::de::Read;
use time::OffsetDateTime;

use self::values::{Remembered, in_order, place, replaced};
use super::own::{Own, OwnName, SHORTEST, Sieve};
use crate::private_file;
use crate::secret::{FingerprintKey, SecretValue};

const VERSION: u32 = 3;

/// The first of the two JSON texts in the file, and all that is read of it when nothing is new. The other is the list of values.
#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    /// 32 random bytes in hexadecimal.
    key: String,
    /// Sets of values that are all among those of the list.
    sets: Vec<String>,
}

impl Head {
    fn of<'de, R: Read<'de>>(text: &mut Deserializer<R>) -> Option<Self> {
        Self::deserialize(text).ok().filter(|head| head.version == VERSION)
    }
}

/// Changes with what is kept of a value, so that sets noted before are looked at once more.
const EDITION: &[u8] = b"4";

/// So many services are started in turn, and more.
const SETS: usize = 64;

/// One secret that is at hand.
#[derive(Clone, Copy)]
pub struct Secret<'a> {
    pub variable: &'a str,
    pub service: &'a str,
    /// As in [`OwnName`].
    pub origin: &'a str,
    pub value: &'a SecretValue,
}

/// Secrets of a project that are at hand.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub project: &'a str,
    pub secrets: &'a [Secret<'a>],
    /// Variables of which the profile says that they are no secrets.
    pub open: &'a [&'a str],
    /// They stand in files, and what is in use may be another value.
    pub in_files: bool,
}

impl<'a> Seen<'a> {
    fn named(&self) -> Vec<(OwnName, &'a SecretValue)> {
        let named = |one: &Secret<'a>| {
            let [project, variable, service, origin] =
                [self.project, one.variable, one.service, one.origin].map(str::to_owned);
            (OwnName { project, variable, service, origin }, one.value)
        };
        self.secrets.iter().map(named).collect()
    }
}

/// The memory of known values.
#[derive(Debug)]
pub struct Known {
    path: PathBuf,
    sieve: Sieve,
    sets: Vec<String>,
    values: Vec<Remembered>,
    /// Days since 1970-01-01.
    today: u32,
}

/// Remembers what was seen in `state`, the state folder.
///
/// # Errors
/// When it cannot be written, or there is none yet and the system has no random bytes for a key.
pub fn remember(state: &Path, seen: &Seen<'_>) -> io::Result<()> {
    let file = File::open(path(state)).ok();
    let head = file.and_then(|file| Head::of(&mut Deserializer::from_reader(BufReader::new(file))));
    let knows = |head: Head| {
        let key = super::baseline::key_of(&head.key)?;
        Some(head.sets.contains(&set(&key, seen, today())))
    };
    let (begun, known) = (head.is_some(), head.and_then(knows) == Some(true));
    if known || !begun && seen.secrets.is_empty() {
        return Ok(());
    }
    Known::open(state)?.take_in(seen)
}

fn path(state: &Path) -> PathBuf {
    state.join("audit.json")
}

fn read(bytes: &[u8]) -> Option<(FingerprintKey, Vec<String>, Vec<Remembered>)> {
    let mut text = Deserializer::from_slice(bytes);
    let head = Head::of(&mut text)?;
    let values = Vec::deserialize(&mut text).ok()?;
    Some((super::baseline::key_of(&head.key)?, head.sets, values))
}

fn today() -> u32 {
    let days = OffsetDateTime::now_utc().unix_timestamp() / (24 * 60 * 60);
    u32::try_from(days).unwrap_or_default()
}

/// The print of all that was seen. Of a value that is short enough to be guessed there is the name alone: who knows all the
/// others could guess it here.
///
/// What stands in files may be a former value, which is looked for no longer when it grows old; so it is looked at anew
/// each month.
fn set(key: &FingerprintKey, seen: &Seen<'_>, today: u32) -> String {
    let print = key.of_fed(|feed| {
        // No two sets look alike: each part says how long it is.
        let mut part = |bytes: &[u8]| {
            feed(&bytes.len().to_le_bytes());
            feed(bytes);
        };
        let month = if seen.in_files { today / 30 } else { 0 };
        [EDITION, &[u8::from(seen.in_files)], &month.to_le_bytes(), seen.project.as_bytes()]
            .into_iter()
            .for_each(&mut part);
        part(&seen.secrets.len().to_le_bytes());
        for Secret { variable, service, origin, value } in seen.secrets {
            [variable, service, origin].into_iter().for_each(|text| part(text.as_bytes()));
            value.expose_to(|text| part(if text.trim().len() < SHORTEST { b"" } else { text.as_bytes() }));
        }
        seen.open.iter().for_each(|name| part(name.as_bytes()));
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
        match std::fs::read(&path).ok().and_then(|bytes| read(&bytes)) {
            Some((key, sets, values)) => {
                Ok(Self { path, sieve: Sieve::new(key), sets, values, today: today() })
            }
            None => {
                let mut key = [0; 32];
                rand::rngs::SysRng.try_fill_bytes(&mut key).map_err(io::Error::other)?;
                let sieve = Sieve::new(FingerprintKey::new(key));
                Ok(Self { path, sieve, sets: Vec::new(), values: Vec::new(), today: today() })
            }
        }
    }

    /// Remembers these values; what was known under their names is former from now on.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remember(&mut self, secrets: &[(OwnName, &SecretValue)]) -> io::Result<()> {
        self.replace(secrets);
        self.save()
    }

    /// Takes in what was seen; the file is left alone when it says so already.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn take_in(&mut self, seen: &Seen<'_>) -> io::Result<()> {
        let open = |known: &Remembered| {
            known.name.project == seen.project && seen.open.contains(&known.name.variable.as_str())
        };
        let all: Vec<Remembered> = self.values.iter().filter(|known| !open(known)).cloned().collect();
        self.becomes(all);
        match seen.in_files {
            true => self.add(&seen.named()),
            false => self.replace(&seen.named()),
        }
        self.note(set(self.sieve.key(), seen, self.today))
    }

    /// These values stand in place of what was known under their names, which are former values from now on.
    fn replace(&mut self, values: &[(OwnName, &SecretValue)]) {
        if self.knows_all(values) {
            return;
        }
        let fresh = values.iter().map(|(name, value)| Remembered {
            name: name.clone(),
            prints: self.sieve.prints(value),
            former: None,
        });
        let all = replaced(&self.values, fresh.collect(), self.today);
        self.becomes(all);
    }

    /// Those of which nothing is known take their place; a former value is seen once more.
    fn add(&mut self, values: &[(OwnName, &SecretValue)]) {
        let (mut all, mut unknown) = (self.values.clone(), Vec::new());
        for (name, value) in values {
            let prints = self.sieve.prints(value);
            let holds = |known: &Remembered| prints.iter().any(|print| known.prints.contains(print));
            let mut here =
                all.iter_mut().filter(|known| known.place() == place(name) && holds(known)).peekable();
            if here.peek().is_none() && !prints.is_empty() {
                unknown.push((name.clone(), *value));
            }
            here.for_each(|known| known.former = known.former.map(|_| self.today));
        }
        let all = in_order(all, self.today);
        self.becomes(all);
        self.replace(&unknown);
    }

    fn becomes(&mut self, all: Vec<Remembered>) {
        if all != self.values {
            self.values = all;
            self.sets.clear();
        }
    }

    /// That all of this is known, for the next time.
    fn note(&mut self, set: String) -> io::Result<()> {
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
        let now = self.values.iter().filter(|one| one.former.is_none());
        let known: HashMap<_, _> = now.map(|one| (one.place(), one)).collect();
        values.iter().all(|(name, value)| match known.get(&place(name)) {
            Some(one) if one.name != *name => false,
            Some(one) if self.sieve.quick_prints(value) == one.prints => true,
            one => self.sieve.prints(value) == one.map_or(&[][..], |one| &one.prints),
        })
    }

    fn save(&self) -> io::Result<()> {
        let key = super::baseline::hex(self.sieve.key());
        let head = serde_json::to_vec(&Head { version: VERSION, key, sets: self.sets.clone() })?;
        private_file::replace(&self.path, &[head, serde_json::to_vec(&self.values)?].join(&b'\n'))
    }

    /// All of it, ready to be looked for. A value that is in use comes last, and is told before a former one.
    pub fn own(&self) -> Own {
        let mut own = Own::new(self.sieve.clone());
        let (former, now): (Vec<_>, Vec<_>) = self.values.iter().partition(|one| one.former.is_some());
        let former = former.into_iter().filter(|one| one.is_looked_for(self.today));
        former.chain(now).for_each(|one| own.add(one.name.clone(), &one.prints, one.former.is_some()));
        own
    }
}
