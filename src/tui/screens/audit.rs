//! Beside the walk: secrets where none may be, and what is done about each.
//!
//! A list of findings under their files; beside it all there is to say about the one under the cursor. Git and a folder are
//! all it needs: no open profile, no session, no keychain. What was found stays in sight while one looks again.

mod act;
mod details;
mod list;
mod rows;
mod scan;
mod view;
mod way;

pub use act::{AuditAct, AuditDone, agreed, done, question};
pub use rows::{Item, Row};
pub use scan::Scan;
pub use view::view;

use crate::audit::Leak;
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::Model;
use crate::tui::walk;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::list::moved;
use act::Doing;
use rows::Rows;
use way::Way;

/// What the screen remembers.
#[derive(Debug, Default)]
pub struct Audit {
    /// A row of [`Rows`] that is an item.
    pub cursor: usize,
    pub filter: Filter,
    pub scope: Scope,
    /// One finding has the whole room, from this line on.
    pub page: Option<usize>,
    pub doing: Doing,
    /// Findings accepted in this sitting, which can be taken back, the last one first.
    pub accepted: Vec<Leak>,
    /// The baseline was written in this sitting.
    written: bool,
    rows: Rows,
}

/// Where it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Every file git keeps.
    #[default]
    Tracked,
    /// What the next commit would bring.
    Staged,
    /// What every commit brought.
    History,
}

impl Scope {
    fn next(self) -> Self {
        match self {
            Self::Tracked => Self::Staged,
            Self::Staged => Self::History,
            Self::History => Self::Tracked,
        }
    }

    fn option(self) -> Option<&'static str> {
        match self {
            Self::Tracked => None,
            Self::Staged => Some("--staged"),
            Self::History => Some("--history"),
        }
    }
}

pub fn context(model: &Model) -> Context {
    let state = &model.screens.audit;
    match &model.facts.audit {
        _ if state.doing.task().is_some() => Context::Busy,
        _ if state.page.is_some() => Context::AuditPage,
        _ if state.filter.open => Context::Filter,
        scan if scan.is_looking() => Context::AuditLooking,
        _ if !state.accepted.is_empty() => Context::AuditAccepted,
        _ if here(model).is_none() => Context::AuditEmpty,
        _ => Context::Audit,
    }
}

/// Entering looks, unless it was looked at already.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let scan = &model.facts.audit;
    if scan.is_looking() || scan.seen.is_some() {
        return Vec::new();
    }
    look(model)
}

fn look(model: &mut Model) -> Vec<Effect> {
    let id = model.tasks.next();
    let before = model.facts.audit.stop().map(Effect::Cancel);
    model.facts.audit.begin(id);
    let source = model.screens.audit.scope.source();
    before.into_iter().chain([Effect::Start(id, Job::Audit(AuditAct::Look(source)))]).collect()
}

/// The finding under the cursor, for the commands of its actions.
pub fn place(model: &Model, place: Place) -> Place {
    let state = &model.screens.audit;
    let leak = leak(model);
    Place {
        code: code(model).map(str::to_owned),
        spot: leak.map(Leak::place),
        remedy: leak.map(|leak| Way::of(model, leak).command(leak)),
        accepted: state.accepted.last().map(Leak::place),
        scope: state.scope.option().map(str::to_owned),
        elsewhere: state.scope.next().option().map(str::to_owned),
        ..place
    }
}

/// Not on every row can each thing be done: a commit is opened by no editor, an own value never accepted.
pub fn offers(model: &Model, intent: Intent) -> bool {
    let leak = leak(model);
    match intent {
        Intent::Edit => leak.is_some_and(|leak| leak.commit.is_none()),
        Intent::Allow => leak.is_some_and(|leak| leak.own.is_none()),
        Intent::Rotate => leak.is_some_and(|leak| Way::of(model, leak).leads_somewhere()),
        Intent::Copy => command(model).is_some(),
        _ => true,
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let context = context(model);
    match intent {
        _ if context == Context::Filter => filtering(model, intent),
        Intent::Back => return back(model),
        _ if context == Context::Busy => {}
        Intent::Retry => return look(model),
        Intent::Toggle => return turn(model),
        Intent::Filter => drop(model.screens.audit.filter.update(intent)),
        Intent::Edit => return act::open(model),
        Intent::Allow => return act::allow(model),
        Intent::Rotate => return rotate(model),
        Intent::Undo => return act::undo(model),
        Intent::Copy => return copy(model),
        _ => step(model, intent),
    }
    Vec::new()
}

/// Out of the page, out of what is looked for, out of what is under way, out of the screen.
fn back(model: &mut Model) -> Vec<Effect> {
    let state = &mut model.screens.audit;
    if let Some(id) = state.doing.task() {
        // What is being written is awaited here; an editor gives the terminal back by itself.
        if !state.doing.is_writing() {
            state.doing = Doing::Nothing;
            return vec![Effect::Cancel(id)];
        }
        return Vec::new();
    }
    if state.page.take().is_some() {
        return Vec::new();
    }
    if !state.filter.text.is_empty() {
        filtering(model, Intent::Back);
        return Vec::new();
    }
    match model.facts.audit.stop() {
        Some(id) => vec![Effect::Cancel(id)],
        None => walk::leave(model),
    }
}

fn turn(model: &mut Model) -> Vec<Effect> {
    let state = &mut model.screens.audit;
    state.scope = state.scope.next();
    state.page = None;
    look(model)
}

fn rotate(model: &mut Model) -> Vec<Effect> {
    match leak(model).map(|leak| Way::of(model, leak)) {
        Some(way) => way.go(model),
        None => act::says(model, "there is nothing here to be rotated"),
    }
}

/// What the finding under the cursor has one do next.
fn command(model: &Model) -> Option<String> {
    let of_leak = leak(model).map(|leak| Way::of(model, leak).command(leak));
    of_leak.or_else(|| flaw(model)?.remedy.command.clone())
}

fn copy(model: &mut Model) -> Vec<Effect> {
    match command(model) {
        Some(command) => vec![Effect::Copy(command)],
        None => act::says(model, "there is no command to copy here"),
    }
}

fn step(model: &mut Model, intent: Intent) {
    let last = details::reading(model).last_scroll(model.window.size);
    let state = &mut model.screens.audit;
    match (&mut state.page, intent) {
        (Some(scroll), _) => *scroll = moved(*scroll, last + 1, intent),
        (None, Intent::Enter) => state.page = (!state.rows.all.is_empty()).then_some(0),
        (None, intent) if intent.moves() => state.cursor = state.rows.moved(state.cursor, intent),
        _ => {}
    }
}

fn filtering(model: &mut Model, intent: Intent) {
    if intent.moves() {
        return step(model, intent);
    }
    let before = here(model);
    if model.screens.audit.filter.update(intent) {
        lay_out(model, before);
    }
}

/// New facts, or another filter: the cursor stays on its item where that is still there.
fn lay_out(model: &mut Model, before: Option<Item>) {
    let state = &mut model.screens.audit;
    state.rows = Rows::of(&model.facts.audit, &state.filter);
    let same = before.and_then(|item| state.rows.all.iter().position(|row| *row == Row::Item(item)));
    let near = same.unwrap_or_else(|| state.cursor.min(state.rows.all.len().saturating_sub(1)));
    state.cursor = state.rows.moved(near, Intent::At(near));
}

/// What is under the cursor.
pub fn here(model: &Model) -> Option<Item> {
    let state = &model.screens.audit;
    state.rows.item(state.cursor)
}

/// The finding in a file that is under the cursor.
fn leak(model: &Model) -> Option<&Leak> {
    match here(model)? {
        Item::Leak(at) => model.facts.audit.leaks().get(at),
        Item::Flaw(_) | Item::Skipped(_) => None,
    }
}

/// What there is to say about the audit itself, under the cursor or in its place.
fn flaw(model: &Model) -> Option<&crate::finding::Finding> {
    let scan = &model.facts.audit;
    match here(model) {
        Some(Item::Flaw(at)) => scan.seen.as_ref()?.flaws.get(at),
        Some(_) => None,
        None => scan.broken.as_ref(),
    }
}

fn code(model: &Model) -> Option<&'static str> {
    leak(model).map(|leak| leak.code).or_else(|| flaw(model).map(|flaw| flaw.code))
}
