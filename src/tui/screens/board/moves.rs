//! Where the cursor goes. It names a service and a variable, so it stays on its cell whatever form, order or filter is.

use super::shown::Row;
use super::{Board, Form, form};
use crate::tui::keymap::Intent;
use crate::tui::model::Model;
use crate::tui::widgets::list::moved;

/// Takes an intent that moves; false for any other.
pub(super) fn step(model: &mut Model, intent: Intent) -> bool {
    use Intent::{Left, Right};
    if !intent.moves() {
        return false;
    }
    let form = form(model);
    let state = &mut model.screens.board;
    match (form, intent) {
        (Form::Grid, Left | Right) => state.service = beside(&state.shown.services, state.service, intent),
        (Form::Grid, _) => state.variable = among(&state.shown.variables, state.variable, intent),
        (_, Left | Right) => to_group(state, form, intent),
        _ => in_list(state, intent),
    }
    true
}

fn among(places: &[usize], here: usize, intent: Intent) -> usize {
    let at = places.iter().position(|place| *place == here).unwrap_or(0);
    places.get(moved(at, places.len(), intent)).copied().unwrap_or(here)
}

fn beside(places: &[usize], here: usize, intent: Intent) -> usize {
    among(places, here, if intent == Intent::Left { Intent::Up } else { Intent::Down })
}

/// The row of the list the cursor is on.
pub(super) fn row(state: &Board) -> Option<usize> {
    let here = Row::Cell { service: state.service, variable: state.variable };
    state.shown.rows.iter().position(|row| *row == here)
}

fn in_list(state: &mut Board, intent: Intent) {
    let rows = &state.shown.rows;
    let at = moved(row(state).unwrap_or(0), rows.len(), intent);
    // A heading is no place to stop: on in the same direction, or back where there is nothing more.
    let back = matches!(intent, Intent::Up | Intent::PageUp);
    let before = || rows[..=at.min(rows.len().saturating_sub(1))].iter().rev().find_map(cell);
    let after = || rows.get(at..).into_iter().flatten().find_map(cell);
    let to = if rows.is_empty() {
        None
    } else if back {
        before().or_else(after)
    } else {
        after().or_else(before)
    };
    go(state, to);
}

fn cell(row: &Row) -> Option<(usize, usize)> {
    match row {
        Row::Cell { service, variable } => Some((*service, *variable)),
        Row::Head(_) => None,
    }
}

fn go(state: &mut Board, to: Option<(usize, usize)>) {
    if let Some(to) = to {
        (state.service, state.variable) = to;
    }
}

/// To the first cell of the group before or after.
fn to_group(state: &mut Board, form: Form, intent: Intent) {
    let (places, here) = match form {
        Form::Variables => (&state.shown.variables, state.variable),
        _ => (&state.shown.services, state.service),
    };
    let group = beside(places, here, intent);
    let of = |(service, variable): &(usize, usize)| match form {
        Form::Variables => *variable == group,
        _ => *service == group,
    };
    let to = state.shown.rows.iter().filter_map(cell).find(of);
    go(state, to);
}

/// Onto the first cell that is shown, when the cursor's own is not.
pub(super) fn into_sight(model: &mut Model) {
    let state = &mut model.screens.board;
    if row(state).is_none() {
        let grid_holds = state.filter.text.is_empty()
            && state.shown.services.contains(&state.service)
            && state.shown.variables.contains(&state.variable);
        if !grid_holds {
            let first = state.shown.rows.iter().find_map(cell);
            go(state, first);
        }
    }
}

/// To the first cell that stops a service, unless the cursor is on one.
pub(super) fn to_first_trouble(model: &mut Model) {
    if super::current(model).is_none_or(|(_, cell)| !cell.status.stops()) {
        let to = troubles(model).first().copied();
        let state = &mut model.screens.board;
        go(state, to.or(state.shown.rows.iter().find_map(cell).filter(|_| row(state).is_none())));
    }
}

/// To the next one after the cursor, and from the last to the first.
pub(super) fn to_next_trouble(model: &mut Model) {
    let troubles = troubles(model);
    let state = &mut model.screens.board;
    let here = row(state).unwrap_or(0);
    let place = |to: &(usize, usize)| {
        let wanted = Row::Cell { service: to.0, variable: to.1 };
        state.shown.rows.iter().position(|row| *row == wanted).unwrap_or(0)
    };
    let next = troubles.iter().find(|to| place(to) > here).or(troubles.first()).copied();
    if next.is_none() {
        model.window.toasts.note("nothing stops a service");
    }
    go(&mut model.screens.board, next);
}

/// Cells in sight that stop a service, in the list's order.
fn troubles(model: &Model) -> Vec<(usize, usize)> {
    let Some(matrix) = model.facts.table() else { return Vec::new() };
    let state = &model.screens.board;
    let stops = |(service, variable): &(usize, usize)| {
        let cell = state.index.cell(matrix, *service, *variable);
        cell.is_some_and(|cell| cell.status.stops() && !model.facts.is_open(cell))
    };
    state.shown.rows.iter().filter_map(cell).filter(stops).collect()
}
