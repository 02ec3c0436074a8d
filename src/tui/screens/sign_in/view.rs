//! The code in large letters, where to take it, and how long it holds.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{Stage, seconds_left};
use crate::handover::{is_reachable, letters, qr as phone};
use crate::onboard::SignedIn;
use crate::sso::{BrowserPage, DeviceCode, Holder, Prompt};
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel};
use crate::tui::widgets::text::{fit, span, wrap};
use crate::tui::widgets::{big_code, busy, finding, qr};

const TITLE: &str = "Sign in to AWS";

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    match (&model.facts.session, &model.screens.sign_in.stage) {
        (Load::Ready(session), _) => approved(model, theme, frame, area, session),
        (Load::Broken(problem), _) => failed(theme, frame, area, problem),
        (Load::Idle, _) => idle(theme, frame, area),
        (_, Stage::Waiting(Prompt::Code(code))) => waiting(model, theme, frame, area, code),
        (_, Stage::Waiting(Prompt::Page(page))) => browsing(model, theme, frame, area, page),
        (_, Stage::Behind(holder)) => behind(model, theme, frame, area, holder.as_ref()),
        (_, Stage::Asking) => asking(model, theme, frame, area, "asking AWS…"),
        (_, Stage::Looking) => asking(model, theme, frame, area, "looking for a session from before…"),
    }
}

fn asking(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, words: &str) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    busy::draw(frame, inner, theme, model, words);
    if let (Some(row), Some(opened)) = (inner.rows().nth(2), model.facts.opened.ready()) {
        let url = opened.start_url.as_deref().unwrap_or_default();
        frame.render_widget(Line::from(span(fit(url, usize::from(row.width)), theme.dim)), row);
    }
}

fn waiting(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, code: &DeviceCode) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    let reachable = is_reachable(&code.page_with_code);
    let code_rows =
        phone::rows(&code.page_with_code).filter(|rows| reachable && has_room(theme, inner, rows));
    let inner = match code_rows {
        Some(rows) => beside_qr(theme, frame, inner, &rows),
        None => inner,
    };
    // Drawn in ASCII they are harder to read than the code itself.
    let rows = if theme.ascii { 0 } else { inner.height.saturating_sub(7) };
    let letters = letters::lines(&code.user_code, inner.width, rows);
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
    theme.touch.keep(Rect { height: needed.min(inner.height - air), y: inner.y + air, ..inner });
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
    lines.push(countdown(theme, seconds_left(&Prompt::Code(code.clone()), model.window.now)));
    lines.push(Line::default());
    let approve = model.facts.can_approve.then_some(("a", "approve here"));
    let shown: Vec<_> =
        approve.into_iter().chain([("o", "open in a browser"), ("c", "copy the code")]).collect();
    let keys = keys(theme, &shown);
    if keys.width() <= columns {
        lines.push(keys);
    }
    lines.extend(why(model, theme, columns));
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line.centered(), row);
    }
}

fn countdown(theme: &Theme, left: u64) -> Line<'static> {
    let clock = format!("{}:{:02}", left / 60, left % 60);
    match left {
        0 => Line::from(span("the time is over: r begins again", theme.warn)),
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

fn keys(theme: &Theme, all: &[(&'static str, &'static str)]) -> Line<'static> {
    let mut spans = Vec::new();
    for (key, word) in all {
        spans.push(span(format!(" {key} "), theme.pill));
        spans.push(span(format!(" {word}   "), theme.text));
    }
    Line::from(spans)
}

/// The method, and why it is the one.
fn why(model: &Model, theme: &Theme, columns: usize) -> Option<Line<'static>> {
    let chosen = model.screens.sign_in.chosen?;
    Some(Line::from(span(fit(&chosen.to_string(), columns), theme.dim)))
}

/// The browser of this machine has the word; what is shown is for when it does not come up.
fn browsing(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, page: &BrowserPage) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    let columns = usize::from(inner.width);
    let mut lines = vec![
        Line::from(span("Approve in your browser.", theme.strong)),
        Line::default(),
        countdown(theme, seconds_left(&Prompt::Page(page.clone()), model.window.now)),
    ];
    lines.extend(why(model, theme, columns));
    lines.push(Line::default());
    let room = usize::from(inner.height).saturating_sub(lines.len() + 6);
    lines.push(Line::from(span("It did not open? Press o, or open this address:", theme.text)));
    lines.extend(address(theme, &page.url, columns, room));
    lines.push(Line::default());
    lines.push(pasting(model, theme, columns));
    let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(inner.height);
    theme.touch.keep(Rect { height: tall, ..inner });
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}

/// As much of it as there is room for; the whole is a key away.
fn address(theme: &Theme, url: &str, columns: usize, rows: usize) -> Vec<Line<'static>> {
    let all = wrap(url, columns);
    let shown = if all.len() <= rows.max(1) { all } else { vec![fit(url, columns)] };
    shown.into_iter().map(|line| Line::from(span(line, theme.accent))).collect()
}

/// Where the address of a browser elsewhere goes.
fn pasting(model: &Model, theme: &Theme, columns: usize) -> Line<'static> {
    let says = match &model.screens.sign_in.address {
        None => "On another machine? Paste the address its browser ends at (127.0.0.1…).".to_owned(),
        Some(typed) => format!("address: {} characters · Enter takes it", typed.chars()),
    };
    let style = if model.screens.sign_in.address.is_some() { theme.strong } else { theme.dim };
    Line::from(span(fit(&says, columns), style))
}

/// Of several processes one signs in; the others see whom they wait for.
fn behind(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, holder: Option<&Holder>) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    busy::draw(frame, inner, theme, model, "another process is signing in; its session will be ours, too");
    let who = holder.map(|holder| {
        let (hour, minute, second) = holder.since.to_hms();
        format!("{} (process {}, since {hour:02}:{minute:02}:{second:02} UTC)", holder.command, holder.pid)
    });
    if let (Some(row), Some(who)) = (inner.rows().nth(2), who) {
        frame.render_widget(Line::from(span(fit(&who, usize::from(row.width)), theme.dim)), row);
    }
}

fn approved(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, session: &SignedIn) {
    let inner = panel(frame, area, theme, TITLE, Focus::Here);
    let mut all = Details::new(theme, inner.width, 10);
    all.line(Line::from(vec![span("✓ ", theme.good), span("signed in", theme.strong)]));
    all.gap();
    let url = model.facts.opened.ready().and_then(|opened| opened.start_url.clone());
    all.pair("portal", &url.unwrap_or_default(), theme.text);
    let renewed = if session.renews { ", then renewed by itself" } else { "" };
    all.pair("session", &format!("{}{renewed}", lasts(session, model.window.now)), theme.text);
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
        Line::from(vec![span("  r ", key), span("signs in again", theme.text)]),
        Line::from(vec![
            span("  s ", key),
            span("goes on without AWS: what only AWS has stays open", theme.text),
        ]),
    ];
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}
