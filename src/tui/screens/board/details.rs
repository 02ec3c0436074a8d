//! All there is to know about one cell: what it is, where its value is from and since when, who answers for it, what was
//! tried, and what to do next.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use time::OffsetDateTime;

use crate::finding::Finding;
use crate::onboard::Declared;
use crate::resolve::{Cell, Matrix, ServiceRow, Unwritten};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::ago;
use crate::tui::widgets::{finding, status};

const LABEL: usize = 8;
/// Rows of the pane beneath a grid, at least.
pub const LEAST: u16 = 9;
/// From this width on, what was tried stands beside the facts.
const TWO_COLUMNS: u16 = 90;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    match super::current(model) {
        Some((service, cell)) => About { model, theme, service, cell }.view(frame, area),
        None => nothing(model, theme, frame, area, matrix),
    }
}

fn nothing(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, matrix: &Matrix) {
    let state = &model.screens.board;
    let name = state.index.variables.get(state.variable).filter(|_| !state.finds_nothing());
    let name = name.map(String::as_str).unwrap_or_default();
    let area = if area.width >= TWO_COLUMNS { snug(area, 3) } else { area };
    let inner = panel(frame, area, theme, name, Focus::Elsewhere);
    let mut all = Details::new(theme, inner.width, LABEL);
    match matrix.services.get(state.service) {
        _ if state.finds_nothing() => all.says("Nothing is found, so nothing is chosen.", theme.dim),
        Some(service) => all.says(&format!("{} does not use {name}.", service.service), theme.dim),
        None => all.says("The profile names no service.", theme.dim),
    }
    all.draw(frame, inner);
}

struct About<'a> {
    model: &'a Model,
    theme: &'a Theme,
    service: &'a ServiceRow,
    cell: &'a Cell,
}

impl About<'_> {
    fn view(&self, frame: &mut Frame, area: Rect) {
        let title = format!("{} · {}", self.cell.variable, self.service.service);
        if area.width >= TWO_COLUMNS {
            return self.beneath(frame, area, &title);
        }
        let inner = panel(frame, area, self.theme, &title, Focus::Elsewhere);
        let mut all = self.facts(inner.width);
        let rest = self.story(inner.width).into_lines();
        if !rest.is_empty() && usize::from(inner.height) > 8 + rest.len() {
            all.gap();
        }
        // Where it is low, the next step matters more than where the value stands.
        let mut lines = all.into_lines();
        lines.truncate(usize::from(inner.height).saturating_sub(rest.len()).max(2));
        lines.extend(rest);
        for (row, line) in inner.rows().zip(lines) {
            frame.render_widget(line, row);
        }
    }

    fn beneath(&self, frame: &mut Frame, area: Rect, title: &str) {
        let half = area.width.saturating_sub(4 + 3) / 2;
        let (left, right) = (self.facts(half).into_lines(), self.story(half).into_lines());
        let inner =
            panel(frame, snug(area, left.len().max(right.len())), self.theme, title, Focus::Elsewhere);
        let halves = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).spacing(3);
        let [one, two] = inner.layout(&halves);
        for (lines, side) in [(left, one), (right, two)] {
            for (row, line) in side.rows().zip(lines) {
                frame.render_widget(line, row);
            }
        }
    }

    fn facts(&self, columns: u16) -> Details<'_> {
        let (theme, cell) = (self.theme, self.cell);
        let mut all = Details::new(theme, columns, LABEL);
        if self.model.facts.is_open(cell) {
            all.pair("status", "… not known yet", theme.dim);
        } else {
            let (sign, style) = status::look(theme, cell.status);
            all.pair("status", &format!("{sign} {}", cell.status), style);
        }
        if let Some(about) = &cell.about {
            all.pair("about", about, theme.text);
        }
        let kind = if cell.secret { "secret" } else { "plain" };
        all.pair("need", &format!("{}, {kind}", cell.need), theme.text);
        self.origin(&mut all);
        if let Some(declared) = self.declared() {
            said(theme, &mut all, declared);
        }
        all
    }

    fn declared(&self) -> Option<&Declared> {
        self.model.facts.outline.as_ref()?.variables.get(&self.cell.variable)
    }

    fn origin(&self, all: &mut Details<'_>) {
        let (theme, cell) = (self.theme, self.cell);
        let Some(origin) = cell.origin.as_ref().filter(|_| !self.model.facts.is_open(cell)) else { return };
        let place = cell.at.as_ref().map(|at| format!(" · {at}")).unwrap_or_default();
        all.pair("origin", &format!("{origin}{place}"), theme.text);
        if let Some(made) = cell.cached {
            let says = format!("cached {} ago; its store did not answer", self.old(made));
            all.pair("", &says, theme.warn);
        }
        if let Some(since) = cell.since {
            all.pair("age", &format!("{}, since {}", self.old(since), since.date()), theme.text);
        }
        if let Some((why, file)) = cell.unwritten.zip(self.service.env_file.as_ref()) {
            let says = match why {
                Unwritten::Absent => format!("not in {file} yet; s seeds"),
                Unwritten::Outdated => format!("out of date in {file}; s seeds"),
            };
            all.pair("file", &says, theme.text);
        }
        if !cell.hides.is_empty() {
            let others: Vec<String> = cell.hides.iter().map(ToString::to_string).collect();
            all.pair("hides", &format!("another value in {}", others.join(", ")), theme.warn);
        }
    }

    /// What is wrong with the file of its service, unless another variable alone is meant.
    fn flaws(&self) -> impl Iterator<Item = &Finding> {
        let path = self.service.env_file.as_deref();
        self.model.facts.flaws.iter().filter(move |flaw| {
            let rest = path.and_then(|path| flaw.subject.strip_prefix(path));
            rest.is_some_and(|rest| match rest.strip_prefix(": ") {
                Some(variable) => variable == self.cell.variable,
                None => rest.is_empty() || rest.starts_with(':'),
            })
        })
    }

    fn old(&self, since: OffsetDateTime) -> String {
        ago(self.model.window.now - since)
    }

    /// The problem, the next step, and the places that had nothing.
    fn story(&self, columns: u16) -> Details<'_> {
        let (theme, cell) = (self.theme, self.cell);
        let mut all = Details::new(theme, columns, LABEL);
        if self.model.facts.is_open(cell) {
            return all;
        }
        if let Some(obstacle) = &self.service.obstacle {
            all.says(&format!("{}: {}", obstacle.what, obstacle.says), theme.bad);
            all.extend(finding::next_step(theme, &obstacle.next, usize::from(columns)));
        }
        for flaw in self.flaws() {
            all.extend(finding::lines(theme, flaw, usize::from(columns)));
        }
        if let Some(problem) = &cell.problem {
            all.says(problem, status::look(theme, cell.status).1);
        }
        if let Some(next) = &cell.next {
            all.extend(finding::next_step(theme, next, usize::from(columns)));
        }
        for (at, tried) in cell.tried.iter().enumerate() {
            let label = if at == 0 { "tried" } else { "" };
            all.pair(label, &format!("{}: {}", tried.origin, tried.why), theme.dim);
        }
        all
    }
}

/// What the profile says of the variable.
fn said(theme: &Theme, all: &mut Details<'_>, declared: &Declared) {
    if !declared.rules.is_empty() {
        all.pair("rules", &declared.rules.join(", "), theme.text);
    }
    for (label, text) in [
        ("owner", &declared.owner),
        ("ask at", &declared.request),
        ("docs", &declared.docs),
        ("note", &declared.note),
    ] {
        if let Some(text) = text {
            all.pair(label, text, theme.text);
        }
    }
}
