//! Projects whose first walk has written its files and not come to its end.
//!
//! How far somebody has come is read off the files, but for this: whether tokens were asked for, and what to do next was
//! seen, leaves no trace in a project. Kept in `day-one.json` in the state folder: folders, nothing else. Losing it costs the
//! last two steps, so a broken file is the same as none.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::private_file;
use crate::settings::Settings;

/// Its walk is about to write; from now on it is open.
///
/// # Errors
/// When the state folder cannot be written, or there is none.
pub fn begin_day_one(settings: &Settings, root: &Path) -> io::Result<()> {
    change(settings, |open| open.insert(key(root)))
}

/// Its walk came to its end, or is to be forgotten.
///
/// # Errors
/// As for [`begin_day_one`].
pub fn end_day_one(settings: &Settings, root: &Path) -> io::Result<()> {
    if is_day_one(settings, root) { change(settings, |open| open.remove(&key(root))) } else { Ok(()) }
}

/// Whether its walk has yet to come to its end.
pub fn is_day_one(settings: &Settings, root: &Path) -> bool {
    all(settings).contains(&key(root))
}

/// The same folder by whatever way one came to it.
fn key(root: &Path) -> String {
    root.canonicalize().unwrap_or_else(|_| root.to_owned()).display().to_string()
}

fn file(settings: &Settings) -> Option<PathBuf> {
    Some(settings.state_folder()?.join("day-one.json"))
}

fn all(settings: &Settings) -> BTreeSet<String> {
    let text = file(settings).and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

fn change(settings: &Settings, change: impl FnOnce(&mut BTreeSet<String>) -> bool) -> io::Result<()> {
    let nowhere = || io::Error::new(io::ErrorKind::NotFound, "HOME is not set, so there is no state folder");
    let path = file(settings).ok_or_else(nowhere)?;
    let mut open = all(settings);
    if change(&mut open) {
        private_file::replace(&path, &serde_json::to_vec_pretty(&open)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_open_from_its_beginning_to_its_end() {
        let (home, shop) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let settings = Settings::bare(shop.path(), home.path());
        assert!(!is_day_one(&settings, shop.path()));
        begin_day_one(&settings, shop.path()).unwrap();
        assert!(is_day_one(&settings, &shop.path().join(".")) && !is_day_one(&settings, home.path()));
        end_day_one(&settings, shop.path()).unwrap();
        assert!(!is_day_one(&settings, shop.path()));
        private_file::replace(&file(&settings).unwrap(), b"torn").unwrap();
        assert!(!is_day_one(&settings, shop.path()));
    }
}
