//! All there is to say about one thing: beside a list as far as there is room, or with the whole room, line by line.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::panel::{Focus, panel};
use super::text::span;
use crate::tui::theme::Theme;
use crate::tui::view::body;

/// Rows of a page that are none of the text: the verdict above it, and its borders.
const AROUND: u16 = 3;
/// Columns of its borders, and the air inside them.
const EDGE: u16 = 4;

/// A title, and the lines under it in so many columns.
pub struct Reading<F> {
    pub title: String,
    pub lines: F,
}

impl<F: Fn(&Theme, u16) -> Vec<Line<'static>>> Reading<F> {
    /// With a mark where there is more.
    pub fn beside(&self, theme: &Theme, frame: &mut Frame, area: Rect) {
        let inner = panel(frame, area, theme, &self.title, Focus::Elsewhere);
        let lines = (self.lines)(theme, inner.width);
        let more = lines.len() > usize::from(inner.height);
        for (row, line) in inner.rows().zip(lines) {
            frame.render_widget(line, row);
        }
        if more {
            mark(theme, frame, area, " Enter reads on ");
        }
    }

    /// From line `scroll` on.
    pub fn page(&self, theme: &Theme, frame: &mut Frame, area: Rect, scroll: usize) {
        let inner = panel(frame, area, theme, &self.title, Focus::Here);
        let lines = (self.lines)(theme, inner.width);
        let most = lines.len().saturating_sub(usize::from(inner.height));
        let first = scroll.min(most);
        for (row, line) in inner.rows().zip(lines.into_iter().skip(first)) {
            frame.render_widget(line, row);
        }
        if first < most {
            mark(theme, frame, area, &format!(" ↓ {} more ", most - first));
        }
    }

    /// How far a page can be scrolled in a window of this size.
    pub fn last_scroll(&self, size: Size) -> usize {
        let body = body(size);
        let rows = usize::from(body.height.saturating_sub(AROUND));
        (self.lines)(&Theme::plain(), body.width.saturating_sub(EDGE)).len().saturating_sub(rows)
    }
}

fn mark(theme: &Theme, frame: &mut Frame, area: Rect, text: &str) {
    let line = Line::from(span(text, theme.dim)).right_aligned();
    let place =
        Rect { y: area.bottom().saturating_sub(1), height: 1, width: area.width.saturating_sub(2), ..area };
    frame.render_widget(line, place.intersection(frame.area()));
}
