//! One token: whose it is, where it is kept and made, and what was last done with it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use time::OffsetDateTime;
use time::macros::format_description;

use super::super::{TokenAct, TokenDone, current, is_kept, state};
use super::input;
use crate::finding::Finding;
use crate::onboard::{TokenKept, TokenRow, TokenState};
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::{count, span};
use crate::tui::widgets::{busy, finding};

/// Rows of the card: enough for a finding, so that it does not jump.
const ROWS: usize = 16;
/// Columns of a label.
const LABEL: usize = 10;

pub(super) fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
    let focus = if model.screens.token.typing { Focus::Here } else { Focus::Elsewhere };
    let inner = panel(frame, snug(area, ROWS), theme, &token.title, focus);
    let lines = about(model, theme, token, inner.width);
    let happens = happens(model);
    let wanted = happens.rows(model, theme, token, inner.width);
    let most = inner.height.saturating_sub(wanted);
    let tall = u16::try_from(lines.len()).unwrap_or(1).min(most);
    for (row, line) in inner.rows().take(usize::from(tall)).zip(lines) {
        frame.render_widget(line, row);
    }
    let gap = u16::from(inner.height > tall + wanted);
    let below = Rect { y: inner.y + tall + gap, height: inner.height - tall - gap, ..inner };
    happens.draw(model, theme, frame, below, token);
}

/// What is known of it, what matters most first: the rest is left out where there is little room.
fn about(model: &Model, theme: &Theme, token: &TokenRow, columns: u16) -> Vec<Line<'static>> {
    let mut about = Details::new(theme, columns, LABEL);
    if is_kept(&model.facts, token) && !model.screens.token.typing {
        whose(theme, &mut about, token, model.window.now);
    }
    if let Some(page) = &token.page {
        about.pair("made at", page, theme.accent);
    }
    if !token.scopes.is_empty() {
        about.pair("may", &token.scopes.join(", "), theme.text);
    }
    let file = token.file.as_ref().map(|file| format!(" and {file}, git-ignored")).unwrap_or_default();
    about.pair("kept in", &format!("your keychain{file}"), theme.text);
    about.into_lines()
}

fn whose(theme: &Theme, about: &mut Details, token: &TokenRow, now: OffsetDateTime) {
    let Some(account) = &token.account else {
        let says = if token.verifiable { "not yet asked; v asks its service" } else { "nobody can be asked" };
        return about.pair("account", says, theme.dim);
    };
    about.pair("account", &account.name, theme.strong);
    if let Some(organization) = &account.organization {
        about.pair("of", organization, theme.text);
    }
    if let Some(end) = account.expires_at {
        let style = if end <= now { theme.bad } else { theme.text };
        about.pair("expires", &format!("{}, {}", day(end), away(end, now)), style);
    }
    let checked = format!("{}, by {}", day(account.checked_at), account.host);
    about.pair("verified", &checked, theme.text);
}

fn day(at: OffsetDateTime) -> String {
    at.format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}

/// "in 12 days", "3 days ago"
fn away(at: OffsetDateTime, now: OffsetDateTime) -> String {
    let days = usize::try_from((at - now).whole_days().unsigned_abs()).unwrap_or(usize::MAX);
    match (days, at < now) {
        (0, false) => "within a day".to_owned(),
        (0, true) => "less than a day ago".to_owned(),
        (days, false) => format!("in {}", count(days, "day")),
        (days, true) => format!("{} ago", count(days, "day")),
    }
}

/// What is going on with the token.
enum Happens<'a> {
    /// We wait, for this.
    Busy(&'static str),
    /// Something did not work: this, and why.
    Broken(&'static str, &'a Finding),
    Typing,
    /// It is said what was done, or what can be.
    Said,
}

fn happens(model: &Model) -> Happens<'_> {
    let screen = &model.screens.token;
    match (&model.facts.keeping, &screen.act, &model.facts.tokens) {
        (Load::Busy(_), ..) => Happens::Busy("handing it to the keychain"),
        (_, Load::Busy(_), _) => Happens::Busy(screen.doing.map_or("asking the keychain", TokenAct::words)),
        _ if screen.typing => Happens::Typing,
        (_, _, Load::Busy(_)) => Happens::Busy("asking the keychain"),
        (Load::Broken(problem), ..) => Happens::Broken("It was not kept", problem),
        (_, Load::Broken(problem), _) => Happens::Broken(failed(screen.doing), problem),
        (Load::Idle, Load::Idle, Load::Broken(problem)) => {
            Happens::Broken("The keychain could not be asked", problem)
        }
        (Load::Idle, Load::Idle, _) => {
            let problem = current(model).and_then(|token| token.problem.as_ref());
            problem.map_or(Happens::Said, |problem| Happens::Broken("It cannot be read", problem))
        }
        _ => Happens::Said,
    }
}

impl Happens<'_> {
    /// Rows it has a right to, before what is known of the token.
    fn rows(&self, model: &Model, theme: &Theme, token: &TokenRow, columns: u16) -> u16 {
        let rows = match self {
            Self::Busy(_) => 1,
            Self::Broken(_, problem) => {
                finding::lines(theme, problem, usize::from(columns).saturating_sub(4)).len() + 2
            }
            Self::Typing => input::ROWS,
            Self::Said => said(model, theme, token, columns).into_lines().len(),
        };
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    fn draw(&self, model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, token: &TokenRow) {
        match self {
            Self::Busy(words) => busy::draw(frame, area, theme, model, &format!("{words}…")),
            Self::Broken(title, problem) => _ = finding::draw(frame, area, theme, title, problem),
            Self::Typing => input::view(model, theme, frame, area, token),
            Self::Said => said(model, theme, token, area.width).draw(frame, area),
        }
    }
}

fn failed(act: Option<TokenAct>) -> &'static str {
    match act {
        Some(TokenAct::Verify { .. }) => "It is not verified",
        Some(TokenAct::Reveal) => "It cannot be shown",
        Some(TokenAct::Copy) => "It was not copied",
        Some(TokenAct::Share | TokenAct::Decline) => "It is not shared",
        Some(TokenAct::Remove) | None => "It was not forgotten",
    }
}

/// What came of what was last done, else what to do.
fn said<'a>(model: &Model, theme: &'a Theme, token: &TokenRow, columns: u16) -> Details<'a> {
    let mut all = Details::new(theme, columns, LABEL);
    match model.screens.token.act.ready() {
        Some(TokenDone::Verified(checked)) => {
            good(theme, &mut all, &format!("{} says it is good: {}", checked.account.host, checked.account));
            notes(theme, &mut all, &checked.findings, columns);
        }
        Some(TokenDone::Shared(shared)) => {
            good(theme, &mut all, &format!("used here, too: it is {}", shared.says()));
            notes(theme, &mut all, &shared.findings, columns);
        }
        Some(TokenDone::Removed(removed)) => {
            let says = removed.says();
            says.lines().for_each(|line| all.says(line, theme.text));
            notes(theme, &mut all, &removed.findings, columns);
        }
        _ => stands(model, theme, &mut all, token, columns),
    }
    all
}

fn stands(model: &Model, theme: &Theme, all: &mut Details, token: &TokenRow, columns: u16) {
    let from = token.offered_by.as_deref().unwrap_or_default();
    match state(&model.facts, token) {
        TokenState::Kept => {
            let now = model.facts.kept.iter().rev().find(|kept| kept.name == token.name);
            kept(theme, all, now, columns);
            if model.beside.is_none() {
                hint(theme, all, "Enter", " goes on; i takes another in its place.");
            }
        }
        TokenState::Expired => {
            all.says("It has ended. Make a new one; i takes it.", theme.warn);
        }
        TokenState::Offered => {
            all.says(&format!("{from} keeps one."), theme.text);
            hint(theme, all, "u", " lets this project use it, too.");
        }
        TokenState::Declined => {
            all.says(&format!("{from} keeps one, which you did not want here."), theme.dim);
            hint(theme, all, "Enter", " takes one for this project alone; u asks again.");
        }
        TokenState::Missing | TokenState::Unknown => invitation(model, theme, all, token),
    }
}

fn kept(theme: &Theme, all: &mut Details, now: Option<&TokenKept>, columns: u16) {
    let Some(kept) = now else { return };
    good(theme, all, &format!("kept {}", kept.says()));
    if !kept.left_out.is_empty() {
        all.says(&format!("left out of what was given: {}", kept.left_out.join(", ")), theme.dim);
    }
    notes(theme, all, &kept.findings, columns);
}

fn good(theme: &Theme, all: &mut Details, says: &str) {
    all.says(&format!("✓ {says}"), theme.good);
}

fn notes(theme: &Theme, all: &mut Details, findings: &[Finding], columns: u16) {
    for finding in findings {
        all.gap();
        all.extend(finding::lines(theme, finding, usize::from(columns)));
    }
}

fn hint(theme: &Theme, all: &mut Details, key: &str, says: &str) {
    let key = span(key, theme.accent.patch(theme.strong));
    all.line(Line::from(vec![key, span(says, theme.dim)]));
}

fn invitation(model: &Model, theme: &Theme, all: &mut Details, token: &TokenRow) {
    let key = theme.accent.patch(theme.strong);
    all.line(Line::from(vec![
        span("Paste it", key),
        span(", or press ", theme.text),
        span("Enter", key),
        span(" to type it unseen.", theme.text),
    ]));
    if token.page.is_some() {
        hint(theme, all, "o", " opens the page where one is made.");
    }
    if model.beside.is_none() {
        hint(theme, all, "s", " skips it for now.");
    }
}
