//! Remarks in a corner, over the screen, and what takes long where the screen does not say so.
//!
//! The rule: they hide neither the row under the cursor nor a question nor what is being typed. Where no corner is free the one
//! that matters most stands in the line over the screen, never in that of the keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Padding};

use super::busy;
use super::text::{fit, span, width, wrap};
use crate::tui::effect::UnderWay;
use crate::tui::keymap::Intent;
use crate::tui::model::{Model, Mood, Toast};
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

/// One box: what it is, its words, and the key that is for it.
pub struct Told {
    sign: &'static str,
    word: &'static str,
    style: Style,
    text: String,
    key: Option<(&'static str, Intent)>,
}

impl Told {
    /// As one line, in the place of whatever stood there.
    pub fn draw_line(&self, frame: &mut Frame, area: Rect, theme: &Theme) {
        let key = self.key.map(|(key, _)| format!(" · {key}")).unwrap_or_default();
        let room = usize::from(area.width).saturating_sub(width(&key));
        let text = fit(&format!("{} {}: {}", self.sign, self.word, self.text), room);
        frame.render_widget(Clear, area);
        frame.buffer_mut().set_style(area, theme.base);
        frame.render_widget(Line::from(vec![span(text, self.style), span(key, theme.accent)]), area);
        theme.touch.note(area, self.key.map_or(Intent::Dismiss, |(_, intent)| intent));
    }
}

/// All there is to be told besides the screen. What matters most is last: it lies nearest to the corner.
pub fn all(model: &Model, theme: &Theme) -> Vec<Told> {
    let mut toasts: Vec<&Toast> = model.window.toasts.shown().iter().collect();
    toasts.sort_by_key(|toast| toast.mood == Mood::Failed);
    let working = model.long_unseen().map(|task| working(model, theme, task));
    let failures = toasts.iter().filter(|toast| toast.mood == Mood::Failed).count();
    let mut all: Vec<Told> = toasts.into_iter().map(|toast| remark(model, theme, toast)).collect();
    let place = all.len() - failures;
    all.splice(place..place, working);
    all
}

fn remark(model: &Model, theme: &Theme, toast: &Toast) -> Told {
    let (sign, word, style) = look(theme, toast.mood);
    let key = match toast.mood {
        Mood::Failed => model.overlay.is_none().then_some(("Esc closes", Intent::Dismiss)),
        _ if toast.undo && model.undo_key() => Some(("u undo", Intent::Undo)),
        _ => None,
    };
    Told { sign, word, style, text: toast.text.clone(), key }
}

fn working(model: &Model, theme: &Theme, task: &UnderWay) -> Told {
    let count = task.count.map(|(done, all)| format!(", {done} of {all}")).unwrap_or_default();
    let text = format!("{}{count}…", task.work.words);
    let key = model.can_stop().then_some(("Esc stops", Intent::Back));
    Told { sign: busy::sign(theme, model.window.beat), word: "working", style: theme.accent, text, key }
}

/// Draws as many as a free corner of `area` has room for; false when there is no room for any.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, all: &[Told]) -> bool {
    let area = inset(area);
    let boxes: Vec<Drawn> = all.iter().map(|told| Drawn::of(told, area)).collect();
    for first in 0..boxes.len() {
        let Some(place) = corner(area, theme, &boxes[first..]) else { continue };
        let mut top = place.y;
        for drawn in &boxes[first..] {
            let (width, height) = drawn.size();
            drawn.draw(frame, Rect { x: place.right() - width, y: top, width, height }, theme);
            top += height;
        }
        return true;
    }
    all.is_empty()
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

/// One of them, broken into lines.
struct Drawn<'a> {
    told: &'a Told,
    lines: Vec<String>,
}

impl<'a> Drawn<'a> {
    fn of(told: &'a Told, area: Rect) -> Self {
        let columns = WIDEST.min(usize::from(area.width)).saturating_sub(EDGE);
        let mut lines = wrap(&told.text, columns);
        if lines.len() > TALLEST {
            let rest = lines.split_off(TALLEST - 1).join(" ");
            lines.push(fit(&rest, columns));
        }
        Self { told, lines }
    }

    /// Columns and rows.
    fn size(&self) -> (u16, u16) {
        let around = width(self.told.word) + EDGE + 2;
        let key = self.told.key.map_or(0, |(key, _)| width(key) + EDGE + 1);
        let text = self.lines.iter().map(|line| width(line) + EDGE).max().unwrap_or(0);
        let columns = text.max(around).max(key);
        (u16::try_from(columns).unwrap_or(u16::MAX), u16::try_from(self.lines.len() + 2).unwrap_or(u16::MAX))
    }

    fn draw(&self, frame: &mut Frame, place: Rect, theme: &Theme) {
        let Told { sign, word, style, key, .. } = self.told;
        let mut block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(*style)
            .padding(Padding::horizontal(1))
            .title_top(Line::from(span(format!(" {sign} {word} "), style.patch(theme.strong))));
        if let Some((key, _)) = key {
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
        theme.touch.note(place, key.map_or(Intent::Dismiss, |(_, intent)| intent));
    }
}
