//! The tokens with how each stands, and the card of the one under the cursor.

mod card;
mod input;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::{known, state};
use crate::onboard::{TokenRow, TokenState};
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::{fit, pad, span, width};
use crate::tui::widgets::{details::Details, list};

/// Columns of a sign and the word behind it.
const STATE: usize = 12;
/// A longer title is cut.
const TITLE: usize = 34;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let tokens = known(&model.facts);
    let Some(current) = tokens.get(model.screens.token.cursor).or(tokens.first()) else {
        return none(model, theme, frame, area);
    };
    let rows = u16::try_from(tokens.len()).unwrap_or(u16::MAX).clamp(1, (area.height / 3).max(1)) + 2;
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]));
    let focus = if model.screens.token.typing { Focus::Elsewhere } else { Focus::Here };
    let inner = panel(frame, top, theme, "Personal tokens", focus);
    let columns = usize::from(inner.width).saturating_sub(1);
    let title = tokens.iter().map(|token| width(&token.title)).max().unwrap_or(0).min(TITLE);
    let lines = tokens.iter().map(|token| row(model, theme, token, title, columns)).collect();
    list::draw(frame, inner, theme, lines, Some(model.screens.token.cursor));
    card::view(model, theme, frame, rest, current);
}

fn none(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let inner = panel(frame, snug(area, 1), theme, "Personal tokens", Focus::Here);
    let mut all = Details::new(theme, inner.width, 10);
    let says = match model.facts.opened.ready() {
        Some(_) => "This profile asks for no personal tokens.",
        None => "A profile says which tokens there are; choose one first.",
    };
    all.says(says, theme.text);
    all.draw(frame, inner);
}

fn row(model: &Model, theme: &Theme, token: &TokenRow, title: usize, columns: usize) -> Line<'static> {
    let skipped = model.screens.token.skipped.contains(&token.name) && model.beside.is_none();
    let (sign, word, style) = match state(&model.facts, token) {
        TokenState::Missing | TokenState::Unknown if skipped => ("–", "skipped".to_owned(), theme.dim),
        state => {
            let (sign, style) = look(theme, state);
            (sign, state.to_string(), style)
        }
    };
    let title = title.min(columns.saturating_sub(STATE + 1));
    let room = columns.saturating_sub(title + STATE + 2);
    let more = more(token, room);
    Line::from(vec![
        span(pad(&token.title, title), theme.text),
        span(format!("  {}", pad(&format!("{sign} {word}"), STATE)), style),
        span(fit(&more, room), theme.dim),
    ])
}

/// Sign and style of a state; its word always stands beside them.
fn look(theme: &Theme, state: TokenState) -> (&'static str, Style) {
    match state {
        TokenState::Kept => ("✓", theme.good),
        TokenState::Expired => ("✗", theme.bad),
        TokenState::Offered => ("+", theme.accent),
        TokenState::Declined => ("–", theme.dim),
        TokenState::Missing => ("·", theme.warn),
        TokenState::Unknown => ("·", theme.dim),
    }
}

/// Whose it is, as much as fits in `room`; else who keeps one.
fn more(token: &TokenRow, room: usize) -> String {
    match (&token.account, &token.offered_by) {
        (Some(account), _) => {
            let whole = account.to_string();
            if width(&whole) <= room { whole } else { account.name.clone() }
        }
        (None, Some(from)) => format!("kept for {from}"),
        (None, None) => String::new(),
    }
}
