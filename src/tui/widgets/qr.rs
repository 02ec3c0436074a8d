//! A QR code on the screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::Line;

use super::text::span;

/// Black on white whatever the theme, because cameras expect it.
pub fn draw(frame: &mut Frame, area: Rect, rows: &[String]) {
    let style = Style::new().fg(Color::Rgb(0, 0, 0)).bg(Color::Rgb(255, 255, 255));
    for (place, row) in area.rows().zip(rows) {
        frame.render_widget(Line::from(span(row, style)), place);
    }
}
