//! The keychain of machines that have none: one file, encrypted with a passphrase.
//!
//! Owns the reading, locking and replacing of that file. It is written whole, beside the old one,
//! and renamed over it; whatever goes wrong (a wrong passphrase, damage, a full disk, a kill) the
//! old file stands as it was. Deriving a key costs a second, so an unchanged file is opened once,
//! and it is opened before the lock is taken: of twenty processes that start at once one writes,
//! and nobody waits for the nineteen that only find out it did.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::lock::{Lock, PATIENCE, make_private};
use super::sealed::{self, Items, Work};
use super::{Answers, Error, Item, Keychain, Passphrase, Place, Problem, check_size};
use crate::secret::SecretValue;

/// An armored age file (scrypt), mode 0600 in a folder of mode 0700.
#[derive(Debug)]
pub struct FileKeychain {
    path: PathBuf,
    passphrase: Passphrase,
    work: Work,
    /// The file as last read or written, with what was in it.
    seen: Mutex<Option<(Vec<u8>, Items)>>,
}

/// What an edit came to.
enum Edit<R> {
    Leave(R),
    Write(R),
    /// Nothing is left to keep.
    Remove(R),
}

impl FileKeychain {
    /// The keychain at `path`; nothing is read and no passphrase asked for before it is used.
    pub fn new(path: impl Into<PathBuf>, passphrase: Passphrase) -> Self {
        Self { path: path.into(), passphrase, work: Work::Usual, seen: Mutex::default() }
    }

    /// The same with scrypt's N set to `2^factor`, for tests that open many files.
    #[must_use]
    pub fn with_work_factor(self, factor: u8) -> Self {
        Self { work: Work::Factor(factor), ..self }
    }

    /// True when the file is there.
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// True when the passphrase is handed over, so that nobody is asked.
    pub(super) fn needs_nobody(&self) -> bool {
        self.passphrase.is_handed_over()
    }

    fn error(&self, problem: Problem) -> Error {
        Error::new(self.place(), problem)
    }

    fn load(&self) -> Result<Items, Problem> {
        self.read()?.map_or_else(|| Ok(Items::new()), |file| self.open(file))
    }

    /// The file's bytes; `None` when there is none.
    fn read(&self) -> Result<Option<Vec<u8>>, Problem> {
        match fs::read(&self.path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Problem::io("read it")(error)),
        }
    }

    fn open(&self, file: Vec<u8>) -> Result<Items, Problem> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, items)) = &*seen
            && *known == file
        {
            return Ok(items.clone());
        }
        let items = sealed::unseal(&file, &self.passphrase.get()?)?;
        *seen = Some((file, items.clone()));
        Ok(items)
    }

    fn save(&self, items: Items) -> Result<(), Problem> {
        let file = sealed::seal(&items, &self.passphrase.get()?, self.work)?.into_bytes();
        replace(&self.path, &file).map_err(Problem::io("write it"))?;
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some((file, items));
        Ok(())
    }

    /// Reads and edits, then writes while no other process may. What another one wrote in between is edited anew.
    fn change<R>(&self, edit: impl Fn(&mut Items) -> Edit<R>) -> Result<R, Error> {
        let changed = || loop {
            let before = self.read()?;
            let mut items = before.clone().map_or_else(|| Ok(Items::new()), |file| self.open(file))?;
            let edited = edit(&mut items);
            if let Edit::Leave(outcome) = edited {
                return Ok(outcome);
            }
            // A person who is asked for it keeps no other process waiting.
            self.passphrase.get()?;
            let _lock = Lock::hold(&self.path.with_extension("lock"), PATIENCE)?;
            if self.read()? == before {
                return self.write(edited, items);
            }
        };
        changed().map_err(|problem| self.error(problem))
    }

    fn write<R>(&self, edited: Edit<R>, items: Items) -> Result<R, Problem> {
        match edited {
            Edit::Leave(outcome) => Ok(outcome),
            Edit::Write(outcome) => self.save(items).map(|()| outcome),
            Edit::Remove(outcome) => {
                fs::remove_file(&self.path).map(|()| outcome).map_err(Problem::io("remove it"))
            }
        }
    }
}

impl Keychain for FileKeychain {
    fn place(&self) -> Place {
        Place::File(self.path.clone())
    }

    fn get(&self, item: &Item) -> Result<Option<SecretValue>, Error> {
        let mut items = self.load().map_err(|problem| self.error(problem))?;
        Ok(items.remove(item.as_str()))
    }

    fn set(&self, item: &Item, value: &SecretValue) -> Result<(), Error> {
        check_size(|| self.place(), item, value)?;
        self.change(|items| match items.insert(item.to_string(), value.clone()) {
            Some(former) if former.same_as(value) => Edit::Leave(()),
            _ => Edit::Write(()),
        })
    }

    fn remove(&self, item: &Item) -> Result<bool, Error> {
        self.change(|items| match items.remove(item.as_str()) {
            Some(_) => Edit::Write(true),
            None => Edit::Leave(false),
        })
    }

    fn create(&self, item: &Item, value: &SecretValue) -> Result<SecretValue, Error> {
        check_size(|| self.place(), item, value)?;
        self.change(|items| match items.get(item.as_str()) {
            Some(standing) => Edit::Leave(standing.clone()),
            None => {
                items.insert(item.to_string(), value.clone());
                Edit::Write(value.clone())
            }
        })
    }

    fn get_many(&self, items: &[Item]) -> Result<Answers, Error> {
        let mut kept = self.load().map_err(|problem| self.error(problem))?;
        let answer = |item: &Item| Some((item.clone(), Ok(kept.remove(item.as_str())?)));
        Ok(items.iter().filter_map(answer).collect())
    }

    fn set_many(&self, values: &BTreeMap<Item, SecretValue>) -> Result<(), Error> {
        values.iter().try_for_each(|(item, value)| check_size(|| self.place(), item, value))?;
        self.change(|items| {
            let same = |(item, value): (&Item, &SecretValue)| {
                items.get(item.as_str()).is_some_and(|stands| stands.same_as(value))
            };
            if values.iter().all(same) {
                return Edit::Leave(());
            }
            items.extend(values.iter().map(|(item, value)| (item.to_string(), value.clone())));
            Edit::Write(())
        })
    }

    /// A file that holds nothing then goes, too: it would only ask for its passphrase.
    fn remove_same(&self, values: &BTreeMap<Item, SecretValue>) -> Result<Vec<Item>, Error> {
        self.change(|items| {
            let before = items.len();
            let mut left = Vec::new();
            for (item, value) in values {
                match items.get(item.as_str()) {
                    Some(stands) if stands.same_as(value) => _ = items.remove(item.as_str()),
                    Some(_) => left.push(item.clone()),
                    None => {}
                }
            }
            match (items.len() == before, items.is_empty()) {
                (true, _) => Edit::Leave(left),
                (false, true) => Edit::Remove(left),
                (false, false) => Edit::Write(left),
            }
        })
    }

    fn items(&self) -> Result<Option<Vec<Item>>, Error> {
        let kept = self.load().map_err(|problem| self.error(problem))?;
        Ok(Some(kept.keys().map(|name| Item::named(name)).collect()))
    }

    /// One that stands was opened with a passphrase by whoever asked for what is in it.
    fn could_keep(&self) -> Result<(), Error> {
        match self.exists() {
            true => Ok(()),
            false => self.passphrase.is_at_hand().map_err(|problem| self.error(problem)),
        }
    }

    fn read_anew(&self) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Puts `bytes` in the place of the file: all of them or, at any failure, none.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_private(folder)?;
    // tempfile makes its files with mode 0600.
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(path)?;
    // The rename itself is durable once the folder is.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// scrypt's N is 4: quick, and as good for these tests.
    fn opened(folder: &Path) -> FileKeychain {
        let known = Passphrase::known(SecretValue::new("right"));
        FileKeychain::new(folder.join("keychain.age"), known).with_work_factor(2)
    }

    #[test]
    fn what_is_found_as_wished_waits_for_no_writer() {
        let folder = tempfile::tempdir().unwrap();
        let (identity, value) = (Item::identity(), SecretValue::new("first"));
        opened(folder.path()).set(&identity, &value).unwrap();
        let _writer = Lock::hold(&folder.path().join("keychain.lock"), PATIENCE).unwrap();
        let standing = opened(folder.path()).create(&identity, &SecretValue::new("second")).unwrap();
        assert!(standing.same_as(&value));
    }

    #[test]
    fn an_edit_of_what_another_process_changed_meanwhile_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let theirs = RefCell::new(Some(SecretValue::new("theirs")));
        let keychain = opened(folder.path());
        let edited = keychain.change(|items| {
            if let Some(value) = theirs.take() {
                opened(folder.path()).set(&Item::token("theirs"), &value).unwrap();
            }
            items.insert("token/ours".to_owned(), SecretValue::new("ours"));
            Edit::Write(())
        });
        edited.unwrap();
        assert_eq!(keychain.load().unwrap().into_keys().collect::<Vec<_>>(), ["token/ours", "token/theirs"]);
    }
}
