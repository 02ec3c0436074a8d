//! The records on disk: `tokens.json`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Project, Record};
use crate::private_file;

pub(super) const VERSION: u32 = 1;

/// What one project may do with the tokens of one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Use {
    #[serde(flatten)]
    pub project: Project,
    pub token: String,
    /// The slot in use; `None` when the person said no.
    pub slot: Option<String>,
    /// The file it was also written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// Hosts of this project's own choice that have been asked about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Stored {
    pub version: u32,
    /// By slot.
    pub kept: BTreeMap<String, Record>,
    pub uses: Vec<Use>,
}

impl Stored {
    pub fn used(&mut self, project: &Project, token: &str) -> Option<&mut Use> {
        self.uses.iter_mut().find(|used| used.project == *project && used.token == token)
    }

    pub fn allow(&mut self, project: &Project, token: &str, slot: Option<String>) {
        match self.used(project, token) {
            Some(used) => used.slot = slot,
            None => {
                let (project, token) = (project.clone(), token.to_owned());
                self.uses.push(Use { project, token, slot, file: None, hosts: Vec::new() });
            }
        }
    }
}

pub(super) fn read(path: &Path) -> Stored {
    let stored = std::fs::read(path).ok().and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok());
    stored.filter(|stored| stored.version == VERSION).unwrap_or_default()
}

/// Held until dropped.
pub(super) fn lock(path: &Path) -> io::Result<File> {
    private_file::create_folder(path.parent().ok_or(io::ErrorKind::NotFound)?)?;
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path.with_extension("lock"))?;
    // A file system without locks is no reason to lose what was typed: the rename is still atomic.
    let _ = file.lock();
    Ok(file)
}
