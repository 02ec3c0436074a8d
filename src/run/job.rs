//! A child in the foreground that we stay beside, as a shell does.
//!
//! It has a process group of its own and the terminal, if we have it to give: keys that send signals reach the child
//! and not us. When it stops, we take the terminal back and stop too; continued, we hand it over again. Other
//! signals are passed on. As process 1 we also collect what nobody else waits for.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command};

use nix::sys::signal::{SigSet, SigmaskHow};
use rustix::process::{
    Pid, Signal, WaitOptions, WaitStatus, getpgrp, getpid, kill_current_process_group, kill_process,
    kill_process_group, wait, waitpid,
};
use rustix::termios::{tcgetpgrp, tcsetpgrp};

use super::NotStarted;
use super::exec::started;
use super::sentinel::Sentinel;
use super::signals::Signals;
use crate::signals::ENDS;

/// How the child ended: its exit code, or 128+N when signal N ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ended(pub u8);

/// What is done while the child is stopped, and when it goes on.
pub(super) trait Pause {
    fn stopped(&mut self) {}
    fn resumed(&mut self) {}
    fn resized(&mut self) {}
}

/// Nothing but the terminal changes hands.
pub(super) struct NoPause;

impl Pause for NoPause {}

pub(super) struct Job {
    id: Pid,
    /// Whether signals go to its group, or to it alone: a leader passes them on by itself.
    has_group: bool,
    terminal: Option<OwnedFd>,
    /// Whether the whole of our group stops with the child, or we alone.
    stops_group: bool,
    /// A signal has come that means the end of us as well, and not only of this child.
    pub told_to_end: bool,
    sentinel: Option<Sentinel>,
}

impl Job {
    /// Starts `words`, as `prepare` makes them ready, in a group of its own, and gives it `terminal`, if that is ours to give.
    /// Whoever `listens` will know whether the keyboard interrupts it.
    pub fn start(
        words: &[OsString],
        terminal: Option<OwnedFd>,
        listens: bool,
        prepare: impl Fn(&mut Command),
    ) -> Result<(Self, Child), NotStarted> {
        let terminal = terminal.filter(|terminal| tcgetpgrp(terminal).is_ok_and(|group| group == getpgrp()));
        let (id, child) = started(words, |command| {
            prepare(command);
            spawn(command.process_group(0))
        })?;
        let (has_group, stops_group, told_to_end) = (true, true, false);
        let mut job = Self { id, has_group, terminal, stops_group, told_to_end, sentinel: None };
        if listens {
            // Keys are ours until the child has the terminal, so none is missed.
            job.listen();
        }
        job.to_foreground();
        // It may have asked for the terminal before it had it, and stopped.
        job.send(Signal::CONT);
        Ok((job, child))
    }

    /// Starts a leader, which makes a session of its own.
    pub fn lead(command: &mut Command) -> Result<(Self, Child), NotStarted> {
        let started = spawn(command);
        let (id, child) = started.map_err(|error| NotStarted::of(command.get_program(), &error))?;
        let (has_group, stops_group, told_to_end) = (false, true, false);
        Ok((Self { id, has_group, terminal: None, stops_group, told_to_end, sentinel: None }, child))
    }

    /// For a leader: its parent sees only that it itself has stopped, and the terminal's stop means nothing to it.
    pub fn stops_alone(mut self) -> Self {
        self.stops_group = false;
        self
    }

    /// Forgets which keys there were. Whoever has no terminal to give gets their signals himself.
    pub fn listen(&mut self) {
        self.sentinel = self.terminal.as_ref().and_then(|_| Sentinel::in_group(self.id).ok());
    }

    /// Whether the keyboard has interrupted the child, which has ended, since we listened first or last.
    pub async fn was_interrupted(&mut self) -> bool {
        match self.sentinel.take() {
            Some(sentinel) => sentinel.was_interrupted().await,
            None => false,
        }
    }

    /// Waits for the end, passing on what comes in. May be dropped and called again.
    pub async fn ended(&mut self, signals: &mut Signals, pause: &mut dyn Pause) -> Ended {
        loop {
            if let Some(ended) = self.look(pause) {
                return ended;
            }
            match signals.next().await {
                Signal::CHILD => {}
                Signal::WINCH => {
                    pause.resized();
                    self.send(Signal::WINCH);
                }
                Signal::CONT => {
                    self.to_foreground();
                    self.send(Signal::CONT);
                }
                other => {
                    self.told_to_end |= ENDS.contains(&other);
                    self.send(other);
                }
            }
        }
    }

    pub fn send(&self, signal: Signal) {
        // It may be gone already; then its end is what we learn next.
        let _ =
            if self.has_group { kill_process_group(self.id, signal) } else { kill_process(self.id, signal) };
    }

    /// What has become of it since we looked last.
    fn look(&mut self, pause: &mut dyn Pause) -> Option<Ended> {
        while let Some((id, status)) = self.changed() {
            if id != self.id {
                self.sentinel.iter_mut().for_each(|sentinel| sentinel.collected(id, status));
                continue;
            }
            if let Some(ended) = ended(status) {
                self.take_back();
                return Some(ended);
            }
            if status.stopped() {
                self.stop_too(pause);
            }
        }
        None
    }

    fn changed(&self) -> Option<(Pid, WaitStatus)> {
        let now = WaitOptions::NOHANG | WaitOptions::UNTRACED;
        let changed =
            if getpid().as_raw_nonzero().get() == 1 { wait(now) } else { waitpid(Some(self.id), now) };
        changed.ok().flatten()
    }

    fn stop_too(&self, pause: &mut dyn Pause) {
        self.take_back();
        pause.stopped();
        // Returns once we are continued.
        let _ = match self.stops_group {
            true => kill_current_process_group(Signal::TSTP),
            false => kill_process(getpid(), Signal::STOP),
        };
        pause.resumed();
        self.to_foreground();
        self.send(Signal::CONT);
    }

    /// Gives the terminal to the child, if we have it.
    fn to_foreground(&self) {
        let ours =
            self.terminal.as_ref().filter(|held| tcgetpgrp(held).is_ok_and(|group| group == getpgrp()));
        if let Some(terminal) = ours {
            let _ = tcsetpgrp(terminal, self.id);
        }
    }

    /// Takes the terminal back from the child. We are in the background then, where asking for it would stop us.
    fn take_back(&self) {
        let Some(terminal) = &self.terminal else { return };
        if tcgetpgrp(terminal).is_ok_and(|group| group != self.id) {
            return;
        }
        let mut stop = SigSet::empty();
        stop.add(nix::sys::signal::Signal::SIGTTOU);
        let before = stop.thread_swap_mask(SigmaskHow::SIG_BLOCK);
        let _ = tcsetpgrp(terminal, getpgrp());
        let _ = before.map(|before| before.thread_set_mask());
    }
}

fn spawn(command: &mut Command) -> io::Result<(Pid, Child)> {
    let child = command.spawn()?;
    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    Ok((id.ok_or(io::ErrorKind::Other)?, child))
}

fn ended(status: WaitStatus) -> Option<Ended> {
    let code = status.exit_status().or_else(|| Some(128 + status.terminating_signal()?))?;
    Some(Ended(u8::try_from(code & 0xff).unwrap_or(u8::MAX)))
}
