//! Keys, until the terminal is gone.
//!
//! The rule: a terminal that was closed ends the stream. crossterm (0.29) reads the end of a file again and again and
//! never says so, so we watch for the hang-up ourselves, without waking up for anything else, and do not let it read then.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use crossterm::event::{Event, EventStream};
use futures_util::Stream;

use crate::tty::events;

/// The terminal's events.
pub(super) struct Listening {
    /// None from a terminal that was gone before it was listened to.
    events: Option<EventStream>,
    #[cfg(unix)]
    line: Option<unix::Line>,
}

impl Listening {
    pub fn new() -> Self {
        Self {
            events: events().ok(),
            #[cfg(unix)]
            line: unix::Line::of_the_terminal().ok(),
        }
    }
}

impl Stream for Listening {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
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
    use std::fs::File;
    use std::io::{self, IsTerminal as _};
    use std::os::fd::{AsFd as _, OwnedFd};
    use std::task::{Context, Poll};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;

    /// What Linux can wait for and a terminal never has, so that only its end wakes us.
    #[cfg(target_os = "linux")]
    const NOTHING: Interest = Interest::PRIORITY;
    #[cfg(not(target_os = "linux"))]
    const NOTHING: Interest = Interest::READABLE;

    /// The terminal that crossterm reads, watched for its end.
    pub struct Line(AsyncFd<OwnedFd>);

    impl Line {
        #[expect(deprecated, reason = "its successor is unsafe; a descriptor we own is what it wants")]
        pub fn of_the_terminal() -> io::Result<Self> {
            let stdin = io::stdin();
            let line = match stdin.is_terminal() {
                true => stdin.as_fd().try_clone_to_owned()?,
                false => File::open("/dev/tty")?.into(),
            };
            AsyncFd::with_interest(line, NOTHING).map(Self)
        }

        /// Whether it was closed; if not, the end of it wakes the task.
        pub fn is_gone(&self, context: &mut Context<'_>) -> bool {
            while let Poll::Ready(Ok(mut ready)) = self.0.poll_read_ready(context) {
                if self.hung_up() {
                    return true;
                }
                ready.clear_ready();
            }
            self.hung_up()
        }

        fn hung_up(&self) -> bool {
            let mut line = [PollFd::new(self.0.get_ref(), PollFlags::empty())];
            let now = Timespec { tv_sec: 0, tv_nsec: 0 };
            let ends = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            poll(&mut line, Some(&now)).is_ok() && line[0].revents().intersects(ends)
        }
    }
}
