//! Variables down, environments across: each cell says where a value would come from there, or what kept it from being seen.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::others::{self, Known};
use super::shown::Row;
use super::{CELL, moves};
use crate::resolve::{Cell, is_production};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::list::{draw_rows, offset};
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{fit, pad, span, width};
use crate::tui::widgets::{busy, finding, status};

/// Columns the names get, at least.
const NAME: usize = 14;
/// No environment needs more.
const WIDEST: usize = 20;
const LABEL: usize = 8;
/// Rows of the details beneath.
const DETAILS: u16 = 9;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let beneath = DETAILS.min(area.height / 2);
    let rows = [Constraint::Length(1), Constraint::Fill(1), Constraint::Length(beneath)];
    let [top, table, details] = area.layout(&Layout::vertical(rows));
    frame.render_widget(verdict(model, theme, usize::from(top.width)), top);
    let table = Table::of(model, theme, table);
    table.view(frame);
    table.details(frame, details);
}

/// What is looked for, what is being read, or where one is.
fn verdict(model: &Model, theme: &Theme, columns: usize) -> Line<'static> {
    let state = &model.screens.board;
    if let Some(line) = state.filter.line(theme, state.shown.found, columns) {
        return line;
    }
    match model.screens.board.others.under_way() {
        Some((name, at, all)) => busy::line(theme, model, &format!("reading {name}, {at} of {all}"), columns),
        None => {
            let says = "reading only; this shell and the env files here count where you work alone";
            Line::from(span(fit(says, columns), theme.dim))
        }
    }
}

struct Table<'a> {
    model: &'a Model,
    theme: &'a Theme,
    area: Rect,
    /// Environments in sight, and those out of sight at the left and at the right.
    shown: &'a [String],
    hidden: (usize, usize),
    name: usize,
    cell: usize,
}

impl<'a> Table<'a> {
    fn of(model: &'a Model, theme: &'a Theme, area: Rect) -> Self {
        let all = others::environments(&model.facts);
        // The box, the cursor's bar, and how much is out of sight.
        let room = usize::from(area.width).saturating_sub(5 + 6);
        let fitting = (room.saturating_sub(NAME) / CELL).clamp(1, all.len().max(1));
        let first = offset(model.screens.board.others.column, all.len(), fitting);
        let longest = model.screens.board.index.longest + 4;
        let cell = (room.saturating_sub(longest.max(NAME)) / fitting).clamp(CELL.min(room), WIDEST);
        let end = (first + fitting).min(all.len());
        let name = room.saturating_sub(cell * fitting).min(longest.max(NAME));
        let hidden = (first, all.len() - end);
        Self { model, theme, area, shown: &all[first..end], hidden, name, cell }
    }

    fn view(&self, frame: &mut Frame) {
        let inner = panel(frame, self.area, self.theme, "Environments side by side", Focus::Here);
        for (row, line) in inner.rows().zip(self.heading()) {
            frame.render_widget(line, row);
        }
        let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let state = &self.model.screens.board;
        let rows = &state.shown.rows;
        draw_rows(frame, body, self.theme, rows.len(), moves::row(state), |at| self.row(rows[at]));
    }

    /// Names, production as such, and beneath them how many services are ready.
    fn heading(&self) -> [Line<'static>; 2] {
        let hidden = match self.hidden {
            (0, 0) => String::new(),
            (left, right) => format!("‹ {left}  {right} ›"),
        };
        let mut names = vec![span(pad(&format!(" {hidden}"), self.name + 1), self.theme.dim)];
        let mut states = vec![span(pad("", self.name + 1), self.theme.dim)];
        for name in self.shown {
            let style = match (is_production(name), self.is_here(name)) {
                (true, _) => self.theme.bad.patch(self.theme.strong),
                (false, true) => self.theme.accent.patch(self.theme.strong),
                (false, false) => self.theme.strong,
            };
            names.push(span(self.pad(name), style));
            let (word, style) = self.readiness(name);
            states.push(span(self.pad(&word), style));
        }
        [Line::from(names), Line::from(states)]
    }

    fn is_here(&self, environment: &str) -> bool {
        others::here(self.model) == Some(environment)
    }

    fn known(&self, environment: &str) -> Known<'a> {
        self.model.screens.board.others.known(&self.model.facts, environment)
    }

    fn readiness(&self, environment: &str) -> (String, Style) {
        let theme = self.theme;
        match self.known(environment) {
            Known::Table(matrix) => {
                let word = format!("{} of {} ready", matrix.ready, matrix.services.len());
                (word, if matrix.all_ready() { theme.good } else { theme.dim })
            }
            Known::Reading => ("… reading".to_owned(), theme.dim),
            Known::Unread => ("not read".to_owned(), theme.dim),
            Known::Failed(_) => ("✗ not read".to_owned(), theme.warn),
        }
    }

    fn pad(&self, text: &str) -> String {
        pad(&fit(text, self.cell - 1), self.cell)
    }

    fn row(&self, row: Row) -> Line<'static> {
        let state = &self.model.screens.board;
        let Some(matrix) = self.model.facts.table() else { return Line::default() };
        let service = |at: usize| matrix.services.get(at).map(|row| row.service.as_str()).unwrap_or_default();
        match row {
            Row::Head(at) => Line::from(span(service(at), self.theme.strong)),
            Row::Cell { service: at, variable } => {
                let name = state.index.variables.get(variable).map(String::as_str).unwrap_or_default();
                let here = (at, variable) == (state.service, state.variable);
                let mut spans = vec![span(
                    pad(&format!("  {}", fit(name, self.name.saturating_sub(3))), self.name),
                    self.theme.text,
                )];
                for environment in self.shown {
                    spans.extend(self.one(environment, service(at), name, here && self.is_here(environment)));
                }
                Line::from(spans)
            }
        }
    }

    /// A marker stands beside the cell under the cursor, so that it is seen without colour too.
    fn one(&self, environment: &str, service: &str, variable: &str, cursor: bool) -> Vec<Span<'static>> {
        let (text, style) = self.says(environment, service, variable);
        if !cursor {
            return vec![span(self.pad(&text), style)];
        }
        let text = fit(&text, self.cell - 2);
        let rest = self.cell - width(&text);
        vec![span(text, style.patch(self.theme.cell)), span(pad("◂", rest), self.theme.accent)]
    }

    fn says(&self, environment: &str, service: &str, variable: &str) -> (String, Style) {
        let theme = self.theme;
        match self.known(environment) {
            Known::Table(matrix) => match others::cell(matrix, service, variable) {
                Some(cell) if self.is_open(environment, cell) => ("… asking".to_owned(), theme.dim),
                Some(cell) => {
                    let (sign, style) = look(theme, cell);
                    (format!("{sign} {}", cell.in_short()), style)
                }
                None => ("  not used".to_owned(), theme.dim),
            },
            Known::Reading => ("…".to_owned(), theme.dim),
            Known::Unread | Known::Failed(_) => ("? not read".to_owned(), theme.dim),
        }
    }

    /// Only the board's own table is shown before everybody was asked.
    fn is_open(&self, environment: &str, cell: &Cell) -> bool {
        let own = self.model.facts.opened.ready().is_some_and(|opened| opened.environment == environment);
        own && self.model.facts.is_open(cell)
    }

    fn details(&self, frame: &mut Frame, area: Rect) {
        let Some((environment, (service, cell))) = others::here(self.model).zip(super::current(self.model))
        else {
            return;
        };
        let title = format!("{} · {} · {environment}", cell.variable, service.service);
        let inner = panel(frame, area, self.theme, &title, Focus::Elsewhere);
        let mut all = Details::new(self.theme, inner.width, LABEL);
        match self.known(environment) {
            Known::Table(matrix) => match others::cell(matrix, &service.service, &cell.variable) {
                Some(cell) if self.is_open(environment, cell) => all.says("not known yet", self.theme.dim),
                Some(cell) => about(self.theme, &mut all, cell, inner.width),
                None => all.says(&format!("{} does not use it there.", service.service), self.theme.dim),
            },
            Known::Reading => all.says("it is being read", self.theme.dim),
            Known::Unread => all.says("It was not read; r reads all of them.", self.theme.dim),
            Known::Failed(problem) => {
                all.extend(finding::lines(self.theme, problem, usize::from(inner.width)))
            }
        }
        all.draw(frame, inner);
    }
}

/// What could not be seen has the sign of it, whether the service needs it or not.
fn look(theme: &Theme, cell: &Cell) -> (&'static str, Style) {
    if cell.is_unseen() { ("⊘", theme.warn) } else { status::look(theme, cell.status) }
}

fn about(theme: &Theme, all: &mut Details<'_>, cell: &Cell, columns: u16) {
    let (sign, style) = look(theme, cell);
    let word = if cell.is_unseen() { cell.in_short() } else { cell.status.to_string() };
    all.pair("status", &format!("{sign} {word}"), style);
    if let Some(origin) = &cell.origin {
        let place = cell.at.as_ref().map(|at| format!(" · {at}")).unwrap_or_default();
        all.pair("origin", &format!("{origin}{place}"), theme.text);
    }
    if let Some(problem) = &cell.problem {
        all.says(problem, style);
    }
    if let Some(next) = &cell.next {
        all.extend(finding::next_step(theme, next, usize::from(columns)));
    }
    for (at, tried) in cell.tried.iter().enumerate() {
        let label = if at == 0 { "tried" } else { "" };
        all.pair(label, &format!("{}: {}", tried.origin, tried.why), theme.dim);
    }
}
