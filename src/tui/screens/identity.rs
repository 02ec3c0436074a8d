//! The developer's identity, beside the walk: what is known of it, and what can be done with it.
//!
//! The phrase is never part of it: the runtime lends the terminal to the ceremony, and says here what came of it.

mod view;

pub use view::view;

use crate::onboard::{IdentityFacts, Import, Rotated, rotating};
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Beside, Load, Model};
use crate::tui::msg::Answer;
use crate::tui::overlays::{Asked, Overlay, Question};
use crate::tui::walk;

#[derive(Debug, Default)]
pub struct Identity {
    /// What was last done with it.
    pub act: Load<Said>,
    writes: bool,
    /// Asked about: the variables a rotation would give new values.
    variables: Vec<String>,
    /// Asked about: what taking the phrase over would come to.
    import: Option<Import>,
}

impl Identity {
    /// Something is being changed that must not be cut off.
    pub fn is_writing(&self) -> bool {
        self.act.is_busy() && self.writes
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityAct {
    Read,
    /// Show the phrase on the terminal, and have it checked back.
    Export,
    /// Have a phrase typed in, and say what it would come to.
    Import,
    /// Take the phrase that was typed in over, or forget it.
    TakeOver(bool),
    /// What a rotation would reach.
    Rotatable,
    Rotate(Vec<String>),
}

impl IdentityAct {
    pub fn words(&self) -> &'static str {
        match self {
            Self::Read | Self::Export => "asking the keychain",
            Self::Import => "looking whose phrase it is",
            Self::TakeOver(_) => "taking the phrase over",
            Self::Rotatable => "looking what would get new values",
            Self::Rotate(_) => "rotating",
        }
    }

    pub fn must_finish(&self) -> bool {
        matches!(self, Self::TakeOver(true) | Self::Rotate(_))
    }
}

/// What came of it.
#[derive(Debug)]
pub enum IdentityDone {
    Read(Option<IdentityFacts>),
    /// With whether the words were given back.
    Exported(Option<IdentityFacts>, bool),
    Judged(Import),
    /// The person left, or said no.
    Left,
    TakenOver(IdentityFacts),
    Rotatable(Vec<String>),
    Rotated(Rotated, Option<IdentityFacts>),
}

/// What is said of the last thing that was done.
#[derive(Debug)]
pub enum Said {
    Checked,
    Unchecked,
    TakenOver {
        was: Option<Import>,
    },
    Rotated(Rotated),
    /// This profile derives nothing.
    Nothing,
    Left,
}

/// Asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    Replace,
    Rotate,
}

pub fn context(model: &Model) -> Context {
    match (&model.facts.identity, &model.screens.identity.act) {
        (Load::Busy(_), _) | (_, Load::Busy(_)) => Context::Busy,
        (Load::Broken(_), _) => Context::Broken,
        (Load::Ready(Some(_)), _) => Context::Identity,
        (Load::Ready(None) | Load::Idle, _) => Context::NoIdentity,
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let busy = context(model) == Context::Busy;
    match intent {
        Intent::Back => walk::leave(model),
        _ if busy => Vec::new(),
        Intent::Retry => {
            model.screens.identity.act = Load::Idle;
            vec![walk::start(&mut model.facts.identity, &mut model.tasks, Job::Identity(IdentityAct::Read))]
        }
        Intent::Export if exists(model) => start(model, IdentityAct::Export),
        Intent::Rotate if exists(model) => start(model, IdentityAct::Rotatable),
        Intent::Import => start(model, IdentityAct::Import),
        _ => Vec::new(),
    }
}

fn exists(model: &Model) -> bool {
    model.facts.identity.ready().is_some_and(Option::is_some)
}

fn start(model: &mut Model, act: IdentityAct) -> Vec<Effect> {
    let id = model.tasks.next();
    let state = &mut model.screens.identity;
    state.act = Load::Busy(id);
    state.writes = act.must_finish();
    vec![Effect::Start(id, Job::Identity(act))]
}

/// Asks whether these get new values, as the key for it does.
pub fn offer_rotation(model: &mut Model, variables: Vec<String>) -> Vec<Effect> {
    model.screens.identity.variables = variables;
    model.waiting.get_or_insert(Question::Identity(Ask::Rotate));
    walk::visit(model, Beside::Identity)
}

/// The person's answer; a phrase that was typed in is forgotten with a no.
pub fn settle(model: &mut Model, ask: Ask, yes: bool) -> Vec<Effect> {
    let variables = std::mem::take(&mut model.screens.identity.variables);
    match (ask, yes) {
        (Ask::Replace, yes) => start(model, IdentityAct::TakeOver(yes)),
        (Ask::Rotate, true) => start(model, IdentityAct::Rotate(variables)),
        (Ask::Rotate, false) => Vec::new(),
    }
}

/// How a question is asked.
pub fn question(model: &Model, ask: Ask) -> Option<Asked> {
    let state = &model.screens.identity;
    Some(match ask {
        Ask::Replace => Asked {
            title: "Replace your identity?".to_owned(),
            says: vec![sentence(&state.import.as_ref()?.replacing()?)],
            answers: ("replace it", "leave it as it is"),
        },
        Ask::Rotate => Asked {
            title: "Rotate?".to_owned(),
            says: vec![sentence(&rotating(&state.variables))],
            answers: ("rotate", "not now"),
        },
    })
}

/// What the command line says behind a colon stands alone here.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// The answer is there.
pub fn done(model: &mut Model, id: TaskId, answer: Answer<IdentityDone>) -> Vec<Effect> {
    if model.facts.identity.task() == Some(id) {
        let read = answer.map(|done| if let IdentityDone::Read(facts) = done { facts } else { None });
        let _ = model.facts.identity.answer(id, read);
        return Vec::new();
    }
    if model.screens.identity.act.task() != Some(id) {
        return Vec::new();
    }
    let state = &mut model.screens.identity;
    state.act = Load::Idle;
    match answer {
        Err(problem) => state.act = Load::Broken(problem),
        Ok(IdentityDone::Read(facts)) => model.facts.identity = Load::Ready(facts),
        Ok(IdentityDone::Left) => state.act = Load::Ready(Said::Left),
        Ok(IdentityDone::Exported(facts, checked)) => {
            state.act = Load::Ready(if checked { Said::Checked } else { Said::Unchecked });
            model.facts.identity = Load::Ready(facts);
        }
        Ok(IdentityDone::Judged(import)) => return judged(model, import),
        Ok(IdentityDone::TakenOver(facts)) => {
            state.act = Load::Ready(Said::TakenOver { was: state.import.take() });
            model.facts.identity = Load::Ready(Some(facts));
            walk::reread(&mut model.facts);
        }
        Ok(IdentityDone::Rotatable(variables)) if variables.is_empty() => {
            state.act = Load::Ready(Said::Nothing);
        }
        Ok(IdentityDone::Rotatable(variables)) => {
            state.variables = variables;
            model.waiting.get_or_insert(Question::Identity(Ask::Rotate));
        }
        Ok(IdentityDone::Rotated(rotated, facts)) => {
            state.act = Load::Ready(Said::Rotated(rotated));
            model.facts.identity = Load::Ready(facts);
            walk::reread(&mut model.facts);
        }
    }
    Vec::new()
}

/// Only what would replace something is asked about.
fn judged(model: &mut Model, import: Import) -> Vec<Effect> {
    let asks = matches!(import, Import::Replaces { .. });
    model.screens.identity.import = Some(import);
    if asks {
        model.overlay = Some(Overlay::Confirm(Question::Identity(Ask::Replace)));
        return Vec::new();
    }
    start(model, IdentityAct::TakeOver(true))
}
