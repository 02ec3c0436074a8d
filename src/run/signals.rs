//! Signals as they come in, for runs in which we stay beside the child.
//!
//! All of them are caught from the first moment, so that none ends us and leaves the child behind.

use std::io;

use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::signals::{ENDS, is_ignored, leave_in_order};

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

/// Signals in the order they came.
pub(super) struct Signals(UnboundedReceiver<Signal>);

impl Signals {
    /// # Errors
    /// When the operating system takes no handler.
    pub fn catch() -> io::Result<Self> {
        let (sender, receiver) = unbounded_channel();
        leave_in_order();
        // What whoever started us ignores the child ignores too, as it would without us. Its end we hear of in any case.
        let ends = |caught: &Signal| ENDS.contains(caught) && is_ignored(*caught);
        for caught in CAUGHT.into_iter().filter(|caught| !ends(caught)) {
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
