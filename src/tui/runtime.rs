//! Performs effects and turns what happens into messages.
//!
//! The rule: it draws before it does anything; reads are aborted on quit, writes are awaited, also when the terminal is
//! gone; nothing wakes it while nothing is under way. Each job is a local task, so the one [`Session`] needs no lock across threads. A value on the
//! screen is written past model and frame, and wiped off with the next message that has no place for it.

mod aside;
mod background;
mod doctor;
mod extras;
mod hearing;
mod jobs;
mod leaving;
mod listening;
mod outside;
mod passing;
mod stage;
mod suspend;
mod wait;

use std::io;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::{FutureExt as _, StreamExt as _};
use time::OffsetDateTime;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::task::{JoinHandle, LocalSet};
use tokio::time::Instant;

use aside::{Aside, Asides};
use background::Answer;
pub use extras::{Approve, Extras};
use outside::copied;
use passing::Passing;
use stage::{Live, Stage};
use suspend::{continued, suspend};
use wait::{asked, at, moment, passed, tick};

use super::effect::{Effect, Job, TaskId};
use super::model::{Model, Mood, Pulse, ToastId};
use super::msg::Msg;
use super::update::{begin, update};
use crate::browser;
use crate::keychain::{Question, Questions};
use crate::onboard::{SHOWN_FOR, Session};
use crate::resolve::Matrix;
use crate::seed::Report;
use crate::settings::Settings;
use crate::signals::stop;

/// How it ended, for a short goodbye.
#[derive(Debug)]
pub struct Ended {
    /// The title of the profile that was open.
    pub profile: Option<String>,
    /// As last read.
    pub matrix: Option<Matrix>,
    /// What was written, if anything.
    pub report: Option<Report>,
    /// The walk was followed to its end.
    pub finished: bool,
}

/// Shows the terminal UI until the person leaves it. Needs a current-thread tokio runtime.
///
/// # Errors
/// When there is no terminal, or it is gone.
pub async fn run(session: Session, settings: &Settings, extras: Extras) -> io::Result<Ended> {
    let (mut stage, size) =
        Live::enter(extras.theme.clone(), settings.var("DEVSECRETS_MOUSE") != Some("off"))?;
    let model = Model::new(size, OffsetDateTime::now_utc());
    let sitting = Sitting::new(session, settings, extras, model);
    LocalSet::new().run_until(sitting.turn(&mut stage)).await
}

/// One run: the model, and the tasks under way.
struct Sitting {
    model: Model,
    world: jobs::World,
    approve: Option<Approve>,
    motion: bool,
    sender: UnboundedSender<Msg>,
    receiver: UnboundedReceiver<Msg>,
    asides: UnboundedReceiver<Aside>,
    /// When the value on the screen leaves it.
    shown_until: Option<Instant>,
    /// How long it stays there.
    shown_for: Duration,
    running: Vec<Running>,
    questions: Option<Questions>,
    /// The ends of remarks.
    passing: Passing<ToastId>,
    /// When jobs begin to take long.
    patience: Passing<TaskId>,
    /// The one that is on the screen.
    question: Option<Question>,
    /// What the terminal says of its background, as long as it may.
    answer: Option<Answer>,
    leaving: bool,
}

/// A task, and whether it may be cut off.
struct Running {
    id: TaskId,
    handle: JoinHandle<()>,
    must_finish: bool,
}

impl Sitting {
    fn new(session: Session, settings: &Settings, extras: Extras, mut model: Model) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        let (aside, asides) = mpsc::unbounded_channel();
        model.facts.banner = extras.banner;
        model.facts.removal = extras.removal;
        model.facts.shell = extras.shell;
        model.facts.suggested = extras.suggested;
        model.facts.can_approve = extras.approve.is_some();
        Self {
            model,
            world: jobs::World::new(session, settings, Asides(aside)),
            approve: extras.approve,
            motion: extras.theme.motion,
            sender,
            receiver,
            asides,
            shown_until: None,
            shown_for: SHOWN_FOR,
            running: Vec::new(),
            questions: extras.questions,
            passing: Passing::default(),
            patience: Passing::default(),
            question: None,
            answer: None,
            leaving: false,
        }
    }

    /// From the first frame until the last write is done.
    async fn turn<S: Stage>(mut self, stage: &mut S) -> io::Result<Ended> {
        let way = self.until_left(stage).await;
        self.leaving = true;
        let masked = self.mask(stage);
        self.settle().await;
        way.and(masked)?;
        Ok(self.ended())
    }

    /// Draw, wait, update, until the end.
    async fn until_left<S: Stage>(&mut self, stage: &mut S) -> io::Result<()> {
        let mut asked_to_stop = std::pin::pin!(stop());
        // From now on a signal is heard, and ends nothing by itself.
        self.leaving = asked_to_stop.as_mut().now_or_never().is_some();
        let mut goes_on = std::pin::pin!(continued());
        let first = begin(&mut self.model);
        stage.draw(&self.model)?;
        let mut events = stage.events(); // takes a thread; keys pressed before that wait with the terminal
        self.answer = stage.asks()?.then(Answer::default);
        self.perform(first);
        while !self.leaving {
            self.mask(stage)?;
            self.model.window.now = OffsetDateTime::now_utc();
            stage.draw(&self.model)?;
            self.look_ahead();
            let turns = self.model.turns_at().map(|when| moment(when, self.model.window.now));
            let wait = self.model.pulse().filter(|pulse| self.motion || *pulse == Pulse::Seconds);
            tokio::select! {
                biased;
                () = &mut asked_to_stop => self.leaving = true,
                () = &mut goes_on => {
                    goes_on.set(continued());
                    self.come_back(stage)?;
                }
                Some(msg) = self.receiver.recv() => self.take(msg),
                Some(question) = asked(&mut self.questions) => self.ask(question),
                Some(aside) = self.asides.recv() => match aside {
                    Aside::Show(id, value, brought) => self.show(stage, id, &value, brought)?,
                    Aside::Lend(work) => {
                        drop(events);
                        self.lend(stage, work).await?;
                        events = stage.events();
                        // Whatever brought us back has been told.
                        goes_on.set(continued());
                    }
                    Aside::Broken => return Err(io::Error::other("it broke down; what it was doing is told above")),
                },
                event = events.next() => self.happened(stage, event)?,
                () = at(self.shown_until) => self.take(Msg::Hide),
                // The next frame tells.
                () = at(turns) => {}
                id = passed(self.passing.next()) => self.take(Msg::Passed(id)),
                id = passed(self.patience.next()) => self.take(Msg::Long(id)),
                () = tick(wait.map(Pulse::every)) => self.take(Msg::Tick(OffsetDateTime::now_utc())),
            }
            // What has come meanwhile is taken before the next frame.
            while let Ok(msg) = self.receiver.try_recv() {
                self.take(msg);
            }
        }
        self.hear_out(stage, &mut events).await;
        self.last_frame(stage)
    }

    fn ask(&mut self, question: Question) {
        let new_file = question.new_file;
        self.question = Some(question);
        self.take(Msg::Asked { new_file });
    }

    fn take(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Start(id, job) => self.start(id, job),
                Effect::Cancel(id) => self.cancel(id),
                Effect::OpenPage(page) => self.open(&page),
                Effect::Copy(text) => self.notice(copied(&self.world.settings, &text)),
                Effect::Tell(command) => self.world.tell(command),
                Effect::Approve(code) => self.approve(&code),
                Effect::Answer(passphrase) => {
                    if let Some(question) = self.question.take() {
                        question.answer(passphrase);
                    }
                }
                Effect::Suspend => self.suspend(),
                Effect::Quit => self.leaving = true,
            }
        }
    }

    fn start(&mut self, id: TaskId, job: Job) {
        self.running.retain(|task| !task.handle.is_finished());
        let must_finish = job.must_finish();
        let asides = self.world.asides.clone();
        let work = jobs::perform(self.world.clone(), id, job, self.sender.clone());
        // A panic has given the terminal back and said what it was; nobody may draw over that.
        let work = AssertUnwindSafe(work).catch_unwind().map(move |done| {
            if done.is_err() {
                asides.broken();
            }
        });
        self.running.push(Running { id, handle: tokio::task::spawn_local(work), must_finish });
    }

    fn cancel(&self, id: TaskId) {
        let readers = self.running.iter().filter(|task| task.id == id && !task.must_finish);
        readers.for_each(|task| task.handle.abort());
    }

    fn open(&self, page: &str) {
        let Some(mut opening) = browser::open(&self.world.settings, page) else {
            return self.notice((Mood::Failed, "that is no web page; it is not opened"));
        };
        let sender = self.sender.clone();
        let _ = sender.send(Msg::PageOpens(true));
        tokio::task::spawn_local(async move {
            // Only it knows when no browser could be started.
            opening.failed().await;
            // Nobody listens any more once we are leaving.
            let _ = sender.send(Msg::PageOpens(false));
        });
    }

    fn approve(&self, code: &str) {
        let approved = self.approve.as_ref().is_some_and(|approve| approve(code));
        match approved {
            true => self.notice((Mood::Done, "approved; AWS tells us in a moment")),
            false => self.notice((Mood::Note, "there is nothing to approve")),
        }
    }

    /// Steps aside as for any other, for work that ends when we are brought back.
    fn suspend(&self) {
        self.world.asides.step_aside(Box::new(suspend));
    }

    fn notice(&self, (mood, text): (Mood, &str)) {
        // The receiver lives as long as we do.
        let _ = self.sender.send(Msg::Noticed(mood, text.into()));
    }
}

#[cfg(test)]
mod tests;
