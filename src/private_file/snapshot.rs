//! Replaces a file that others write too: all of it or nothing.
//!
//! The new bytes are written to a private file beside the old one, synced, and renamed over it, so
//! whatever kills the process leaves the old file or the new one. A [`Snapshot`] taken when the
//! change was previewed must still be true; otherwise someone else wrote, and we refuse.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{ffi::OsString, fmt};

use zeroize::Zeroizing;

/// A file as it stood when it was read. Not being there is a state like any other.
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The file itself: symbolic links are resolved, so that they survive the replacement.
    target: PathBuf,
    state: Option<State>,
}

#[derive(Clone, PartialEq, Eq)]
struct State {
    bytes: Zeroizing<Vec<u8>>,
    /// Unix permission bits.
    mode: u32,
}

/// What a replacement did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The bytes were there already; nothing was touched.
    Unchanged,
    Created,
    Replaced,
}

/// Why a file was not read or not replaced; it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    #[error("{} changed after it was read", .0.display())]
    Changed(PathBuf),
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    #[error("could not {doing} {}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
}

impl ReplaceError {
    fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

impl Snapshot {
    /// Reads `path`; a file or folder that is not there gives an absent snapshot.
    ///
    /// # Errors
    /// When it is a folder, a device or a link to nowhere, or cannot be read.
    pub fn read(path: &Path) -> Result<Self, ReplaceError> {
        let failed = |error| ReplaceError::io("read", path)(error);
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            Err(_) if path.is_symlink() => return Err(ReplaceError::NotAFile(path.to_owned())),
            Err(_) => return Ok(Self { target: path.to_owned(), state: None }),
        };
        let metadata = fs::metadata(&target).map_err(failed)?;
        if !metadata.is_file() {
            return Err(ReplaceError::NotAFile(path.to_owned()));
        }
        let bytes = Zeroizing::new(fs::read(&target).map_err(failed)?);
        Ok(Self { target, state: Some(State { bytes, mode: mode(&metadata) }) })
    }

    pub fn exists(&self) -> bool {
        self.state.is_some()
    }

    /// The bytes read; none for a file that was not there.
    pub fn bytes(&self) -> &[u8] {
        self.state.as_ref().map_or(&[], |state| state.bytes.as_slice())
    }

    /// Unix permission bits of the file; `None` when it was not there.
    pub fn mode(&self) -> Option<u32> {
        self.state.as_ref().map(|state| state.mode)
    }

    /// For the owner alone; a stricter mode is kept.
    fn private_mode(&self) -> u32 {
        self.mode().map_or(0o600, |mode| mode & 0o700)
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snapshot({}, {} bytes)", self.target.display(), self.bytes().len())
    }
}

#[cfg(unix)]
fn mode(metadata: &fs::Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o777
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> u32 {
    0o600
}

/// Makes `bytes` the contents of the file at `path`, if it still is as `snapshot` has it; for its owner's eyes only.
///
/// # Errors
/// [`ReplaceError::Changed`] when it is not; the file is untouched after any error.
pub fn replace_private(path: &Path, snapshot: &Snapshot, bytes: &[u8]) -> Result<Written, ReplaceError> {
    replace_with_mode(path, snapshot, bytes, snapshot.private_mode())
}

/// As [`replace_private`], for another program's settings: an existing mode is kept, a new file is private.
///
/// # Errors
/// As [`replace_private`].
pub fn replace_keeping_mode(path: &Path, snapshot: &Snapshot, bytes: &[u8]) -> Result<Written, ReplaceError> {
    replace_with_mode(path, snapshot, bytes, snapshot.mode().unwrap_or(0o600))
}

/// As [`replace_private`], for a file without secrets that others may read, such as a `.gitignore`: an existing mode is
/// kept.
///
/// # Errors
/// As [`replace_private`].
pub fn replace_shared(path: &Path, snapshot: &Snapshot, bytes: &[u8]) -> Result<Written, ReplaceError> {
    replace_with_mode(path, snapshot, bytes, snapshot.mode().unwrap_or(0o644))
}

fn replace_with_mode(
    path: &Path,
    snapshot: &Snapshot,
    bytes: &[u8],
    mode: u32,
) -> Result<Written, ReplaceError> {
    if Snapshot::read(path)? != *snapshot {
        return Err(ReplaceError::Changed(path.to_owned()));
    }
    if snapshot.exists() && snapshot.bytes() == bytes {
        return Ok(Written::Unchanged);
    }
    let target = &snapshot.target;
    let failed = |error| ReplaceError::io("write", target)(error);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(&prefix(target)).tempfile_in(folder).map_err(failed)?;
    beside.write_all(bytes).map_err(failed)?;
    set_mode(beside.as_file(), mode).map_err(failed)?;
    keep_owner(beside.as_file(), target);
    beside.as_file().sync_all().map_err(failed)?;
    if Snapshot::read(path)? != *snapshot {
        return Err(ReplaceError::Changed(path.to_owned()));
    }
    let persisted = if snapshot.exists() { beside.persist(target) } else { beside.persist_noclobber(target) };
    persisted.map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => ReplaceError::Changed(path.to_owned()),
        _ => failed(error.error),
    })?;
    sync_folder(folder).map_err(failed)?;
    Ok(if snapshot.exists() { Written::Replaced } else { Written::Created })
}

/// Whoever the file belonged to keeps it. Only root may give files away; for all others it is theirs anyway, or the
/// system decides.
#[cfg(unix)]
fn keep_owner(file: &File, target: &Path) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    if let (Ok(old), Ok(new)) = (fs::metadata(target), file.metadata())
        && (old.uid(), old.gid()) != (new.uid(), new.gid())
    {
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Path) {}

/// Names of half-written files start like this, so that [`leftovers`] finds them.
fn prefix(target: &Path) -> OsString {
    let mut name = target.file_name().map(OsString::from).unwrap_or_default();
    name.push(".devsecrets-");
    name
}

/// Files that a killed replacement left beside `path`. They may hold secrets.
pub fn leftovers(path: &Path) -> Vec<PathBuf> {
    let wanted = prefix(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_one = |name: OsString| name.as_encoded_bytes().starts_with(wanted.as_encoded_bytes());
    entries.filter(|entry| is_one(entry.file_name())).map(|entry| entry.path()).collect()
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

/// Without it the rename itself may be lost with the power.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
