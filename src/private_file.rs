//! Files for one pair of eyes: folder 0700, file 0600, replaced in one step.
//!
//! Everything we keep for ourselves (token cache, journal, choices, key file) is written here, so that a kill
//! at any instant leaves the old file or the new one and no other user can read either. Files that people and other
//! programs write too are replaced against a [`Snapshot`] of what was seen, and left alone when they changed since.

mod snapshot;

use std::io::{self, Write as _};
use std::path::Path;

pub use snapshot::{
    ReplaceError, Snapshot, Written, leftovers, replace_keeping_mode, replace_private, replace_shared,
};

/// Writes `bytes` beside `path`, makes them durable, then renames them into place.
///
/// Folders that do not exist are made with mode 0700; existing ones keep theirs.
///
/// # Errors
/// Whatever the file system says; the old file is then still there.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    create_folder(folder)?;
    // tempfile creates with mode 0600.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Makes `folder` and its parents, each with mode 0700.
///
/// # Errors
/// Whatever the file system says.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A rename is durable once its folder is; only Unix lets a folder be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn file_and_folder_are_private_and_nothing_else_is_left() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b/file");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
