//! The way from step to step: which comes next, what it needs first, what is void after a change.
//!
//! Day one is a walk; at home everything begins and ends at the board. Which of the two it is follows from what is true
//! ([`SetUp`](crate::onboard::SetUp)), so nothing is kept about it.

use super::effect::{Effect, Job, TaskId};
use super::model::{Beside, Facts, Load, Model, Step};
use super::msg::Answer;
use super::screens::identity::IdentityAct;
use super::screens::{Screens, audit, board, doctor};
use crate::onboard::{Opened, Outline};

/// The first thing of all: look which profile is meant.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    enter(model, Step::Pick)
}

/// Goes on with the profile that is meant, if any. The list is made for those alone who pick from it.
pub fn found(
    model: &mut Model,
    id: TaskId,
    preferred: Option<Answer<Opened>>,
    outline: Option<Box<Outline>>,
) -> Vec<Effect> {
    let Model { facts, tasks, at, .. } = &mut *model;
    if facts.profiles.task() != Some(id) {
        return Vec::new();
    }
    if let Some(Ok(opened)) = preferred {
        facts.profiles = Load::Idle;
        let waits = *at == Step::Pick;
        let seen = open(model, opened, outline);
        let on = if waits { forward(model) } else { Vec::new() };
        return seen.into_iter().chain(on).collect();
    }
    if let Some(Err(finding)) = preferred {
        facts.opened = Load::Broken(finding);
    }
    vec![start(&mut facts.profiles, tasks, Job::List)]
}

/// To the next step that the profile needs and that is not yet settled.
pub fn forward(model: &mut Model) -> Vec<Effect> {
    let from = model.at;
    if model.home {
        return from_home(model, from);
    }
    let next =
        Step::ALL.into_iter().find(|step| *step > from && model.needs(*step) && !settled(model, from, *step));
    // Nobody has to sign in for the last steps; a session that is there tells more at the end.
    let resumes = if from == Step::Pick && lacks_its_end(model) { resume(model) } else { None };
    resumes.into_iter().chain(next.map_or_else(Vec::new, |step| enter(model, step))).collect()
}

/// A walk was left between its files and its end: it goes on there.
fn lacks_its_end(model: &Model) -> bool {
    model.facts.outline.as_ref().is_some_and(|outline| outline.set_up.lacks_its_end())
}

/// A session from before, where the profile has a use for one.
fn resume(model: &mut Model) -> Option<Effect> {
    let Model { facts, tasks, .. } = model;
    let asks = signs_in(facts) && facts.session.is_wanting();
    asks.then(|| start(&mut facts.session, tasks, Job::Resume))
}

/// Day one is over: from here on everything begins and ends at the board.
pub fn go_home(model: &mut Model) -> Vec<Effect> {
    model.home = model.facts.opened.ready().is_some();
    enter(model, if model.home { Step::Board } else { Step::Pick })
}

/// At home every step leads back to the board; signing in first to the role, where none is known.
fn from_home(model: &mut Model, from: Step) -> Vec<Effect> {
    let roleless = model.facts.session.ready().is_some() && model.facts.choice.ready().is_none();
    match from {
        Step::SignIn if roleless => enter(model, Step::Role),
        Step::Pick => resume(model).into_iter().chain(enter(model, Step::Board)).collect(),
        _ => enter(model, Step::Board),
    }
}

fn signs_in(facts: &Facts) -> bool {
    facts.opened.ready().is_some_and(|opened| opened.start_url.is_some())
}

/// The role from before needs no asking when one comes from signing in.
fn settled(model: &Model, from: Step, step: Step) -> bool {
    step == Step::Role && from == Step::SignIn && model.facts.choice.ready().is_some()
        || step == Step::Role && model.facts.session.ready().is_none()
        || step < Step::Token && from == Step::Pick && lacks_its_end(model)
}

/// To the step before; from the first there is no way back.
pub fn back(model: &mut Model) -> Vec<Effect> {
    let from = model.at;
    if model.home {
        return if from == Step::Board { Vec::new() } else { enter(model, Step::Board) };
    }
    let before = |step: &Step| {
        *step < from && model.needs(*step) && (*step != Step::Role || model.facts.session.ready().is_some())
    };
    let previous = Step::ALL.into_iter().rev().find(before);
    previous.map_or_else(Vec::new, |step| enter(model, step))
}

/// Shows a step and starts what it wants to know.
pub fn enter(model: &mut Model, step: Step) -> Vec<Effect> {
    model.at = step;
    if step == Step::Board {
        board::ask(model);
    }
    let walks = !model.home;
    let Model { facts, screens, tasks, .. } = model;
    match step {
        Step::Pick if facts.profiles.is_wanting() => {
            let job = if facts.opened.ready().is_some() { Job::List } else { Job::Find };
            vec![start(&mut facts.profiles, tasks, job)]
        }
        Step::SignIn if facts.session.is_wanting() => vec![start(&mut facts.session, tasks, Job::Resume)],
        Step::Role if facts.accounts.is_wanting() => vec![start(&mut facts.accounts, tasks, Job::Accounts)],
        Step::Board if facts.matrix.is_wanting() => vec![read(facts, tasks)],
        Step::Preview if facts.preview.is_wanting() => {
            vec![start(&mut facts.preview, tasks, Job::Plan(screens.preview.part.clone()))]
        }
        Step::Token if facts.tokens.is_wanting() => vec![start(&mut facts.tokens, tasks, Job::Tokens)],
        Step::Summary => {
            let over = walks.then(|| Effect::Start(tasks.next(), Job::WalkOver));
            let stale = facts.report.ready().is_some() || !facts.kept.is_empty() || facts.matrix.is_wanting();
            let read = stale.then(|| read(facts, tasks));
            over.into_iter().chain(read).collect()
        }
        _ => Vec::new(),
    }
}

/// Shows what stands beside the walk, and starts what it wants to know.
pub fn visit(model: &mut Model, to: Beside) -> Vec<Effect> {
    model.beside = Some(to);
    if to == Beside::Doctor {
        return doctor::begin(model);
    }
    if to == Beside::Audit {
        return audit::begin(model);
    }
    let Model { facts, tasks, .. } = model;
    match to {
        Beside::Tokens if facts.tokens.is_wanting() && facts.opened.ready().is_some() => {
            vec![start(&mut facts.tokens, tasks, Job::Tokens)]
        }
        Beside::Identity if facts.identity.is_wanting() => {
            vec![start(&mut facts.identity, tasks, Job::Identity(IdentityAct::Read))]
        }
        _ => Vec::new(),
    }
}

/// Back to the step beneath, which asks anew for what no longer holds.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    model.beside = None;
    match model.at {
        // A profile that was mended meanwhile is found now.
        Step::Pick if model.facts.opened.ready().is_none() => {
            model.facts.profiles = Load::Idle;
            enter(model, Step::Pick)
        }
        Step::Board | Step::Preview | Step::Token => enter(model, model.at),
        Step::Summary if model.facts.matrix.is_wanting() => enter(model, Step::Summary),
        _ => Vec::new(),
    }
}

/// Marks the fact as on its way and wishes for it.
pub fn start<T>(fact: &mut Load<T>, tasks: &mut super::effect::Tasks, job: Job) -> Effect {
    let id = tasks.next();
    *fact = Load::Busy(id);
    Effect::Start(id, job)
}

/// Asks for the table anew; what is known of it stays in sight.
pub fn read(facts: &mut Facts, tasks: &mut super::effect::Tasks) -> Effect {
    facts.void_table();
    start(&mut facts.matrix, tasks, Job::ReadMatrix)
}

/// Another profile makes everything after it void; what is looked at beside the walk is asked for anew.
pub fn open(model: &mut Model, opened: Opened, outline: Option<Box<Outline>>) -> Vec<Effect> {
    model.waiting = None;
    let old = std::mem::take(&mut model.facts);
    model.facts = Facts {
        profiles: old.profiles,
        opened: Load::Ready(opened),
        banner: old.banner,
        removal: old.removal,
        shell: old.shell,
        can_approve: old.can_approve,
        identity: old.identity,
        choice: outline.as_ref().and_then(|outline| outline.choice.clone()).map_or(Load::Idle, Load::Ready),
        outline,
        ..Facts::default()
    };
    let pick = std::mem::take(&mut model.screens.pick);
    model.screens = Screens { pick, ..Screens::default() };
    if let Some(opened) = model.facts.opened.ready().filter(|opened| opened.remembered) {
        let says = format!("profile {}, remembered for this project; P picks another", opened.profile);
        model.window.toasts.note(says);
    }
    model.home = model.facts.outline.as_ref().is_some_and(|outline| outline.set_up.is_whole());
    board::arrived(model);
    model.beside.map_or_else(Vec::new, |beside| visit(model, beside))
}

/// Another session or role makes what was read with the old one void.
pub fn reread(facts: &mut Facts) {
    facts.void_table();
    facts.preview = Load::Idle;
    facts.report = Load::Idle;
}
