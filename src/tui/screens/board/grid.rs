//! Variables down, services across. Scrolls both ways with the cursor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{CELL, NAME};
use crate::resolve::{Matrix, ServiceRow};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{draw, offset};
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::status;
use crate::tui::widgets::text::{fit, pad, span, width};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    let state = &model.screens.board;
    let title = format!("{} · {}", matrix.title, matrix.environment);
    let inner = panel(frame, area, theme, &title, Focus::Here);
    let shown = Columns::of(matrix, state.service, inner.width);
    for (row, line) in inner.rows().zip(shown.heading(theme)) {
        frame.render_widget(line, row);
    }
    let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let rows = matrix.variables().into_iter().enumerate();
    let rows = rows.map(|(at, name)| shown.row(theme, name, at == state.variable)).collect();
    draw(frame, body, theme, rows, Some(state.variable));
}

/// The services in sight and how wide they stand.
struct Columns<'a> {
    services: Vec<(usize, &'a ServiceRow)>,
    cursor: usize,
    name: usize,
    cell: usize,
    /// Services out of sight at the left and at the right.
    hidden: (usize, usize),
}

impl<'a> Columns<'a> {
    fn of(matrix: &'a Matrix, cursor: usize, width: u16) -> Self {
        let room = usize::from(width).saturating_sub(1);
        let longest = matrix.variables().iter().map(|name| name.len()).max().unwrap_or(0) + 2;
        let name = longest.clamp(12, NAME).min(room / 2);
        let total = matrix.services.len();
        let fitting = (room.saturating_sub(name) / CELL).clamp(1, total.max(1));
        let first = offset(cursor, total, fitting);
        let cell = (room.saturating_sub(name) / fitting).clamp(CELL.min(room), CELL + 6);
        let services = matrix.services.iter().enumerate().skip(first).take(fitting).collect();
        Self { services, cursor, name, cell, hidden: (first, total.saturating_sub(first + fitting)) }
    }

    /// Names of services, and beneath them whether they are ready.
    fn heading(&self, theme: &Theme) -> [Line<'static>; 2] {
        let hidden = match self.hidden {
            (0, 0) => String::new(),
            (left, right) => format!("‹ {left}  {right} ›"),
        };
        let mut names = vec![span(pad(&format!(" {hidden}"), self.name + 1), theme.dim)];
        let mut states = vec![span(pad("", self.name + 1), theme.dim)];
        for (at, service) in &self.services {
            let style = if *at == self.cursor { theme.accent.patch(theme.strong) } else { theme.strong };
            names.push(span(self.cell(&service.service), style));
            states.push(self.state(theme, service));
        }
        [Line::from(names), Line::from(states)]
    }

    fn state(&self, theme: &Theme, service: &ServiceRow) -> Span<'static> {
        let open = service.cells.iter().filter(|cell| cell.status.stops()).count();
        if service.ready {
            span(self.cell("ready"), theme.good)
        } else {
            span(self.cell(&format!("{open} to go")), theme.warn)
        }
    }

    fn cell(&self, text: &str) -> String {
        pad(&fit(text, self.cell - 1), self.cell)
    }

    fn row(&self, theme: &Theme, name: &str, here: bool) -> Line<'static> {
        let style = if here { theme.strong } else { theme.text };
        let mut spans = vec![span(pad(&fit(name, self.name - 1), self.name), style)];
        for (at, service) in &self.services {
            let cursor = here && *at == self.cursor;
            spans.extend(self.one(theme, service, name, cursor));
        }
        Line::from(spans)
    }

    /// A marker stands beside the cell under the cursor, so that it is seen without colour too.
    fn one(&self, theme: &Theme, service: &ServiceRow, name: &str, cursor: bool) -> Vec<Span<'static>> {
        let (text, style) = match service.cell(name) {
            Some(cell) => {
                let (sign, style) = status::look(theme, cell.status);
                (format!("{sign} {}", status::word(cell)), style)
            }
            None => (String::new(), theme.dim),
        };
        if !cursor {
            return vec![span(pad(&fit(&text, self.cell - 1), self.cell), style)];
        }
        let text = if text.is_empty() { "not used".to_owned() } else { fit(&text, self.cell - 3) };
        let rest = self.cell - width(&text) - 1;
        vec![span(text, style.patch(theme.cell)), span(pad("◂", rest + 1), theme.accent)]
    }
}
