//! Whether the person interrupted the child from the keyboard.
//!
//! The terminal sends the signal of Ctrl-C to its foreground group, which is the child's. We never see it, and a child may
//! make any exit code of it. So a process that does nothing stands in the child's group: it dies of that signal when the
//! child gets it. It reads a pipe that we alone hold open, so it never outlives us, and signals that we pass on to the
//! group it ignores. Where it cannot be had, such as without `/bin/sh`, the keyboard goes unnoticed, as it did before.

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{SigSet, SigmaskHow};
use rustix::process::{Pid, Signal, WaitStatus, kill_process};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// The remark is for whoever meets it in a list of processes.
const WAITS: &str = "trap '' HUP TERM USR1 USR2; read end # devsecrets run --watch: dies of Ctrl-C";

/// So long its end may take, once its pipe is closed.
const LONGEST: Duration = Duration::from_secs(1);

/// A process in the child's group.
pub(super) struct Sentinel {
    child: Child,
    id: Pid,
    /// How it ended, where somebody else had to collect it.
    ended: Option<WaitStatus>,
}

impl Sentinel {
    /// # Errors
    /// When it cannot be started, or all of `group` is gone.
    pub fn in_group(group: Pid) -> io::Result<Self> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", WAITS]).env_clear().current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.process_group(group.as_raw_nonzero().get()).kill_on_drop(true);
        let child = never_stopped(|| command.spawn())?;
        let id = child.id().and_then(|id| Pid::from_raw(id.cast_signed())).ok_or(io::ErrorKind::Other)?;
        Ok(Self { child, id, ended: None })
    }

    /// Process 1 collects whatever ends, this one too.
    pub fn collected(&mut self, id: Pid, status: WaitStatus) {
        if id == self.id && !status.stopped() {
            self.ended = Some(status);
        }
    }

    /// Lets it go, once the child has ended. Whether the keyboard interrupted the child: a signal that was sent to both
    /// takes effect here before the pipe's end does.
    pub async fn was_interrupted(mut self) -> bool {
        drop(self.child.stdin.take());
        let signal = match self.ended {
            Some(status) => status.terminating_signal(),
            None => {
                // Somebody may have stopped it with the child.
                let _ = kill_process(self.id, Signal::CONT);
                let ended = timeout(LONGEST, self.child.wait()).await;
                ended.ok().and_then(Result::ok).and_then(|status| status.signal())
            }
        };
        [Signal::INT, Signal::QUIT].map(|signal| Some(signal.as_raw())).contains(&signal)
    }
}

/// Starts it with Ctrl-Z blocked, which it inherits: stopped before it has become a shell, it would keep us waiting for ever.
fn never_stopped<T>(start: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let mut stop = SigSet::empty();
    stop.add(nix::sys::signal::Signal::SIGTSTP);
    let before = stop.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
    let started = start();
    before.thread_set_mask()?;
    started
}
