//! What is done about a finding, and what came of it.
//!
//! The rule: nothing is written that was not shown. An own value is never accepted; it is rotated.

use std::path::PathBuf;

use super::{Scope, here, lay_out, leak, look};
use crate::audit::{Audited, Baseline, Leak, Source};
use crate::finding::Finding;
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::model::Model;
use crate::tui::msg::Answer;
use crate::tui::overlays::{Asked, Overlay, Question};
use crate::tui::widgets::text::count;

#[derive(Debug)]
pub enum AuditAct {
    Look(Source),
    /// In the person's editor, which gets the terminal until it ends.
    Open {
        root: PathBuf,
        leak: Box<Leak>,
    },
    Allow(Box<Leak>),
    /// Accepts it no longer.
    Disallow(Box<Leak>),
}

impl AuditAct {
    pub fn words(&self) -> &'static str {
        match self {
            Self::Look(_) => "looking for secrets",
            Self::Open { .. } => "your editor has it",
            Self::Allow(_) => "accepting it",
            Self::Disallow(_) => "taking it back",
        }
    }

    /// An editor is closed by whoever opened it.
    pub fn waits_for_the_person(&self) -> bool {
        matches!(self, Self::Open { .. })
    }

    pub fn must_finish(&self) -> bool {
        matches!(self, Self::Allow(_) | Self::Disallow(_))
    }
}

#[derive(Debug)]
pub enum AuditDone {
    Looked(Answer<Box<Audited>>),
    /// By its name.
    Opened(Answer<String>),
    Allowed(Answer<()>),
    Disallowed(Answer<()>),
}

/// What is under way besides looking.
#[derive(Debug, Default)]
pub enum Doing {
    #[default]
    Nothing,
    Opening(TaskId),
    Allowing(TaskId, Box<Leak>),
    Disallowing(TaskId),
}

impl Doing {
    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::Nothing => None,
            Self::Opening(id) | Self::Allowing(id, _) | Self::Disallowing(id) => Some(*id),
        }
    }

    pub fn is_writing(&self) -> bool {
        matches!(self, Self::Allowing(..) | Self::Disallowing(_))
    }

    pub fn words(&self) -> &'static str {
        match self {
            Self::Allowing(..) => "accepting it…",
            Self::Disallowing(_) => "taking it back…",
            Self::Nothing | Self::Opening(_) => "your editor has it…",
        }
    }
}

fn start(model: &mut Model, act: AuditAct, doing: impl FnOnce(TaskId) -> Doing) -> Vec<Effect> {
    let id = model.tasks.next();
    model.screens.audit.doing = doing(id);
    vec![Effect::Start(id, Job::Audit(act))]
}

pub fn open(model: &mut Model) -> Vec<Effect> {
    let root = model.facts.audit.seen.as_ref().and_then(|seen| seen.root.clone());
    match (leak(model).cloned(), root) {
        (Some(leak), Some(root)) => {
            start(model, AuditAct::Open { root, leak: Box::new(leak) }, Doing::Opening)
        }
        _ => says(model, NOT_A_FINDING),
    }
}

const NOT_A_FINDING: &str = "this is no finding in a file; Enter says more about it";

/// Asks first.
pub fn allow(model: &mut Model) -> Vec<Effect> {
    match leak(model) {
        None => says(model, NOT_A_FINDING),
        Some(leak) if leak.own.is_some() => {
            says(model, "a value of your own is never accepted; n leads to where it is rotated")
        }
        Some(_) => {
            model.overlay = Some(Overlay::Confirm(Question::Accept));
            Vec::new()
        }
    }
}

/// What would be written where.
pub fn question(model: &Model) -> Option<Asked> {
    let leak = leak(model)?;
    let seen = model.facts.audit.seen.as_ref()?;
    let place = crate::secret::plain(&seen.accepts.display().to_string());
    let gets = if seen.begun || model.screens.audit.written { "gets" } else { "is made, with a key and" };
    let alike = model.facts.audit.alike(leak);
    Some(Asked {
        title: "Accept this finding?".to_owned(),
        says: vec![
            format!("{}: {}", leak.place(), leak.says()),
            format!("{place} {gets} this line; it holds no value:"),
            Baseline::line(leak).unwrap_or_default(),
            format!(
                "It is accepted wherever it stands, here in {}. Commit the file with the code; u takes it back.",
                count(alike, "place")
            ),
        ],
        answers: ("accept", "leave it"),
    })
}

/// The person has consented to what is shown.
pub fn agreed(model: &mut Model) -> Vec<Effect> {
    let Some(leak) = leak(model).cloned().map(Box::new) else { return Vec::new() };
    let shown = leak.clone();
    start(model, AuditAct::Allow(leak), |id| Doing::Allowing(id, shown))
}

pub fn undo(model: &mut Model) -> Vec<Effect> {
    match model.screens.audit.accepted.last().cloned() {
        Some(leak) => start(model, AuditAct::Disallow(Box::new(leak)), Doing::Disallowing),
        None => says(model, "nothing was accepted here that could be taken back"),
    }
}

/// A job of this screen has ended; one nobody waits for is dropped.
pub fn done(model: &mut Model, id: TaskId, done: AuditDone) -> Vec<Effect> {
    if let AuditDone::Looked(answer) = done {
        if model.facts.audit.task() == Some(id) {
            let before = here(model);
            model.facts.audit.ended(answer);
            lay_out(model, before);
        }
        return Vec::new();
    }
    if model.screens.audit.doing.task() != Some(id) {
        return Vec::new();
    }
    let before = std::mem::take(&mut model.screens.audit.doing);
    match (done, before) {
        (AuditDone::Opened(Ok(name)), _) => again(model, &format!("back from {name}; looked at again")),
        (AuditDone::Allowed(Ok(())), Doing::Allowing(_, leak)) => {
            let at = here(model);
            model.facts.audit.accept(&leak);
            model.screens.audit.accepted.push(*leak);
            model.screens.audit.written = true;
            lay_out(model, at);
            model.window.toasts.done("accepted from now on; u takes it back");
            Vec::new()
        }
        (AuditDone::Disallowed(Ok(())), _) => {
            model.screens.audit.accepted.pop();
            again(model, "accepted no longer")
        }
        (AuditDone::Opened(Err(problem)), _)
        | (AuditDone::Allowed(Err(problem)) | AuditDone::Disallowed(Err(problem)), _) => {
            model.window.toasts.failed(told(&problem));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn again(model: &mut Model, notice: &str) -> Vec<Effect> {
    model.window.toasts.done(notice);
    look(model)
}

fn told(finding: &Finding) -> String {
    format!("{}: {} → {}", finding.subject, finding.says, finding.remedy)
}

pub fn says(model: &mut Model, text: &str) -> Vec<Effect> {
    model.window.toasts.note(text);
    Vec::new()
}

impl Scope {
    pub fn source(self) -> Source {
        match self {
            Self::Tracked => Source::Tracked,
            Self::Staged => Source::Staged,
            Self::History => Source::History,
        }
    }
}
