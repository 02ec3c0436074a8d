//! Accounts at the left, the roles of the chosen one at the right; one at a time where it is narrow.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{is_production, is_recent, is_recent_role};
use crate::sso::{Account, Role as Assigned};
use crate::tui::model::{Facts, Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::{pad, span, width, wrap};
use crate::tui::widgets::{busy, finding, list};

/// Columns of the word for production.
const MARK: usize = 12;
/// So that the box does not jump when a longer list comes.
const LEAST_ROWS: usize = 12;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let facts = &model.facts;
    let area = match (facts.accounts.broken(), facts.roles.broken(), facts.choice.broken()) {
        (Some(problem), ..) => {
            finding::draw(frame, area, theme, "Your accounts could not be read", problem);
            return;
        }
        (_, Some(problem), _) => finding::draw(frame, area, theme, "The roles could not be read", problem),
        (.., Some(problem)) => finding::draw(frame, area, theme, "The role could not be taken", problem),
        _ => area,
    };
    let inside = model.screens.role.account.is_some();
    if area.width >= 76 {
        let longest = facts.accounts.ready().map_or(0, Vec::len).max(facts.roles.ready().map_or(0, Vec::len));
        let area = snug(area, longest.max(LEAST_ROWS));
        let [left, right] =
            area.layout(&Layout::horizontal([Constraint::Percentage(62), Constraint::Fill(1)]).spacing(1));
        accounts(model, theme, frame, left);
        roles(model, theme, frame, right);
    } else if inside {
        roles(model, theme, frame, snug(area, LEAST_ROWS));
    } else {
        accounts(model, theme, frame, snug(area, LEAST_ROWS));
    }
}

/// What an empty list means, and who can help.
const NO_ACCOUNT: &str =
    "No account is assigned to you yet. Whoever runs IAM Identity Center can; Esc leads back to signing in.";
const NO_ROLE: &str =
    "No role of this account is yours. Ask its owner for one, or choose another account with Esc.";

fn accounts(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let state = &model.screens.role;
    let focus = if state.account.is_none() { Focus::Here } else { Focus::Elsewhere };
    let inner = panel(frame, area, theme, "Account", focus);
    if model.facts.accounts.ready().is_none() {
        return busy::draw(frame, inner, theme, model, "asking AWS for your accounts…");
    }
    let shown = state.accounts(&model.facts);
    let filter = state.account.is_none().then_some(shown.len());
    let inner = head(model, theme, frame, inner, filter, shown.is_empty().then_some(NO_ACCOUNT));
    let columns = usize::from(inner.width).saturating_sub(1);
    let marked = shown.iter().any(|one| is_production(&model.facts, one) || is_recent(&model.facts, one));
    let mark = if marked { MARK } else { 0 };
    let rows = shown.iter().map(|one| account_row(theme, &model.facts, one, columns, mark)).collect();
    list::draw(frame, inner, theme, rows, Some(state.cursor));
}

/// `Dev   111122223333   recent`
fn account_row(
    theme: &Theme,
    facts: &Facts,
    account: &Account,
    columns: usize,
    mark: usize,
) -> Line<'static> {
    let (word, style) = match () {
        () if is_production(facts, account) => ("▲ production", theme.warn),
        () if is_recent(facts, account) => ("recent", theme.accent),
        () => ("", theme.dim),
    };
    let name = columns.saturating_sub(1 + 12 + 2 + mark);
    Line::from(vec![
        span(pad(&account.name, name), theme.text),
        span(format!(" {}  ", pad(&account.id, 12)), theme.dim),
        span(pad(word, mark), style),
    ])
}

fn roles(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let state = &model.screens.role;
    let Some(account) = &state.account else {
        let inner = panel(frame, area, theme, "Role", Focus::Elsewhere);
        let says = Line::from(span("choose an account first", theme.dim));
        return frame.render_widget(says, Rect { height: inner.height.min(1), ..inner });
    };
    let inner = panel(frame, area, theme, &format!("Role in {}", account.name), Focus::Here);
    if model.facts.choice.is_busy() {
        return busy::draw(frame, inner, theme, model, "taking the role…");
    }
    let inner = warned(model, theme, frame, inner, account);
    match &model.facts.roles {
        Load::Ready(_) => role_list(model, theme, frame, inner),
        Load::Broken(_) => {}
        _ => busy::draw(frame, inner, theme, model, "asking AWS for your roles…"),
    }
}

/// Production is said in words before a role is taken.
fn warned(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, account: &Account) -> Rect {
    if !is_production(&model.facts, account) {
        return area;
    }
    let says = "▲ production: developer files are never seeded from this account";
    let lines = wrap(says, usize::from(area.width));
    let tall = u16::try_from(lines.len() + 1).unwrap_or(1).min(area.height);
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(Line::from(span(line, theme.warn)), row);
    }
    Rect { y: area.y + tall, height: area.height - tall, ..area }
}

fn role_list(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let state = &model.screens.role;
    let shown = state.roles(&model.facts);
    let empty = shown.is_empty().then_some(NO_ROLE);
    let inner = head(model, theme, frame, area, Some(shown.len()), empty);
    let columns = usize::from(inner.width).saturating_sub(1);
    let rows = shown.iter().map(|role| role_row(theme, &model.facts, role, columns)).collect();
    list::draw(frame, inner, theme, rows, Some(state.role_cursor));
}

fn role_row(theme: &Theme, facts: &Facts, role: &Assigned, columns: usize) -> Line<'static> {
    let word = if is_recent_role(facts, role) { "recent" } else { "" };
    let name = columns.saturating_sub(width(word) + 1);
    Line::from(vec![span(pad(&role.name, name), theme.text), span(format!(" {word}"), theme.accent)])
}

/// The filter's line and the words for an empty list; returns the rest.
fn head(
    model: &Model,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
    found: Option<usize>,
    empty: Option<&str>,
) -> Rect {
    let columns = usize::from(area.width);
    let line = found.and_then(|found| model.screens.role.filter.line(theme, found, columns));
    let lines = match (line, empty) {
        (Some(line), _) => vec![line],
        (None, Some(text)) => {
            wrap(text, columns).into_iter().map(|line| Line::from(span(line, theme.text))).collect()
        }
        (None, None) => return area,
    };
    let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line, row);
    }
    Rect { y: area.y + tall, height: area.height - tall, ..area }
}
