//! The first line: whose screen this is, which project, which environment, and the demo's sign.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{fit, span, width};
use crate::tui::model::Facts;
use crate::tui::theme::Theme;

/// Columns of the product's name with the gap after it.
const NAME: usize = 14;

pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, facts: &Facts) {
    let columns = usize::from(area.width);
    let title =
        facts.opened.ready().map_or(0, |opened| width(&opened.title) + width(&opened.environment) + 6);
    let spare = columns.saturating_sub(NAME + title);
    let banner = facts.banner.as_ref().map(|text| short(text, spare));
    let room = columns.saturating_sub(banner.as_ref().map_or(0, |text| width(text)) + 1);
    let mut spans = vec![span("◆ devsecrets", theme.accent.patch(theme.strong))];
    if let Some(opened) = facts.opened.ready() {
        let left = room.saturating_sub(NAME + 3 + width(&opened.environment));
        spans.push(span("  ", theme.text));
        spans.push(span(fit(&opened.title, left), theme.text));
        spans.push(span(" · ", theme.dim));
        let style = if facts.is_production() { theme.danger } else { theme.dim };
        spans.push(span(&opened.environment, style));
    }
    frame.render_widget(Line::from(spans), area);
    if let Some(banner) = banner {
        let wide = u16::try_from(width(&banner)).unwrap_or(area.width);
        let corner = Rect { x: area.right() - wide, width: wide, ..area };
        frame.render_widget(Line::from(span(banner, theme.alarm)), corner);
    }
}

/// The banner as it is, or what stands before its colon where there is little room.
fn short(banner: &str, columns: usize) -> String {
    let whole = format!(" {banner} ");
    let head = banner.split(':').next().unwrap_or_default();
    if width(&whole) <= columns { whole } else { fit(&format!(" {head} "), columns.max(8)) }
}
