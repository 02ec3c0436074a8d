//! The last line: the keys of this moment, or a short remark.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::{fit, span, width};
use crate::tui::keymap::{Context, Intent, Row};
use crate::tui::theme::Theme;

/// From this width on there is air between the hints.
const AIRY: u16 = 100;

/// Below this the palette is found in the help.
const ROOM_FOR_ALL: u16 = 76;

pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, context: Context, notice: Option<&str>) {
    let always = always(context, area.width);
    let gap = if area.width >= AIRY { 3 } else { 2 };
    let fixed: usize = always.iter().map(|(keys, word)| size(keys, word, gap)).sum();
    let room = usize::from(area.width).saturating_sub(fixed);
    let left = match notice {
        Some(text) => vec![span(fit(text, room), theme.accent)],
        None => hints(theme, context, room, gap),
    };
    frame.render_widget(Line::from(left), area);
    let right: Vec<Span> =
        always.iter().flat_map(|(keys, word)| hint(theme, keys, word, gap, true)).collect();
    frame.render_widget(Line::from(right).right_aligned(), area);
}

/// As many as fit, by weight and then in the table's order.
fn hints(theme: &Theme, context: Context, room: usize, gap: usize) -> Vec<Span<'static>> {
    let mut rows: Vec<&Row> = context.rows().collect();
    rows.sort_by_key(|row| weight(context, row.intent));
    let mut used = 0;
    let fitting = rows.into_iter().filter_map(|row| row.footer).filter(|(keys, word)| {
        let fits = used + size(keys, word, gap) <= room;
        used += if fits { size(keys, word, gap) } else { 0 };
        fits
    });
    fitting.flat_map(|(keys, word)| hint(theme, keys, word, gap, false)).collect()
}

/// The main thing first, then what nobody would guess; arrows last, which everybody tries.
fn weight(context: Context, intent: Intent) -> u8 {
    match intent {
        Intent::Enter | Intent::Approve => 0,
        Intent::Visit(_) if context.is_walk() => 1,
        Intent::Up | Intent::Left => 3,
        _ => 2,
    }
}

fn always(context: Context, width: u16) -> &'static [(&'static str, &'static str)] {
    match context {
        Context::Help | Context::Revealed => &[],
        _ if context.takes_text()
            || matches!(context, Context::Confirm | Context::Offer | Context::Remedies) =>
        {
            &[("Ctrl-C", "quit")]
        }
        _ if width >= ROOM_FOR_ALL => &[(":", "actions"), ("?", "help"), ("q", "quit")],
        _ => &[("?", "help"), ("q", "quit")],
    }
}

fn size(keys: &str, word: &str, gap: usize) -> usize {
    width(keys) + 1 + width(word) + gap
}

fn hint(theme: &Theme, keys: &str, word: &str, gap: usize, gap_before: bool) -> Vec<Span<'static>> {
    let gap = span(" ".repeat(gap), theme.text);
    let pair = [span(keys, theme.accent.patch(theme.strong)), span(format!(" {word}"), theme.dim)];
    let [keys, word] = pair;
    if gap_before { vec![gap, keys, word] } else { vec![keys, word, gap] }
}
