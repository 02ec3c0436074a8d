//! Beside the walk: what is wrong, and mending it.
//!
//! A list that fills in as checks end, problems open and healthy groups on one line; beside it all there is to say about the
//! row under the cursor. What is wrong elsewhere is this screen's daily bread, so it asks nothing of the walk: no open
//! profile, no session, no matrix.

mod act;
mod details;
mod examination;
pub mod fix;
mod list;
mod view;

pub use act::{DoctorAct, DoctorDone};
pub use examination::{Examination, Listed, Row};
pub use view::view;

use crate::doctor::{Checked, checks};
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::{Load, Model};
use crate::tui::walk;
use crate::tui::widgets::list::moved;
use fix::Fixing;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Doctor {
    pub cursor: usize,
    /// Checks that found nothing are listed, too.
    pub all: bool,
    /// One finding has the whole room, from this line on.
    pub page: Option<usize>,
    pub fixing: Fixing,
    /// Fixes of this run that can be taken back.
    pub undoable: usize,
}

pub fn context(model: &Model) -> Context {
    let state = &model.screens.doctor;
    match &model.facts.examination {
        _ if state.fixing.task().is_some() => Context::Busy,
        found if found.broken.is_some() => Context::Broken,
        _ if state.page.is_some() => Context::DoctorPage,
        found if found.is_looking() => Context::DoctorLooking,
        _ if state.undoable > 0 => Context::DoctorFixed,
        _ => Context::Doctor,
    }
}

/// Entering looks at everything, unless that is under way.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    model.screens.doctor.page = None;
    if model.facts.examination.is_looking() { Vec::new() } else { look(model, None) }
}

/// Looks at one check or group again, or at everything.
fn look(model: &mut Model, only: Option<&str>) -> Vec<Effect> {
    let id = model.tasks.next();
    let examination = &mut model.facts.examination;
    if examination.listed.is_empty() {
        examination.listed = checks::ALL.iter().map(|check| Listed::of(check)).collect();
    }
    examination.begin(id, only);
    let only = only.map(str::to_owned).into_iter().collect();
    vec![Effect::Start(id, Job::Doctor(DoctorAct::Examine(only)))]
}

/// The check or group under the cursor.
pub fn place(model: &Model, place: Place) -> Place {
    let row = here(model);
    let code = row.and_then(Row::code).map(str::to_owned);
    Place { check: row.map(|row| row.name().to_owned()), code, ..place }
}

/// Not everything can be fixed from here, and not every next step is a command.
pub fn offers(model: &Model, intent: Intent) -> bool {
    let examination = &model.facts.examination;
    match intent {
        Intent::Fix => here(model).is_some_and(|row| !examination.cures(row).is_empty()),
        Intent::FixAll => examination.diagnosis.problems().any(|problem| problem.cure.is_some()),
        Intent::Copy => command(model).is_some(),
        _ => true,
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let state = &model.screens.doctor;
    match intent {
        Intent::Back => back(model),
        _ if state.fixing.task().is_some() => Vec::new(),
        Intent::Retry if model.facts.examination.broken.is_some() => look(model, None),
        Intent::Retry => again(model),
        Intent::RetryAll => look(model, None),
        Intent::Fix => fix::one(model),
        Intent::FixAll => fix::all(model),
        Intent::Undo => fix::undo(model),
        Intent::Copy => copy(model),
        _ => {
            step(model, intent);
            Vec::new()
        }
    }
}

/// Out of the page, out of what is under way, out of the screen.
fn back(model: &mut Model) -> Vec<Effect> {
    let Model { facts, screens, .. } = model;
    if let Some(id) = screens.doctor.fixing.task() {
        // What is being written is awaited here.
        return if screens.doctor.fixing.is_writing() {
            Vec::new()
        } else {
            screens.doctor.fixing = Fixing::Nothing;
            vec![Effect::Cancel(id)]
        };
    }
    if screens.doctor.page.take().is_some() {
        return Vec::new();
    }
    if let Some(id) = facts.examination.stop() {
        return vec![Effect::Cancel(id)];
    }
    // Looking planned a rehearsal, which no longer is what the preview shows.
    if facts.report.ready().is_none() {
        facts.preview = Load::Idle;
    }
    walk::leave(model)
}

fn again(model: &mut Model) -> Vec<Effect> {
    match here(model) {
        Some(row) => look(model, Some(row.name())),
        None => Vec::new(),
    }
}

/// What mends the problem under the cursor by hand.
fn command(model: &Model) -> Option<String> {
    model.facts.examination.problem(here(model)?)?.finding.remedy.command.clone()
}

fn copy(model: &mut Model) -> Vec<Effect> {
    match command(model) {
        Some(command) => vec![Effect::Copy(model.facts.for_a_shell(command))],
        None => {
            model.window.toasts.note("there is no command to copy here");
            Vec::new()
        }
    }
}

/// The row under the cursor.
pub fn here(model: &Model) -> Option<Row> {
    let state = &model.screens.doctor;
    model.facts.examination.rows(state.all).get(state.cursor).copied()
}

fn step(model: &mut Model, intent: Intent) {
    let last = details::reading(model).last_scroll(model.window.size);
    let state = &mut model.screens.doctor;
    if let Some(scroll) = &mut state.page {
        *scroll = moved(*scroll, last + 1, intent);
        return;
    }
    match intent {
        Intent::Enter => state.page = Some(0),
        Intent::Toggle => {
            let row = here(model);
            model.screens.doctor.all = !model.screens.doctor.all;
            keep(model, row);
        }
        _ => {
            let rows = model.facts.examination.rows(state.all).len();
            state.cursor = moved(state.cursor, rows, intent);
        }
    }
}

/// The cursor stays on its row while others come and go around it.
fn keep(model: &mut Model, row: Option<Row>) {
    let state = &mut model.screens.doctor;
    let rows = model.facts.examination.rows(state.all);
    let place = row.and_then(|row| rows.iter().position(|one| *one == row));
    state.cursor = place.unwrap_or(state.cursor).min(rows.len().saturating_sub(1));
}

/// A check has ended.
pub fn heard(model: &mut Model, id: TaskId, checked: Checked) {
    if model.facts.examination.task() == Some(id) {
        let row = here(model);
        model.facts.examination.heard(checked);
        keep(model, row);
    }
}

/// A job of this screen has ended.
pub fn done(model: &mut Model, id: TaskId, done: DoctorDone) -> Vec<Effect> {
    match done {
        DoctorDone::Examined(answer) => {
            if model.facts.examination.task() == Some(id) {
                let row = here(model);
                model.facts.examination.ended(answer);
                keep(model, row);
                to_the_worst(model);
            }
            Vec::new()
        }
        done => fix::done(model, id, done),
    }
}

/// Who has not moved yet wants to see what is worst, not the first group.
fn to_the_worst(model: &mut Model) {
    let Model { facts, screens, .. } = model;
    if screens.doctor.cursor == 0 {
        let rows = facts.examination.rows(screens.doctor.all);
        let severity = |row: &Row| facts.examination.problem(*row).map(|problem| problem.finding.severity);
        let worst = rows.iter().filter_map(severity).max();
        let place = rows.iter().position(|row| worst.is_some() && severity(row) == worst);
        screens.doctor.cursor = place.unwrap_or(0);
    }
}
