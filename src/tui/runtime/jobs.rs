//! Each job as calls of the engine.
//!
//! The session is locked for one call at a time; waiting for a person to approve a sign-in holds no lock.

mod audit;
mod board;
mod clip;
mod identity;
mod token;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use time::OffsetDateTime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::{Mutex, oneshot};

use super::aside::Asides;
use crate::audit::Baseline;
use crate::identity::Phrase;
use crate::onboard::{Session, SignedIn};
use crate::seed::{Preview, Spot};
use crate::settings::Settings;
use crate::sso::{Choice, Command, Wish};
use crate::tui::effect::{Job, Part, TaskId};
use crate::tui::msg::{Answer, Done, Msg};

/// What jobs work with.
#[derive(Clone)]
pub struct World {
    pub session: Rc<Mutex<Session>>,
    pub settings: Settings,
    /// To the sign-in under way.
    commands: Rc<RefCell<Option<UnboundedSender<Command>>>>,
    /// To the loop, past the model.
    pub asides: Asides,
    /// Ends the wait of the copy that is on the clipboard.
    copied: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    leaving: Rc<Cell<bool>>,
    /// Typed in, until the person has agreed to what it comes to.
    phrase: Rc<RefCell<Option<Phrase>>>,
    /// Of the last leak scan: findings are told apart under its key.
    baseline: Rc<RefCell<Option<Baseline>>>,
}

impl World {
    pub fn new(session: Session, settings: &Settings, asides: Asides) -> Self {
        let session = Rc::new(Mutex::new(session));
        Self {
            session,
            settings: settings.clone(),
            commands: Rc::default(),
            asides,
            copied: Rc::default(),
            leaving: Rc::default(),
            phrase: Rc::default(),
            baseline: Rc::default(),
        }
    }

    /// What must not outlive us: a copy on the clipboard is cleared at once.
    pub fn leave(&self) {
        self.leaving.set(true);
        if let Some(copied) = self.copied.take() {
            // Its time may have been over already.
            let _ = copied.send(());
        }
    }

    /// Tells the sign-in under way; without one, nobody.
    pub fn tell(&self, command: Command) {
        if let Some(commands) = &*self.commands.borrow() {
            // It may have ended meanwhile.
            let _ = commands.send(command);
        }
    }
}

/// Does the job and sends its answer.
pub async fn perform(world: World, id: TaskId, job: Job, sender: UnboundedSender<Msg>) {
    let done = match job {
        Job::SignIn => {
            let answer = sign_in(&world, id, &sender).await;
            let choice = world.session.lock().await.choice();
            Done::SignedIn(answer, choice)
        }
        // It answers for itself: what it does may go on after that.
        Job::Token { name, act } => return token::perform(&world, id, name, act, &sender).await,
        Job::Board(act) => return board::perform(&world, id, act, &sender).await,
        Job::Identity(act) => Done::Identity(identity::perform(&world, act).await),
        Job::Audit(act) => Done::Audit(audit::perform(&world, id, act, &sender).await),
        job => answer(&world.session, id, job, &sender).await,
    };
    // Nobody listens any more once we are leaving.
    let _ = sender.send(Msg::Finished(id, done));
}

async fn answer(session: &Mutex<Session>, id: TaskId, job: Job, sender: &UnboundedSender<Msg>) -> Done {
    let mut session = session.lock().await;
    let counts = sender.clone();
    // Nobody listens any more once we are leaving.
    session.on_count(move |done, all| drop(counts.send(Msg::Counted(id, done, all))));
    match job {
        Job::Find => {
            let preferred = session.preferred();
            Done::Found(preferred, session.outline().ok().map(Box::new))
        }
        Job::List => Done::Listed(session.choices()),
        Job::Open(name) => {
            let opened = session.pick(&name);
            let outline = opened.is_ok().then(|| session.outline().ok().map(Box::new)).flatten();
            Done::Opened(opened, outline)
        }
        // What is not one call under the lock is done apart.
        Job::Resume | Job::SignIn | Job::Token { .. } | Job::Identity(_) | Job::Board(_) | Job::Audit(_) => {
            Done::Resumed(session.resume().await, session.choice())
        }
        Job::Accounts => Done::Accounts(session.accounts().await),
        Job::Roles(account) => Done::Roles(session.roles(&account).await),
        Job::Choose(choice) => Done::Chose(chosen(&mut session, choice).await),
        Job::PlanConfig => Done::ConfigPlanned(session.plan_config()),
        Job::WriteConfig(seen) => Done::ConfigWritten(session.write_config(&seen)),
        Job::DeclineConfig => {
            // A state folder that cannot be written costs the same question next time.
            let _ = session.decline_config();
            Done::ConfigDeclined
        }
        Job::ReadMatrix => {
            let matrix = session.matrix().await;
            // Nobody listens any more once we are leaving.
            let _ = sender.send(Msg::Flaws(id, session.remarks().unwrap_or_default()));
            Done::Matrix(matrix)
        }
        Job::Plan(part) => Done::Planned(plan(&mut session, &part).await),
        Job::PlanByHand { service, variable, value } => {
            Done::Planned(session.plan_by_hand(&service, &variable, &value))
        }
        Job::Allow(program) => Done::Allowed(session.allow(&program)),
        Job::Settle { variable, take, part } => {
            let edit =
                part.spot().map_or(Spot::everywhere(&variable), |(service, name)| Spot::of(service, name));
            session.settle(&edit, take);
            Done::Planned(plan(&mut session, &part).await)
        }
        Job::WalkOver => {
            session.walks(false);
            Done::WalkOver
        }
        Job::Apply { seen, walk } => {
            if walk {
                session.walks(true);
            }
            let mut step = |done, all| drop(sender.send(Msg::Counted(id, done, all)));
            Done::Applied(session.apply_step_by_step(&seen, &mut step).await)
        }
        Job::Undo => Done::Undone(session.undo(None).await),
        Job::Tokens => Done::Tokens(session.tokens().await),
        Job::KeepToken { name, value } => {
            let kept = session.keep_token(&name, value).await;
            let rows = if kept.is_ok() { session.tokens().await.ok() } else { None };
            Done::Kept(kept, rows)
        }
        Job::Doctor(act) => Done::Doctor(super::doctor::perform(&mut session, id, act, sender).await),
    }
}

async fn plan(session: &mut Session, part: &Part) -> Answer<Preview> {
    match (part.spot(), part.services.as_slice()) {
        (Some((service, variable)), _) => session.plan_one(service, variable).await,
        (None, []) => session.plan(false).await,
        (None, some) => session.plan_for(some, false).await,
    }
}

async fn chosen(session: &mut Session, choice: Choice) -> Answer<Choice> {
    session.choose(choice.clone()).await?;
    Ok(choice)
}

async fn sign_in(world: &World, id: TaskId, sender: &UnboundedSender<Msg>) -> Answer<SignedIn> {
    let (commands, heard) = unbounded_channel();
    *world.commands.borrow_mut() = Some(commands);
    let signing_in = world.session.lock().await.signing_in()?;
    let tell = |event| drop(sender.send(Msg::SigningIn(id, event, OffsetDateTime::now_utc())));
    let (token, signed_in) = signing_in.run(Wish::default(), heard, tell).await?;
    world.session.lock().await.signed_in(token);
    Ok(signed_in)
}
