//! The tokens, and the one being asked for: where it is made, what it may do, and the hidden input.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use super::{all_settled, is_kept, known};
use crate::onboard::{Fit, TokenRow, beginning, fit as fits};
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::{fit, pad, span};
use crate::tui::widgets::{busy, finding, list};

/// Rows of the token's card: enough for a finding, so that it does not jump.
const CARD: usize = 14;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let tokens = known(&model.facts);
    let rows = u16::try_from(tokens.len()).unwrap_or(u16::MAX).clamp(1, area.height / 3) + 2;
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]));
    let focus = if model.screens.token.typing { Focus::Elsewhere } else { Focus::Here };
    let inner = panel(frame, top, theme, "Personal tokens", focus);
    let columns = usize::from(inner.width).saturating_sub(1);
    let lines = tokens.iter().map(|token| row(model, theme, token, columns)).collect();
    list::draw(frame, inner, theme, lines, Some(model.screens.token.cursor));
    if let Some(token) = tokens.get(model.screens.token.cursor) {
        card(model, theme, frame, rest, token);
    }
}

fn row(model: &Model, theme: &Theme, token: &TokenRow, columns: usize) -> Line<'static> {
    let skipped = model.screens.token.skipped.contains(&token.name);
    let (word, style) = match (is_kept(&model.facts, token), token.kept) {
        (true, _) => ("✓ kept", theme.good),
        (false, _) if skipped => ("– skipped", theme.dim),
        (false, None) => ("· not asked yet", theme.dim),
        (false, _) => ("· not kept", theme.warn),
    };
    let name = columns.saturating_sub(17);
    Line::from(vec![span(pad(&token.title, name), theme.text), span(format!(" {}", pad(word, 16)), style)])
}

fn card(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
    let focus = if model.screens.token.typing { Focus::Here } else { Focus::Elsewhere };
    let inner = panel(frame, snug(area, CARD), theme, &token.title, focus);
    let mut about = Details::new(theme, inner.width, 10);
    if let Some(page) = &token.page {
        about.pair("made at", page, theme.accent);
    }
    if !token.scopes.is_empty() {
        about.pair("may", &token.scopes.join(", "), theme.text);
    }
    let file = token.file.as_ref().map(|file| format!(" and {file}, git-ignored")).unwrap_or_default();
    about.pair("kept in", &format!("your keychain{file}"), theme.text);
    let lines = about.into_lines();
    let tall = u16::try_from(lines.len()).unwrap_or(1).min(inner.height);
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
    let gap = u16::from(inner.height > tall + 5);
    let rest =
        Rect { y: inner.y + tall + gap, height: inner.height - tall - gap.min(inner.height - tall), ..inner };
    state(model, theme, frame, rest, token);
}

fn state(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
    match &model.facts.keeping {
        Load::Busy(_) => busy::draw(frame, area, theme, model.window.beat, "handing it to the keychain…"),
        Load::Broken(problem) if !model.screens.token.typing => {
            finding::draw(frame, area, theme, "It was not kept", problem);
        }
        Load::Idle if model.facts.tokens.broken().is_some() && !model.screens.token.typing => {
            if let Some(problem) = model.facts.tokens.broken() {
                finding::draw(frame, area, theme, "The keychain could not be asked", problem);
            }
        }
        _ if model.screens.token.typing => input(model, theme, frame, area, token),
        _ if is_kept(&model.facts, token) => kept(model, theme, frame, area, token),
        _ => invitation(theme, frame, area, token),
    }
}

fn input(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(3), Constraint::Fill(1)]));
    let inner = panel(frame, top, theme, "type or paste", Focus::Here);
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
        Fit::SoFar => (format!("· not yet a whole {}", token.title), theme.dim),
        Fit::Matches => (format!("✓ looks like a {}", token.title), theme.good),
        Fit::Differs => (format!("! does not match {like}"), theme.warn),
        Fit::Other(vendor) => (format!("! this looks like {vendor}"), theme.warn),
    }
}

fn kept(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
    let mut all = Details::new(theme, area.width, 10);
    let place = model.facts.kept.iter().rev().find(|kept| kept.name == token.name);
    let words = place.map_or_else(|| "kept before".to_owned(), |kept| format!("kept in {}", kept.place));
    all.line(Line::from(vec![span("✓ ", theme.good), span(words, theme.strong)]));
    if let Some(file) = place.and_then(|kept| kept.file.as_ref()) {
        all.line(Line::from(vec![span("✓ ", theme.good), span(format!("written to {file}"), theme.text)]));
    }
    for finding in place.iter().flat_map(|kept| &kept.findings) {
        all.gap();
        all.extend(finding::lines(theme, finding, usize::from(area.width)));
    }
    all.gap();
    let key = theme.accent.patch(theme.strong);
    let hint = if all_settled(model) { " goes on" } else { " types another in its place" };
    all.line(Line::from(vec![span("Enter", key), span(hint, theme.dim)]));
    all.draw(frame, area);
}

fn invitation(theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
    let key = theme.accent.patch(theme.strong);
    let mut all = Details::new(theme, area.width, 10);
    all.line(Line::from(vec![
        span("Paste it", key),
        span(", or press ", theme.text),
        span("Enter", key),
        span(" to type it unseen.", theme.text),
    ]));
    if token.page.is_some() {
        all.line(Line::from(vec![span("o", key), span(" opens the page where one is made.", theme.text)]));
    }
    all.line(Line::from(vec![span("s", key), span(" skips it for now.", theme.text)]));
    all.draw(frame, area);
}
