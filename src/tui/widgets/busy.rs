//! Words for what we wait for, with a sign of life where motion is wanted.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{fit, span};
use crate::tui::theme::Theme;

const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/// `⠙ asking AWS for your accounts…`
pub fn line(theme: &Theme, beat: usize, words: &str, columns: usize) -> Line<'static> {
    Line::from(vec![
        span(sign(theme, beat), theme.accent),
        span(" ", theme.text),
        span(fit(words, columns.saturating_sub(2)), theme.text),
    ])
}

/// The sign of life alone.
pub fn sign(theme: &Theme, beat: usize) -> &'static str {
    if theme.motion { FRAMES[beat % FRAMES.len()] } else { "…" }
}

/// The same as a screen's only content.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, beat: usize, words: &str) {
    if let Some(row) = area.rows().next() {
        frame.render_widget(line(theme, beat, words, usize::from(area.width)), row);
    }
}
