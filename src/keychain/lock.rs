//! One writer at a time, across processes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::Problem;

/// Longest wait for another process: some passphrase derivations on a slow machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(20);

/// An advisory lock (`flock`, `LockFileEx`), released when dropped or when the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock on the file at `path`, made with its folder if need be.
    pub(super) fn hold(path: &Path, patience: Duration) -> Result<Self, Problem> {
        let file = open(path).map_err(Problem::io("lock it"))?;
        let end = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::Error(error)) => return Err(Problem::io("lock it")(error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= end => {
                    return Err(Problem::Busy(patience));
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            }
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        make_private(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the folder, or tightens it, to 0700.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if fs::metadata(folder)?.permissions().mode() & 0o777 != 0o700 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_another_holds_is_no_fault_of_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keychain.lock");
        let _other = Lock::hold(&path, PATIENCE).unwrap();
        assert!(matches!(Lock::hold(&path, Duration::ZERO), Err(Problem::Busy(_))));
    }
}
