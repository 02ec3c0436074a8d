//! Who one is here: account, role, and how long the session lasts; in production it says so in red and in a word.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::text::{fit, span, width};
use crate::tui::model::{Facts, Left, Load, Model};
use crate::tui::theme::Theme;

pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, model: &Model) {
    let facts = &model.facts;
    let (session, style) = session(model, theme);
    let right = fit(&session, usize::from(area.width) / 2 + 8);
    let room = usize::from(area.width).saturating_sub(width(&right) + 2);
    frame.render_widget(Line::from(who(facts, theme, room)), area);
    frame.render_widget(Line::from(span(right, style)).right_aligned(), area);
}

fn who(facts: &Facts, theme: &Theme, room: usize) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut left = room;
    if facts.is_production() {
        spans.extend([span(" PRODUCTION ", theme.danger), span(" ", theme.text)]);
        left = left.saturating_sub(13);
    }
    let style = if facts.is_production() { theme.bad } else { theme.text };
    match facts.choice.ready() {
        Some(choice) => {
            let role = format!(" · {}", choice.role_name);
            let account = fit(&choice.account_name, left.saturating_sub(width(&role)));
            spans.push(span(account, style.patch(theme.strong)));
            spans.push(span(fit(&role, left), style));
        }
        None => {
            let folder = facts.opened.ready().map(|opened| opened.root.clone()).unwrap_or_default();
            spans.push(span(fit(&folder, left), theme.dim));
        }
    }
    spans
}

fn session(model: &Model, theme: &Theme) -> (String, Style) {
    let facts = &model.facts;
    let signs_in = facts.opened.ready().is_some_and(|opened| opened.start_url.is_some());
    match &facts.session {
        _ if !signs_in => ("no sign-in needed".to_owned(), theme.dim),
        Load::Busy(_) => ("looking for your session…".to_owned(), theme.dim),
        Load::Idle => ("not signed in · A signs in".to_owned(), theme.warn),
        Load::Broken(problem) => (problem.says.clone(), theme.warn),
        Load::Ready(session) if session.renews => ("signed in, renewed by itself".to_owned(), theme.dim),
        Load::Ready(session) => {
            let left = Left::of(session.expires_at, model.window.now);
            (left.says(), if left.is_soon() { theme.warn } else { theme.dim })
        }
    }
}
