//! One apply on disk: `undo/ID.json` in the state folder, where ID is the time in milliseconds.

use std::io;
use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{SEAL, Undoable};
use crate::envfile::Prints;
use crate::identity::Identity;
use crate::private_file;

pub(super) const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
pub(super) struct Entry {
    pub version: u32,
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    pub root: PathBuf,
    pub profile: String,
    pub environment: String,
    pub files: Vec<Kept>,
}

/// One file as it was.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub path: PathBuf,
    /// Relative to the project.
    pub shown: String,
    pub before: Before,
    /// SHA-256 of what was written, in hex.
    pub after: String,
    /// What the journal said of it.
    pub journal: Prints,
}

/// The former contents.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Before {
    Absent,
    /// Base64; for files without secrets.
    Plain(String),
    /// Base64 of nonce and ciphertext.
    Sealed(String),
}

impl Before {
    pub fn plain(bytes: &[u8]) -> Self {
        Self::Plain(BASE64_STANDARD.encode(bytes))
    }

    /// The identity alone opens it.
    pub fn is_sealed(&self) -> bool {
        matches!(self, Self::Sealed(_))
    }

    pub fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    /// The bytes; `None` when there was no file.
    pub fn open(&self, identity: Option<&Identity>, path: &Path) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        match self {
            Self::Absent => Ok(None),
            Self::Plain(text) => {
                BASE64_STANDARD.decode(text).map(Zeroizing::new).map(Some).map_err(io::Error::other)
            }
            Self::Sealed(text) => {
                let identity =
                    identity.ok_or_else(|| io::Error::other("the identity that sealed it is not there"))?;
                identity.unseal(SEAL, path.as_os_str().as_encoded_bytes(), text).map(Some)
            }
        }
    }
}

impl Kept {
    pub fn is_gitignore(&self) -> bool {
        self.path.file_name().is_some_and(|name| name == ".gitignore")
    }
}

impl Entry {
    pub fn save(&self, folder: &Path) -> io::Result<()> {
        let id = self.at.unix_timestamp_nanos() / 1_000_000;
        private_file::replace(&folder.join(format!("{id}.json")), &serde_json::to_vec(self)?)
    }

    pub fn describe(self, id: String) -> Undoable {
        let files = self.files.into_iter().map(|kept| kept.shown).collect();
        Undoable { id, at: self.at, profile: self.profile, environment: self.environment, files }
    }
}

pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn load(folder: &Path, id: &str) -> Option<Entry> {
    let named = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let entry: Entry =
        serde_json::from_slice(&std::fs::read(folder.join(format!("{id}.json"))).ok().filter(|_| named)?)
            .ok()?;
    (entry.version == VERSION).then_some(entry)
}

/// Every readable entry, newest first.
pub(super) fn all(folder: &Path) -> Vec<(String, Entry)> {
    let mut found: Vec<(String, Entry)> =
        ids(folder).into_iter().filter_map(|id| Some((id.clone(), load(folder, &id)?))).collect();
    found.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.at));
    found
}

pub(super) fn ids(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.filter_map(|name| Some(name.to_str()?.strip_suffix(".json")?.to_owned())).collect()
}

/// Forgets all but the newest `keep`. Ids are times of one length, so they sort as text.
pub(super) fn prune(folder: &Path, keep: usize) {
    let mut ids = ids(folder);
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.iter().skip(keep).for_each(|id| forget(folder, id));
}

pub(super) fn forget(folder: &Path, id: &str) {
    // What cannot be removed is listed again next time, and is no danger: it is sealed.
    let _ = std::fs::remove_file(folder.join(format!("{id}.json")));
}
