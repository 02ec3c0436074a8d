//! Runs in which we stay beside the child: to mask its output, or to start it again.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use rustix::process::{Signal, kill_process_group};
use rustix::termios::tcgetpgrp;

use super::exec::command;
use super::job::{Ended, Job, NoPause, Pause};
use super::leader::leader;
use super::redact::{Masks, Redactor};
use super::relay::Relay;
use super::signals::Signals;
use super::terminal::{AsFound, Keys, Outer, controlling_terminal, open_pair};
use super::too_long::Longest;
use super::{Environment, NotStarted, Pass};
use crate::finding::{Finding, Remedy};
use crate::settings::Settings;
use crate::signals::ENDS;

/// How long a child may take to end after SIGTERM.
const GRACE: Duration = Duration::from_secs(5);

/// What stays the same from start to start.
pub struct Beside<'a> {
    words: &'a [OsString],
    settings: &'a Settings,
    pass: Pass,
    signals: Signals,
    keys: Keys,
    /// Whether an end that the keyboard brought about is told apart from others.
    minds_keys: bool,
    /// What kept the child's output from being passed on.
    lost: Option<io::Error>,
}

/// A child we stay beside.
struct Running {
    job: Job,
    pause: Box<dyn Pause>,
    relays: Vec<Relay>,
    /// Our end of the child's own terminal.
    master: Option<OwnedFd>,
}

/// How the child was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It ended when told to.
    Asked,
    /// It did not end within the grace, and was killed.
    Killed,
    /// It had ended by itself; something it left behind went on writing.
    Before,
}

/// What came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The child ended by itself, with this exit code.
    Ended(u8),
    /// The child ended with this exit code because we were told to end, or it was by the keyboard.
    Told(u8),
    /// What was waited for came about, and the child was stopped.
    Stopped(Stopped),
}

impl<'a> Beside<'a> {
    /// # Errors
    /// When signals cannot be caught.
    pub fn new(words: &'a [OsString], settings: &'a Settings, pass: Pass) -> io::Result<Self> {
        Ok(Self {
            words,
            settings,
            pass,
            signals: Signals::catch()?,
            keys: Keys::default(),
            minds_keys: false,
            lost: None,
        })
    }

    /// For one who goes on after the child's end: not after one that the keyboard brought about.
    #[must_use]
    pub fn minding_keys(self) -> Self {
        Self { minds_keys: true, ..self }
    }

    /// Starts the child, masked by `masks` if any, and stays until it has ended, or until `change` comes about.
    ///
    /// # Errors
    /// When the command cannot be started.
    pub async fn run(
        &mut self,
        environment: &Environment,
        masks: Option<Arc<Masks>>,
        change: impl Future<Output = ()>,
    ) -> Result<Outcome, NotStarted> {
        let as_found = masks.is_none().then(AsFound::note).flatten();
        let mut running = self.start(environment, masks.as_ref())?;
        let mut change = std::pin::pin!(change);
        let (ended, stopped) = tokio::select! {
            ended = running.job.ended(&mut self.signals, running.pause.as_mut()) => (ended, None),
            () = &mut change => {
                self.listen_anew(&mut running);
                running.stop(&mut self.signals).await
            }
        };
        running.job.told_to_end |= self.was_interrupted(&mut running).await;
        let outcome = match stopped {
            _ if running.job.told_to_end => Outcome::Told(ended.0),
            Some(how) => Outcome::Stopped(how),
            None => self.heard_out(&mut running, ended, change).await,
        };
        let lost = join_all(running.relays.into_iter().map(Relay::finish)).await;
        self.lost = self.lost.take().or_else(|| lost.into_iter().flatten().next());
        // What a child sets on purpose stays when it ends by itself, as in a shell.
        if let (Outcome::Stopped(_), Some(as_found)) = (&outcome, as_found) {
            as_found.put_back();
        }
        Ok(outcome)
    }

    /// A key until now was the child's own affair: it went on.
    fn listen_anew(&self, running: &mut Running) {
        if self.minds_keys {
            self.keys.listen();
            running.job.listen();
        }
    }

    async fn was_interrupted(&self, running: &mut Running) -> bool {
        let typed = self.minds_keys && running.master.is_some() && self.keys.have_interrupted();
        running.job.was_interrupted().await || typed
    }

    /// What of the child's output could not be passed on, told once.
    pub fn lost(&mut self) -> Option<Finding> {
        let says = format!("could not all be written: {}", self.lost.take()?);
        let remedy = Remedy::says("make room where it is written to, and start the command again");
        Some(Finding::error("DS-RUN-14", "the command's output", says, remedy))
    }

    /// Who reads a pipe reads to its end, whoever keeps it open. A terminal of the child's own goes with the child.
    async fn heard_out(
        &mut self,
        running: &mut Running,
        ended: Ended,
        change: impl Future<Output = ()>,
    ) -> Outcome {
        if running.master.is_some() || running.relays.is_empty() {
            return Outcome::Ended(ended.0);
        }
        let closed = join_all(running.relays.iter_mut().map(Relay::closed));
        let first = async {
            tokio::select! {
                _ = closed => Outcome::Ended(ended.0),
                () = change => Outcome::Stopped(Stopped::Before),
            }
        };
        self.wait(first).await.unwrap_or_else(Outcome::Told)
    }

    /// Waits for `change` with no child running.
    ///
    /// # Errors
    /// The exit code, when a signal asks us to end first.
    pub async fn wait<T>(&mut self, change: impl Future<Output = T>) -> Result<T, u8> {
        tokio::pin!(change);
        loop {
            // Signals first: what one of them ends comes back as a failure in the same moment.
            let signal = tokio::select! {
                biased;
                signal = self.signals.next() => signal,
                came = &mut change => return Ok(came),
            };
            if ENDS.contains(&signal) {
                return Err(u8::try_from(128 + signal.as_raw()).unwrap_or(u8::MAX));
            }
        }
    }

    fn start(
        &mut self,
        environment: &Environment,
        masks: Option<&Arc<Masks>>,
    ) -> Result<Running, NotStarted> {
        let started = match masks {
            None => self.plain(environment),
            Some(masks) if io::stdout().is_terminal() => self.on_terminal(environment, masks),
            Some(masks) => self.on_pipes(environment, masks),
        };
        started
            .map_err(|error| error.naming(|| Longest::of(self.words, environment, self.settings, self.pass)))
    }

    fn plain(&self, environment: &Environment) -> Result<Running, NotStarted> {
        let prepare = |child: &mut Command| environment.lay_over(child, self.settings, self.pass);
        let (job, _) = Job::start(self.words, controlling_terminal(), self.minds_keys, prepare)?;
        Ok(Running { job, pause: Box::new(NoPause), relays: Vec::new(), master: None })
    }

    fn on_pipes(&self, environment: &Environment, masks: &Arc<Masks>) -> Result<Running, NotStarted> {
        let prepare = |child: &mut Command| {
            environment.lay_over(child, self.settings, self.pass);
            child.stdout(Stdio::piped()).stderr(Stdio::piped());
        };
        let (job, mut child) = Job::start(self.words, controlling_terminal(), self.minds_keys, prepare)?;
        let ends = || -> io::Result<Vec<Relay>> {
            let out = child.stdout.take().map(|from| relay(from.into(), &io::stdout(), masks));
            let err = child.stderr.take().map(|from| relay(from.into(), &io::stderr(), masks));
            out.into_iter().chain(err).collect()
        };
        let relays = self.or_kill(&job, ends)?;
        Ok(Running { job, pause: Box::new(NoPause), relays, master: None })
    }

    fn on_terminal(&mut self, environment: &Environment, masks: &Arc<Masks>) -> Result<Running, NotStarted> {
        let failed =
            |words: &[OsString], error: io::Error| NotStarted::of(command(words).get_program(), &error);
        let (master, slave) = open_pair().map_err(|error| failed(self.words, error))?;
        let mut leader = leader(self.words).map_err(|error| failed(self.words, error))?;
        environment.lay_over(&mut leader, self.settings, self.pass);
        let errors_too = io::stderr().is_terminal();
        connect(&mut leader, &slave, errors_too).map_err(|error| failed(self.words, error))?;
        let (job, mut child) = Job::lead(&mut leader)?;
        drop((slave, leader));
        let mut ends = || -> io::Result<(Outer, Vec<Relay>)> {
            let outer = Outer::enter(&master)?;
            self.keys.lead_to(&master)?;
            let out = relay(master.try_clone()?, &io::stdout(), masks)?;
            let err = child.stderr.take().map(|from| relay(from.into(), &io::stderr(), masks)).transpose()?;
            Ok((outer, [out].into_iter().chain(err).collect()))
        };
        let words = self.words;
        let (outer, relays) = ends().map_err(|error| {
            job.send(Signal::KILL);
            failed(words, error)
        })?;
        Ok(Running { job, pause: Box::new(outer), relays, master: Some(master) })
    }

    /// A child whose output nobody can take must not go on.
    fn or_kill<T>(&self, job: &Job, ends: impl FnOnce() -> io::Result<T>) -> Result<T, NotStarted> {
        ends().map_err(|error| {
            job.send(Signal::KILL);
            NotStarted::of(command(self.words).get_program(), &error)
        })
    }
}

impl Running {
    /// SIGTERM to all of it, time to end well, then SIGKILL.
    async fn stop(&mut self, signals: &mut Signals) -> (Ended, Option<Stopped>) {
        self.job.send(Signal::TERM);
        self.job.send(Signal::CONT);
        let ended = self.job.ended(signals, self.pause.as_mut());
        if let Ok(ended) = tokio::time::timeout(GRACE, ended).await {
            return (ended, Some(Stopped::Asked));
        }
        match self.master.as_ref().and_then(|master| tcgetpgrp(master).ok()) {
            // The leader ends by itself, once what it leads has.
            Some(group) => _ = kill_process_group(group, Signal::KILL),
            None => self.job.send(Signal::KILL),
        }
        (self.job.ended(signals, self.pause.as_mut()).await, Some(Stopped::Killed))
    }
}

/// A command of the person's own, such as an editor: in the foreground until it ends, with the environment as it is. Its exit
/// code.
///
/// # Errors
/// When it cannot be started.
pub async fn accompany(words: &[OsString]) -> Result<u8, NotStarted> {
    let failed = |error: &io::Error| NotStarted::of(command(words).get_program(), error);
    let mut signals = Signals::catch().map_err(|error| failed(&error))?;
    let (mut job, _) = Job::start(words, controlling_terminal(), false, |_| {})?;
    Ok(job.ended(&mut signals, &mut NoPause).await.0)
}

/// Standard input, output and error that are a terminal become the child's own.
fn connect(leader: &mut Command, slave: &OwnedFd, errors_too: bool) -> io::Result<()> {
    if io::stdin().is_terminal() {
        leader.stdin(slave.try_clone()?);
    }
    leader.stdout(slave.try_clone()?);
    leader.stderr(if errors_too { Stdio::from(slave.try_clone()?) } else { Stdio::piped() });
    Ok(())
}

fn relay(from: OwnedFd, to: &impl AsFd, masks: &Arc<Masks>) -> io::Result<Relay> {
    Relay::start(from, to.as_fd().try_clone_to_owned()?, Redactor::new(Arc::clone(masks)))
}
