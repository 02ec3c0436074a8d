//! A rounded box with a title and one column of air inside.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Padding};

use super::text::{fit, span};
use crate::tui::theme::Theme;

/// Rows of the smallest box.
const LEAST: u16 = 9;

/// Whether keys go here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Here,
    Elsewhere,
}

/// Draws the box and returns the room inside.
pub fn panel(frame: &mut Frame, area: Rect, theme: &Theme, title: &str, focus: Focus) -> Rect {
    let (border, style) = match focus {
        Focus::Here => (theme.focus, theme.accent.patch(theme.strong)),
        Focus::Elsewhere => (theme.border, theme.dim),
    };
    boxed(frame, area, title, border, style)
}

/// The same over whatever is there.
pub fn popup(frame: &mut Frame, area: Rect, theme: &Theme, title: &str) -> Rect {
    frame.render_widget(Clear, area);
    theme.touch.keep(area);
    frame.buffer_mut().set_style(area, theme.base);
    boxed(frame, area, title, theme.focus, theme.accent.patch(theme.strong))
}

/// The same in a colour of one's choice.
pub fn boxed(frame: &mut Frame, area: Rect, title: &str, border: Style, style: Style) -> Rect {
    let title = fit(title, usize::from(area.width).saturating_sub(6));
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(border)
        .padding(Padding::horizontal(1));
    if !title.is_empty() {
        block = block.title_top(Line::from(span(format!(" {title} "), style)));
    }
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

/// As much of `area` as `rows` lines in a box need, but no less than a box that looks like one.
pub fn snug(area: Rect, rows: usize) -> Rect {
    let wanted = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    Rect { height: wanted.max(LEAST).min(area.height), ..area }
}

/// A box of this size in the middle, never larger than `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}
