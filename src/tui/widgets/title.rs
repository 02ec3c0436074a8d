//! The first line: whose screen this is, which project, which environment, and the demo's sign.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{fit, span, width};
use crate::tui::model::Facts;
use crate::tui::theme::Theme;

pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, facts: &Facts) {
    let columns = usize::from(area.width);
    let banner = facts.banner.as_ref().map(|text| fit(&format!(" {text} "), columns / 2));
    let room = columns.saturating_sub(banner.as_ref().map_or(0, |text| width(text)) + 1);
    let mut spans = vec![span("◆ devsecrets", theme.accent.patch(theme.strong))];
    if let Some(opened) = facts.opened.ready() {
        let left = room.saturating_sub(14 + 2 + width(&opened.environment) + 1);
        spans.push(span("  ", theme.text));
        spans.push(span(fit(&opened.title, left), theme.text));
        spans.push(span(" · ", theme.dim));
        spans.push(span(&opened.environment, theme.dim));
    }
    frame.render_widget(Line::from(spans), area);
    if let Some(banner) = banner {
        let wide = u16::try_from(width(&banner)).unwrap_or(area.width);
        let corner = Rect { x: area.right() - wide, width: wide, ..area };
        frame.render_widget(Line::from(span(banner, theme.alarm)), corner);
    }
}
