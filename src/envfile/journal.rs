//! What we wrote last: a keyed fingerprint for each variable of each file, no values.
//!
//! It tells our own copies from hand edits, which is what makes a three-way merge possible. Kept in
//! `journal.json` in the state folder with a random key of its own, so that asking "did we write this?" needs no
//! unlocked keychain. Losing it is safe: everything then counts as edited by hand, and is kept.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use rand::TryRng as _;
use serde::{Deserialize, Serialize};

use crate::private_file;
use crate::secret::{Fingerprint, FingerprintKey, SecretValue};
use crate::settings::Settings;

const VERSION: u32 = 1;

/// Fingerprints by file, then variable.
type Files = BTreeMap<PathBuf, BTreeMap<String, Fingerprint>>;

/// The journal as it stood when it was opened.
#[derive(Debug)]
pub struct Journal {
    path: Option<PathBuf>,
    key: Option<FingerprintKey>,
    files: Files,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    /// 32 random bytes in base64.
    key: String,
    files: Files,
}

impl Journal {
    /// A broken or missing journal is an empty one.
    pub fn open(settings: &Settings) -> Self {
        let path = settings.state_folder().map(|folder| folder.join("journal.json"));
        let stored = path.as_deref().and_then(read);
        let key = stored.as_ref().and_then(|stored| decode(&stored.key));
        let files = stored.filter(|_| key.is_some()).map(|stored| stored.files).unwrap_or_default();
        Self { path, key, files }
    }

    /// True when `value` is what we wrote for `variable` in `file` last.
    pub fn wrote(&self, file: &Path, variable: &str, value: &SecretValue) -> bool {
        let Some(key) = &self.key else { return false };
        self.files.get(file).and_then(|file| file.get(variable)) == Some(&value.fingerprint(key))
    }

    /// Records what was just written to `file` and makes it durable. Other runs' entries are kept: the journal on disk is
    /// read again under a lock.
    ///
    /// # Errors
    /// When the state folder cannot be written; the entries then hold for this run only.
    pub fn record(&mut self, file: &Path, written: &[(String, SecretValue)]) -> io::Result<()> {
        let nowhere =
            || io::Error::new(io::ErrorKind::NotFound, "HOME is not set, so there is no state folder");
        let path = self.path.clone().ok_or_else(nowhere);
        let lock = path.as_deref().ok().map(lock);
        if let Some(stored) = path.as_deref().ok().and_then(read)
            && let Some(key) = decode(&stored.key)
        {
            (self.key, self.files) = (Some(key), stored.files);
        }
        if self.key.is_none() {
            self.key = Some(new_key()?);
        }
        let Some(key) = self.key.clone() else { return Ok(()) };
        let entry = self.files.entry(file.to_owned()).or_default();
        entry.extend(written.iter().map(|(name, value)| (name.clone(), value.fingerprint(&key))));
        let saved = self.save(&path?, &key);
        drop(lock);
        saved
    }

    fn save(&self, path: &Path, key: &FingerprintKey) -> io::Result<()> {
        let key = BASE64_STANDARD.encode(key.bytes());
        let stored = Stored { version: VERSION, key, files: self.files.clone() };
        private_file::replace(path, &serde_json::to_vec_pretty(&stored)?)
    }
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
mod tests {
    use super::*;

    fn written(value: &str) -> Vec<(String, SecretValue)> {
        vec![("KEY".to_owned(), SecretValue::new(value))]
    }

    #[test]
    fn our_own_value_is_known_again_and_a_hand_edit_is_not() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare("/", home.path());
        let file = Path::new("/p/.env");
        Journal::open(&settings).record(file, &written("canary-one")).unwrap();
        let journal = Journal::open(&settings);
        assert!(journal.wrote(file, "KEY", &SecretValue::new("canary-one")));
        assert!(!journal.wrote(file, "KEY", &SecretValue::new("edited")));
        assert!(!journal.wrote(Path::new("/q/.env"), "KEY", &SecretValue::new("canary-one")));
        let text = std::fs::read_to_string(home.path().join(".local/state/devsecrets/journal.json")).unwrap();
        assert!(!text.contains("canary"));
    }

    #[test]
    fn two_runs_do_not_lose_each_other_s_entries() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare("/", home.path());
        let (mut one, mut two) = (Journal::open(&settings), Journal::open(&settings));
        one.record(Path::new("/a"), &written("1")).unwrap();
        two.record(Path::new("/b"), &written("2")).unwrap();
        let journal = Journal::open(&settings);
        assert!(journal.wrote(Path::new("/a"), "KEY", &SecretValue::new("1")));
        assert!(journal.wrote(Path::new("/b"), "KEY", &SecretValue::new("2")));
    }

    #[test]
    fn a_broken_journal_forgets_and_recovers() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare("/", home.path());
        let path = home.path().join(".local/state/devsecrets/journal.json");
        private_file::replace(&path, b"{ torn").unwrap();
        let mut journal = Journal::open(&settings);
        assert!(!journal.wrote(Path::new("/a"), "KEY", &SecretValue::new("1")));
        journal.record(Path::new("/a"), &written("1")).unwrap();
        assert!(Journal::open(&settings).wrote(Path::new("/a"), "KEY", &SecretValue::new("1")));
    }
}
