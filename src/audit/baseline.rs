//! Findings that were looked at and accepted, in a file that is committed with the code.
//!
//! A finding is known by its rule and its value, under a key that lies in the file: moving a secret changes nothing, and a
//! new secret on an old line is a new finding. The file has neither lines nor times, and is sorted, so that it merges.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rand::TryRng as _;

use super::{AuditError, Leak};
use crate::private_file::{ReplaceError, Snapshot, replace_shared};
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

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Accepts these findings and no others, own values apart; answers how many there are.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn replace(&mut self, leaks: &[Leak]) -> Result<usize, AuditError> {
        let accepted = leaks.iter().filter_map(entry);
        self.accepted = accepted.map(|(print, rule)| (print.to_string(), rule.to_owned())).collect();
        let snapshot = self.snapshot()?;
        self.write(&snapshot, &self.text())?;
        Ok(self.accepted.len())
    }

    /// The line that accepts a finding; `None` for an own value, which none does.
    pub fn line(leak: &Leak) -> Option<String> {
        entry(leak).map(|(print, rule)| format!("{print} {rule}"))
    }

    /// Accepts one more finding, wherever its value stands. The file is read again, and the rest of it stays as it is.
    ///
    /// # Errors
    /// For an own value; when the file has got another key since, or cannot be written.
    pub fn accept(&mut self, leak: &Leak) -> Result<(), AuditError> {
        let (print, rule) = entry(leak).ok_or(AuditError::Own)?;
        let line = Self::line(leak).unwrap_or_default();
        let snapshot = self.read_again()?;
        self.accepted.insert(print.to_string(), rule.to_owned());
        let text = match snapshot.exists() {
            false => self.text(),
            true => with_line(&String::from_utf8_lossy(snapshot.bytes()), &line),
        };
        self.write(&snapshot, &text)
    }

    /// Accepts a finding no longer; false when it did not. A file that accepts nothing any more is removed.
    ///
    /// # Errors
    /// As [`accept`](Self::accept).
    pub fn forget(&mut self, leak: &Leak) -> Result<bool, AuditError> {
        let (print, _) = entry(leak).ok_or(AuditError::Own)?;
        let snapshot = self.read_again()?;
        if self.accepted.remove(&print.to_string()).is_none() {
            return Ok(false);
        }
        if self.accepted.is_empty() {
            let gone = std::fs::remove_file(&self.path);
            return gone.map(|()| true).map_err(|error| self.unwritable(&error.kind()));
        }
        let (text, print) = (String::from_utf8_lossy(snapshot.bytes()), print.to_string());
        let kept = text.split_inclusive('\n').filter(|line| !line.starts_with(&print));
        self.write(&snapshot, &kept.collect::<String>()).map(|()| true)
    }

    /// The file as it is now, which somebody else may have added to; it must still have our key.
    fn read_again(&mut self) -> Result<Snapshot, AuditError> {
        let snapshot = self.snapshot()?;
        if snapshot.exists() {
            let now = Self::parse(&self.path, &String::from_utf8_lossy(snapshot.bytes()))?;
            if now.key.bytes() != self.key.bytes() {
                return Err(AuditError::OtherBaseline { file: self.path.display().to_string() });
            }
            self.accepted = now.accepted;
        } else {
            self.accepted.clear();
        }
        Ok(snapshot)
    }

    fn snapshot(&self) -> Result<Snapshot, AuditError> {
        Snapshot::read(&self.path).map_err(|error| self.unwritable(&error))
    }

    fn write(&self, snapshot: &Snapshot, text: &str) -> Result<(), AuditError> {
        let written = replace_shared(&self.path, snapshot, text.as_bytes());
        written.map(|_| ()).map_err(|error: ReplaceError| self.unwritable(&error))
    }

    fn unwritable(&self, says: &dyn std::fmt::Display) -> AuditError {
        AuditError::Unwritable { path: self.path.display().to_string(), says: says.to_string() }
    }

    fn text(&self) -> String {
        let mut text = format!("{HEADING}key {}\n", hex(&self.key));
        self.accepted.iter().for_each(|(print, rule)| _ = writeln!(text, "{print} {rule}"));
        text
    }
}

/// Print and rule of what can be accepted.
fn entry(leak: &Leak) -> Option<(Fingerprint, &str)> {
    leak.fingerprint.filter(|_| leak.own.is_none()).map(|print| (print, leak.rule.as_str()))
}

/// `text` with one more entry, in its order.
fn with_line(text: &str, line: &str) -> String {
    if text.lines().any(|known| known == line) {
        return text.to_owned();
    }
    let entry =
        |known: &str| !known.starts_with(['#']) && !known.starts_with("key ") && !known.trim().is_empty();
    let mut out = String::with_capacity(text.len() + line.len() + 1);
    let mut open = true;
    for known in text.split_inclusive('\n') {
        if open && entry(known) && known > line {
            out.extend([line, "\n"]);
            open = false;
        }
        out.push_str(known);
    }
    if open {
        out.push_str(if out.is_empty() || out.ends_with('\n') { "" } else { "\n" });
        out.extend([line, "\n"]);
    }
    out
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
mod tests;
