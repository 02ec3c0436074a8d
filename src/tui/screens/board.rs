//! The board: what every service needs, where it comes from, and what to do about it.
//!
//! The fourth step of day one, and the place one comes back to ever after. One cursor, three forms: a grid of variables by
//! services where there is room, else a list grouped by either. What follows from the facts is worked out when they
//! change ([`Index`], [`Shown`]); a frame only picks the rows in sight.

mod act;
mod consent;
mod details;
mod environment;
mod environments;
mod grid;
mod index;
mod list;
mod mend;
mod moves;
mod others;
mod shown;
pub mod undo;
mod view;

pub use act::{BoardAct, BoardDone, Spot, done};
pub use consent::{agreed, allowed, ask, question};
pub use environment::chosen;
pub use others::{Others, came, environments};
pub use view::view;

use ratatui::layout::Size;

use crate::finding::Finding;
use crate::onboard::Explanation;
use crate::resolve::{self, Cell, ServiceRow};
use crate::tui::effect::{Effect, TaskId};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::{Load, Model};
use crate::tui::walk;
use crate::tui::widgets::filter::Filter;
use index::Index;
pub use shown::Order;
use shown::{Group, Shown};

#[derive(Debug, Default)]
pub struct Board {
    /// Where the cursor is: a position within the matrix's services.
    pub service: usize,
    /// And a row of [`Index::variables`].
    pub variable: usize,
    /// The form the person asked for; `None` leaves it to the window.
    pub form: Option<Form>,
    pub order: Order,
    pub filter: Filter,
    /// Other environments, as far as they were read.
    pub others: Others,
    /// What was last done about it.
    pub act: Load<BoardDone>,
    index: Index,
    shown: Shown,
}

impl Board {
    fn finds_nothing(&self) -> bool {
        self.shown.found == 0 && !self.filter.text.is_empty()
    }

    /// Why the variable has its value, while that is shown.
    pub fn explanation(&self) -> Option<&Explanation> {
        match self.act.ready() {
            Some(BoardDone::Explained(told)) => Some(told),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Grid,
    /// A list grouped by service.
    Services,
    /// A list grouped by variable.
    Variables,
    /// A list grouped by service, with a column for each environment.
    Environments,
}

impl Form {
    fn next(self) -> Self {
        match self {
            Self::Grid => Self::Services,
            Self::Services => Self::Variables,
            Self::Variables | Self::Environments => Self::Grid,
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Grid => "variables by services",
            Self::Services => "grouped by service",
            Self::Variables => "grouped by variable",
            Self::Environments => "environments side by side",
        }
    }
}

/// Columns of a cell in the grid, and of the names beside them.
pub const CELL: usize = 14;
pub const NAME: usize = 26;
/// Narrower windows show the list.
const ROOM_FOR_GRID: u16 = 90;

pub fn form(model: &Model) -> Form {
    let services = model.facts.table().map_or(0, |matrix| matrix.services.len());
    let Size { width, .. } = model.window.size;
    let fits = width >= ROOM_FOR_GRID && NAME + services * CELL + 6 <= usize::from(width);
    model.screens.board.form.unwrap_or(if fits { Form::Grid } else { Form::Services })
}

/// What is wrong with the files beneath the table that is being read.
pub fn flawed(model: &mut Model, id: TaskId, flaws: Vec<Finding>) {
    if model.facts.matrix.task() == Some(id) {
        model.facts.flaws = flaws;
    }
}

pub fn context(model: &Model) -> Context {
    match (&model.facts.matrix, model.facts.table()) {
        (Load::Broken(_), _) => Context::Broken,
        (_, None) => Context::Busy,
        _ if model.screens.board.filter.open => Context::Filter,
        _ if form(model) == Form::Environments => Context::Environments,
        _ if model.home => Context::Board,
        _ => Context::Services,
    }
}

/// The cell under the cursor.
pub fn place(model: &Model, place: Place) -> Place {
    let own = place.environment.clone().unwrap_or_else(|| "development".to_owned());
    let other = others::here(model).filter(|name| context(model) == Context::Environments && *name != own);
    let place = Place { other: other.map(str::to_owned), ..place };
    let Some((service, cell)) = current(model) else { return place };
    Place {
        service: Some(service.service.clone()),
        variable: Some(cell.variable.clone()),
        cell: Some(format!("{}/{}", service.service, cell.variable)),
        fix: mend::fixing(model),
        start: service.start.clone(),
        ..place
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if model.screens.board.act.broken().is_some() {
        model.screens.board.act = Load::Idle;
    }
    if context(model) == Context::Environments
        && (intent != Intent::Back || model.screens.board.filter.text.is_empty())
        && let Some(effects) = others::update(model, intent)
    {
        return effects;
    }
    match (context(model), intent) {
        (Context::Filter, _) => filtering(model, intent),
        (_, Intent::Back) if !model.screens.board.filter.text.is_empty() => filtering(model, intent),
        (_, Intent::Back) => return walk::back(model),
        (_, Intent::Retry) if !model.facts.matrix.is_busy() => {
            walk::reread(&mut model.facts);
            return vec![walk::read(&mut model.facts, &mut model.tasks)];
        }
        (Context::Busy | Context::Broken, _) => {}
        (Context::Services, Intent::Enter) => return walk::forward(model),
        (_, Intent::Filter) => drop(model.screens.board.filter.update(intent)),
        (_, Intent::Toggle) => turn(model),
        (_, Intent::Order) => reorder(model),
        (_, Intent::NextTrouble) => moves::to_next_trouble(model),
        _ => {
            if !moves::step(model, intent) {
                return act::update(model, intent);
            }
        }
    }
    Vec::new()
}

/// New facts: all that follows from them is worked out, and the cursor goes to the first cell that stops a service, if it
/// does not stand on one already.
pub fn arrived(model: &mut Model) {
    let Some(matrix) = model.facts.table() else {
        model.screens.board = Board { form: model.screens.board.form, ..Board::default() };
        return;
    };
    model.screens.board.index = Index::of(matrix);
    lay_out(model);
    if model.facts.matrix.ready().is_some() {
        moves::to_first_trouble(model);
    }
}

/// What is shown, after its facts, filter, order or form have changed.
fn lay_out(model: &mut Model) {
    let group = if form(model) == Form::Variables { Group::Variable } else { Group::Service };
    let Some(matrix) = model.facts.table() else { return };
    let state = &model.screens.board;
    let shown = Shown::of(matrix, &state.index, &state.filter.text, state.order, group);
    model.screens.board.shown = shown;
    moves::into_sight(model);
}

fn filtering(model: &mut Model, intent: Intent) {
    if moves::step(model, intent) {
        return;
    }
    let before = model.screens.board.filter.text.clone();
    model.screens.board.filter.update(intent);
    if before != model.screens.board.filter.text {
        lay_out(model);
    }
}

fn turn(model: &mut Model) {
    let form = form(model).next();
    model.screens.board.form = Some(form);
    model.window.toasts.note(form.says());
    lay_out(model);
}

fn reorder(model: &mut Model) {
    let order = model.screens.board.order.next();
    model.screens.board.order = order;
    model.window.toasts.note(order.says());
    lay_out(model);
}

/// The cell under the cursor, if that service has it. Where a filter finds nothing, the cursor is on nothing.
pub fn current(model: &Model) -> Option<(&ServiceRow, &Cell)> {
    let matrix: &resolve::Matrix = model.facts.table()?;
    let state = &model.screens.board;
    if state.finds_nothing() {
        return None;
    }
    let cell = state.index.cell(matrix, state.service, state.variable)?;
    Some((matrix.services.get(state.service)?, cell))
}
