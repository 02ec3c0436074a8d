//! Which keychain this run uses, and why.
//!
//! Owns `DEVSECRETS_KEYCHAIN`, what a person decided once, and the automatic choice: the operating system's keychain
//! where one answers, else the key file. In this order. The choice is made by the first call, not on opening, so a
//! screen can be drawn before any keychain is touched. Only a missing keychain leads to the file; a
//! locked or slow one is an error, since falling back would quietly make a second identity.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::remembered::Remembered;
use super::{
    Answers, Error, FileKeychain, Item, Keychain, MemoryKeychain, OsKeychain, Passphrase, Place, Problem,
};
use crate::secret::SecretValue;
use crate::settings::Settings;

/// `os`, `file` or `memory`.
const VARIABLE: &str = "DEVSECRETS_KEYCHAIN";
const FILE: &str = "keychain.age";

/// The kinds of keychain there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Os,
    File,
    Memory,
}

/// Who chose a keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// `DEVSECRETS_KEYCHAIN`.
    Variable,
    /// The person, who moved everything there once.
    Remembered,
    /// Nobody: it is what this machine has.
    Automatic,
}

/// Where the key file is or would be. A caller that asks for a passphrase asks twice for a new file.
pub fn key_file(settings: &Settings) -> Option<PathBuf> {
    Some(settings.state_folder()?.join(FILE))
}

/// The keychain of this run, touched by its first call only.
///
/// `passphrase` asks a person for the key file's passphrase; it is called at most once, and not at
/// all where `DEVSECRETS_PASSPHRASE_FD` or `DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE` says where it is.
pub fn open(
    settings: &Settings,
    passphrase: impl FnOnce() -> Option<SecretValue> + Send + 'static,
) -> Chosen {
    let passphrase = Passphrase::from_settings(settings, passphrase);
    Chosen {
        wish: settings.var(VARIABLE).map(|wish| wish.trim().to_owned()),
        remembered: Remembered::of(settings),
        os: OsKeychain::new(settings),
        file: key_file(settings).map(|path| FileKeychain::new(path, passphrase)),
        memory: MemoryKeychain::default(),
        interactive: settings.interactive,
        made: OnceLock::new(),
    }
}

/// All three, of which one is used.
pub struct Chosen {
    wish: Option<String>,
    remembered: Remembered,
    os: OsKeychain,
    file: Option<FileKeychain>,
    memory: MemoryKeychain,
    interactive: bool,
    made: OnceLock<Made>,
}

struct Made {
    kind: Kind,
    reason: Reason,
    why: String,
}

impl Chosen {
    /// Which one is used; `None` before the first call.
    pub fn kind(&self) -> Option<Kind> {
        self.made.get().map(|made| made.kind)
    }

    /// Which keychain and why, as one clause.
    pub fn says(&self) -> String {
        match self.made.get() {
            Some(made) => format!("{}, because {}", self.place(), made.why),
            None => "not opened yet: the operating system's keychain where one answers, else the key file"
                .to_owned(),
        }
    }

    /// Which one is used, who chose it, and why, as a clause. Chooses now, if nothing was asked so far.
    ///
    /// # Errors
    /// When none can be had.
    pub fn decided(&self) -> Result<(Kind, Reason, &str), Error> {
        let made = self.made()?;
        Ok((made.kind, made.reason, &made.why))
    }

    /// One of them, whichever is used.
    ///
    /// # Errors
    /// When there is no place for it.
    pub fn home(&self, kind: Kind) -> Result<&dyn Keychain, Error> {
        match kind {
            Kind::Os => Ok(&self.os),
            Kind::Memory => Ok(&self.memory),
            Kind::File => Ok(self.file()?),
        }
    }

    /// Whether a key file is there.
    pub fn has_file(&self) -> bool {
        self.file.as_ref().is_some_and(FileKeychain::exists)
    }

    /// The keychain of the two lasting ones that is not in use; `None` where neither is.
    ///
    /// # Errors
    /// When none can be chosen.
    pub fn unused(&self) -> Result<Option<Kind>, Error> {
        Ok(match self.made()?.kind {
            Kind::Os => Some(Kind::File),
            Kind::File => Some(Kind::Os),
            Kind::Memory => None,
        })
    }

    /// True when a key file is there that opens without anybody being asked for its passphrase.
    pub fn file_opens_unasked(&self) -> bool {
        self.has_file() && self.file.as_ref().is_some_and(FileKeychain::needs_nobody)
    }

    /// From the next run on `kind` is used where no variable says otherwise.
    ///
    /// # Errors
    /// When that cannot be noted down.
    pub fn remember(&self, kind: Kind) -> Result<(), Error> {
        self.remembered.write(kind).map_err(|problem| Error::new(Place::Undecided, problem))
    }

    fn keychain(&self) -> Result<&dyn Keychain, Error> {
        self.home(self.made()?.kind)
    }

    fn made(&self) -> Result<&Made, Error> {
        match self.made.get() {
            Some(made) => Ok(made),
            None => {
                let made = self.decide()?;
                Ok(self.made.get_or_init(|| made))
            }
        }
    }

    fn decide(&self) -> Result<Made, Error> {
        let wished = |kind| Ok(made(kind, Reason::Variable, format!("{VARIABLE} says so")));
        match self.wish.as_deref() {
            None => self.unasked(),
            Some("os") => wished(Kind::Os),
            Some("file") => self.file().and_then(|_| wished(Kind::File)),
            Some("memory") => wished(Kind::Memory),
            Some(other) => Err(undecided(format!("{VARIABLE} is `{other}`, not os, file or memory"))),
        }
    }

    fn unasked(&self) -> Result<Made, Error> {
        let remembered = self.remembered.read().map_err(|problem| Error::new(Place::Undecided, problem))?;
        match remembered {
            Some(kind) => Ok(made(kind, Reason::Remembered, "everything was moved there".to_owned())),
            None => self.automatic(),
        }
    }

    fn automatic(&self) -> Result<Made, Error> {
        match self.os.connect() {
            Ok(()) => Ok(made(Kind::Os, Reason::Automatic, self.why_os())),
            Err(Error { problem: Problem::NoBackend(why), .. }) => self.instead_of_os(why),
            Err(error) => Err(error),
        }
    }

    fn why_os(&self) -> String {
        match &self.file {
            Some(file) if file.exists() => {
                format!("it answers; {} is there too, to be read with {VARIABLE}=file", file.place())
            }
            _ => "it answers".to_owned(),
        }
    }

    /// A file nobody could open or make is no help; then the missing keychain is the thing to say.
    fn instead_of_os(&self, why: String) -> Result<Made, Error> {
        match &self.file {
            Some(file) if file.exists() || file.needs_nobody() || self.interactive => {
                let why = format!("{} is not available: {why}", Place::Os);
                Ok(made(Kind::File, Reason::Automatic, why))
            }
            _ => Err(Error::new(Place::Os, Problem::NoBackend(why))),
        }
    }

    fn file(&self) -> Result<&FileKeychain, Error> {
        self.file
            .as_ref()
            .ok_or_else(|| undecided("there is no home folder to keep a key file in".to_owned()))
    }
}

fn made(kind: Kind, reason: Reason, why: String) -> Made {
    Made { kind, reason, why }
}

fn undecided(why: String) -> Error {
    Error::new(Place::Undecided, Problem::NoBackend(why))
}

impl Keychain for Chosen {
    fn place(&self) -> Place {
        match (self.kind(), &self.file) {
            (Some(Kind::Os), _) => Place::Os,
            (Some(Kind::Memory), _) => Place::Memory,
            (Some(Kind::File), Some(file)) => file.place(),
            _ => Place::Undecided,
        }
    }

    fn get(&self, item: &Item) -> Result<Option<SecretValue>, Error> {
        self.keychain()?.get(item)
    }

    fn set(&self, item: &Item, value: &SecretValue) -> Result<(), Error> {
        self.keychain()?.set(item, value)
    }

    fn remove(&self, item: &Item) -> Result<bool, Error> {
        self.keychain()?.remove(item)
    }

    fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error> {
        self.keychain()?.create(item, value)
    }

    fn get_many(&self, items: &[Item]) -> Result<Answers, Error> {
        self.keychain()?.get_many(items)
    }

    fn set_many(&self, values: &BTreeMap<Item, SecretValue>) -> Result<(), Error> {
        self.keychain()?.set_many(values)
    }

    fn remove_same(&self, values: &BTreeMap<Item, SecretValue>) -> Result<Vec<Item>, Error> {
        self.keychain()?.remove_same(values)
    }

    fn items(&self) -> Result<Option<Vec<Item>>, Error> {
        self.keychain()?.items()
    }

    /// A person at the terminal can think of a passphrase for a new key file.
    fn could_keep(&self) -> Result<(), Error> {
        match self.kind() {
            Some(Kind::File) if self.interactive && !self.file()?.needs_nobody() => Ok(()),
            _ => self.keychain()?.could_keep(),
        }
    }

    fn read_anew(&self) {
        if let Ok(keychain) = self.keychain() {
            keychain.read_anew();
        }
    }

    fn chosen(&self) -> Option<&Chosen> {
        Some(self)
    }
}

#[cfg(test)]
mod tests;
