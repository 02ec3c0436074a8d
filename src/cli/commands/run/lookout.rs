//! What the service would be started with by now, looked at beside it.
//!
//! The rule: a start is only worth a change that leads to one. What would not be started is told once, and whatever
//! runs goes on. While something runs it has the terminal, so nobody is asked; and what is read while a file is being
//! written counts for nothing, so that one save is one change.

use std::time::Duration;

use super::{Found, judged, one, say};
use crate::cli::args::Run;
use crate::cli::context::Context;
use crate::cli::trust;
use crate::finding::Finding;
use crate::onboard::Session;
use crate::run::{Environment, Watch};

/// What made us look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    File,
    Value,
}

impl Why {
    pub fn says(self) -> &'static str {
        match self {
            Self::File => "a file changed",
            Self::Value => "a value changed",
        }
    }
}

/// What a change leads to.
pub(super) enum News {
    /// A start with this.
    Start(Box<Environment>),
    /// A question that only a person can answer, who has the terminal to himself then.
    Question,
}

pub(super) struct Lookout<'a> {
    context: &'a Context,
    args: &'a Run,
    /// `None` while the profile cannot be used.
    session: Option<Session>,
    /// For the next one.
    origin: Session,
    watch: Watch,
    service: String,
    /// Whether the service runs.
    runs: bool,
    pub why: Why,
    /// A file has changed, and nobody has looked yet what follows.
    unread: bool,
    /// A file has changed, and no start has followed.
    pending: bool,
    /// What has been told already.
    told: Vec<Finding>,
}

impl<'a> Lookout<'a> {
    /// For the service that `session` has just told the environment of.
    pub fn new(context: &'a Context, args: &'a Run, mut session: Session, service: &str) -> Self {
        session.on_wait(|_, _| {});
        Self {
            context,
            args,
            origin: session.anew(),
            watch: Watch::new(session.files_behind(service)),
            session: Some(session),
            service: service.to_owned(),
            runs: false,
            why: Why::File,
            unread: false,
            pending: false,
            told: Vec::new(),
        }
    }

    /// How the next start may come about, for people.
    pub fn hopes(&self) -> &'static str {
        if self.args.poll == 0 { "a file changes" } else { "a file or a value changes" }
    }

    /// Waits until the service, which was started with `given` and runs, would be started with something else.
    pub async fn news(&mut self, given: &Environment) -> News {
        self.runs = true;
        loop {
            self.change().await;
            if self.why == Why::File && self.has_question() {
                return News::Question;
            }
            if let Some(environment) = self.look(given).await {
                return News::Start(Box::new(environment));
            }
        }
    }

    /// The same with nothing running; a person is asked what there is to ask. With `at_once` the first look waits for no change.
    pub async fn start(&mut self, given: &Environment, at_once: bool) -> Environment {
        (self.unread, self.pending) = (self.unread || at_once, self.pending || at_once);
        self.runs = false;
        loop {
            self.change().await;
            if let Some(session) = self.session.as_mut().filter(|_| self.why == Why::File) {
                trust::ask(self.context, session);
            }
            if let Some(environment) = self.look(given).await {
                return environment;
            }
        }
    }

    /// Waits until there is something to look at, and notes what.
    async fn change(&mut self) {
        let poll = Duration::from_secs(self.args.poll);
        let polls = self.args.poll > 0 && self.session.is_some();
        if !self.unread {
            tokio::select! {
                () = self.watch.changed() => (self.unread, self.pending) = (true, true),
                () = tokio::time::sleep(poll), if polls => {}
            }
        }
        self.why = if self.unread { Why::File } else { Why::Value };
        if self.unread {
            self.open();
        }
    }

    /// The profile as it is now.
    fn open(&mut self) {
        let mut session = self.origin.anew();
        if !self.runs {
            self.context.tell_waits(&mut session);
        }
        self.session = match session.preferred().unwrap_or_else(|| Err(session.no_profile())) {
            Ok(_) => Some(session),
            Err(finding) => {
                self.tell(one(finding));
                None
            }
        };
    }

    fn has_question(&self) -> bool {
        let asks = |session: &Session| session.programs_to_allow().is_ok_and(|programs| !programs.is_empty());
        self.context.settings.interactive && self.session.as_ref().is_some_and(asks)
    }

    /// What to start the service with, if what is found now leads to a start.
    async fn look(&mut self, given: &Environment) -> Option<Environment> {
        let found = self.found(given).await;
        let unread = std::mem::take(&mut self.unread);
        match found? {
            // It is about to be looked at once more.
            _ if !unread && !self.watch.stands() => None,
            Ok(environment) if self.pending || environment.differs_from(given) => {
                (self.pending, self.told) = (false, Vec::new());
                Some(environment)
            }
            Ok(_) => {
                self.told.clear();
                None
            }
            Err(findings) => {
                self.tell(findings);
                None
            }
        }
    }

    /// What is found now; `None` when it tells nothing, so that there is nothing to tell either.
    async fn found(&mut self, given: &Environment) -> Option<Found<Environment>> {
        let (why, session) = (self.why, self.session.as_mut()?);
        let service = match session.service_to_run() {
            Ok(service) => service,
            Err(finding) => return Some(Err(one(finding))),
        };
        self.watch.follow(session.files_behind(&service));
        self.service.clone_from(&service);
        match session.environment_for(&service).await {
            Ok((now, _)) if why == Why::Value && !now.is_as_well_read_as(given) => None,
            Ok((now, made)) => {
                made.iter().for_each(|note| self.context.out.finding(note));
                Some(judged(self.args.allow_missing, now))
            }
            // What cannot be asked now is asked the next time.
            Err(_) if why == Why::Value => None,
            Err(finding) => Some(Err(one(finding))),
        }
    }

    /// Says why there is no start, unless that has been said.
    fn tell(&mut self, findings: Vec<Finding>) {
        if self.told == findings {
            return;
        }
        findings.iter().for_each(|finding| self.context.out.finding(finding));
        let follows = match self.runs {
            true => format!("{}; {} goes on as it was started", self.why.says(), self.service),
            false => "not started; the next change is waited for".to_owned(),
        };
        say(self.context, &follows);
        self.told = findings;
    }
}
