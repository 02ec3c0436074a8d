//! Which bundled profile somebody picked for a repository that has none of its own.
//!
//! Kept in `projects.json` in the state folder, never in the repository: folders and names, nothing else. Losing it costs one
//! more pick, so a broken file is the same as none.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::bundled::bundled;
use super::load::project_folder;
use crate::private_file;
use crate::settings::Settings;

type Picked = BTreeMap<String, String>;

/// The name of the one picked here, while we still carry it.
pub(super) fn recall(settings: &Settings) -> Option<&'static str> {
    let name = all(settings).remove(&key(&project_folder(settings)))?;
    bundled().iter().map(|profile| profile.name).find(|known| *known == name)
}

/// From now on the bundled profile `name` is meant here where nothing else says which.
///
/// # Errors
/// When the state folder cannot be written, or there is none.
pub fn remember(settings: &Settings, name: &str) -> io::Result<()> {
    change(settings, |known| known.insert(key(&project_folder(settings)), name.to_owned())).map(drop)
}

/// True when one was remembered for `folder`.
///
/// # Errors
/// As for [`remember`].
pub fn forget(settings: &Settings, folder: &Path) -> io::Result<bool> {
    match knows(settings, folder) {
        true => change(settings, |known| known.remove(&key(folder))).map(|was| was.is_some()),
        false => Ok(false),
    }
}

/// Whether one was picked for `folder`.
pub fn knows(settings: &Settings, folder: &Path) -> bool {
    all(settings).contains_key(&key(folder))
}

/// The same folder by whatever way one came to it.
fn key(folder: &Path) -> String {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned()).display().to_string()
}

fn file(settings: &Settings) -> Option<PathBuf> {
    Some(settings.state_folder()?.join("projects.json"))
}

fn all(settings: &Settings) -> Picked {
    let text = file(settings).and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

fn change<T>(settings: &Settings, change: impl FnOnce(&mut Picked) -> T) -> io::Result<T> {
    let nowhere = || io::Error::new(io::ErrorKind::NotFound, "HOME is not set, so there is no state folder");
    let path = file(settings).ok_or_else(nowhere)?;
    let mut known = all(settings);
    let done = change(&mut known);
    private_file::replace(&path, &serde_json::to_vec_pretty(&known)?)?;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Source, locate};

    #[test]
    fn one_is_remembered_for_its_repository_and_comes_last() {
        let (home, shop) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folder = |name: &str| shop.path().join(name);
        for name in [".git", "api"] {
            std::fs::create_dir(folder(name)).unwrap();
        }
        let at = |place: &Path| Settings::bare(place, home.path());
        assert!(locate(&at(shop.path()), None).is_err());
        remember(&at(&folder("api")), "services").unwrap();
        let found = locate(&at(shop.path()), None).unwrap();
        assert_eq!((found.source, found.root), (Source::Remembered("services"), shop.path().to_owned()));
        assert!(locate(&at(home.path()), None).is_err(), "elsewhere nothing was picked");
        let named = at(shop.path()).with("DEVSECRETS_PROFILE", "pegasus");
        assert_eq!(locate(&named, None).unwrap().source, Source::Bundled("pegasus"));
        private_file::replace(&folder("devsecrets.toml"), b"schema = 1").unwrap();
        assert!(matches!(locate(&at(shop.path()), None).unwrap().source, Source::File(_)));
        std::fs::remove_file(folder("devsecrets.toml")).unwrap();
        assert!(forget(&at(shop.path()), shop.path()).unwrap() && !knows(&at(shop.path()), shop.path()));
        assert!(locate(&at(shop.path()), None).is_err());
    }

    #[test]
    fn a_broken_record_and_a_profile_we_no_longer_carry_are_none() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare(home.path(), home.path());
        remember(&settings, "carried-once").unwrap();
        assert_eq!(recall(&settings), None);
        private_file::replace(&file(&settings).unwrap(), b"{").unwrap();
        assert_eq!(recall(&settings), None);
        remember(&settings, "services").unwrap();
        assert_eq!(recall(&settings), Some("services"));
    }
}
