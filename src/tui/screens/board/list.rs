//! The same table as a list, grouped by service or by variable.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::shown::Row;
use super::{Form, form, moves};
use crate::resolve::Matrix;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::draw_rows;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::status;
use crate::tui::widgets::text::{ago, fit, pad, span, width};

/// Columns of the word, and of the age beside it where there is room.
const WORD: usize = 12;
const AGE: usize = 7;
const ROOM_FOR_AGE: usize = 52;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    let state = &model.screens.board;
    let inner = panel(frame, area, theme, &super::view::title(model), Focus::Here);
    let list = List { model, theme, matrix, columns: usize::from(inner.width).saturating_sub(1) };
    let rows = &state.shown.rows;
    draw_rows(frame, inner, theme, rows.len(), moves::row(state), |at| list.row(rows[at]));
    if rows.is_empty() {
        let says =
            if matrix.services.is_empty() { "The profile names no service." } else { "Nothing is found." };
        frame.render_widget(Line::from(span(says, theme.dim)), inner);
    }
}

/// Sign, word and style of a service.
pub(super) fn readiness(model: &Model, theme: &Theme, service: usize) -> (&'static str, String, Style) {
    let row = model.facts.table().and_then(|matrix| matrix.services.get(service));
    let ready = row.map(|row| row.ready);
    if let Some(obstacle) = row.and_then(|row| row.obstacle.as_ref()) {
        return ("✗", obstacle.what.clone(), theme.bad);
    }
    let open = model.screens.board.index.open.get(service).copied().unwrap_or(0);
    match (model.facts.matrix.ready().or(model.facts.before.as_ref()), ready) {
        (None, _) => ("…", "asking".to_owned(), theme.dim),
        (_, Some(true)) => ("✓", "ready".to_owned(), theme.good),
        _ => ("✗", format!("{open} to go"), theme.warn),
    }
}

struct List<'a> {
    model: &'a Model,
    theme: &'a Theme,
    matrix: &'a Matrix,
    columns: usize,
}

impl List<'_> {
    fn row(&self, row: Row) -> Line<'static> {
        match row {
            Row::Head(at) if form(self.model) == Form::Variables => self.variable(at),
            Row::Head(at) => self.service(at),
            Row::Cell { service, variable } => self.cell(service, variable),
        }
    }

    fn service(&self, at: usize) -> Line<'static> {
        let (sign, word, style) = readiness(self.model, self.theme, at);
        let name = self.matrix.services.get(at).map(|row| row.service.as_str()).unwrap_or_default();
        self.heading(name, &format!("{sign} {word}"), style)
    }

    fn variable(&self, at: usize) -> Line<'static> {
        let index = &self.model.screens.board.index;
        let name = index.variables.get(at).map(String::as_str).unwrap_or_default();
        let (all, stopped) = index.uses.get(at).copied().unwrap_or_default();
        let noun = if all == 1 { "service" } else { "services" };
        match stopped {
            0 => self.heading(name, &format!("{all} {noun}"), self.theme.dim),
            _ => self.heading(name, &format!("✗ stops {stopped} of {all}"), self.theme.warn),
        }
    }

    fn heading(&self, name: &str, word: &str, style: Style) -> Line<'static> {
        let room = self.columns.saturating_sub(width(word) + 1);
        Line::from(vec![
            span(pad(name, room), self.theme.strong),
            span(" ", self.theme.text),
            span(word, style),
        ])
    }

    fn cell(&self, service: usize, variable: usize) -> Line<'static> {
        let index = &self.model.screens.board.index;
        let Some(cell) = index.cell(self.matrix, service, variable) else { return Line::default() };
        let (sign, style, word) = match self.model.facts.is_open(cell) {
            true => ("…", self.theme.dim, "asking".to_owned()),
            false => {
                let (sign, style) = status::look(self.theme, cell.status);
                (sign, style, status::word(cell))
            }
        };
        let name = match form(self.model) {
            Form::Variables => &self.matrix.services[service].service,
            _ => &cell.variable,
        };
        let aged = self.columns >= ROOM_FOR_AGE;
        let room = self.columns.saturating_sub(4 + WORD + 1 + if aged { AGE } else { 0 });
        let mut spans = vec![
            span(format!("  {sign} "), style),
            span(pad(name, room), self.theme.text),
            span(format!(" {}", pad(&fit(&word, WORD), WORD)), style),
        ];
        if aged {
            let age = cell.since.map(|since| ago(self.model.window.now - since)).unwrap_or_default();
            spans.push(span(format!("{age:>AGE$}"), self.theme.dim));
        }
        Line::from(spans)
    }
}
