//! The list: one line for each finding, under its file.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::rows::place;
use super::{Item, Row};
use crate::audit::{Audited, Leak};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::finding;
use crate::tui::widgets::list::draw_rows;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{fit, pad, span, tail, width};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, seen: &Audited) {
    let state = &model.screens.audit;
    let rows = &state.rows;
    let title = match state.filter.text.is_empty() {
        true => "Findings".to_owned(),
        false => format!("Findings with “{}”", state.filter.text),
    };
    let inner = panel(frame, area, theme, &title, Focus::Here);
    let columns = usize::from(inner.width).saturating_sub(1);
    draw_rows(frame, inner, theme, rows.all.len(), Some(state.cursor), |at| match &rows.all[at] {
        Row::Head(name, count) => heading(theme, name, *count, columns),
        Row::Item(item) => of_item(theme, seen, *item, rows.place, columns),
    });
    if rows.all.is_empty() {
        let says = if state.filter.text.is_empty() { "Nothing found." } else { "Nothing has these words." };
        frame.render_widget(Line::from(span(says, theme.dim)), inner);
    }
}

/// `notes.md                    2`
fn heading(theme: &Theme, name: &str, count: usize, columns: usize) -> Line<'static> {
    let count = count.to_string();
    let room = columns.saturating_sub(width(&count) + 1);
    Line::from(vec![
        span(pad(&tail(name, room), room), theme.strong),
        span(" ", theme.text),
        span(count, theme.dim),
    ])
}

fn of_item(theme: &Theme, seen: &Audited, item: Item, wide: usize, columns: usize) -> Line<'static> {
    match item {
        Item::Leak(at) => seen.audit.leaks.get(at).map(|leak| of_leak(theme, leak, wide, columns)),
        Item::Flaw(at) => seen.flaws.get(at).map(|flaw| {
            let (sign, style) = finding::look(theme, flaw.severity);
            line(theme, (sign, style), &format!("{}: {}", flaw.subject, flaw.says), columns)
        }),
        Item::Skipped(at) => seen.audit.skipped.get(at).map(|skipped| {
            let look = if skipped.failed { ("✗", theme.bad) } else { ("·", theme.dim) };
            line(theme, look, &format!("{}: {}", skipped.path, skipped.why), columns)
        }),
    }
    .unwrap_or_default()
}

/// `  ✗ 12:8  GitHub token, •••••••• (40 bytes)`; places are `wide`.
fn of_leak(theme: &Theme, leak: &Leak, wide: usize, columns: usize) -> Line<'static> {
    let (sign, style) = finding::look(theme, leak.finding().severity);
    let room = columns.saturating_sub(5 + wide);
    let text = if leak.own.is_some() { theme.strong } else { theme.text };
    Line::from(vec![
        span("  ", theme.text),
        span(sign, style),
        span(format!(" {} ", pad(&place(leak), wide)), theme.dim),
        span(fit(&leak.says(), room), text),
    ])
}

fn line(theme: &Theme, (sign, style): (&'static str, Style), text: &str, columns: usize) -> Line<'static> {
    let text = fit(text, columns.saturating_sub(4));
    Line::from(vec![span("  ", theme.text), span(sign, style), span(format!(" {text}"), theme.text)])
}
