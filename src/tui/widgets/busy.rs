//! Words for what we wait for, with a sign of life where motion is wanted.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{fit, span, width};
use crate::tui::model::Model;
use crate::tui::theme::Theme;

const FRAMES: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/// `⠙ asking AWS for your accounts…`, and once that takes long how far it is and what Esc does.
pub fn line(theme: &Theme, model: &Model, words: &str, columns: usize) -> Line<'static> {
    let room = columns.saturating_sub(2);
    // What can be done goes before how it is said.
    let rest = said(model).map(|rest| format!("  {rest}")).unwrap_or_default();
    Line::from(vec![
        span(sign(theme, model.window.beat), theme.accent),
        span(" ", theme.text),
        span(fit(words, room.saturating_sub(width(&rest))), theme.text),
        span(rest, theme.dim),
    ])
}

/// Of what this screen speaks of itself.
fn said(model: &Model) -> Option<String> {
    let task = model.long().filter(|task| task.work.shown.contains(&model.seen()))?;
    let count = task.count.map(|(done, all)| format!("{done} of {all}"));
    let esc = model.can_stop().then(|| "Esc stops".to_owned());
    Some(count.into_iter().chain(esc).collect::<Vec<_>>().join(" · ")).filter(|rest| !rest.is_empty())
}

/// The sign of life alone.
pub fn sign(theme: &Theme, beat: usize) -> &'static str {
    if theme.motion { FRAMES[beat % FRAMES.len()] } else { "…" }
}

/// The same as a screen's only content.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, model: &Model, words: &str) {
    if let Some(row) = area.rows().next() {
        frame.render_widget(line(theme, model, words, usize::from(area.width)), row);
    }
}
