//! The verdict, the list, and what is under the cursor.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{details, list};
use crate::doctor::Diagnosis;
use crate::finding::Severity;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::halves::halves;
use crate::tui::widgets::text::{fit, span, width};
use crate::tui::widgets::{bar, busy, finding};

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let state = &model.screens.doctor;
    if let Some(problem) = &model.facts.examination.broken {
        finding::draw(frame, area, theme, "Nothing could be looked at", problem);
        return;
    }
    let [top, middle] = area.layout(&Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]));
    frame.render_widget(verdict(model, theme, usize::from(top.width)), top);
    if let Some(scroll) = state.page {
        return details::reading(model).page(theme, frame, middle, scroll);
    }
    let [one, two] = halves(middle);
    list::view(model, theme, frame, one);
    details::reading(model).beside(theme, frame, two);
}

/// The numbers say as much.
const ROOM_FOR_BAR: usize = 76;

/// `✗ 2 errors, 1 warning · 3 of 5 services ready`, or how far it has come.
fn verdict(model: &Model, theme: &Theme, columns: usize) -> Line<'static> {
    let examination = &model.facts.examination;
    if model.screens.doctor.fixing.task().is_some() {
        return busy::line(theme, model, model.screens.doctor.fixing.words(), columns);
    }
    if examination.is_looking() {
        let (done, all) = examination.progress();
        let mut line = busy::line(theme, model, &format!("looking, {done} of {all} checks done"), columns);
        if columns >= ROOM_FOR_BAR {
            line.spans.insert(0, span(" ", theme.text));
            line.spans.splice(0..0, bar::spans(theme, done, all));
        }
        return line;
    }
    let diagnosis = &examination.diagnosis;
    if diagnosis.checks.is_empty() {
        return Line::from(span("nothing was looked at; R does", theme.dim));
    }
    let (sign, style) = look(theme, diagnosis);
    let text = fit(&fitting(diagnosis, columns.saturating_sub(2)), columns.saturating_sub(2));
    Line::from(vec![span(format!("{sign} "), style), span(text, style.patch(theme.strong))])
}

/// As many parts as there is room for.
fn fitting(diagnosis: &Diagnosis, columns: usize) -> String {
    let mut parts = diagnosis.parts();
    while parts.len() > 1 && width(&parts.join(" · ")) > columns {
        parts.pop();
    }
    parts.join(" · ")
}

fn look(theme: &Theme, diagnosis: &Diagnosis) -> (&'static str, ratatui::style::Style) {
    match diagnosis.problems().map(|problem| problem.finding.severity).max() {
        Some(severity @ (Severity::Error | Severity::Warning)) => finding::look(theme, severity),
        Some(Severity::Note) => ("·", theme.text),
        None if diagnosis.not_checked() > 0 => ("?", theme.warn),
        None => ("✓", theme.good),
    }
}
