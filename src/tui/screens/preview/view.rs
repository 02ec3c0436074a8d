//! Files and their lines as one list; after the writing each file says what became of it.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Row, finding, rows};
use crate::finding::Finding;
use crate::seed::{self, Change, FilePreview, FileReport, FileState, Report, Shown};
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{Focus, panel, snug};
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
            busy::draw(frame, inner, theme, model, "working out what would change…");
        }
    }
}

fn files(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, preview: &seed::Preview) {
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]));
    frame.render_widget(verdict(model, theme, preview, usize::from(top.width)), top);
    let written = model.facts.report.ready().is_some();
    let title = if written { "What was written" } else { "What would be written" };
    let state = &model.screens.preview;
    let rows = rows(preview, state);
    let inner = panel(frame, snug(rest, rows.len()), theme, title, Focus::Here);
    let table = Table::of(preview, usize::from(inner.width).saturating_sub(1));
    let lines = rows.into_iter().map(|row| draw_row(model, theme, preview, row, table)).collect();
    if preview.files.is_empty() && preview.findings.is_empty() {
        frame.render_widget(Line::from(span("No file has to be written.", theme.dim)), inner);
    }
    list::draw(frame, inner, theme, lines, Some(state.cursor));
}

fn verdict(model: &Model, theme: &Theme, preview: &seed::Preview, columns: usize) -> Line<'static> {
    match &model.facts.report {
        _ if model.screens.preview.undoing.is_busy() => {
            busy::line(theme, model, "taking back what was written…", columns)
        }
        Load::Busy(_) => {
            let words = match model.tasks.count(model.facts.report.task()) {
                Some((done, all)) => format!("writing {done} of {}…", count(all, "file")),
                None => format!("writing {}…", count(preview.to_write(), "file")),
            };
            busy::line(theme, model, &words, columns)
        }
        Load::Ready(report) => written(theme, report),
        _ => {
            let refused = preview.files.iter().any(|file| file.state == FileState::Refused);
            let (style, tail) = match (preview.to_write(), refused) {
                (0, false) => (theme.good, "  nothing to do"),
                (0, true) => (theme.warn, "  nothing can be written"),
                _ => (theme.accent, "  nothing is written yet"),
            };
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

/// Columns shared by all files, so that values and origins stand beneath each other.
#[derive(Clone, Copy)]
struct Table {
    columns: usize,
    name: usize,
    value: usize,
}

impl Table {
    fn of(preview: &seed::Preview, columns: usize) -> Self {
        let lines = || preview.files.iter().flat_map(|file| &file.lines);
        let name =
            lines().map(|line| width(&line.name)).max().unwrap_or(0).clamp(20, 40).min(columns * 2 / 5);
        let value = lines().map(|line| width(&shown(line))).max().unwrap_or(0).clamp(12, 44);
        Self { columns, name, value: value.min(columns.saturating_sub(name + 6)) }
    }
}

fn draw_row(model: &Model, theme: &Theme, preview: &seed::Preview, row: Row, table: Table) -> Line<'static> {
    let columns = table.columns;
    match row {
        Row::File(at) => preview.files.get(at).map_or_else(Line::default, |file| {
            let folded = model.screens.preview.folded.contains(&at);
            let report = model.facts.report.ready();
            let outcome = report.and_then(|report| report.files.iter().find(|one| one.path == file.path));
            heading(theme, file, folded, outcome, table)
        }),
        Row::Line(at, line) => {
            let found = preview.files.get(at).and_then(|file| file.lines.get(line));
            found.map_or_else(Line::default, |line| diff(theme, line, table))
        }
        Row::Note(_) | Row::Finding(..) => {
            let path = row.file().and_then(|at| preview.files.get(at)).map(|file| file.path.as_str());
            said(theme, finding(preview, row), path, columns)
        }
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
    table: Table,
) -> Line<'static> {
    let Table { columns, name, .. } = table;
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
    let path = pad(&file.path, room.min(width(&file.path).max(name + 2)));
    Line::from(vec![
        span(arrow, theme.dim),
        span(path, theme.strong),
        span(format!("  {}", pad(&word, 12)), style),
        span(tally, theme.dim),
    ])
}

/// `+4 ~1 =2 ·1`
fn tally(file: &FilePreview) -> String {
    let signs = ['+', '~', '-', '=', '?', '·', '!'];
    let count = |sign| file.lines.iter().filter(|line| line.change.sign() == sign).count();
    let parts = signs.into_iter().map(|sign| (sign, count(sign))).filter(|(_, n)| *n > 0);
    parts.map(|(sign, n)| format!("{sign}{n}")).collect::<Vec<_>>().join(" ")
}

/// `  + JWT_SECRET   •••••••• (64 characters)   generated`
fn diff(theme: &Theme, line: &seed::Line, table: Table) -> Line<'static> {
    let style = status::change(theme, line.change);
    let mut spans = vec![
        span(format!("  {} ", line.change.sign()), style),
        span(pad(&line.name, table.name), theme.text),
        span("  ", theme.text),
        span(pad(&shown(line), table.value), value_style(theme, line)),
    ];
    let used: usize = spans.iter().map(Span::width).sum();
    let left = table.columns.saturating_sub(used + 2);
    if left > 3 {
        spans.push(span(format!("  {}", fit(&why(line), left)), theme.dim));
    }
    Line::from(spans)
}

/// The value, or the word for what happens instead.
fn shown(line: &seed::Line) -> String {
    match (&line.value, line.change) {
        (Some(value), _) => value.to_string(),
        (None, Change::Lack) => "no value".to_owned(),
        (None, change) => change.to_string(),
    }
}

fn value_style(theme: &Theme, line: &seed::Line) -> Style {
    match (&line.value, line.change) {
        (Some(Shown::Plain(_)), _) => theme.text,
        (None, Change::Lack) => theme.warn,
        _ => theme.dim,
    }
}

/// Where it comes from, or why it is as it is. The sign `=` stands for two things; here they are told apart.
fn why(line: &seed::Line) -> String {
    let origin = line.origin.as_ref().filter(|_| line.change != Change::Keep).map(ToString::to_string);
    let kept = (line.change == Change::Keep && line.note.is_none()).then(|| "edited by hand".to_owned());
    origin.into_iter().chain(kept).chain(line.note.clone()).collect::<Vec<_>>().join(" · ")
}

/// The subject is left out where it is the file above.
fn said(theme: &Theme, finding: Option<&Finding>, path: Option<&str>, columns: usize) -> Line<'static> {
    let Some(finding) = finding else { return Line::default() };
    let (sign, style) = finding_widget::look(theme, finding.severity);
    let head = format!("  {sign} {}: ", finding.severity);
    let about = about(&finding.subject, path);
    let text = fit(&format!("{about}{}", finding.says), columns.saturating_sub(width(&head)));
    Line::from(vec![span(head, style), span(text, theme.text)])
}

/// `api/.env:3` and `api/.env: KEY` beneath `api/.env` are `line 3` and `KEY`.
fn about(subject: &str, path: Option<&str>) -> String {
    let within = path.and_then(|path| subject.strip_prefix(path));
    match within.map(|rest| (rest, rest.strip_prefix(": "), rest.strip_prefix(':'))) {
        Some(("", ..)) => String::new(),
        Some((_, Some(name), _)) => format!("{name}: "),
        Some((_, None, Some(line))) => format!("line {line}: "),
        _ => format!("{subject}: "),
    }
}

fn next(theme: &Theme, finding: Option<&Finding>, columns: usize) -> Line<'static> {
    let Some(finding) = finding else { return Line::default() };
    let text = fit(&finding.remedy.to_string(), columns.saturating_sub(6));
    Line::from(vec![span("    → ", theme.accent), span(text, theme.dim)])
}
