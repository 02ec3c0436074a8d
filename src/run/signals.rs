//! Signals as they come in, for runs in which we stay beside the child.
//!
//! All of them are caught from the first moment, so that none ends us and leaves the child behind.

use std::io;

use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::job::ENDS;

/// What we pass on, or act upon. A stop from the keyboard is the terminal's own business.
const CAUGHT: [Signal; 9] = [
    Signal::HUP,
    Signal::INT,
    Signal::QUIT,
    Signal::TERM,
    Signal::USR1,
    Signal::USR2,
    Signal::WINCH,
    Signal::CONT,
    Signal::CHILD,
];

/// Signals that whoever started us ignores, as `nohup` does; the child ignores them too, as it would without us. A bit for
/// each, as `proc_pid_status(5)` says; none where there is no such file.
fn ignored() -> u64 {
    let about = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = about.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0)
}

/// Only those that ask a program to end: a child's end is heard of in any case.
fn mask(signal: Signal) -> u64 {
    match ENDS.contains(&signal) {
        true => 1 << (signal.as_raw() - 1),
        false => 0,
    }
}

/// Signals in the order they came.
pub(super) struct Signals(UnboundedReceiver<Signal>);

impl Signals {
    /// # Errors
    /// When the operating system takes no handler.
    pub fn catch() -> io::Result<Self> {
        let (sender, receiver) = unbounded_channel();
        let ignored = ignored();
        for caught in CAUGHT.into_iter().filter(|caught| ignored & mask(*caught) == 0) {
            let mut stream = signal(SignalKind::from_raw(caught.as_raw()))?;
            let sender = sender.clone();
            tokio::spawn(
                async move { while stream.recv().await.is_some() && sender.send(caught).is_ok() {} },
            );
        }
        Ok(Self(receiver))
    }

    pub async fn next(&mut self) -> Signal {
        match self.0.recv().await {
            Some(signal) => signal,
            // The tasks above hold the other end as long as the runtime lives.
            None => std::future::pending().await,
        }
    }
}
