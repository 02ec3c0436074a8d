//! Findings that were looked at and accepted, in a file that is committed with the code.
//!
//! A finding is known by its rule and its value, under a key that lies in the file: moving a secret changes nothing, and a
//! new secret on an old line is a new finding. The file has neither lines nor times, and is sorted, so that it merges.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rand::TryRng as _;

use super::{AuditError, Leak};
use crate::private_file::{Snapshot, replace_shared};
use crate::secret::{Fingerprint, FingerprintKey};

/// Its name, at the root of the repository.
const NAME: &str = ".devsecrets-baseline";

const HEADING: &str =
    "# Findings of `devsecrets audit` that were looked at and accepted. No values: keyed hashes and rules.\n";

/// The accepted findings.
#[derive(Debug)]
pub struct Baseline {
    path: PathBuf,
    key: FingerprintKey,
    /// Rule by fingerprint.
    accepted: BTreeMap<String, String>,
}

impl Baseline {
    /// The file a repository keeps.
    pub fn place(root: &Path) -> PathBuf {
        root.join(NAME)
    }

    /// What to say when one was named that is not there.
    pub fn missing(path: &Path) -> AuditError {
        AuditError::Unreadable { path: path.display().to_string(), says: "there is no such file".to_owned() }
    }

    /// `None` when there is no such file.
    ///
    /// # Errors
    /// When it cannot be read, or holds what is no line of a baseline.
    pub fn read(path: &Path) -> Result<Option<Self>, AuditError> {
        let shown = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => Self::parse(path, &String::from_utf8_lossy(&bytes)).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(AuditError::Unreadable { path: shown, says: error.kind().to_string() }),
        }
    }

    /// An empty one with a key of its own.
    ///
    /// # Errors
    /// When the system has no random bytes.
    pub fn new(path: &Path) -> Result<Self, AuditError> {
        let mut key = [0; 32];
        rand::rngs::SysRng.try_fill_bytes(&mut key).map_err(|error| AuditError::Unwritable {
            path: path.display().to_string(),
            says: error.to_string(),
        })?;
        Ok(Self { path: path.to_owned(), key: FingerprintKey::new(key), accepted: BTreeMap::new() })
    }

    fn parse(path: &Path, text: &str) -> Result<Self, AuditError> {
        let wrong = |line| AuditError::Baseline { file: path.display().to_string(), line };
        let (mut key, mut accepted) = (None, BTreeMap::new());
        for (index, line) in
            text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
        {
            let (first, second) = line.split_once(' ').ok_or_else(|| wrong(index + 1))?;
            match first {
                "key" => key = Some(key_of(second).ok_or_else(|| wrong(index + 1))?),
                print if print.len() == 32 && print.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                    accepted.insert(print.to_owned(), second.to_owned());
                }
                _ => return Err(wrong(index + 1)),
            }
        }
        let key = key.ok_or_else(|| wrong(1))?;
        Ok(Self { path: path.to_owned(), key, accepted })
    }

    /// What findings have to be fingerprinted with to be told apart here.
    pub fn key(&self) -> &FingerprintKey {
        &self.key
    }

    /// One of the developer's own values is never accepted.
    pub fn accepts(&self, leak: &Leak) -> bool {
        leak.own.is_none()
            && leak.fingerprint.is_some_and(|print| self.accepted.contains_key(&print.to_string()))
    }

    /// Accepts these findings and no others, own values apart; answers how many there are.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn replace(&mut self, leaks: &[Leak]) -> Result<usize, AuditError> {
        let entry =
            |leak: &Leak| Some((leak.fingerprint.as_ref().map(Fingerprint::to_string)?, leak.rule.clone()));
        self.accepted = leaks.iter().filter(|leak| leak.own.is_none()).filter_map(entry).collect();
        let unwritable =
            |says: String| AuditError::Unwritable { path: self.path.display().to_string(), says };
        let snapshot = Snapshot::read(&self.path).map_err(|error| unwritable(error.to_string()))?;
        replace_shared(&self.path, &snapshot, self.text().as_bytes())
            .map_err(|error| unwritable(error.to_string()))?;
        Ok(self.accepted.len())
    }

    fn text(&self) -> String {
        let mut text = format!("{HEADING}key {}\n", hex(&self.key));
        self.accepted.iter().for_each(|(print, rule)| _ = writeln!(text, "{print} {rule}"));
        text
    }
}

/// A key as text.
pub(super) fn hex(key: &FingerprintKey) -> String {
    key.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The key that [`hex`] wrote.
pub(super) fn key_of(hex: &str) -> Option<FingerprintKey> {
    let mut key = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(FingerprintKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let path = Baseline::place(folder.path());
        assert!(Baseline::read(&path).unwrap().is_none());
        let mut baseline = Baseline::new(&path).unwrap();
        let leak = |value: &[u8]| Leak {
            code: super::super::PATTERN,
            rule: "github-token".to_owned(),
            title: String::new(),
            path: String::new(),
            commit: None,
            line: 1,
            column: 1,
            length: value.len(),
            own: None,
            remedy: crate::finding::Remedy::says("x"),
            fingerprint: Some(baseline.key().of(value)),
        };
        let leaks = [leak(b"one"), leak(b"two"), leak(b"one")];
        let other = leak(b"three");
        let [project, variable, service, origin] = ["shop", "V", "api", "aws"].map(str::to_owned);
        let own = crate::audit::OwnName { project, variable, service, origin };
        let own = Leak { own: Some(own), ..leak(b"mine") };
        assert_eq!(baseline.replace(&[leaks.as_slice(), std::slice::from_ref(&own)].concat()).unwrap(), 2);
        assert!(!baseline.accepts(&own), "whatever it is, the developer's own is not to be there");
        let first = std::fs::read_to_string(&path).unwrap();
        let mut again = Baseline::read(&path).unwrap().unwrap();
        assert!(leaks.iter().all(|leak| again.accepts(leak)) && !again.accepts(&other));
        again.replace(&leaks).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), first, "nothing changes by itself");
        assert!(first.lines().skip(2).is_sorted());
    }

    #[test]
    fn a_broken_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b");
        for (text, line) in [("", 1), ("# x\nkey zz\n", 2), ("key\n", 1), ("hello you\n", 1)] {
            crate::private_file::replace(&path, text.as_bytes()).unwrap();
            let Err(AuditError::Baseline { line: found, .. }) = Baseline::read(&path) else {
                panic!("{text}")
            };
            assert_eq!(found, line, "{text}");
        }
    }
}
