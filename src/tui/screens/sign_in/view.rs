//! The code in large letters, where to take it, and how long it holds.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::seconds_left;
use crate::onboard::SignedIn;
use crate::sso::DeviceCode;
use crate::tui::model::{Load, Model};
use crate::tui::screens::sign_in::SignIn;
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{fit, span, wrap};
use crate::tui::widgets::{big_code, busy, finding, qr};

const TITLE: &str = "Sign in to AWS";

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    match (&model.facts.session, &model.screens.sign_in) {
        (Load::Ready(session), _) => approved(model, theme, frame, area, session),
        (Load::Broken(problem), _) => failed(theme, frame, area, problem),
        (Load::Idle, _) => idle(theme, frame, area),
        (_, SignIn::Waiting(code)) => waiting(model, theme, frame, area, code),
        (_, SignIn::Asking) => asking(model, theme, frame, area, "asking AWS for a sign-in code…"),
        (_, SignIn::Looking) => asking(model, theme, frame, area, "looking for a session from before…"),
    }
}

fn asking(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, words: &str) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    busy::draw(frame, inner, theme, model.window.beat, words);
    if let (Some(row), Some(opened)) = (inner.rows().nth(2), model.facts.opened.ready()) {
        let url = opened.start_url.as_deref().unwrap_or_default();
        frame.render_widget(Line::from(span(fit(url, usize::from(row.width)), theme.dim)), row);
    }
}

fn waiting(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, code: &DeviceCode) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    // A phone cannot open a page of this machine.
    let reachable = !code.page_with_code.starts_with("http://127.0.0.1");
    let code_rows = qr::rows(&code.page_with_code).filter(|rows| reachable && has_room(theme, inner, rows));
    let inner = match code_rows {
        Some(rows) => beside_qr(theme, frame, inner, &rows),
        None => inner,
    };
    let letters = big_code::lines(&code.user_code, inner.width, inner.height.saturating_sub(7));
    let tall = u16::try_from(letters.len()).unwrap_or(1);
    let needed = tall + 8;
    let air = inner.height.saturating_sub(needed) / 2;
    let parts = Layout::vertical([
        Constraint::Length(air),
        Constraint::Length(2),
        Constraint::Length(tall),
        Constraint::Length(1),
        Constraint::Fill(1),
    ]);
    let [_, intro, letters_at, _, rest] = inner.layout(&parts);
    let says = format!("Compare {} with the page, then approve.", code.user_code);
    let says = fit(&says, usize::from(intro.width));
    frame.render_widget(Line::from(span(says, theme.text)).centered(), intro);
    big_code::draw(frame, letters_at, letters, theme.accent.patch(theme.strong));
    below(model, theme, frame, rest, code);
}

fn has_room(theme: &Theme, area: Rect, rows: &[String]) -> bool {
    let wide = rows.first().map_or(0, |row| row.chars().count());
    theme.colours && usize::from(area.width) >= wide + 66 && usize::from(area.height) >= rows.len() + 2
}

/// The QR code at the right; returns what is left of the room.
fn beside_qr(theme: &Theme, frame: &mut Frame, area: Rect, rows: &[String]) -> Rect {
    let wide = u16::try_from(rows.first().map_or(0, |row| row.chars().count())).unwrap_or(0);
    let tall = u16::try_from(rows.len()).unwrap_or(0);
    let [left, right] =
        area.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Length(wide)]).spacing(2));
    let y = right.y + (right.height - tall - 1) / 2;
    qr::draw(frame, Rect { y, height: tall, ..right }, rows);
    let words = Line::from(span("or scan it with a phone", theme.dim)).centered();
    frame.render_widget(words, Rect { y: y + tall, height: 1, ..right });
    left
}

fn below(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, code: &DeviceCode) {
    let columns = usize::from(area.width);
    let mut lines: Vec<Line> = wrap(&code.page, columns)
        .into_iter()
        .map(|line| Line::from(span(line, theme.accent.patch(theme.strong))))
        .collect();
    lines.push(Line::default());
    lines.push(countdown(model, theme, code));
    lines.push(Line::default());
    let keys = keys(model, theme);
    if keys.width() <= columns {
        lines.push(keys);
    }
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line.centered(), row);
    }
}

fn countdown(model: &Model, theme: &Theme, code: &DeviceCode) -> Line<'static> {
    let left = seconds_left(code, model.window.now);
    let clock = format!("{}:{:02}", left / 60, left % 60);
    match left {
        0 => Line::from(span("this code has expired: r asks for a new one", theme.warn)),
        1..60 => Line::from(vec![
            span("waiting for you to approve · expires in ", theme.text),
            span(clock, theme.warn.patch(theme.strong)),
        ]),
        _ => Line::from(vec![
            span("waiting for you to approve · expires in ", theme.dim),
            span(clock, theme.text),
        ]),
    }
}

fn keys(model: &Model, theme: &Theme) -> Line<'static> {
    let approve = model.facts.can_approve.then_some(("a", "approve here"));
    let all = approve.into_iter().chain([("o", "open in a browser"), ("c", "copy the code")]);
    let mut spans = Vec::new();
    for (key, word) in all {
        spans.push(span(format!(" {key} "), theme.pill));
        spans.push(span(format!(" {word}   "), theme.text));
    }
    Line::from(spans)
}

fn approved(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, session: &SignedIn) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    let mut all = Details::new(theme, inner.width, 10);
    all.line(Line::from(vec![span("✓ ", theme.good), span("signed in", theme.strong)]));
    all.gap();
    let url = model.facts.opened.ready().and_then(|opened| opened.start_url.clone());
    all.pair("portal", &url.unwrap_or_default(), theme.text);
    all.pair("session", &lasts(session, model.window.now), theme.text);
    all.pair("shared", "the AWS CLI and every SDK on this machine use it too", theme.text);
    if let Some(warning) = &session.warning {
        all.gap();
        all.extend(finding::lines(theme, warning, usize::from(inner.width)));
    }
    all.draw(frame, inner);
}

/// "for another 7 h 40 min"
pub fn lasts(session: &SignedIn, now: time::OffsetDateTime) -> String {
    let minutes = (session.expires_at - now).whole_minutes();
    match (minutes / 60, minutes % 60) {
        (..=0, ..=0) => "at its end".to_owned(),
        (0, minutes) => format!("for another {minutes} min"),
        (1, 0) => "for another hour".to_owned(),
        (hours, 0) => format!("for another {hours} h"),
        (hours, minutes) => format!("for another {hours} h {minutes} min"),
    }
}

fn failed(theme: &Theme, frame: &mut Frame, area: Rect, problem: &crate::finding::Finding) {
    let rest = finding::draw(frame, area, theme, "Not signed in", problem);
    hints(theme, frame, rest);
}

fn idle(theme: &Theme, frame: &mut Frame, area: Rect) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    let says = Line::from(span("The sign-in was cancelled.", theme.text));
    frame.render_widget(says, Rect { height: inner.height.min(1), ..inner });
    hints(theme, frame, Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner });
}

fn hints(theme: &Theme, frame: &mut Frame, area: Rect) {
    let key = theme.accent.patch(theme.strong);
    let lines = [
        Line::default(),
        Line::from(vec![span("  r ", key), span("asks for a new code", theme.text)]),
        Line::from(vec![
            span("  s ", key),
            span("goes on without AWS: what only AWS has stays open", theme.text),
        ]),
    ];
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}
