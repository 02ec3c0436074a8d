//! A finding, said calmly: what, on which thing, and the next step.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::panel::boxed;
use super::text::{fit, span, wrap};
use crate::finding::{Finding, Severity};
use crate::tui::model::STOPPED;
use crate::tui::theme::Theme;

/// Sign and style of a severity; the word always stands beside them.
pub fn look(theme: &Theme, severity: Severity) -> (&'static str, Style) {
    match severity {
        Severity::Error => ("✗", theme.bad),
        Severity::Warning => ("!", theme.warn),
        Severity::Note => ("·", theme.dim),
    }
}

/// As many lines as it takes.
pub fn lines(theme: &Theme, finding: &Finding, columns: usize) -> Vec<Line<'static>> {
    let (_, style) = look(theme, finding.severity);
    let heading = format!("{} {}", finding.severity, finding.code);
    let subject = fit(&finding.subject, columns.saturating_sub(heading.len() + 2));
    let mut all = vec![Line::from(vec![
        span(heading, style.patch(theme.strong)),
        span("  ", theme.text),
        span(subject, theme.dim),
    ])];
    all.extend(wrap(&finding.says, columns).into_iter().map(|line| Line::from(span(line, theme.text))));
    all.extend(next_step(theme, &finding.remedy.says, columns));
    if let Some(command) = &finding.remedy.command {
        let room = columns.saturating_sub(4);
        all.push(Line::from(vec![span("  $ ", theme.dim), span(fit(command, room), theme.strong)]));
    }
    all
}

/// `→ ask the owner of the account`
pub fn next_step(theme: &Theme, says: &str, columns: usize) -> Vec<Line<'static>> {
    let wrapped = wrap(says, columns.saturating_sub(2));
    let arrows = std::iter::once("→ ").chain(std::iter::repeat("  "));
    let line = |(arrow, text)| Line::from(vec![span(arrow, theme.accent), span(text, theme.text)]);
    arrows.zip(wrapped).map(line).collect()
}

/// In a box of its own, as tall as it must be. Returns the room beneath.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, title: &str, finding: &Finding) -> Rect {
    let title = if finding.code == STOPPED { "Stopped" } else { title };
    let (_, style) = look(theme, finding.severity);
    let columns = usize::from(area.width).saturating_sub(4);
    let lines = lines(theme, finding, columns);
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height);
    let place = Rect { height, ..area };
    // Without colours a problem is underlined; a border is not.
    let border = style.remove_modifier(Modifier::UNDERLINED);
    let inner = boxed(frame, place, title, border, style.patch(theme.strong));
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
    Rect { y: place.bottom(), height: area.height - height, ..area }
}
