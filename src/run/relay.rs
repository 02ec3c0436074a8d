//! From what the child writes to where it would have written, masked on the way.
//!
//! One thread for each stream. It sleeps until there is something to do, shows everything that cannot be the
//! beginning of a value at once, and ends with the stream; or, once it is told to finish, when nothing more comes. Which of
//! the two is waited for is for [`Beside`](super::Beside) to say. A reader that has gone away has what it wanted; any
//! other failure to write is told, for the child cannot see it.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::retry_on_intr;
use rustix::pipe::{PipeFlags, pipe_with};
use tokio::sync::oneshot::{Receiver, channel};
use tokio::time::timeout;

use super::redact::Redactor;

/// Silence after which a glimpse of what is held back may be shown.
const PAUSE: Duration = Duration::from_millis(20);
/// Silence after the child's end that means that all has been read.
const LAST: Duration = Duration::from_millis(50);
/// So long we finish at most, for somebody may never be silent.
const LONGEST: Duration = Duration::from_secs(2);

/// A stream being passed on.
pub(super) struct Relay {
    /// Answers when the thread has ended: with what kept it from writing, or with nothing.
    thread: Receiver<io::Error>,
    /// What it has answered.
    lost: Option<io::Error>,
    /// Closed when it is to finish.
    _going_on: OwnedFd,
}

impl Relay {
    /// Passes on what comes from `from`.
    ///
    /// # Errors
    /// When there are no more descriptors or threads to be had.
    pub fn start(from: OwnedFd, to: OwnedFd, redactor: Redactor) -> io::Result<Self> {
        let (told, going_on) = pipe_with(PipeFlags::CLOEXEC)?;
        let stream = Stream { from: File::from(from), to: File::from(to), redactor, told: Some(told) };
        // Asked now: one that is gone says no.
        let onto_terminal = stream.to.is_terminal();
        let (ends, thread) = channel();
        std::thread::Builder::new().spawn(move || {
            if let Err(error) = stream.pass_on()
                && !onto_terminal
                && !matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset)
            {
                let _ = ends.send(error);
            }
        })?;
        Ok(Self { thread, lost: None, _going_on: going_on })
    }

    /// Waits until everybody who writes has closed the stream, and all of it is passed on.
    pub async fn closed(&mut self) {
        if !self.thread.is_terminated() {
            self.lost = (&mut self.thread).await.ok();
        }
    }

    /// Passes on what is there. What kept some of it from being written, if something did.
    pub async fn finish(self) -> Option<io::Error> {
        let Self { mut thread, lost, _going_on } = self;
        drop(_going_on);
        if thread.is_terminated() {
            return lost;
        }
        timeout(LONGEST, &mut thread).await.ok()?.ok()
    }
}

struct Stream {
    from: File,
    to: File,
    redactor: Redactor,
    /// Tells to finish; `None` once it has.
    told: Option<OwnedFd>,
}

enum Next {
    Read,
    Pause,
    End,
}

impl Stream {
    /// Closes our end when it ends: that tells a child whose output nobody takes, as it would be told without us.
    fn pass_on(mut self) -> io::Result<()> {
        let (mut chunk, mut out) = (vec![0; 64 * 1024], Vec::new());
        // Whether what is held has been looked at since the last byte came.
        let mut looked = false;
        loop {
            out.clear();
            match self.next(looked) {
                // A terminal whose other side is closed answers with an error, which is its way to end.
                Next::Read => match self.from.read(&mut chunk) {
                    Ok(0) | Err(_) => break,
                    Ok(count) => {
                        looked = false;
                        self.redactor.feed(&chunk[..count], &mut out);
                    }
                },
                Next::Pause => {
                    looked = true;
                    self.redactor.pause(&mut out);
                }
                Next::End => break,
            }
            self.write(&out)?;
        }
        out.clear();
        self.redactor.finish(&mut out);
        self.write(&out)
    }

    /// Waits where it would have to: whoever shares the stream with us may have made it one that does not.
    fn write(&mut self, mut rest: &[u8]) -> io::Result<()> {
        while !rest.is_empty() {
            match self.to.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => rest = &rest[count..],
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    retry_on_intr(|| poll(&mut [PollFd::new(&self.to, PollFlags::OUT)], None))?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn next(&mut self, looked: bool) -> Next {
        loop {
            let limit = match &self.told {
                None => Some(LAST),
                Some(_) => (self.redactor.holds() && !looked).then_some(PAUSE),
            };
            let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
            let mut watched = vec![PollFd::new(&self.from, PollFlags::IN)];
            watched.extend(self.told.as_ref().map(|told| PollFd::new(told, PollFlags::IN)));
            match poll(&mut watched, limit.as_ref()) {
                Ok(0) if self.told.is_none() => return Next::End,
                Ok(0) => return Next::Pause,
                Ok(_) if !watched[0].revents().is_empty() => return Next::Read,
                Ok(_) => {
                    drop(watched);
                    self.told = None;
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return Next::End,
            }
        }
    }
}
