//! A world to try the product in: the sandbox, and a small monorepo in a temporary folder.
//!
//! The rule: a demo touches nothing of the person's. It has a home folder of its own, forgets every AWS setting of the
//! shell, and what it wrote stays to be looked at until [`clean`] removes it. The product itself is the real one: it
//! only sees other endpoints.

mod monorepo;
mod world;

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::sandbox::{Handle, Sandbox};
use crate::settings::Settings;

const PREFIX: &str = "devsecrets-demo-";

/// In a demo's folder: the file that a running one holds the lock of.
const RUNNING: &str = "running";

/// Variables of the real shell that a demo keeps: how to find programs, and how to draw.
const KEPT: [&str; 25] = [
    "PATH",
    "TERM",
    "COLORTERM",
    "COLORFGBG",
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "BROWSER",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TMUX",
    "STY",
    "WSL_DISTRO_NAME",
    "CODESPACES",
    "GITPOD_WORKSPACE_ID",
    "KUBERNETES_SERVICE_HOST",
    "TMPDIR",
    "DEVSECRETS_THEME",
    "DEVSECRETS_MOTION",
    "DEVSECRETS_ASCII",
    "DEVSECRETS_MOUSE",
];

/// A running demo. Dropping it stops the sandbox and leaves the files.
#[derive(Debug)]
pub struct Demo {
    sandbox: Sandbox,
    /// Locked while we run, so that [`clean`] leaves us alone.
    _running: File,
    folder: PathBuf,
    /// The world every room of the product sees.
    pub settings: Settings,
}

impl Demo {
    /// Starts the sandbox and lays out the monorepo. With `auto_approve` every sign-in is granted at once.
    ///
    /// # Errors
    /// When there is no loopback port or the temporary folder cannot be written.
    pub async fn start(real: &Settings, auto_approve: bool) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?.keep();
        let project = folder.join("shop");
        let home = folder.join("home");
        std::fs::create_dir(&home)?;
        let running = File::create(folder.join(RUNNING))?;
        running.lock()?;
        monorepo::lay_out(&project)?;
        let sandbox = Sandbox::start(world::world(auto_approve)?).await?;
        let kept = real.clone().keeping(|name| KEPT.contains(&name));
        let mut settings = kept.with("HOME", home.display().to_string());
        settings.folder = project;
        let settings =
            sandbox.environment().into_iter().fold(settings, |all, (name, url)| all.with(&name, url));
        let settings =
            settings.with("DEVSECRETS_KEYCHAIN", "memory").with("AWS_EC2_METADATA_DISABLED", "true");
        Ok(Self { sandbox, _running: running, folder, settings })
    }

    /// The demo's folder: `shop` is the project, `home` the home folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A script that leads another shell here, once somebody has written it.
    pub fn script(&self) -> PathBuf {
        self.folder.join("env.sh")
    }

    /// What to type there for it.
    pub fn leads_in(&self) -> Option<String> {
        let script = self.script();
        script.is_file().then(|| format!(". {}", script.display()))
    }

    /// To approve sign-ins from elsewhere.
    pub fn sandbox(&self) -> Handle {
        self.sandbox.handle()
    }
}

/// Removes what earlier demos left in the folder for temporary files; says which. A demo that is running is spared.
///
/// # Errors
/// When one cannot be removed; the others are.
pub fn clean() -> io::Result<Vec<PathBuf>> {
    let mut removed = Vec::new();
    let mut failure = None;
    for entry in std::fs::read_dir(std::env::temp_dir())?.flatten() {
        // The type of the entry itself: a link is never followed.
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) && !runs(&entry.path()) {
            match std::fs::remove_dir_all(entry.path()) {
                Ok(()) => removed.push(entry.path()),
                Err(error) => failure = Some(error),
            }
        }
    }
    failure.map_or(Ok(removed), Err)
}

/// The lock goes with the process, however that ends.
fn runs(folder: &Path) -> bool {
    let file = File::open(folder.join(RUNNING));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests;
