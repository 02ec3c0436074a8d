//! The keychain a person decided for, kept in the state folder: `keychain.json`.
//!
//! Without it a machine that has a keychain of its own would go back to that after everything moved to the key file, find
//! it empty, and make a second identity. So one that cannot be read is an error, not "none".

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Kind, Problem};
use crate::private_file;
use crate::settings::Settings;

const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    keychain: Kind,
}

/// Where the decision is kept.
#[derive(Clone, Debug)]
pub(super) struct Remembered(Option<PathBuf>);

impl Remembered {
    pub(super) fn of(settings: &Settings) -> Self {
        Self(settings.state_folder().map(|folder| folder.join("keychain.json")))
    }

    /// `None` when nobody has decided.
    pub(super) fn read(&self) -> Result<Option<Kind>, Problem> {
        let Some(path) = &self.0 else { return Ok(None) };
        let unfit = |why: String| Problem::Undecidable { file: path.clone(), why };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unfit(format!("cannot be read: {error}"))),
        };
        match serde_json::from_slice(&bytes) {
            Ok(Stored { version: VERSION, keychain: kind @ (Kind::Os | Kind::File) }) => Ok(Some(kind)),
            Ok(_) => Err(unfit("is of another version of devsecrets".to_owned())),
            Err(_) => Err(unfit("is damaged".to_owned())),
        }
    }

    pub(super) fn write(&self, kind: Kind) -> Result<(), Problem> {
        let path =
            self.0.as_deref().ok_or_else(|| Problem::NoBackend("there is no home folder".to_owned()))?;
        let stored = Stored { version: VERSION, keychain: kind };
        let text = serde_json::to_vec_pretty(&stored).map_err(|error| unwritten(path)(error.into()))?;
        private_file::replace(path, &text).map_err(unwritten(path))
    }
}

fn unwritten(path: &Path) -> impl FnOnce(io::Error) -> Problem {
    Problem::io(format!("note down which keychain was chosen in {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_kept_and_a_damaged_one_is_not_taken_for_none() {
        let home = tempfile::tempdir().unwrap();
        let remembered = Remembered::of(&Settings::bare("/", home.path()));
        assert_eq!(remembered.read().unwrap(), None);
        for kind in [Kind::File, Kind::Os] {
            remembered.write(kind).unwrap();
            assert_eq!(remembered.read().unwrap(), Some(kind));
        }
        let path = home.path().join(".local/state/devsecrets/keychain.json");
        for damaged in
            ["", "{\"version\": 2, \"keychain\": \"os\"}", "{\"version\": 1, \"keychain\": \"memory\"}"]
        {
            private_file::replace(&path, damaged.as_bytes()).unwrap();
            let says = remembered.read().unwrap_err().to_string();
            assert!(says.starts_with("cannot tell which one was chosen: "), "{says}");
        }
    }
}
