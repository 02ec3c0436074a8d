//! The verdict, what is in the way, the table in one of its forms, and all about the cell under the cursor.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::{Form, details, environments, form, grid, list};
use crate::finding::{Finding, Severity};
use crate::resolve::Matrix;
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::halves::halves;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{count, fit, span, width};
use crate::tui::widgets::{bar, busy, finding, status};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    match (&model.facts.matrix, model.facts.table()) {
        (Load::Broken(problem), _) => {
            finding::draw(frame, area, theme, "The services could not be read", problem);
        }
        (_, Some(matrix)) => table(model, theme, frame, area, matrix),
        _ => {
            let inner = panel(frame, area, theme, "Services", Focus::Here);
            busy::draw(frame, inner, theme, model, "reading what every service needs…");
        }
    }
}

fn table(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    if form(model) == Form::Environments {
        return environments::view(model, theme, frame, area);
    }
    let state = &model.screens.board;
    let roomy = area.height >= 18;
    let columns = usize::from(area.width);
    let second = match state.filter.line(theme, state.shown.found, columns) {
        Some(line) => Some(line),
        None if roomy => in_the_way(model, theme, columns).or_else(|| flawed(model, theme, columns)),
        None => None,
    };
    let rows = [
        Constraint::Length(1),
        Constraint::Length(u16::from(second.is_some())),
        Constraint::Fill(1),
        Constraint::Length(u16::from(roomy)),
    ];
    let [top, beneath, middle, bottom] = area.layout(&Layout::vertical(rows));
    frame.render_widget(verdict(model, theme, matrix, columns), top);
    if let Some(line) = second {
        frame.render_widget(line, beneath);
    }
    if roomy {
        frame.render_widget(status::legend(theme, usize::from(bottom.width)), bottom);
    }
    let [one, two] = split(model, middle);
    match form(model) {
        Form::Grid => grid::view(model, theme, frame, one, matrix),
        Form::Services | Form::Variables | Form::Environments => list::view(model, theme, frame, one, matrix),
    }
    match &state.act {
        Load::Broken(problem) => {
            finding::draw(frame, two, theme, "That did not work", problem);
        }
        _ => details::view(model, theme, frame, two, matrix),
    }
}

/// How much there is of it.
pub(super) fn title(model: &Model) -> String {
    let services = model.facts.table().map_or(0, |matrix| matrix.services.len());
    let variables = model.screens.board.index.variables.len();
    format!("{} · {}", count(services, "service"), count(variables, "variable"))
}

/// The table's room, and that of the details.
fn split(model: &Model, area: Rect) -> [Rect; 2] {
    if form(model) != Form::Grid {
        return halves(area);
    }
    let wanted = u16::try_from(model.screens.board.shown.variables.len() + 4).unwrap_or(u16::MAX);
    // Where it is low, the table matters more.
    let table = wanted.min(area.height.saturating_sub(details::LEAST).max(area.height / 3 * 2));
    area.layout(&Layout::vertical([Constraint::Length(table), Constraint::Fill(1)]))
}

/// `✓ ▰▰▰▱▱ 3 of 5 services ready`
fn verdict(model: &Model, theme: &Theme, matrix: &Matrix, columns: usize) -> Line<'static> {
    let total = matrix.services.len();
    if model.facts.matrix.ready().is_none() {
        return reading(model, theme, matrix, columns);
    }
    let flaws = flaws(model).count();
    let style = if matrix.all_ready() && flaws == 0 { theme.good } else { theme.warn };
    let mut spans: Vec<Span> = bar::spans(theme, matrix.ready, total);
    spans.push(span(format!(" {}", matrix.verdict()), style.patch(theme.strong)));
    let left = columns.saturating_sub(spans.iter().map(Span::width).sum());
    let tail = if total == 0 { String::new() } else { format!("   {}", besides(model, matrix, flaws)) };
    spans.push(span(fit(&tail, left), theme.dim));
    Line::from(spans)
}

/// What the count of services leaves open.
fn besides(model: &Model, matrix: &Matrix, flaws: usize) -> String {
    let index = &model.screens.board.index;
    match (index.stopping, index.unwritten) {
        (0, _) if flaws > 0 => format!("{}, see D", count(flaws, "file problem")),
        (0, 1..) => format!("{} to write; a seeds", index.unwritten),
        // A folder may be missing, which is no variable's fault.
        (0, 0) if !matrix.all_ready() => "every variable is there".to_owned(),
        (0, 0) => "everything required is there".to_owned(),
        (n, _) => format!("{} to go", count(n, "variable")),
    }
}

/// What is there is shown while the rest is asked for.
fn reading(model: &Model, theme: &Theme, matrix: &Matrix, columns: usize) -> Line<'static> {
    let total = matrix.services.len();
    let noun = if total == 1 { "service" } else { "services" };
    let words = match (&model.facts.matrix, &model.facts.before) {
        (Load::Busy(_), None) => format!("reading what {total} {noun} need…"),
        (Load::Busy(_), Some(before)) => format!("{} a moment ago; reading again…", before.verdict()),
        (_, Some(before)) => format!("{} when last read; r reads again", before.verdict()),
        (_, None) => format!("{total} {noun}; r reads what they need"),
    };
    match model.facts.matrix.is_busy() {
        true => busy::line(theme, model, &words, columns),
        false => Line::from(span(words, theme.dim)),
    }
}

/// What is wrong with the env files, and more than a remark.
fn flaws(model: &Model) -> impl Iterator<Item = &Finding> {
    model.facts.flaws.iter().filter(|flaw| flaw.severity > Severity::Note)
}

/// `! api/.env:3: a quote is not closed · 1 more`
fn flawed(model: &Model, theme: &Theme, columns: usize) -> Option<Line<'static>> {
    let first = flaws(model).next()?;
    let (sign, style) = finding::look(theme, first.severity);
    let more = match flaws(model).count() {
        1 => String::new(),
        n => format!(" · {} more", n - 1),
    };
    let room = columns.saturating_sub(width(&more) + 3);
    Some(Line::from(vec![
        span(format!(" {sign} "), style),
        span(fit(&format!("{}: {}", first.subject, first.says), room), theme.text),
        span(more, theme.dim),
    ]))
}

/// `STRIPE_KEY stops api, web · S3_KEY stops media · 2 more`; the next step of each is in its cell's details.
fn in_the_way(model: &Model, theme: &Theme, columns: usize) -> Option<Line<'static>> {
    model.facts.matrix.ready()?;
    let blockers = &model.screens.board.index.blockers;
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
