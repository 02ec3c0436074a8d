//! Variables down, services across. Scrolls both ways with the cursor; only what is in sight is made.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Board, CELL, NAME};
use crate::resolve::Matrix;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{draw_rows, offset};
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::status;
use crate::tui::widgets::text::{fit, pad, span, width};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    let state = &model.screens.board;
    let inner = panel(frame, area, theme, &super::view::title(model), Focus::Here);
    let columns = Columns::of(model, matrix, inner.width);
    for (row, line) in inner.rows().zip(columns.heading(theme)) {
        frame.render_widget(line, row);
    }
    let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let shown = &state.shown.variables;
    let cursor = shown.iter().position(|variable| *variable == state.variable);
    draw_rows(frame, body, theme, shown.len(), cursor, |at| columns.row(theme, shown[at]));
}

/// The services in sight and how wide they stand.
struct Columns<'a> {
    model: &'a Model,
    matrix: &'a Matrix,
    state: &'a Board,
    services: &'a [usize],
    name: usize,
    cell: usize,
    /// Services out of sight at the left and at the right.
    hidden: (usize, usize),
}

impl<'a> Columns<'a> {
    fn of(model: &'a Model, matrix: &'a Matrix, width: u16) -> Self {
        let state = &model.screens.board;
        let room = usize::from(width).saturating_sub(1);
        let name = (state.index.longest + 2).clamp(12, NAME.max(room / 4)).min(room / 2);
        let all = &state.shown.services;
        let fitting = (room.saturating_sub(name) / CELL).clamp(1, all.len().max(1));
        let cursor = all.iter().position(|service| *service == state.service).unwrap_or(0);
        let first = offset(cursor, all.len(), fitting);
        let cell = (room.saturating_sub(name) / fitting).clamp(CELL.min(room), CELL + 6);
        let end = (first + fitting).min(all.len());
        let hidden = (first, all.len() - end);
        Self { model, matrix, state, services: &all[first..end], name, cell, hidden }
    }

    /// Names of services, and beneath them whether they are ready.
    fn heading(&self, theme: &Theme) -> [Line<'static>; 2] {
        let hidden = match self.hidden {
            (0, 0) => String::new(),
            (left, right) => format!("‹ {left}  {right} ›"),
        };
        let mut names = vec![span(pad(&format!(" {hidden}"), self.name + 1), theme.dim)];
        let mut states = vec![span(pad("", self.name + 1), theme.dim)];
        for at in self.services {
            let Some(service) = self.matrix.services.get(*at) else { continue };
            let style =
                if *at == self.state.service { theme.accent.patch(theme.strong) } else { theme.strong };
            names.push(span(self.cell(&service.service), style));
            states.push(self.readiness(theme, *at));
        }
        [Line::from(names), Line::from(states)]
    }

    fn readiness(&self, theme: &Theme, service: usize) -> Span<'static> {
        let (_, word, style) = super::list::readiness(self.model, theme, service);
        span(self.cell(&word), style)
    }

    fn cell(&self, text: &str) -> String {
        pad(&fit(text, self.cell - 1), self.cell)
    }

    fn row(&self, theme: &Theme, variable: usize) -> Line<'static> {
        let here = variable == self.state.variable;
        let style = if here { theme.strong } else { theme.text };
        let name = self.state.index.variables.get(variable).map(String::as_str).unwrap_or_default();
        let mut spans = vec![span(pad(&fit(name, self.name - 1), self.name), style)];
        for at in self.services {
            spans.extend(self.one(theme, *at, variable, here && *at == self.state.service));
        }
        Line::from(spans)
    }

    /// A marker stands beside the cell under the cursor, so that it is seen without colour too.
    fn one(&self, theme: &Theme, service: usize, variable: usize, cursor: bool) -> Vec<Span<'static>> {
        let (text, style) = self.says(theme, service, variable);
        if !cursor {
            return vec![span(pad(&fit(&text, self.cell - 1), self.cell), style)];
        }
        let text = if text.is_empty() { "not used".to_owned() } else { fit(&text, self.cell - 3) };
        let rest = self.cell - width(&text) - 1;
        vec![span(text, style.patch(theme.cell)), span(pad("◂", rest + 1), theme.accent)]
    }

    fn says(&self, theme: &Theme, service: usize, variable: usize) -> (String, Style) {
        match self.state.index.cell(self.matrix, service, variable) {
            Some(cell) if self.model.facts.is_open(cell) => ("… asking".to_owned(), theme.dim),
            Some(cell) => {
                let (sign, style) = status::look(theme, cell.status);
                (format!("{sign} {}", status::word(cell)), style)
            }
            None => (String::new(), theme.dim),
        }
    }
}
