//! All keys of a context, made from its table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::keymap::{Context, Row};
use crate::tui::theme::Theme;
use crate::tui::widgets::list;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{pad, span, width};

pub fn view(of: Context, cursor: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let rows: Vec<&Row> = of.rows().collect();
    let keys: Vec<String> = rows.iter().map(|row| keys(row)).collect();
    let column = keys.iter().map(|text| width(text)).max().unwrap_or(0) + 3;
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX);
    let inner = popup(frame, centred(area, 52, height), theme, "Keys");
    let line = |(keys, row): (&String, &&Row)| {
        Line::from(vec![
            span(pad(keys, column), theme.accent.patch(theme.strong)),
            span(row.help, theme.text),
        ])
    };
    let lines = keys.iter().zip(&rows).map(line).collect();
    list::draw(frame, inner, theme, lines, Some(cursor));
}

fn keys(row: &Row) -> String {
    row.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")
}
