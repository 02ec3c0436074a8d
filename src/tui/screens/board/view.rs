//! The verdict, the table in one of its forms, and the details of the cell under the cursor.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::{Form, details, form, grid, list};
use crate::resolve::Matrix;
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{span, width};
use crate::tui::widgets::{bar, busy, finding, status};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    match &model.facts.matrix {
        Load::Ready(matrix) => table(model, theme, frame, area, matrix),
        Load::Broken(problem) => {
            finding::draw(frame, area, theme, "The services could not be read", problem);
        }
        _ => {
            let inner = panel(frame, area, theme, "Services", Focus::Here);
            busy::draw(frame, inner, theme, model.window.beat, "reading what every service needs…");
        }
    }
}

fn table(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    let roomy = area.height >= 18;
    let in_the_way = if roomy { in_the_way(theme, matrix, usize::from(area.width)) } else { None };
    let rows = [
        Constraint::Length(1),
        Constraint::Length(u16::from(in_the_way.is_some())),
        Constraint::Fill(1),
        Constraint::Length(u16::from(roomy)),
    ];
    let [top, second, middle, bottom] = area.layout(&Layout::vertical(rows));
    frame.render_widget(verdict(theme, matrix), top);
    if let Some(line) = in_the_way {
        frame.render_widget(line, second);
    }
    if roomy {
        frame.render_widget(status::legend(theme, usize::from(bottom.width)), bottom);
    }
    match form(model) {
        Form::Grid => {
            let wanted = matrix.variables().len() + 4;
            let table = u16::try_from(wanted).unwrap_or(u16::MAX).min(middle.height.saturating_sub(8));
            let [upper, lower] =
                middle.layout(&Layout::vertical([Constraint::Length(table), Constraint::Fill(1)]));
            grid::view(model, theme, frame, upper, matrix);
            details::view(model, theme, frame, lower, matrix);
        }
        Form::List => {
            let split = if middle.width >= 76 {
                Layout::horizontal([Constraint::Percentage(52), Constraint::Fill(1)]).spacing(1)
            } else {
                Layout::vertical([Constraint::Fill(1), Constraint::Length(middle.height.min(7))])
            };
            let [one, two] = middle.layout(&split);
            list::view(model, theme, frame, one, matrix);
            details::view(model, theme, frame, two, matrix);
        }
    }
}

/// `✓ ▰▰▰▱▱ 3 of 5 services ready`
fn verdict(theme: &Theme, matrix: &Matrix) -> Line<'static> {
    let total = matrix.services.len();
    let style = if matrix.all_ready() { theme.good } else { theme.warn };
    let mut spans: Vec<Span> = bar::spans(theme, matrix.ready, total);
    spans.push(span(format!(" {}", matrix.verdict()), style.patch(theme.strong)));
    let stopping =
        matrix.services.iter().flat_map(|row| &row.cells).filter(|cell| cell.status.stops()).count();
    let tail = match stopping {
        0 if total == 0 => String::new(),
        0 => "   everything required is there".to_owned(),
        1 => "   1 variable to go".to_owned(),
        n => format!("   {n} variables to go"),
    };
    spans.push(span(tail, theme.dim));
    Line::from(spans)
}

/// `STRIPE_KEY stops api, web · S3_KEY stops media · 2 more`; the next step of each is in its cell's details.
fn in_the_way(theme: &Theme, matrix: &Matrix, columns: usize) -> Option<Line<'static>> {
    let blockers = matrix.readiness().blockers;
    let (mut spans, mut left) = (vec![span(" ", theme.text)], columns.saturating_sub(1));
    for (at, blocker) in blockers.iter().enumerate() {
        let (what, stops) = (blocker.what(), format!(" {}", blocker.stopped()));
        let rest = blockers.len() - at;
        let dot = if rest > 1 { " · " } else { "" };
        let wanted = width(&what) + width(&stops) + width(dot);
        let spare = if rest > 1 { width(&format!("{} more", rest - 1)) } else { 0 };
        if at > 0 && wanted + spare > left {
            spans.push(span(format!("{rest} more"), theme.dim));
            break;
        }
        left = left.saturating_sub(wanted);
        spans.push(span(what, status::look(theme, blocker.status).1));
        spans.push(span(format!("{stops}{dot}"), theme.dim));
    }
    (!blockers.is_empty()).then(|| Line::from(spans))
}
