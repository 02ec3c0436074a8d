//! The other environments, beside the one the board works in: when they are read, and what is known of them.
//!
//! The rule: nobody is asked unless the person opens this view or reads it again, and everything is read anew then. One
//! environment after the other, so that each shows as it comes and Esc stops the rest. Only rows without values are kept.

use std::collections::BTreeMap;

use super::{BoardAct, Form};
use crate::finding::Finding;
use crate::resolve::{Cell, Matrix};
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::keymap::Intent;
use crate::tui::model::{Facts, Model};
use crate::tui::msg::Answer;
use crate::tui::walk;

#[derive(Debug, Default)]
pub struct Others {
    read: BTreeMap<String, Answer<Matrix>>,
    /// The task, the environments it still has to read, and how many there were.
    reading: Option<(TaskId, Vec<String>, usize)>,
    /// The cursor's column, a position within the profile's environments.
    pub column: usize,
    /// The form one came from.
    former: Option<Form>,
}

/// What is known of one environment.
pub enum Known<'a> {
    Table(&'a Matrix),
    /// It is being read, or its turn comes.
    Reading,
    Unread,
    Failed(&'a Finding),
}

impl Others {
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// The one that is being read, its number, and of how many.
    pub fn under_way(&self) -> Option<(&str, usize, usize)> {
        let (_, left, all) = self.reading.as_ref()?;
        Some((left.first()?, all - left.len() + 1, *all))
    }

    /// Nobody waits for what is left of it.
    pub fn stop(&mut self, id: TaskId) {
        self.reading = self.reading.take().filter(|(task, ..)| *task != id);
    }

    /// What is known of `environment`, which may be the board's own.
    pub fn known<'a>(&'a self, facts: &'a Facts, environment: &str) -> Known<'a> {
        if facts.opened.ready().is_some_and(|opened| opened.environment == environment) {
            return facts.table().map_or(Known::Unread, Known::Table);
        }
        match (self.read.get(environment), &self.reading) {
            (Some(Ok(matrix)), _) => Known::Table(matrix),
            (Some(Err(problem)), _) => Known::Failed(problem),
            (None, Some((_, left, _))) if left.iter().any(|name| name == environment) => Known::Reading,
            (None, _) => Known::Unread,
        }
    }
}

/// The profile's environments, in its order.
pub fn environments(facts: &Facts) -> &[String] {
    facts.outline.as_ref().map(|outline| outline.environments.as_slice()).unwrap_or_default()
}

/// The environment of the cursor's column.
pub fn here(model: &Model) -> Option<&str> {
    environments(&model.facts).get(model.screens.board.others.column).map(String::as_str)
}

/// How a variable of a service stands in a table.
pub fn cell<'a>(matrix: &'a Matrix, service: &str, variable: &str) -> Option<&'a Cell> {
    matrix.services.iter().find(|row| row.service == service)?.cell(variable)
}

/// Opens the view and reads what it is about.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    if environments(&model.facts).len() < 2 {
        model.window.toasts.note("the profile has this environment alone");
        return Vec::new();
    }
    let own = own(&model.facts).unwrap_or_default().to_owned();
    let column = environments(&model.facts).iter().position(|name| *name == own).unwrap_or(0);
    let board = &mut model.screens.board;
    board.others.former = board.form;
    board.others.column = column;
    board.form = Some(Form::Environments);
    super::lay_out(model);
    read(model)
}

fn own(facts: &Facts) -> Option<&str> {
    facts.opened.ready().map(|opened| opened.environment.as_str())
}

fn read(model: &mut Model) -> Vec<Effect> {
    let own = own(&model.facts).unwrap_or_default();
    let names: Vec<String> = environments(&model.facts).iter().filter(|name| *name != own).cloned().collect();
    let id = model.tasks.next();
    let others = &mut model.screens.board.others;
    others.read.clear();
    others.reading = Some((id, names.clone(), names.len()));
    vec![Effect::Start(id, Job::Board(BoardAct::Compare(names)))]
}

pub(super) fn update(model: &mut Model, intent: Intent) -> Option<Vec<Effect>> {
    let others = &mut model.screens.board.others;
    match intent {
        Intent::Left => others.column = others.column.saturating_sub(1),
        Intent::Right => {
            others.column = (others.column + 1).min(environments(&model.facts).len().saturating_sub(1));
        }
        Intent::Back | Intent::Compare => return Some(back(model, intent)),
        Intent::Retry => return Some(again(model)),
        Intent::Enter => return Some(work_here(model)),
        _ => return None,
    }
    Some(Vec::new())
}

/// Stops what is under way; else back to the form one came from.
fn back(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let stopped = model.screens.board.others.reading.take().map(|(id, ..)| Effect::Cancel(id));
    if stopped.is_none() || intent == Intent::Compare {
        leave(model);
    }
    stopped.into_iter().collect()
}

fn leave(model: &mut Model) {
    let board = &mut model.screens.board;
    board.form = board.others.former.take();
    super::lay_out(model);
}

fn again(model: &mut Model) -> Vec<Effect> {
    let stopped = model.screens.board.others.reading.take().map(|(id, ..)| Effect::Cancel(id));
    let own = (!model.facts.matrix.is_busy()).then(|| {
        walk::reread(&mut model.facts);
        walk::read(&mut model.facts, &mut model.tasks)
    });
    stopped.into_iter().chain(own).chain(read(model)).collect()
}

fn work_here(model: &mut Model) -> Vec<Effect> {
    let Some(name) = here(model).map(str::to_owned) else { return Vec::new() };
    let stopped = model.screens.board.others.reading.take().map(|(id, ..)| Effect::Cancel(id));
    leave(model);
    stopped.into_iter().chain(super::environment::work_in(model, name)).collect()
}

/// One more of them was read.
pub fn came(model: &mut Model, id: TaskId, environment: String, answer: Answer<Box<Matrix>>) {
    let others = &mut model.screens.board.others;
    let Some((task, left, _)) = &mut others.reading else { return };
    if *task != id {
        return;
    }
    left.retain(|name| *name != environment);
    if left.is_empty() {
        others.reading = None;
    }
    others.read.insert(environment, answer.map(|matrix| *matrix));
}
