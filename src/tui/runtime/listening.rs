//! Keys, until the terminal is gone.
//!
//! The rule: a terminal that was closed ends the stream. crossterm (0.29) reads the end of a file again and again and
//! never says so, so we watch for the hang-up ourselves, without waking up for anything else, and do not let it read then.
//! Where the two meet all the same, a guard ends us: nothing may go on for ever in a terminal that nobody sees.

use std::io;
use std::pin::Pin;
#[cfg(unix)]
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use crossterm::event::{Event, EventStream};
use futures_util::Stream;

use crate::tty::events;

/// The terminal's events.
pub(super) struct Listening {
    /// None from a terminal that was gone before it was listened to.
    events: Option<EventStream>,
    #[cfg(unix)]
    line: Option<unix::Watched>,
}

impl Listening {
    pub fn new() -> Self {
        #[cfg(unix)]
        unix::LISTENING.store(true, Ordering::SeqCst);
        Self {
            events: events().ok(),
            #[cfg(unix)]
            line: unix::Watched::of_the_terminal().ok(),
        }
    }
}

#[cfg(unix)]
impl Drop for Listening {
    fn drop(&mut self) {
        unix::LISTENING.store(false, Ordering::SeqCst);
    }
}

impl Stream for Listening {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        #[cfg(unix)]
        unix::guard();
        #[cfg(unix)]
        if let Some(line) = &self.line
            && line.is_gone(context)
        {
            return Poll::Ready(None);
        }
        self.events.as_mut().map_or(Poll::Ready(None), |events| Pin::new(events).poll_next(context))
    }
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Once;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll};
    use std::time::Duration;

    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;

    use crate::tty::Line;

    /// What Linux can wait for and a terminal never has, so that only its end wakes us.
    #[cfg(target_os = "linux")]
    const NOTHING: Interest = Interest::PRIORITY;
    #[cfg(not(target_os = "linux"))]
    const NOTHING: Interest = Interest::READABLE;

    /// Whether anybody reads the terminal.
    pub static LISTENING: AtomicBool = AtomicBool::new(false);

    /// What a shell tells of one that SIGHUP ended.
    const ENDED: i32 = 129;

    /// It calls next to nothing.
    const STACK: usize = 64 * 1024;

    /// The end of the terminal is noticed at once, or never.
    const GRACE: Duration = Duration::from_secs(3);

    /// Ends us when the terminal is gone and we read it still: crossterm does not come back from that. Sleeps until then.
    pub fn guard() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let guard = std::thread::Builder::new().name("terminal guard".to_owned()).stack_size(STACK);
            // Without a thread there is no guard, as there is none elsewhere.
            let _ = guard.spawn(|| {
                let gone = Line::of_the_terminal().and_then(|line| line.end());
                std::thread::sleep(GRACE);
                if gone.is_ok() && LISTENING.load(Ordering::SeqCst) {
                    leave();
                }
            });
        });
    }

    #[expect(
        clippy::exit,
        clippy::disallowed_methods,
        reason = "the loop that would leave in order does not run any more"
    )]
    fn leave() {
        std::process::exit(ENDED)
    }

    /// The terminal that crossterm reads, watched for its end.
    pub struct Watched(AsyncFd<Line>);

    impl Watched {
        #[expect(deprecated, reason = "its successor is unsafe; a descriptor we own is what it wants")]
        pub fn of_the_terminal() -> io::Result<Self> {
            AsyncFd::with_interest(Line::of_the_terminal()?, NOTHING).map(Self)
        }

        /// Whether it was closed; if not, the end of it wakes the task.
        pub fn is_gone(&self, context: &mut Context<'_>) -> bool {
            while let Poll::Ready(Ok(mut ready)) = self.0.poll_read_ready(context) {
                if self.0.get_ref().is_gone() {
                    return true;
                }
                ready.clear_ready();
            }
            self.0.get_ref().is_gone()
        }
    }
}
