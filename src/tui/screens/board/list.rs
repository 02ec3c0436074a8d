//! The same table where there is no room for a grid: variables grouped by service.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::resolve::{Cell, Matrix, ServiceRow};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::draw;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::status;
use crate::tui::widgets::text::{fit, pad, span, width};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    let state = &model.screens.board;
    let inner = panel(frame, area, theme, &matrix.title, Focus::Here);
    let columns = usize::from(inner.width).saturating_sub(1);
    let variables = matrix.variables();
    let wanted = variables.get(state.variable).copied().unwrap_or_default();
    let (mut rows, mut cursor) = (Vec::new(), None);
    for (at, service) in matrix.services.iter().enumerate() {
        rows.push(heading(theme, service, columns));
        for cell in &service.cells {
            if at == state.service && cell.variable == wanted {
                cursor = Some(rows.len());
            }
            rows.push(row(theme, cell, columns));
        }
    }
    draw(frame, inner, theme, rows, cursor);
}

fn heading(theme: &Theme, service: &ServiceRow, columns: usize) -> Line<'static> {
    let open = service.cells.iter().filter(|cell| cell.status.stops()).count();
    let (word, style) = if service.ready {
        ("✓ ready".to_owned(), theme.good)
    } else {
        (format!("✗ {open} to go"), theme.warn)
    };
    let name = columns.saturating_sub(width(&word) + 1);
    Line::from(vec![
        span(pad(&service.service, name), theme.strong),
        span(" ", theme.text),
        span(word, style),
    ])
}

fn row(theme: &Theme, cell: &Cell, columns: usize) -> Line<'static> {
    let (sign, style) = status::look(theme, cell.status);
    let word = fit(&status::word(cell), 12);
    let name = columns.saturating_sub(4 + 12 + 1);
    Line::from(vec![
        span(format!("  {sign} "), style),
        span(pad(&cell.variable, name), theme.text),
        span(format!(" {}", pad(&word, 12)), style),
    ])
}
