//! From what the child writes to where it would have written, masked on the way.
//!
//! One thread for each stream. It sleeps until there is something to do, shows everything that cannot be the
//! beginning of a value at once, and ends with the stream; or, once it is told to finish, when nothing more comes. Which of
//! the two is waited for is for [`Beside`](super::Beside) to say.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
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
    /// Answers, with an error, when the thread has ended.
    thread: Receiver<()>,
    /// Closed when it is to finish.
    _going_on: OwnedFd,
}

impl Relay {
    /// Passes on what comes from `from`.
    ///
    /// # Errors
    /// When there are no more descriptors or threads to be had.
    pub fn start(from: OwnedFd, to: OwnedFd, redactor: Redactor) -> std::io::Result<Self> {
        let (told, going_on) = pipe_with(PipeFlags::CLOEXEC)?;
        let stream = Stream { from: File::from(from), to: File::from(to), redactor, told: Some(told) };
        let (ends, thread) = channel();
        std::thread::Builder::new().spawn(move || {
            let _ends = ends;
            stream.pass_on();
        })?;
        Ok(Self { thread, _going_on: going_on })
    }

    /// Waits until everybody who writes has closed the stream, and all of it is passed on.
    pub async fn closed(&mut self) {
        if !self.thread.is_terminated() {
            let _ = (&mut self.thread).await;
        }
    }

    /// Passes on what is there.
    pub async fn finish(self) {
        let Self { mut thread, _going_on } = self;
        drop(_going_on);
        if !thread.is_terminated() {
            let _ = timeout(LONGEST, &mut thread).await;
        }
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
    fn pass_on(mut self) {
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
            if self.to.write_all(&out).is_err() {
                // Nobody reads any more: closing our end tells the child as it would have been told without us.
                return;
            }
        }
        out.clear();
        self.redactor.finish(&mut out);
        let _ = self.to.write_all(&out);
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
