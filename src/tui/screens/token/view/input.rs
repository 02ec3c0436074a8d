//! What is being typed, as dots, with a word about its shape.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::onboard::{Fit, TokenRow, beginning, fit as fits};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{count, fit, span};

/// Rows it takes.
pub(super) const ROWS: usize = 4;

pub(super) fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(3), Constraint::Fill(1)]));
    let inner = panel(frame, top, theme, "type or paste", Focus::Here);
    theme.touch.keep(Rect { height: top.height + 1, ..top });
    let buffer = &model.screens.token.input;
    let length = match buffer.chars() {
        0 => String::new(),
        1 => " 1 character".to_owned(),
        n => format!(" {n} characters"),
    };
    // Dots stop where the length begins.
    let room = usize::from(inner.width).saturating_sub(length.len() + 2);
    let dots = "•".repeat(buffer.chars().min(room));
    let line = Line::from(vec![span(dots, theme.strong), span("▏", theme.accent)]);
    frame.render_widget(line, inner);
    frame.render_widget(Line::from(span(length, theme.dim)).right_aligned(), inner);
    let (text, style) = feedback(theme, buffer.expose_to(|text| fits(text, token.shape.as_deref())), token);
    let text =
        if buffer.overflown { "! longer than any token: the rest was left out".to_owned() } else { text };
    let says = Line::from(span(fit(&text, usize::from(rest.width)), style));
    frame.render_widget(says, Rect { height: rest.height.min(1), ..rest });
}

/// What the shape says, never what was typed.
fn feedback(theme: &Theme, fits: Fit, token: &TokenRow) -> (String, Style) {
    let start = token.shape.as_deref().map(beginning).unwrap_or_default();
    let like = if start.is_empty() { "its shape".to_owned() } else { format!("{start}…") };
    match fits {
        Fit::Nothing if start.is_empty() => ("It is never shown.".to_owned(), theme.dim),
        Fit::Nothing => (format!("It begins with {like} and is never shown."), theme.dim),
        Fit::NoShape => ("The profile does not say what it looks like.".to_owned(), theme.dim),
        Fit::SoFar { left: None } => (format!("· not yet a whole {}", token.title), theme.dim),
        Fit::SoFar { left: Some(left) } => {
            (format!("· {} to a whole {}", count(left, "character"), token.title), theme.dim)
        }
        Fit::TooLong { of } => {
            (format!("! too long: a {} has {}", token.title, count(of, "character")), theme.warn)
        }
        Fit::Matches => (format!("✓ looks like a {}", token.title), theme.good),
        Fit::Differs => (format!("! does not match {like}"), theme.warn),
        Fit::Other(vendor) => (format!("! this looks like {vendor}"), theme.warn),
    }
}
