//! Programs in the background that must not outlive us.
//!
//! The rule: such a program has a process group of its own, so that it ends with all it has started: when its [`Group`] is
//! dropped, and when a signal asks us to end. Keys of the terminal never reach that group, and a signal ends us without a
//! drop; so a thread hears of these signals, from the first such program on. It ends the groups, and then has the
//! signal take its usual effect, unless somebody [leaves in order](super::leave_in_order). A thread and not a task: the loop may be
//! held up by a question on the terminal.

use std::io;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use tokio::process::{Child, Command};

use super::order::{ENDS, is_ignored, leaves_in_order};

/// The groups that are there. Whoever starts one holds the lock meanwhile, so that none is missed.
static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

fn groups() -> MutexGuard<'static, Vec<Pid>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A program and whatever it has started; dropping it ends what is left of them.
#[derive(Debug)]
pub struct Group(Option<Pid>);

impl Group {
    /// Starts `command` in a group of its own.
    ///
    /// # Errors
    /// When it cannot be started, or no signal can be caught.
    pub fn start(command: &mut Command) -> io::Result<(Child, Self)> {
        listen()?;
        let mut groups = groups();
        let child = command.process_group(0).spawn()?;
        let id = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        groups.extend(id);
        Ok((child, Self(id)))
    }

    /// Nothing of it is left, so its number may soon be somebody else's.
    pub fn let_go(&mut self) {
        let mut groups = groups();
        if let Some(id) = self.0.take() {
            groups.retain(|other| *other != id);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(id) = self.0 {
            end(id);
        }
        self.let_go();
    }
}

fn end(group: Pid) {
    // It may have ended by itself.
    let _ = kill_process_group(group, Signal::KILL);
}

/// Has a thread hear of the signals, once for all.
fn listen() -> io::Result<()> {
    static LISTENS: OnceLock<()> = OnceLock::new();
    if LISTENS.get().is_some() {
        return Ok(());
    }
    let heard = ENDS.into_iter().filter(|signal| !is_ignored(*signal)).map(Signal::as_raw);
    let mut signals = Signals::new(heard)?;
    std::thread::Builder::new().spawn(move || signals.forever().for_each(told))?;
    let _ = LISTENS.set(());
    Ok(())
}

fn told(signal: i32) {
    // Held, so that nobody who waits for such a program goes on with its failure before we have ended.
    let groups = groups();
    groups.iter().copied().for_each(end);
    if !leaves_in_order() {
        // Does not return: the signal ends us, as it would have without us hearing of it.
        let _ = emulate_default_handler(signal);
    }
}
