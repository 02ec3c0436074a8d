//! Parallel seeds of one project take turns.
//!
//! An advisory lock of the operating system on a file in the state folder: it goes with the process, however that ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::private_file;
use crate::settings::Settings;

/// Held until dropped.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "dropping it is its use")] File);

impl Lock {
    /// Waits for its turn; `on_wait` is called once if there is somebody to wait for.
    ///
    /// # Errors
    /// When the state folder cannot be written or the file system knows no locks. Going on without one is safe: a file that
    /// changed since its preview is refused.
    pub fn take(settings: &Settings, root: &Path, on_wait: impl FnOnce()) -> io::Result<Self> {
        let folder = settings.state_folder().ok_or(io::ErrorKind::NotFound)?;
        private_file::create_folder(&folder)?;
        let mut options = File::options();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(folder.join(name(root)))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                on_wait();
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        Ok(Self(file))
    }
}

/// One lock for each project folder.
fn name(root: &Path) -> String {
    let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("seed-{short}.lock")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_second_waits_until_the_first_is_done() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::bare("/", home.path());
        let first = Lock::take(&settings, Path::new("/p"), || panic!("nobody is there")).unwrap();
        Lock::take(&settings, Path::new("/q"), || panic!("another project")).unwrap();
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let waits = sender.clone();
            let _second = Lock::take(&settings, Path::new("/p"), || waits.send("waits").unwrap()).unwrap();
            sender.send("has it").unwrap();
        });
        assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Ok("waits"));
        drop(first);
        assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Ok("has it"));
        thread.join().unwrap();
    }
}
