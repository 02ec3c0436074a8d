//! Pairs of label and text, labels in one column, texts wrapped beside them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::text::{pad, span, wrap};
use crate::tui::theme::Theme;

/// Lines of a details pane, built from the top down.
pub struct Details<'a> {
    theme: &'a Theme,
    columns: usize,
    label: usize,
    lines: Vec<Line<'static>>,
}

impl<'a> Details<'a> {
    pub fn new(theme: &'a Theme, columns: u16, label: usize) -> Self {
        Self { theme, columns: usize::from(columns), label, lines: Vec::new() }
    }

    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    pub fn gap(&mut self) {
        self.line("");
    }

    /// A paragraph.
    pub fn says(&mut self, text: &str, style: Style) {
        self.lines.extend(wrap(text, self.columns).into_iter().map(|line| Line::from(span(line, style))));
    }

    /// `need     required`
    pub fn pair(&mut self, label: &str, text: &str, style: Style) {
        let room = self.columns.saturating_sub(self.label);
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        for (label, text) in labels.zip(wrap(text, room)) {
            let label = span(pad(label, self.label), self.theme.dim);
            self.lines.push(Line::from(vec![label, span(text, style)]));
        }
    }

    pub fn extend(&mut self, lines: impl IntoIterator<Item = Line<'static>>) {
        self.lines.extend(lines);
    }

    pub fn draw(self, frame: &mut Frame, area: Rect) {
        for (row, line) in area.rows().zip(self.lines) {
            frame.render_widget(line, row);
        }
    }

    pub fn into_lines(self) -> Vec<Line<'static>> {
        self.lines
    }
}
