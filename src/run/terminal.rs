//! A terminal of our own for the child, so that it looks and behaves as if it had the person's.
//!
//! Ours is raw meanwhile: every key goes through to the child's, which alone gives it a meaning. Modes are put back
//! when the child stops and when it ends.

use std::fs::File;
use std::io::{self, IsTerminal as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::retry_on_intr;
use rustix::process::getpgrp;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr,
    tcsetwinsize,
};

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

/// The terminal whose keys send us signals, however our streams are led.
pub(super) fn controlling_terminal() -> Option<OwnedFd> {
    let opened = std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty");
    opened.ok().map(OwnedFd::from)
}

/// The terminal with the keys: standard input, or the controlling one where something else is led into the child.
fn keyboard() -> io::Result<OwnedFd> {
    let stdin = io::stdin();
    match stdin.is_terminal() {
        true => stdin.as_fd().try_clone_to_owned(),
        false => Ok(std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty")?.into()),
    }
}

/// In the background neither keys nor modes are ours: asking for either would stop us.
fn in_foreground(keyboard: &OwnedFd) -> bool {
    tcgetpgrp(keyboard).is_ok_and(|group| group == getpgrp())
}

/// The person's terminal while the child has one of its own.
pub(super) struct Outer {
    /// The child's, where size and keys go.
    master: OwnedFd,
    /// The one with the keys, and the modes to go back to; `None` where there is none.
    before: Option<(OwnedFd, Termios)>,
}

impl Outer {
    pub fn enter(master: &OwnedFd) -> io::Result<Self> {
        let modes = |keyboard: OwnedFd| tcgetattr(&keyboard).ok().map(|modes| (keyboard, modes));
        let before = keyboard().ok().and_then(modes);
        let outer = Self { master: master.try_clone()?, before };
        outer.raw();
        Ok(outer)
    }

    fn raw(&self) {
        if let Some((keyboard, before)) = self.before.as_ref().filter(|(keyboard, _)| in_foreground(keyboard))
        {
            let mut raw = before.clone();
            raw.make_raw();
            let _ = tcsetattr(keyboard, OptionalActions::Drain, &raw);
        }
    }

    fn cooked(&self) {
        if let Some((keyboard, before)) = self.before.as_ref().filter(|(keyboard, _)| in_foreground(keyboard))
        {
            let _ = tcsetattr(keyboard, OptionalActions::Drain, before);
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
    /// Whether the child's terminal was given a key that interrupts.
    interrupted: Arc<AtomicBool>,
    reads: bool,
}

impl Keys {
    /// From now on to `master`.
    pub fn lead_to(&mut self, master: &OwnedFd) -> io::Result<()> {
        let Ok(keyboard) = keyboard() else { return Ok(()) };
        if let Ok(mut to) = self.to.lock() {
            *to = Some(File::from(master.try_clone()?));
        }
        self.listen();
        if !self.reads {
            let (to, interrupted) = (Arc::clone(&self.to), Arc::clone(&self.interrupted));
            std::thread::Builder::new().spawn(move || pass_on(keyboard, &to, &interrupted))?;
            self.reads = true;
        }
        Ok(())
    }

    /// Forgets what was typed until now.
    pub fn listen(&self) {
        self.interrupted.store(false, Ordering::SeqCst);
    }

    /// Whether a key that interrupts was typed since then.
    pub fn have_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::SeqCst)
    }
}

/// How long we look away while somebody else has the keys.
const ASIDE: Duration = Duration::from_millis(250);

/// Raw bytes, each as it is typed. Those that the child's terminal makes a signal of are noted before it gets them.
fn pass_on(from: OwnedFd, to: &Mutex<Option<File>>, interrupted: &AtomicBool) {
    let mut keys = [0; 4096];
    while let Some(count) = typed(&from, &mut keys) {
        let now = to.lock().ok().and_then(|to| to.as_ref().and_then(|to| to.try_clone().ok()));
        if let Some(mut master) = now {
            if interrupts(&master, &keys[..count]) {
                interrupted.store(true, Ordering::SeqCst);
            }
            // A child that has just ended has no use for it.
            let _ = master.write_all(&keys[..count]);
        }
    }
}

/// Whether `terminal` makes a signal of one of `typed` that ends programs. A full-screen program has it make none.
fn interrupts(terminal: &File, typed: &[u8]) -> bool {
    let Ok(modes) = tcgetattr(terminal) else { return false };
    let keys = [SpecialCodeIndex::VINTR, SpecialCodeIndex::VQUIT].map(|key| modes.special_codes[key]);
    // A key that is switched off is 0 here (POSIX.1-2024, 11.1.9, with the usual _POSIX_VDISABLE).
    modes.local_modes.contains(LocalModes::ISIG) && typed.iter().any(|byte| *byte != 0 && keys.contains(byte))
}

/// How many bytes were typed next, in the foreground; `None` when the terminal is gone.
fn typed(from: &OwnedFd, keys: &mut [u8]) -> Option<usize> {
    loop {
        let mut there = [PollFd::new(from, PollFlags::IN)];
        retry_on_intr(|| poll(&mut there, None)).ok()?;
        if there[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return None;
        }
        match in_foreground(from) {
            true => {
                return retry_on_intr(|| rustix::io::read(from, &mut *keys)).ok().filter(|count| *count > 0);
            }
            false => std::thread::sleep(ASIDE),
        }
    }
}

/// The modes of the terminal before a child that uses it had its way.
pub(super) struct AsFound(OwnedFd, Termios);

impl AsFound {
    pub fn note() -> Option<Self> {
        let keyboard = keyboard().ok()?;
        let modes = tcgetattr(&keyboard).ok()?;
        Some(Self(keyboard, modes))
    }

    /// For one that was stopped and could not do so itself.
    pub fn put_back(&self) {
        if in_foreground(&self.0) {
            let _ = tcsetattr(&self.0, OptionalActions::Drain, &self.1);
        }
    }
}
