//! Remarks in a corner, over the screen.
//!
//! The rule: they hide neither the row under the cursor nor a question nor what is being typed. Where no corner is free the newest
//! stands in the footer's line.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Padding};

use super::text::{fit, span, width, wrap};
use crate::tui::keymap::Intent;
use crate::tui::model::{Mood, Toast};
use crate::tui::theme::Theme;

/// Borders and the air inside them.
const EDGE: usize = 4;
const WIDEST: usize = 56;
/// Lines of one remark.
const TALLEST: usize = 4;

/// Sign, word and style.
fn look(theme: &Theme, mood: Mood) -> (&'static str, &'static str, Style) {
    match mood {
        Mood::Note => ("·", "note", theme.border),
        Mood::Done => ("✓", "done", theme.good),
        Mood::Failed => ("✗", "failed", theme.bad),
    }
}

/// What its keys mean at this moment.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    pub close: bool,
    pub undo: bool,
}

/// The one that matters most, as one line.
pub fn line(toasts: &[Toast], keys: Keys) -> Option<String> {
    let toast = in_order(toasts).pop()?;
    let (sign, word, _) = look(&Theme::plain(), toast.mood);
    let key = key(toast, keys).map(|key| format!(" · {key}")).unwrap_or_default();
    Some(match toast.mood {
        Mood::Note => format!("{}{key}", toast.text),
        _ => format!("{sign} {word}: {}{key}", toast.text),
    })
}

/// Failures lie nearest to the corner, where there is room last.
fn in_order(toasts: &[Toast]) -> Vec<&Toast> {
    let mut all: Vec<&Toast> = toasts.iter().collect();
    all.sort_by_key(|toast| toast.mood == Mood::Failed);
    all
}

fn key(toast: &Toast, keys: Keys) -> Option<&'static str> {
    match toast.mood {
        Mood::Failed => keys.close.then_some("Esc closes"),
        _ if toast.undo && keys.undo => Some("u undo"),
        _ => None,
    }
}

/// Draws as many as a free corner of `area` has room for; false when there is no room for any.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, toasts: &[Toast], keys: Keys) -> bool {
    let area = inset(area);
    let boxes: Vec<Drawn> = in_order(toasts).into_iter().map(|toast| Drawn::of(toast, keys, area)).collect();
    for first in 0..boxes.len() {
        let Some(place) = corner(area, theme, &boxes[first..]) else { continue };
        let mut top = place.y;
        for drawn in &boxes[first..] {
            let size = drawn.size();
            let x = place.right() - size.0;
            drawn.draw(frame, Rect { x, y: top, width: size.0, height: size.1 }, theme);
            top += size.1;
        }
        return true;
    }
    toasts.is_empty()
}

/// Beside the border of what is beneath.
fn inset(area: Rect) -> Rect {
    let (x, y) = (area.width.min(2), area.height.min(1));
    Rect {
        x: area.x + x,
        y: area.y + y,
        width: area.width.saturating_sub(2 * x),
        height: area.height.saturating_sub(2 * y),
    }
}

/// The first corner with nothing in it that must be seen. No stack is higher than half of the room.
fn corner(area: Rect, theme: &Theme, boxes: &[Drawn]) -> Option<Rect> {
    let height: u16 = boxes.iter().map(|drawn| drawn.size().1).sum();
    let width = boxes.iter().map(|drawn| drawn.size().0).max()?;
    if width > area.width || height > area.height.div_ceil(2) {
        return None;
    }
    let (right, bottom) = (area.right() - width, area.bottom() - height);
    [(right, bottom), (right, area.y), (area.x, bottom), (area.x, area.y)]
        .into_iter()
        .map(|(x, y)| Rect { x, y, width, height })
        .find(|place| theme.touch.may_cover(*place))
}

/// One remark, broken into lines.
struct Drawn<'a> {
    toast: &'a Toast,
    lines: Vec<String>,
    key: Option<&'static str>,
}

impl<'a> Drawn<'a> {
    fn of(toast: &'a Toast, keys: Keys, area: Rect) -> Self {
        let columns = WIDEST.min(usize::from(area.width)).saturating_sub(EDGE);
        let mut lines = wrap(&toast.text, columns);
        if lines.len() > TALLEST {
            let rest = lines.split_off(TALLEST - 1).join(" ");
            lines.push(fit(&rest, columns));
        }
        Self { toast, lines, key: key(toast, keys) }
    }

    /// Columns and rows.
    fn size(&self) -> (u16, u16) {
        let (_, word, _) = look(&Theme::plain(), self.toast.mood);
        let around = width(word) + EDGE + 2;
        let key = self.key.map_or(0, |key| width(key) + EDGE + 1);
        let text = self.lines.iter().map(|line| width(line) + EDGE).max().unwrap_or(0);
        let columns = text.max(around).max(key);
        (u16::try_from(columns).unwrap_or(u16::MAX), u16::try_from(self.lines.len() + 2).unwrap_or(u16::MAX))
    }

    fn draw(&self, frame: &mut Frame, place: Rect, theme: &Theme) {
        let (sign, word, style) = look(theme, self.toast.mood);
        let mut block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(style)
            .padding(Padding::horizontal(1))
            .title_top(Line::from(span(format!(" {sign} {word} "), style.patch(theme.strong))));
        if let Some(key) = self.key {
            let hint = Line::from(span(format!(" {key} "), theme.accent.patch(theme.strong)));
            block = block.title_bottom(hint.right_aligned());
        }
        frame.render_widget(Clear, place);
        frame.buffer_mut().set_style(place, theme.base);
        let inner = block.inner(place);
        frame.render_widget(block, place);
        for (row, text) in inner.rows().zip(&self.lines) {
            frame.render_widget(Line::from(span(text, theme.text)), row);
        }
        let undo = self.toast.undo && self.key.is_some();
        theme.touch.note(place, if undo { Intent::Undo } else { Intent::Dismiss });
    }
}
