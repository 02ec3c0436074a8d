//! The verdict, the list, and what is under the cursor.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{Scope, details, list};
use crate::audit::Audited;
use crate::finding::Severity;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::halves::halves;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::{fit, span, width, wrap};
use crate::tui::widgets::{busy, finding};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let state = &model.screens.audit;
    let columns = usize::from(area.width);
    let scan = &model.facts.audit;
    let filter = state.filter.line(theme, state.rows.found, columns);
    let rows = [Constraint::Length(1), Constraint::Length(u16::from(filter.is_some())), Constraint::Fill(1)];
    let [top, beneath, middle] = area.layout(&Layout::vertical(rows));
    frame.render_widget(verdict(model, theme, columns), top);
    if let Some(line) = filter {
        frame.render_widget(line, beneath);
    }
    match (&scan.seen, &scan.broken) {
        (_, Some(problem)) => _ = finding::draw(frame, middle, theme, "Nothing could be looked at", problem),
        (None, None) => {}
        (Some(seen), _) if seen.audit.leaks.is_empty() && state.rows.all.is_empty() => {
            nothing(model, theme, frame, middle);
        }
        (Some(seen), _) => match state.page {
            Some(scroll) => details::reading(model).page(theme, frame, middle, scroll),
            None => both(model, theme, frame, middle, seen),
        },
    }
}

fn both(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, seen: &Audited) {
    let [one, two] = halves(area);
    list::view(model, theme, frame, one, seen);
    details::reading(model).beside(theme, frame, two);
}

/// `✗ 2 findings; 120 files read, 3 MiB (tracked files) · 1 accepted by the baseline`, or that it is looking, with how far it has come.
fn verdict(model: &Model, theme: &Theme, columns: usize) -> Line<'static> {
    let (scan, state) = (&model.facts.audit, &model.screens.audit);
    if state.doing.task().is_some() {
        return busy::line(theme, model, state.doing.words(), columns);
    }
    if scan.is_looking() {
        return busy::line(theme, model, "looking for secrets…", columns);
    }
    let Some(seen) = &scan.seen else {
        let says = if scan.broken.is_some() { "r looks again" } else { "nothing was looked at; r does" };
        return Line::from(span(says, theme.dim));
    };
    let (sign, style) = match worst(seen) {
        Some(severity) => finding::look(theme, severity),
        None => ("✓", theme.good),
    };
    let text = fitting(seen, columns.saturating_sub(2));
    Line::from(vec![
        span(format!("{sign} "), style),
        span(fit(&text, columns.saturating_sub(2)), style.patch(theme.strong)),
    ])
}

fn worst(seen: &Audited) -> Option<Severity> {
    let leaks = seen.audit.leaks.first().map(|leak| leak.finding().severity);
    let flaws = seen.flaws.iter().map(|flaw| flaw.severity);
    leaks.into_iter().chain(flaws).max().filter(|severity| *severity > Severity::Note)
}

/// As many parts as there is room for.
fn fitting(seen: &Audited, columns: usize) -> String {
    let mut parts = vec![seen.audit.in_short(), seen.audit.passed(), not_all(seen)];
    parts.retain(|part| !part.is_empty());
    while parts.len() > 1 && width(&parts.join(" · ")) > columns {
        parts.pop();
    }
    parts.join(" · ")
}

fn not_all(seen: &Audited) -> String {
    match seen.audit.skipped.len() {
        0 => String::new(),
        count => format!("{count} not looked at"),
    }
}

/// Good news, and where else there is to look.
fn nothing(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let columns = usize::from(area.width).saturating_sub(4);
    let elsewhere = match model.screens.audit.scope {
        Scope::Tracked => "g looks at what is staged, and then at all that was ever committed.",
        Scope::Staged => "g looks at all that was ever committed.",
        Scope::History => "g looks at what git keeps now.",
    };
    let hook = "devsecrets audit --install-hook has each commit looked at before it is made.";
    let mut lines: Vec<Line> =
        vec![Line::from(span("Nothing was found that should not be here.", theme.text))];
    for text in [elsewhere, hook] {
        lines.push(Line::default());
        lines.extend(wrap(text, columns).into_iter().map(|line| Line::from(span(line, theme.dim))));
    }
    let inner = panel(frame, snug(area, lines.len()), theme, "Findings", Focus::Here);
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}
