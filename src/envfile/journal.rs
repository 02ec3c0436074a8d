//! What we wrote last: a keyed fingerprint for each variable of each file, no values.
//!
//! It tells our own copies from hand edits, which is what makes a three-way merge possible. Kept in `journal.json` in
//! the state folder with a random key of its own, so that asking "did we write this?" needs no unlocked keychain. What is
//! about to be written is recorded before the first file changes, so a kill at any instant leaves no value of ours that looks
//! like somebody's edit. Losing the journal is safe: everything then counts as edited by hand, and is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use rand::TryRng as _;
use serde::{Deserialize, Serialize};

use super::Document;
use crate::private_file;
use crate::secret::{Fingerprint, FingerprintKey, SecretValue};
use crate::settings::Settings;

const VERSION: u32 = 1;

/// Fingerprints of one file, by variable.
pub type Prints = BTreeMap<String, Fingerprint>;

/// Fingerprints by file.
type Files = BTreeMap<PathBuf, Prints>;

/// What happens to one file.
#[derive(Clone, Debug)]
pub struct Record {
    pub file: PathBuf,
    /// Whose values they are; `None` leaves that as it was.
    pub environment: Option<String>,
    /// What stands in it before.
    pub standing: Vec<(String, SecretValue)>,
    /// Variables and the values they have now, or are about to have.
    pub written: Vec<(String, SecretValue)>,
    pub removed: Vec<String>,
}

/// The journal as it stood when it was opened, with what was recorded since.
#[derive(Debug)]
pub struct Journal {
    path: Option<PathBuf>,
    key: Option<FingerprintKey>,
    files: Files,
    /// For which environment a file was written last.
    environments: BTreeMap<PathBuf, String>,
    intended: Files,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    /// 32 random bytes in base64.
    key: String,
    files: Files,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    environments: BTreeMap<PathBuf, String>,
    /// What an apply was about to write; left over only if it was killed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    intended: Files,
}

impl Journal {
    /// A broken or missing journal is an empty one.
    pub fn open(settings: &Settings) -> Self {
        let path = settings.state_folder().map(|folder| folder.join("journal.json"));
        let (files, environments, intended) = Default::default();
        let mut journal = Self { path, key: None, files, environments, intended };
        journal.reload();
        journal
    }

    /// True when `value` is what we wrote for `variable` in `file` last.
    pub fn wrote(&self, file: &Path, variable: &str, value: &SecretValue) -> bool {
        let Some(print) = self.fingerprint(value) else { return false };
        let known = |files: &Files| files.get(file).and_then(|file| file.get(variable)) == Some(&print);
        known(&self.files) || known(&self.intended)
    }

    /// The environment that what we wrote to `file` is for, where that is another than this one.
    pub fn other_environment(&self, file: &Path, environment: &str) -> Option<&str> {
        self.environments.get(file).map(String::as_str).filter(|known| *known != environment)
    }

    /// What we wrote for `variable` in `file` last; `None` when we never did.
    pub fn last(&self, file: &Path, variable: &str) -> Option<Fingerprint> {
        self.files.get(file)?.get(variable).copied()
    }

    /// Variables we have written to `file`.
    pub fn written_to(&self, file: &Path) -> impl Iterator<Item = &str> {
        self.files.get(file).into_iter().flat_map(BTreeMap::keys).map(String::as_str)
    }

    /// Every file we have written to, or were about to.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let begun = self.intended.keys().filter(|file| !self.files.contains_key(*file));
        self.files.keys().chain(begun).map(PathBuf::as_path)
    }

    /// Variables we have written to `file`, or were about to.
    pub fn known(&self, file: &Path) -> BTreeSet<&str> {
        let all = [&self.files, &self.intended].into_iter().filter_map(|files| files.get(file));
        all.flat_map(BTreeMap::keys).map(String::as_str).collect()
    }

    /// Forgets that we ever wrote to `file`.
    ///
    /// # Errors
    /// As [`Journal::intend`].
    pub fn forget(&mut self, file: &Path) -> io::Result<()> {
        self.change(|journal, _| {
            journal.files.remove(file);
            journal.environments.remove(file);
            journal.intended.remove(file);
        })
    }

    /// Everything recorded of `file`.
    pub fn all(&self, file: &Path) -> Prints {
        self.files.get(file).cloned().unwrap_or_default()
    }

    /// A value's fingerprint, to compare with [`Journal::last`]; `None` before anything was recorded.
    pub fn fingerprint(&self, value: &SecretValue) -> Option<Fingerprint> {
        self.key.as_ref().map(|key| value.fingerprint(key))
    }

    /// Records what is about to be written, before the first file changes.
    ///
    /// # Errors
    /// When the state folder cannot be written; it then holds for this run only.
    pub fn intend(&mut self, records: &[Record]) -> io::Result<()> {
        self.change(|journal, key| {
            for record in records {
                journal.settle(record, key);
                journal.note_environment(record);
                journal.intended.insert(record.file.clone(), prints(&record.written, key).collect());
            }
        })
    }

    /// Records what was written and removed, and that nothing more is under way for these files.
    ///
    /// # Errors
    /// As [`Journal::intend`].
    pub fn record(&mut self, records: &[Record]) -> io::Result<()> {
        self.change(|journal, key| {
            for record in records {
                journal.intended.remove(&record.file);
                journal.note_environment(record);
                let known = journal.files.entry(record.file.clone()).or_default();
                known.extend(prints(&record.written, key));
                known.retain(|name, _| !record.removed.contains(name));
            }
        })
    }

    /// Puts back what was recorded of `file` before.
    ///
    /// # Errors
    /// As [`Journal::intend`].
    pub fn restore(&mut self, file: &Path, prints: Prints) -> io::Result<()> {
        self.change(|journal, _| {
            // Nobody noted for which environment it was written then.
            journal.environments.remove(file);
            journal.files.insert(file.to_owned(), prints);
        })
    }

    /// Files for which something was intended, and nobody noted that it was done.
    pub fn unfinished(&self) -> impl Iterator<Item = &Path> {
        self.intended.keys().map(PathBuf::as_path)
    }

    /// After a kill: notes what of the intended stands in `file`, which is `document`, and intends no more for it.
    ///
    /// # Errors
    /// As [`Journal::intend`].
    pub fn finish(&mut self, file: &Path, document: &Document) -> io::Result<()> {
        let standing = document.entries().map(|entry| (entry.key, entry.value)).collect();
        let record = Record {
            file: file.to_owned(),
            environment: None,
            standing,
            written: Vec::new(),
            removed: Vec::new(),
        };
        self.change(|journal, key| journal.settle(&record, key))
    }

    /// Why the journal on disk cannot be read; `None` when it can, or there is none.
    pub fn fault(settings: &Settings) -> Option<(PathBuf, &'static str)> {
        let path = settings.state_folder()?.join("journal.json");
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(_) => return Some((path, "it cannot be read")),
        };
        let says = match serde_json::from_slice::<Stored>(&bytes) {
            Err(_) => "it is torn, or no journal",
            Ok(stored) if stored.version != VERSION => "another version of devsecrets wrote it",
            Ok(stored) if decode(&stored.key).is_none() => "its key is damaged",
            Ok(_) => return None,
        };
        Some((path, says))
    }

    fn note_environment(&mut self, record: &Record) {
        if let Some(environment) = &record.environment {
            self.environments.insert(record.file.clone(), environment.clone());
        }
    }

    /// After a kill: what was intended and now stands in the file was written, so it is recorded as such.
    fn settle(&mut self, record: &Record, key: &FingerprintKey) {
        let Some(intended) = self.intended.remove(&record.file) else { return };
        let done = prints(&record.standing, key).filter(|(name, print)| intended.get(name) == Some(print));
        self.files.entry(record.file.clone()).or_default().extend(done);
    }

    /// Changes the journal, starting from what is on disk now, under a lock: other runs' entries are kept.
    fn change(&mut self, change: impl FnOnce(&mut Self, &FingerprintKey)) -> io::Result<()> {
        let path = self.path.clone();
        let _held = path.as_deref().map(lock);
        self.reload();
        let key = match self.key.take() {
            Some(key) => key,
            None => new_key()?,
        };
        change(self, &key);
        self.key = Some(key.clone());
        let nowhere =
            || io::Error::new(io::ErrorKind::NotFound, "HOME is not set, so there is no state folder");
        self.save(&path.ok_or_else(nowhere)?, &key)
    }

    fn reload(&mut self) {
        let stored = self.path.as_deref().and_then(read);
        if let Some(stored) = stored
            && let Some(key) = decode(&stored.key)
        {
            (self.key, self.files, self.intended) = (Some(key), stored.files, stored.intended);
            self.environments = stored.environments;
        }
    }

    fn save(&self, path: &Path, key: &FingerprintKey) -> io::Result<()> {
        let key = BASE64_STANDARD.encode(key.bytes());
        let (files, environments) = (self.files.clone(), self.environments.clone());
        let stored = Stored { version: VERSION, key, files, environments, intended: self.intended.clone() };
        private_file::replace(path, &serde_json::to_vec_pretty(&stored)?)
    }
}

fn prints(
    values: &[(String, SecretValue)],
    key: &FingerprintKey,
) -> impl Iterator<Item = (String, Fingerprint)> {
    values.iter().map(|(name, value)| (name.clone(), value.fingerprint(key)))
}

fn read(path: &Path) -> Option<Stored> {
    let stored: Stored = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    (stored.version == VERSION).then_some(stored)
}

fn decode(key: &str) -> Option<FingerprintKey> {
    Some(FingerprintKey::new(BASE64_STANDARD.decode(key).ok()?.try_into().ok()?))
}

fn new_key() -> io::Result<FingerprintKey> {
    let mut bytes = [0; 32];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(io::Error::other)?;
    Ok(FingerprintKey::new(bytes))
}

/// Held until dropped. Without a lock (an exotic file system) we go on: the rename is still atomic.
fn lock(path: &Path) -> Option<File> {
    private_file::create_folder(path.parent()?).ok()?;
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path.with_extension("lock")).ok()?;
    file.lock().ok()?;
    Some(file)
}

#[cfg(test)]
mod tests;
