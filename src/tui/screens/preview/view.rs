//! Files and their lines as one list; after the writing each file says what became of it.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::{Row, finding, rows};
use crate::finding::Finding;
use crate::seed::{self, Change, FilePreview, FileReport, Report, Shown};
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{count, fit, pad, span, width};
use crate::tui::widgets::{busy, finding as finding_widget, list, status};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let area = match &model.facts.report {
        Load::Broken(problem) => finding_widget::draw(frame, area, theme, "Nothing was written", problem),
        _ => area,
    };
    match &model.facts.preview {
        Load::Ready(preview) => files(model, theme, frame, area, preview),
        Load::Broken(problem) => {
            finding_widget::draw(frame, area, theme, "There is no preview", problem);
        }
        _ => {
            let inner = panel(frame, area, theme, "Preview", Focus::Here);
            busy::draw(frame, inner, theme, model.window.beat, "working out what would change…");
        }
    }
}

fn files(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, preview: &seed::Preview) {
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]));
    frame.render_widget(verdict(model, theme, preview, usize::from(top.width)), top);
    let inner = panel(frame, rest, theme, "What would be written", Focus::Here);
    let state = &model.screens.preview;
    let columns = usize::from(inner.width).saturating_sub(1);
    let draw = |row| draw_row(model, theme, preview, row, columns);
    let lines = rows(preview, state).into_iter().map(draw).collect();
    list::draw(frame, inner, theme, lines, Some(state.cursor));
}

fn verdict(model: &Model, theme: &Theme, preview: &seed::Preview, columns: usize) -> Line<'static> {
    match &model.facts.report {
        Load::Busy(_) => {
            let words = format!("writing {}…", count(preview.to_write(), "file"));
            busy::line(theme, model.window.beat, &words, columns)
        }
        Load::Ready(report) => written(theme, report),
        _ => {
            let style = if preview.to_write() > 0 { theme.accent } else { theme.good };
            let tail = if preview.to_write() > 0 { "  nothing is written yet" } else { "  nothing to do" };
            Line::from(vec![span(preview.verdict(), style.patch(theme.strong)), span(tail, theme.dim)])
        }
    }
}

fn written(theme: &Theme, report: &Report) -> Line<'static> {
    let done = report.files.iter().filter(|file| file.written > 0).count();
    let words = format!("{} written", count(done, "file"));
    if report.is_clean() {
        return Line::from(vec![span("✓ ", theme.good), span(words, theme.good.patch(theme.strong))]);
    }
    let left = report.files.iter().filter(|file| file.finding.is_some()).count();
    Line::from(vec![
        span("! ", theme.warn),
        span(format!("{words}, {} not", count(left, "file")), theme.warn.patch(theme.strong)),
    ])
}

fn draw_row(
    model: &Model,
    theme: &Theme,
    preview: &seed::Preview,
    row: Row,
    columns: usize,
) -> Line<'static> {
    match row {
        Row::File(at) => preview.files.get(at).map_or_else(Line::default, |file| {
            let folded = model.screens.preview.folded.contains(&at);
            let report = model.facts.report.ready();
            let outcome = report.and_then(|report| report.files.iter().find(|one| one.path == file.path));
            heading(theme, file, folded, outcome, columns)
        }),
        Row::Line(at, line) => {
            let found = preview.files.get(at).and_then(|file| file.lines.get(line).map(|line| (file, line)));
            found.map_or_else(Line::default, |(file, line)| diff(theme, file, line, columns))
        }
        Row::Note(_) | Row::Finding(..) => said(theme, finding(preview, row), columns),
        Row::NoteNext(_) | Row::FindingNext(..) => next(theme, finding(preview, row), columns),
        Row::Gap => Line::default(),
    }
}

/// `▾ backend/.env   create   +6`, and after the writing what became of it.
fn heading(
    theme: &Theme,
    file: &FilePreview,
    folded: bool,
    outcome: Option<&FileReport>,
    columns: usize,
) -> Line<'static> {
    let arrow = if folded { "▸ " } else { "▾ " };
    let (word, style) = match outcome {
        Some(report) => {
            let (sign, style) = status::outcome(theme, report.outcome);
            (format!("{sign} {}", report.outcome), style)
        }
        None => (file.state.to_string(), status::file(theme, file.state)),
    };
    let tally = tally(file);
    let room = columns.saturating_sub(2 + 12 + width(&tally) + 3);
    let path = pad(&file.path, room.min(width(&file.path).max(24)));
    Line::from(vec![
        span(arrow, theme.dim),
        span(path, theme.strong),
        span(format!("  {}", pad(&word, 12)), style),
        span(tally, theme.dim),
    ])
}

/// `+4 ~1 =2 -1`
fn tally(file: &FilePreview) -> String {
    let signs = ['+', '~', '=', '-', '!'];
    let count = |sign| file.lines.iter().filter(|line| line.change.sign() == sign).count();
    let parts = signs.into_iter().map(|sign| (sign, count(sign))).filter(|(_, n)| *n > 0);
    parts.map(|(sign, n)| format!("{sign}{n}")).collect::<Vec<_>>().join(" ")
}

/// `  + JWT_SECRET   •••••••• (64 characters)   generated`
fn diff(theme: &Theme, file: &FilePreview, line: &seed::Line, columns: usize) -> Line<'static> {
    let style = status::change(theme, line.change);
    let longest = file.lines.iter().map(|line| width(&line.name)).max().unwrap_or(0);
    let name = longest.min(columns / 3);
    let mut spans = vec![
        span(format!("  {} ", line.change.sign()), style),
        span(pad(&line.name, name), theme.text),
        span("  ", theme.text),
    ];
    let used: usize = spans.iter().map(Span::width).sum();
    spans.extend(value(theme, line, columns.saturating_sub(used)));
    Line::from(spans)
}

fn value(theme: &Theme, line: &seed::Line, columns: usize) -> Vec<Span<'static>> {
    let (text, style) = match (&line.value, line.change) {
        (Some(Shown::Masked(mask)), _) => (mask.to_string(), theme.dim),
        (Some(Shown::Plain(text)), _) => (text.clone(), theme.text),
        (None, Change::Lack) => ("no value".to_owned(), theme.warn),
        (None, change) => (change.to_string(), theme.dim),
    };
    let column = 28.min(columns);
    let mut spans = vec![span(pad(&text, column), style)];
    let mut left = columns.saturating_sub(column + 2);
    // The sign `=` stands for two things; the word tells them apart.
    let why = (line.change == Change::Keep).then_some("kept, edited by hand".to_owned());
    let origin = line.origin.as_ref().map(ToString::to_string);
    let tail = why.or(origin).into_iter().chain(line.note.clone()).collect::<Vec<_>>().join(" · ");
    if left > 3 && !tail.is_empty() {
        left = left.min(width(&tail));
        spans.push(span(format!("  {}", fit(&tail, left)), theme.dim));
    }
    spans
}

fn said(theme: &Theme, finding: Option<&Finding>, columns: usize) -> Line<'static> {
    let Some(finding) = finding else { return Line::default() };
    let (sign, style) = finding_widget::look(theme, finding.severity);
    let head = format!("  {sign} {}: ", finding.severity);
    let text = fit(&format!("{}: {}", finding.subject, finding.says), columns.saturating_sub(width(&head)));
    Line::from(vec![span(head, style), span(text, theme.text)])
}

fn next(theme: &Theme, finding: Option<&Finding>, columns: usize) -> Line<'static> {
    let Some(finding) = finding else { return Line::default() };
    let text = fit(&finding.remedy.to_string(), columns.saturating_sub(6));
    Line::from(vec![span("    → ", theme.accent), span(text, theme.dim)])
}
