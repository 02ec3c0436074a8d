//! Step 4: what every service needs and where it comes from.
//!
//! One cursor, two forms: a grid of variables by services where there is room, else a list grouped by service.

mod details;
mod grid;
mod list;
mod view;

pub use view::view;

use ratatui::layout::Size;

use crate::resolve::{self, Cell, ServiceRow};
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::{Load, Model};
use crate::tui::walk;
use crate::tui::widgets::list::moved;

#[derive(Debug, Default)]
pub struct Board {
    /// Column of the grid, group of the list.
    pub service: usize,
    /// Row of the grid: index into [`resolve::Matrix::variables`].
    pub variable: usize,
    /// The form the person asked for; `None` leaves it to the window.
    pub form: Option<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Grid,
    List,
}

/// Columns of a cell in the grid, and of the names beside them.
pub const CELL: usize = 14;
pub const NAME: usize = 26;
/// Narrower windows show the list.
const ROOM_FOR_GRID: u16 = 90;

pub fn form(model: &Model) -> Form {
    let services = model.facts.matrix.ready().map_or(0, |matrix| matrix.services.len());
    let Size { width, .. } = model.window.size;
    let fits = width >= ROOM_FOR_GRID && NAME + services * CELL + 6 <= usize::from(width);
    model.screens.board.form.unwrap_or(if fits { Form::Grid } else { Form::List })
}

pub fn context(model: &Model) -> Context {
    match (&model.facts.matrix, form(model)) {
        (Load::Idle | Load::Busy(_), _) => Context::Busy,
        (Load::Broken(_), _) => Context::Broken,
        (_, Form::Grid) => Context::Grid,
        (_, Form::List) => Context::List,
    }
}

/// The cell under the cursor.
pub fn place(model: &Model, place: Place) -> Place {
    let cell = model.facts.matrix.ready().and_then(|matrix| current(matrix, &model.screens.board));
    let Some((service, cell)) = cell else { return place };
    Place { service: Some(service.service.clone()), variable: Some(cell.variable.clone()), ..place }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match (intent, model.facts.matrix.ready().is_some()) {
        (Intent::Back, _) => return walk::back(model),
        (Intent::Enter, true) => return walk::forward(model),
        (Intent::Retry, _) if !model.facts.matrix.is_busy() => {
            walk::reread(&mut model.facts);
            return vec![walk::start(&mut model.facts.matrix, &mut model.tasks, Job::ReadMatrix)];
        }
        (Intent::Toggle, true) => {
            let other = if form(model) == Form::Grid { Form::List } else { Form::Grid };
            model.screens.board.form = Some(other);
        }
        (_, true) => step(model, intent),
        _ => {}
    }
    Vec::new()
}

/// A new table: the cursor goes to the first cell that stops a service, if it does not stand on one already.
pub fn arrived(model: &mut Model) {
    let Some(matrix) = model.facts.matrix.ready() else { return };
    let state = &mut model.screens.board;
    if current(matrix, state).is_some_and(|(_, cell)| cell.status.stops()) {
        return;
    }
    let variables = matrix.variables();
    let mut places =
        matrix.services.iter().enumerate().flat_map(|(at, row)| row.cells.iter().map(move |cell| (at, cell)));
    let place = places.find(|(_, cell)| cell.status.stops());
    let row = |cell: &Cell| variables.iter().position(|name| *name == cell.variable).unwrap_or(0);
    (state.service, state.variable) = place.map_or((0, 0), |(at, cell)| (at, row(cell)));
}

/// The cell under the cursor, if that service has it.
pub fn current<'a>(matrix: &'a resolve::Matrix, state: &Board) -> Option<(&'a ServiceRow, &'a Cell)> {
    let service = matrix.services.get(state.service)?;
    let name = *matrix.variables().get(state.variable)?;
    Some((service, service.cell(name)?))
}

/// Every cell as (service, variable row), in the order of the list.
pub fn places(matrix: &resolve::Matrix) -> Vec<(usize, usize)> {
    let variables = matrix.variables();
    let row = |cell: &Cell| variables.iter().position(|name| *name == cell.variable);
    let of = |(at, service): (usize, &ServiceRow)| -> Vec<(usize, usize)> {
        service.cells.iter().filter_map(|cell| Some((at, row(cell)?))).collect()
    };
    matrix.services.iter().enumerate().flat_map(of).collect()
}

fn step(model: &mut Model, intent: Intent) {
    let form = form(model);
    let Some(matrix) = model.facts.matrix.ready() else { return };
    let state = &mut model.screens.board;
    match form {
        Form::Grid => {
            state.variable = moved(state.variable, matrix.variables().len(), intent);
            state.service = sideways(state.service, matrix.services.len(), intent);
        }
        Form::List => step_in_list(matrix, state, intent),
    }
}

fn sideways(service: usize, len: usize, intent: Intent) -> usize {
    let to = match intent {
        Intent::Left => service.saturating_sub(1),
        Intent::Right => service + 1,
        _ => service,
    };
    to.min(len.saturating_sub(1))
}

fn step_in_list(matrix: &resolve::Matrix, state: &mut Board, intent: Intent) {
    let places = places(matrix);
    let here = places.iter().position(|place| *place == (state.service, state.variable));
    let to = match intent {
        Intent::Left | Intent::Right => {
            let service = sideways(state.service, matrix.services.len(), intent);
            places.iter().position(|(at, _)| *at == service)
        }
        // Coming from the grid the cursor may stand where the service has no cell.
        _ => Some(moved(
            here.or_else(|| places.iter().position(|(at, _)| *at == state.service)).unwrap_or(0),
            places.len(),
            intent,
        )),
    };
    if let Some(place) = to.and_then(|to| places.get(to)) {
        (state.service, state.variable) = *place;
    }
}
