//! The process that holds the child's own terminal.
//!
//! A terminal belongs to a session, and a session needs a leader that is not the child: only then can the child be
//! stopped and continued from the keyboard. It is this program started once more, on that terminal; it passes signals on,
//! stops when the child stops, and ends as the child ends.

use std::ffi::OsString;
use std::io;
use std::os::fd::AsFd as _;
use std::process::Command;

use rustix::process::{ioctl_tiocsctty, setsid};

use super::NotStarted;
use super::exec::command;
use super::job::{Job, NoPause};
use super::signals::Signals;

/// The hidden command that starts a leader. Nothing a person mistypes resembles it, for hidden commands are suggested too.
pub const LEADER: &str = "0";

/// This program as a leader for `words`.
pub(super) fn leader(words: &[OsString]) -> io::Result<Command> {
    let mut leader = Command::new(std::env::current_exe()?);
    leader.arg(LEADER).arg("--").args(words);
    Ok(leader)
}

/// Leads a session on the terminal that is our standard output, until `words` has ended.
///
/// # Errors
/// When the command cannot be started.
pub async fn lead(words: &[OsString]) -> Result<u8, NotStarted> {
    let ready = || -> io::Result<_> {
        setsid()?;
        ioctl_tiocsctty(io::stdout())?;
        Ok((Signals::catch()?, io::stdout().as_fd().try_clone_to_owned()?))
    };
    let (mut signals, terminal) =
        ready().map_err(|error| NotStarted::of(command(words).get_program(), &error))?;
    let (job, _child) = Job::start(words, Some(terminal), false, |_| {})?;
    Ok(job.stops_alone().ended(&mut signals, &mut NoPause).await.0)
}
