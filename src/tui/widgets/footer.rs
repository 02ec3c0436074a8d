//! The last line: the keys of this moment, or a short remark.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::{fit, span, width};
use crate::tui::keymap::Context;
use crate::tui::theme::Theme;

const GAP: usize = 3;

pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, context: Context, notice: Option<&str>) {
    let always = always(context);
    let fixed: usize = always.iter().map(|(keys, word)| size(keys, word)).sum();
    let room = usize::from(area.width).saturating_sub(fixed);
    let left = match notice {
        Some(text) => vec![span(fit(text, room), theme.accent)],
        None => hints(theme, context, room),
    };
    frame.render_widget(Line::from(left), area);
    let right: Vec<Span> = always.iter().flat_map(|(keys, word)| hint(theme, keys, word, true)).collect();
    frame.render_widget(Line::from(right).right_aligned(), area);
}

/// Hints in the table's order, as many as fit.
fn hints(theme: &Theme, context: Context, room: usize) -> Vec<Span<'static>> {
    let mut used = 0;
    let rows = context.rows().filter_map(|row| row.footer);
    let fitting = rows.take_while(|(keys, word)| {
        used += size(keys, word);
        used <= room
    });
    fitting.flat_map(|(keys, word)| hint(theme, keys, word, false)).collect()
}

fn always(context: Context) -> &'static [(&'static str, &'static str)] {
    match context {
        Context::Help => &[],
        _ if context.takes_text() || matches!(context, Context::Confirm | Context::Offer) => {
            &[("Ctrl-C", "quit")]
        }
        _ => &[("?", "help"), ("q", "quit")],
    }
}

fn size(keys: &str, word: &str) -> usize {
    width(keys) + 1 + width(word) + GAP
}

fn hint(theme: &Theme, keys: &str, word: &str, gap_before: bool) -> Vec<Span<'static>> {
    let gap = span(" ".repeat(GAP), theme.text);
    let pair = [span(keys, theme.accent.patch(theme.strong)), span(format!(" {word}"), theme.dim)];
    let [keys, word] = pair;
    if gap_before { vec![gap, keys, word] } else { vec![keys, word, gap] }
}
