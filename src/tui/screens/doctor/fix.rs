//! Mending: planned, shown, agreed to, done, looked at again.
//!
//! The rule: nothing is done that was not shown. What changes files by seeding has masked lines to show, and a question
//! of its own.

use super::{DoctorAct, DoctorDone, Row, here};
use crate::doctor::Cure;
use crate::finding::{Finding, Severity};
use crate::onboard::{Remedies, RemedyRow};
use crate::seed::{Preview, Report};
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::model::{Beside, Model, Mood, Step};
use crate::tui::msg::Answer;
use crate::tui::overlays::{Overlay, Question};
use crate::tui::walk;
use crate::tui::widgets::text::count;

/// How far a fix has come.
#[derive(Debug, Default)]
pub enum Fixing {
    #[default]
    Nothing,
    Planning(TaskId),
    Shown(Box<Remedies>),
    /// And then they may want something seeded.
    Healing(TaskId, Box<Remedies>),
    PlanningSeed(TaskId),
    ShownSeed(Box<Preview>),
    Seeding(TaskId),
    Undoing(TaskId),
}

impl Fixing {
    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::Planning(id)
            | Self::Healing(id, _)
            | Self::PlanningSeed(id)
            | Self::Seeding(id)
            | Self::Undoing(id) => Some(*id),
            _ => None,
        }
    }

    pub fn is_writing(&self) -> bool {
        matches!(self, Self::Healing(..) | Self::Seeding(_) | Self::Undoing(_))
    }

    pub fn words(&self) -> &'static str {
        match self {
            Self::Healing(..) | Self::Seeding(_) => "mending…",
            Self::Undoing(_) => "taking it back…",
            _ => "looking what would be done…",
        }
    }

    /// What would be done, as shown: the rows of `doctor --fix`, or the lines of the files to be seeded.
    pub fn rows(&self) -> Vec<RemedyRow> {
        match self {
            Self::Shown(remedies) => remedies.rows(),
            Self::ShownSeed(preview) => lines(preview),
            _ => Vec::new(),
        }
    }

    /// What is asked.
    pub fn question(&self) -> String {
        match self {
            Self::ShownSeed(preview) => preview.question(),
            other => match other.rows().len() {
                1 => "Do this?".to_owned(),
                rows => format!("Do these {rows} things?"),
            },
        }
    }
}

/// `api/.env: + JWT_SECRET •••••••• (64 characters)`
fn lines(preview: &Preview) -> Vec<RemedyRow> {
    let files = preview.files.iter().filter(|file| file.state.writes());
    let lines = files.flat_map(|file| file.lines.iter().map(move |line| (file, line)));
    let row = |(file, line): (&crate::seed::FilePreview, &crate::seed::Line)| {
        let value = line.value.as_ref().map(|value| format!("  {value}")).unwrap_or_default();
        let origin = line.origin.as_ref().map(|origin| format!("  {origin}")).unwrap_or_default();
        let what = format!("{}: {} {}{value}{origin}", file.path, line.change.sign(), line.name);
        RemedyRow { what, undo: true }
    };
    lines.filter(|(_, line)| line.change.writes()).map(row).collect()
}

/// What is under the cursor.
pub fn one(model: &mut Model) -> Vec<Effect> {
    let cures = here(model).map(|row| model.facts.examination.cures(row)).unwrap_or_default();
    let by_hand = matches!(here(model), Some(Row::Problem(..)));
    let words = if by_hand {
        "this one needs you: its next step stands beside it"
    } else {
        "there is nothing here that could be fixed from here"
    };
    plan(model, cures, words)
}

pub fn all(model: &mut Model) -> Vec<Effect> {
    let cures =
        model.facts.examination.diagnosis.problems().filter_map(|problem| problem.cure.clone()).collect();
    plan(model, cures, "there is nothing that could be fixed from here")
}

fn plan(model: &mut Model, cures: Vec<Cure>, otherwise: &str) -> Vec<Effect> {
    if cures.is_empty() {
        model.window.toasts.note(otherwise);
        return Vec::new();
    }
    // What was under way would look at a world that is about to change.
    let stopped = model.facts.examination.stop().map(Effect::Cancel);
    stopped.into_iter().chain(start(model, DoctorAct::Plan(cures), Fixing::Planning)).collect()
}

fn start(model: &mut Model, act: DoctorAct, fixing: impl FnOnce(TaskId) -> Fixing) -> Option<Effect> {
    let id = model.tasks.next();
    model.screens.doctor.fixing = fixing(id);
    Some(Effect::Start(id, Job::Doctor(act)))
}

pub fn undo(model: &mut Model) -> Vec<Effect> {
    if model.screens.doctor.undoable == 0 {
        model.window.toasts.note("nothing was changed here that could be taken back");
        return Vec::new();
    }
    let stopped = model.facts.examination.stop().map(Effect::Cancel);
    stopped.into_iter().chain(start(model, DoctorAct::Undo, Fixing::Undoing)).collect()
}

/// The person has consented to what is shown.
pub fn agreed(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.screens.doctor.fixing) {
        Fixing::Shown(remedies) => {
            let heal = DoctorAct::Heal(remedies.clone());
            start(model, heal, |id| Fixing::Healing(id, remedies)).into_iter().collect()
        }
        Fixing::ShownSeed(preview) => {
            start(model, DoctorAct::Seed(preview), Fixing::Seeding).into_iter().collect()
        }
        other => {
            model.screens.doctor.fixing = other;
            Vec::new()
        }
    }
}

pub fn declined(model: &mut Model) {
    model.screens.doctor.fixing = Fixing::Nothing;
    model.window.toasts.note("nothing was changed");
}

/// A job of a fix has ended; one nobody waits for is dropped.
pub fn done(model: &mut Model, id: TaskId, done: DoctorDone) -> Vec<Effect> {
    if model.screens.doctor.fixing.task() != Some(id) {
        return Vec::new();
    }
    let before = std::mem::take(&mut model.screens.doctor.fixing);
    match (before, done) {
        (_, DoctorDone::Planned(answer)) => planned(model, answer),
        (Fixing::Healing(_, remedies), DoctorDone::Healed(answer)) => healed(model, answer, Some(remedies)),
        (_, DoctorDone::SeedPlanned(answer)) => seed_planned(model, answer),
        (_, DoctorDone::Seeded(answer)) => healed(model, answer, None),
        (_, DoctorDone::Undone(answer)) => undone(model, answer),
        _ => Vec::new(),
    }
}

pub fn planned(model: &mut Model, answer: Answer<Box<Remedies>>) -> Vec<Effect> {
    match answer {
        Err(finding) => say(model, &finding),
        Ok(remedies) if remedies.only_seeds() => plan_seed(model, remedies),
        Ok(remedies) if remedies.rows().is_empty() => {
            look_again(model, Mood::Note, "it is as it should be already")
        }
        Ok(remedies) => {
            model.screens.doctor.fixing = Fixing::Shown(remedies);
            ask(model)
        }
    }
}

fn ask(model: &mut Model) -> Vec<Effect> {
    let question = Question::Fix { scroll: 0 };
    if model.overlay.is_none() {
        model.overlay = Some(Overlay::Confirm(question));
    } else {
        model.waiting = Some(question);
    }
    Vec::new()
}

fn plan_seed(model: &mut Model, remedies: Box<Remedies>) -> Vec<Effect> {
    start(model, DoctorAct::PlanSeed(remedies), Fixing::PlanningSeed).into_iter().collect()
}

fn seed_planned(model: &mut Model, answer: Answer<Preview>) -> Vec<Effect> {
    match answer {
        Err(finding) => say(model, &finding),
        Ok(preview) if preview.to_write() == 0 => {
            let stops = preview.all_findings().next().map(told);
            look_again(model, Mood::Note, &stops.unwrap_or_else(|| "there is nothing to write".to_owned()))
        }
        Ok(preview) => {
            model.screens.doctor.fixing = Fixing::ShownSeed(Box::new(preview));
            ask(model)
        }
    }
}

/// Says what came of it, then seeds or looks again.
fn healed(model: &mut Model, answer: Answer<Report>, remedies: Option<Box<Remedies>>) -> Vec<Effect> {
    // Whatever came of it, what was read before may no longer hold.
    model.facts.void_table();
    let report = match answer {
        Ok(report) => report,
        Err(finding) => return look_again(model, Mood::Failed, &told(&finding)),
    };
    model.screens.doctor.undoable += usize::from(report.changed());
    let failed = report.all_findings().any(|finding| finding.severity == Severity::Error);
    let remedies = remedies.filter(|remedies| !failed && !remedies.seeds.is_empty());
    match report.all_findings().max_by_key(|finding| finding.severity) {
        _ if remedies.is_some() => remedies.map_or_else(Vec::new, |remedies| plan_seed(model, remedies)),
        Some(finding) => {
            let mood = if failed { Mood::Failed } else { Mood::Note };
            look_again(model, mood, &told(finding))
        }
        None if report.changed() => {
            model.window.toasts.offer_undo("what was shown is done");
            afterwards(model)
        }
        None => look_again(model, Mood::Done, "it is done"),
    }
}

fn undone(model: &mut Model, answer: Answer<Report>) -> Vec<Effect> {
    model.facts.void_table();
    match answer {
        Ok(report) => {
            model.screens.doctor.undoable = model.screens.doctor.undoable.saturating_sub(1);
            let restored = count(report.taken_back(), "file");
            let stops = report.all_findings().next().map(told);
            model.window.toasts.no_undo();
            let mood = if stops.is_some() { Mood::Failed } else { Mood::Done };
            look_again(model, mood, &stops.unwrap_or_else(|| format!("taken back: {restored}")))
        }
        Err(finding) => {
            model.screens.doctor.undoable = 0;
            say(model, &finding)
        }
    }
}

fn look_again(model: &mut Model, mood: Mood, text: &str) -> Vec<Effect> {
    model.window.toasts.tell(mood, text);
    afterwards(model)
}

/// Here everything is looked at again; a fix that was asked for elsewhere ends there.
fn afterwards(model: &mut Model) -> Vec<Effect> {
    match (model.beside, model.at) {
        (Some(Beside::Doctor), _) => super::look(model, None),
        (None, Step::Board) => {
            walk::reread(&mut model.facts);
            vec![walk::read(&mut model.facts, &mut model.tasks)]
        }
        _ => {
            walk::reread(&mut model.facts);
            Vec::new()
        }
    }
}

fn say(model: &mut Model, finding: &Finding) -> Vec<Effect> {
    model.window.toasts.failed(told(finding));
    Vec::new()
}

fn told(finding: &Finding) -> String {
    format!("{}: {} → {}", finding.subject, finding.says, finding.remedy.says)
}
