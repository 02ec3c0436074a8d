//! All there is to know about one cell: what it is, how it stands, what was tried, what to do next.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::current;
use crate::resolve::{Cell, Matrix, ServiceRow};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::{finding, status};

const LABEL: usize = 8;
/// Rows of the pane beneath a grid.
const BESIDE: usize = 9;
/// From this width on, what was tried stands beside the facts.
const TWO_COLUMNS: u16 = 90;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    let state = &model.screens.board;
    match current(matrix, state) {
        Some((service, cell)) => shown(theme, frame, area, service, cell),
        None => nothing(theme, frame, area, matrix, state.service, state.variable),
    }
}

fn nothing(theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix, service: usize, variable: usize) {
    let name = matrix.variables().get(variable).copied().unwrap_or_default();
    let area = if area.width >= TWO_COLUMNS { snug(area, BESIDE) } else { area };
    let inner = panel(frame, area, theme, name, Focus::Elsewhere);
    let mut all = Details::new(theme, inner.width, LABEL);
    match matrix.services.get(service) {
        Some(service) => all.says(&format!("{} does not use {name}.", service.service), theme.dim),
        None => all.says("The profile names no service.", theme.dim),
    }
    all.draw(frame, inner);
}

fn shown(theme: &Theme, frame: &mut Frame, area: Rect, service: &ServiceRow, cell: &Cell) {
    let title = format!("{} · {}", cell.variable, service.service);
    if area.width >= TWO_COLUMNS {
        let inner = panel(frame, snug(area, BESIDE), theme, &title, Focus::Elsewhere);
        let halves = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).spacing(3);
        let [left, right] = inner.layout(&halves);
        facts(theme, left.width, cell).draw(frame, left);
        story(theme, right.width, cell).draw(frame, right);
        return;
    }
    let inner = panel(frame, area, theme, &title, Focus::Elsewhere);
    let mut all = facts(theme, inner.width, cell);
    let rest = story(theme, inner.width, cell).into_lines();
    if !rest.is_empty() && usize::from(inner.height) > 6 + rest.len() {
        all.gap();
    }
    // Where it is low, the next step matters more than where the value stands.
    let mut lines = all.into_lines();
    lines.truncate(usize::from(inner.height).saturating_sub(rest.len()).max(2));
    lines.extend(rest);
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}

fn facts<'a>(theme: &'a Theme, columns: u16, cell: &Cell) -> Details<'a> {
    let (sign, style) = status::look(theme, cell.status);
    let mut all = Details::new(theme, columns, LABEL);
    let kind = if cell.secret { "secret" } else { "plain" };
    all.pair("status", &format!("{sign} {}", cell.status), style);
    if let Some(about) = &cell.about {
        all.pair("about", about, theme.text);
    }
    all.pair("need", &format!("{}, {kind}", cell.need), theme.text);
    if let Some(origin) = &cell.origin {
        let place = cell.at.as_ref().map(|at| format!(" · {at}")).unwrap_or_default();
        all.pair("origin", &format!("{origin}{place}"), theme.text);
    }
    all
}

/// The problem, the next step, and the places that had nothing.
fn story<'a>(theme: &'a Theme, columns: u16, cell: &Cell) -> Details<'a> {
    let mut all = Details::new(theme, columns, LABEL);
    if let Some(problem) = &cell.problem {
        all.says(problem, status::look(theme, cell.status).1);
    }
    if let Some(next) = &cell.next {
        all.extend(finding::next_step(theme, next, usize::from(columns)));
    }
    for (at, tried) in cell.tried.iter().enumerate() {
        let label = if at == 0 { "tried" } else { "" };
        all.pair(label, &format!("{}: {}", tried.origin, tried.why), theme.dim);
    }
    all
}
