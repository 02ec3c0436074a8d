//! `▰▰▰▱▱`: so many of so many.

use ratatui::text::Span;

use super::text::span;
use crate::tui::theme::Theme;

/// The longest bar; more than this is drawn to scale.
const LONGEST: usize = 24;

/// Always with the numbers beside it.
pub fn spans(theme: &Theme, done: usize, all: usize) -> Vec<Span<'static>> {
    let length = all.min(LONGEST);
    let filled = (done * length).checked_div(all).unwrap_or(0).min(length);
    vec![span("▰".repeat(filled), theme.good), span("▱".repeat(length - filled), theme.dim)]
}
