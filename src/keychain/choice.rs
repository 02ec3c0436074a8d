//! Which keychain this run uses, and why.
//!
//! Owns `DEVSECRETS_KEYCHAIN` and the automatic choice: the operating system's keychain where one
//! answers, else the key file. The choice is made by the first call, not on opening, so a screen
//! can be drawn before any keychain is touched. Only a missing keychain leads to the file; a
//! locked or slow one is an error, since falling back would quietly make a second identity.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::{Error, FileKeychain, Item, Keychain, MemoryKeychain, OsKeychain, Passphrase, Place, Problem};
use crate::secret::SecretValue;
use crate::settings::Settings;

/// `os`, `file` or `memory`.
const VARIABLE: &str = "DEVSECRETS_KEYCHAIN";
const FILE: &str = "keychain.age";

/// The kinds of keychain there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Os,
    File,
    Memory,
}

/// Which keychain was chosen; shared with the keychain, which decides at its first call.
#[derive(Clone, Debug)]
pub struct Choice(Arc<OnceLock<Made>>);

#[derive(Debug)]
struct Made {
    kind: Kind,
    says: String,
}

impl Choice {
    /// `None` before the first call.
    pub fn kind(&self) -> Option<Kind> {
        self.0.get().map(|made| made.kind)
    }

    /// Which keychain and why, as one clause.
    pub fn says(&self) -> String {
        match self.0.get() {
            Some(made) => made.says.clone(),
            None => "not opened yet: the operating system's keychain where one answers, else the key file"
                .to_owned(),
        }
    }
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
) -> (Box<dyn Keychain>, Choice) {
    let choice = Choice(Arc::default());
    let passphrase = Passphrase::from_settings(settings, passphrase);
    let chosen = Chosen {
        wish: settings.var(VARIABLE).map(|wish| wish.trim().to_owned()),
        os: OsKeychain::new(settings),
        file: key_file(settings).map(|path| FileKeychain::new(path, passphrase)),
        memory: MemoryKeychain::default(),
        interactive: settings.interactive,
        choice: choice.clone(),
    };
    (Box::new(chosen), choice)
}

/// All three, of which one is used.
struct Chosen {
    wish: Option<String>,
    os: OsKeychain,
    file: Option<FileKeychain>,
    memory: MemoryKeychain,
    interactive: bool,
    choice: Choice,
}

impl Chosen {
    fn keychain(&self) -> Result<&dyn Keychain, Error> {
        let made = match self.choice.0.get() {
            Some(made) => made,
            None => {
                let made = self.decide()?;
                self.choice.0.get_or_init(|| made)
            }
        };
        match made.kind {
            Kind::Os => Ok(&self.os),
            Kind::Memory => Ok(&self.memory),
            Kind::File => Ok(self.file()?),
        }
    }

    fn decide(&self) -> Result<Made, Error> {
        let wished = |kind, place: Place| Ok(made(kind, &place, &format!("{VARIABLE} says so")));
        match self.wish.as_deref() {
            None => self.automatic(),
            Some("os") => wished(Kind::Os, Place::Os),
            Some("file") => wished(Kind::File, self.file()?.place()),
            Some("memory") => wished(Kind::Memory, Place::Memory),
            Some(other) => Err(undecided(format!("{VARIABLE} is `{other}`, not os, file or memory"))),
        }
    }

    fn automatic(&self) -> Result<Made, Error> {
        match self.os.connect() {
            Ok(()) => Ok(made(Kind::Os, &Place::Os, &self.why_os())),
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
                Ok(made(Kind::File, &file.place(), &format!("{} is not available: {why}", Place::Os)))
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

fn made(kind: Kind, place: &Place, why: &str) -> Made {
    Made { kind, says: format!("{place}, because {why}") }
}

fn undecided(why: String) -> Error {
    Error::new(Place::Undecided, Problem::NoBackend(why))
}

impl Keychain for Chosen {
    fn place(&self) -> Place {
        match (self.choice.kind(), &self.file) {
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
}

#[cfg(test)]
mod tests;
