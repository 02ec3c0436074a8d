//! All keys of a context, made from its table; where there is room, with the commands that do the same.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::keymap::{Context, Row};
use crate::tui::model::Model;
use crate::tui::screens;
use crate::tui::theme::Theme;
use crate::tui::widgets::list;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{fit, pad, span, width};

/// Narrower windows show keys and words alone.
const ROOM_FOR_COMMANDS: u16 = 90;

pub fn view(model: &Model, of: Context, cursor: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let rows: Vec<&Row> = of.rows().collect();
    let keys: Vec<String> = rows.iter().map(|row| row.keys()).collect();
    let place = screens::place(model);
    let beside = area.width >= ROOM_FOR_COMMANDS;
    let commands: Vec<String> =
        rows.iter().map(|row| row.twin.command(&place).filter(|_| beside).unwrap_or_default()).collect();
    let longest = |texts: &[String]| texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let (first, last) = (longest(&keys) + 3, longest(&commands));
    let words = rows.iter().map(|row| width(row.help)).max().unwrap_or(0) + 3;
    let wide = first + words + last + 5;
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX);
    let wide = u16::try_from(wide).unwrap_or(u16::MAX);
    let inner = popup(frame, centred(area, wide, height), theme, "Keys");
    let room = usize::from(inner.width).saturating_sub(first + words + 1);
    let line = |((keys, row), command): ((&String, &&Row), &String)| {
        Line::from(vec![
            span(pad(keys, first), theme.accent.patch(theme.strong)),
            span(pad(row.help, words), theme.text),
            span(fit(command, room), theme.dim),
        ])
    };
    let lines = keys.iter().zip(&rows).zip(&commands).map(line).collect();
    list::draw(frame, inner, theme, lines, Some(cursor));
}
