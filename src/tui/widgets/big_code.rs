//! The user code in large letters, in the middle of its place.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::text::span;

pub fn draw(frame: &mut Frame, area: Rect, lines: Vec<String>, style: Style) {
    for (place, line) in area.rows().zip(lines) {
        frame.render_widget(Line::from(span(line, style)).centered(), place);
    }
}
