//! The list: groups on one line each, problems open beneath them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Row;
use crate::doctor::{Checked, Group, Outcome, Tally};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::draw;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{fit, pad, span, width};
use crate::tui::widgets::{busy, finding};

/// Columns of a group's name.
const NAME: usize = 8;
/// The mark of what can be mended from here; from this width on it is said in full.
const FIX: (&str, &str) = ("can fix", "fix");
const ROOMY: usize = 48;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let state = &model.screens.doctor;
    let title = if state.all { "All checks" } else { "Problems" };
    let inner = panel(frame, area, theme, title, Focus::Here);
    let columns = usize::from(inner.width).saturating_sub(1);
    let rows = model.facts.examination.rows(state.all);
    let lines = rows.into_iter().map(|row| line(model, theme, row, columns)).collect();
    draw(frame, inner, theme, lines, Some(state.cursor));
}

fn line(model: &Model, theme: &Theme, row: Row, columns: usize) -> Line<'static> {
    match row {
        Row::Group(group) => of_group(model, theme, group, columns),
        Row::Problem(..) => of_problem(model, theme, row, columns),
        Row::Check(code) => of_check(model, theme, code, columns),
        Row::Unseen(..) => of_unseen(model, theme, row, columns),
    }
}

/// Sign and style of what came of a check or a group.
pub fn look(theme: &Theme, outcome: Outcome) -> (&'static str, Style) {
    match outcome {
        Outcome::Bad => ("✗", theme.bad),
        Outcome::Good => ("✓", theme.good),
        Outcome::NotChecked => ("?", theme.warn),
        Outcome::NotHere => ("·", theme.dim),
    }
}

/// `✗ files     2 problems   4 of 5 checks`
fn of_group(model: &Model, theme: &Theme, group: Group, columns: usize) -> Line<'static> {
    let examination = &model.facts.examination;
    let (checks, awaited) = examination.of_group(group);
    let found = examination.diagnosis.of_group(group);
    let tally = Tally::of(group, &found);
    let (sign, style) = match tally.worst {
        Some(severity) => finding::look(theme, severity),
        None => look(theme, tally.outcome()),
    };
    let name = pad(group.word(), NAME);
    if awaited > 0 {
        let beat = busy::sign(theme, model.window.beat);
        let word = format!("{} of {checks} looked", checks - awaited);
        return spread(
            vec![(format!("{beat} "), theme.accent), (name, theme.strong), (format!("  {word}"), theme.dim)],
            "",
            theme.dim,
            columns,
        );
    }
    if found.is_empty() {
        let parts = vec![
            ("– ".to_owned(), theme.dim),
            (name, theme.strong),
            ("  not looked at".to_owned(), theme.dim),
        ];
        return spread(parts, "", theme.dim, columns);
    }
    let parts =
        vec![(format!("{sign} "), style), (name, theme.strong), (format!("  {}", tally.word()), style)];
    spread(parts, &tally.done(), theme.dim, columns)
}

/// `  ✗ api/.env: others on this machine may read it   can fix`
fn of_problem(model: &Model, theme: &Theme, row: Row, columns: usize) -> Line<'static> {
    let Some(problem) = model.facts.examination.problem(row) else { return Line::default() };
    let (sign, style) = finding::look(theme, problem.finding.severity);
    let mark = match problem.cure {
        None => "",
        Some(_) if columns >= ROOMY => FIX.0,
        Some(_) => FIX.1,
    };
    let room = columns.saturating_sub(4 + mark.len() + usize::from(!mark.is_empty()));
    let parts = vec![(format!("  {sign} "), style), (fit(&problem.line(), room), theme.text)];
    spread(parts, mark, theme.good, columns)
}

fn of_check(model: &Model, theme: &Theme, code: &str, columns: usize) -> Line<'static> {
    let examination = &model.facts.examination;
    let title = examination.title(code);
    let (sign, style, text, shade) = match examination.checked(code) {
        _ if examination.is_awaited(code) => {
            (busy::sign(theme, model.window.beat), theme.accent, title.to_owned(), theme.dim)
        }
        None => ("–", theme.dim, title.to_owned(), theme.dim),
        Some(checked) => {
            let (sign, style) = look(theme, checked.outcome);
            (
                sign,
                style,
                said(checked),
                if checked.outcome == Outcome::Good { theme.text } else { theme.dim },
            )
        }
    };
    let parts = vec![(format!("  {sign} "), style), (fit(&text, columns.saturating_sub(4)), shade)];
    spread(parts, "", theme.dim, columns)
}

/// `  ? 5 checks: there is no profile that can be read`
fn of_unseen(model: &Model, theme: &Theme, row: Row, columns: usize) -> Line<'static> {
    let text = model.facts.examination.unseen(row).map(|unseen| unseen.line()).unwrap_or_default();
    let (sign, style) = look(theme, Outcome::NotChecked);
    let text = fit(&text, columns.saturating_sub(4));
    spread(vec![(format!("  {sign} "), style), (text, theme.dim)], "", theme.dim, columns)
}

fn said(checked: &Checked) -> String {
    match checked.outcome {
        Outcome::NotChecked => {
            format!("{}: {}", checked.title, checked.not_checked.as_deref().unwrap_or_default())
        }
        Outcome::NotHere => format!("{}: nothing to check", checked.title),
        _ => checked.title.to_owned(),
    }
}

/// Blanks around a part have no style: underlined ones look like a part of their own.
fn without_blanks(text: &str, style: Style) -> [Span<'static>; 3] {
    let inner = text.trim();
    let before = text.len() - text.trim_start().len();
    let after = text.len() - before - inner.len();
    [Span::raw(" ".repeat(before)), span(inner, style), Span::raw(" ".repeat(after))]
}

/// Parts from the left, and a mark at the right end where there is room for it.
fn spread(parts: Vec<(String, Style)>, mark: &str, style: Style, columns: usize) -> Line<'static> {
    let used: usize = parts.iter().map(|(text, _)| width(text)).sum();
    let mut spans: Vec<_> =
        parts.into_iter().flat_map(|(text, style)| without_blanks(&text, style)).collect();
    if used + 1 + width(mark) <= columns {
        spans.push(Span::raw(" ".repeat(columns - used - width(mark))));
        spans.push(span(mark, style));
    }
    Line::from(spans)
}
