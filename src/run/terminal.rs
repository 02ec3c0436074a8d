//! A terminal of our own for the child, so that it looks and behaves as if it had the person's.
//!
//! Ours is raw meanwhile: every key goes through to the child's, which alone gives it a meaning. Modes are put back
//! when the child stops and when it ends.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::{Arc, Mutex};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr, tcsetwinsize};

use super::job::Pause;

/// Both ends of a new terminal, of the size and with the modes of the person's.
pub(super) fn open_pair() -> io::Result<(OwnedFd, OwnedFd)> {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    grantpt(&master)?;
    unlockpt(&master)?;
    let name = ptsname(&master, Vec::new())?;
    let slave = open(name.as_c_str(), OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
    let theirs = io::stdout();
    if let (Ok(modes), Ok(size)) = (tcgetattr(&theirs), tcgetwinsize(&theirs)) {
        tcsetattr(&slave, OptionalActions::Now, &modes)?;
        tcsetwinsize(&slave, size)?;
    }
    Ok((master, slave))
}

/// The person's terminal while the child has one of its own.
pub(super) struct Outer {
    /// The child's, where size and keys go.
    master: OwnedFd,
    /// Modes to go back to; `None` where standard input is no terminal.
    before: Option<Termios>,
}

impl Outer {
    pub fn enter(master: &OwnedFd) -> io::Result<Self> {
        let before = io::stdin().is_terminal().then(|| tcgetattr(io::stdin())).transpose()?;
        let outer = Self { master: master.try_clone()?, before };
        outer.raw();
        Ok(outer)
    }

    fn raw(&self) {
        if let Some(before) = &self.before {
            let mut raw = before.clone();
            raw.make_raw();
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &raw);
        }
    }

    fn cooked(&self) {
        if let Some(before) = &self.before {
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, before);
        }
    }
}

impl Pause for Outer {
    fn stopped(&mut self) {
        self.cooked();
    }

    fn resumed(&mut self) {
        self.raw();
        self.resized();
    }

    /// The kernel tells whoever is in the foreground there.
    fn resized(&mut self) {
        if let Ok(size) = tcgetwinsize(io::stdout()) {
            let _ = tcsetwinsize(&self.master, size);
        }
    }
}

impl Drop for Outer {
    fn drop(&mut self) {
        self.cooked();
    }
}

/// What is typed, passed on to whichever child runs just now.
#[derive(Default)]
pub(super) struct Keys {
    to: Arc<Mutex<Option<File>>>,
    reads: bool,
}

impl Keys {
    /// From now on to `master`.
    pub fn lead_to(&mut self, master: &OwnedFd) -> io::Result<()> {
        if !io::stdin().is_terminal() {
            return Ok(());
        }
        if let Ok(mut to) = self.to.lock() {
            *to = Some(File::from(master.try_clone()?));
        }
        if !self.reads {
            let (from, to) = (File::from(io::stdin().as_fd().try_clone_to_owned()?), Arc::clone(&self.to));
            std::thread::Builder::new().spawn(move || pass_on(from, &to))?;
            self.reads = true;
        }
        Ok(())
    }
}

/// Raw bytes: nothing here looks at them.
fn pass_on(mut from: File, to: &Mutex<Option<File>>) {
    let mut keys = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut keys) {
        let now = to.lock().ok().and_then(|to| to.as_ref().and_then(|to| to.try_clone().ok()));
        if let Some(mut master) = now {
            // A child that has just ended has no use for it.
            let _ = master.write_all(&keys[..count]);
        }
    }
}
