//! A list of profiles beside the details of the one under the cursor.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use crate::onboard::ProfileChoice;
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::{count, fit, pad, span, tail, width};
use crate::tui::widgets::{busy, finding, list};

/// From this width on the details stand beside the list.
const TWO_PANES: u16 = 76;
/// Rows with which a sentence leaves enough for the list.
const ROOM_FOR_WORDS: u16 = 14;
/// Room for the details of a profile whose text is of the usual length.
const LEAST_ROWS: usize = 14;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let facts = &model.facts;
    let area = match &facts.opened {
        Load::Broken(problem) => finding::draw(frame, area, theme, "This profile does not open", problem),
        _ => area,
    };
    match &facts.profiles {
        Load::Broken(problem) => {
            finding::draw(frame, area, theme, "No profiles", problem);
        }
        Load::Ready(_) => {
            let area = strangers(model, theme, frame, area);
            lists(model, theme, frame, area);
        }
        _ => {
            let inner = panel(frame, area, theme, "Choose a profile", Focus::Here);
            busy::draw(frame, inner, theme, model, "looking for profiles…");
        }
    }
}

/// Who has a project of their own would look for it in this list in vain; returns the rest.
fn strangers(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) -> Rect {
    let facts = &model.facts;
    let own = |choices: &Vec<ProfileChoice>| choices.iter().any(|choice| choice.from != "bundled");
    let chosen = facts.banner.is_some() || !matches!(facts.opened, Load::Idle);
    if chosen || facts.profiles.ready().is_none_or(own) || area.height < ROOM_FOR_WORDS {
        return area;
    }
    let line = Line::from(vec![
        span("Not among these? ", theme.text),
        span("devsecrets profile init", theme.strong),
        span(" makes yours.", theme.text),
    ]);
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]));
    frame.render_widget(line, top);
    rest
}

fn lists(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let shown = model.screens.pick.shown(&model.facts);
    let wide = area.width >= TWO_PANES;
    let area = if wide { snug(area, shown.len().max(LEAST_ROWS)) } else { area };
    let split = if wide {
        Layout::horizontal([Constraint::Percentage(44), Constraint::Fill(1)]).spacing(1)
    } else {
        let rows = u16::try_from(shown.len()).unwrap_or(u16::MAX).clamp(1, (area.height / 3).max(1)) + 3;
        Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)])
    };
    let [left, right] = area.layout(&split);
    let inner = panel(frame, left, theme, "Choose a profile", Focus::Here);
    let inner = filtered(model, theme, frame, inner, shown.len());
    let columns = usize::from(inner.width).saturating_sub(1);
    let rows = shown.iter().map(|profile| row(theme, profile, columns)).collect();
    list::draw(frame, inner, theme, rows, Some(model.screens.pick.cursor));
    if let Some(profile) = shown.get(model.screens.pick.cursor) {
        details(model, theme, frame, right, profile);
    }
}

/// The filter's line, or the words for an empty list; returns the rest.
fn filtered(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, found: usize) -> Rect {
    let filter = &model.screens.pick.filter;
    let line = match (filter.line(theme, found, usize::from(area.width)), found) {
        (Some(line), _) => line,
        (None, 0) => Line::from(span("no profiles here", theme.dim)),
        (None, _) => return area,
    };
    let [top, rest] = area.layout(&Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]));
    frame.render_widget(line, top);
    rest
}

fn row(theme: &Theme, profile: &ProfileChoice, columns: usize) -> Line<'static> {
    let (problem, style) = match profile.problem {
        Some(_) => ("✗ broken", theme.bad),
        None => ("", theme.dim),
    };
    // What cannot be read has no title, and more room for its place.
    let title = if profile.title == profile.name { "" } else { profile.title.as_str() };
    let most = columns.saturating_sub(width(problem) + 2);
    let room = if title.is_empty() { most } else { 22.min(columns / 2) };
    let name = pad(&tail(&profile.name, room), room);
    let left = most.saturating_sub(width(&name));
    Line::from(vec![
        span(name, theme.strong),
        span(format!(" {} ", pad(title, left)), theme.dim),
        span(fit(problem, columns), style),
    ])
}

fn details(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect, profile: &ProfileChoice) {
    let inner = panel(frame, area, theme, &profile.name, Focus::Elsewhere);
    let mut all = Details::new(theme, inner.width, 11);
    if profile.title != profile.name {
        all.says(&profile.title, theme.strong);
    }
    if let Some(about) = &profile.about {
        all.gap();
        all.says(about, theme.text);
    }
    all.gap();
    match &profile.problem {
        Some(problem) => {
            all.pair("from", &profile.from, theme.text);
            all.gap();
            all.extend(finding::lines(theme, problem, usize::from(inner.width)));
        }
        None => {
            all.pair("services", &profile.services.to_string(), theme.text);
            all.pair("variables", &profile.variables.to_string(), theme.text);
            all.pair("from", &profile.from, theme.text);
            all.gap();
            let open = model.facts.opened.ready().filter(|opened| opened.remembered);
            if open.is_some_and(|opened| opened.profile == profile.name) {
                let says = "Remembered for this project, on this machine. Opening another one remembers that; \
                            devsecrets profile use --none forgets it.";
                all.says(says, theme.dim);
                all.gap();
            }
            all.line(opening(model, theme, profile, usize::from(inner.width)));
        }
    }
    all.draw(frame, inner);
}

fn opening(model: &Model, theme: &Theme, profile: &ProfileChoice, columns: usize) -> Line<'static> {
    if model.facts.opened.is_busy() {
        return busy::line(theme, model, "opening…", columns);
    }
    let text = format!(" opens {}", count(profile.services, "service"));
    Line::from(vec![span("Enter", theme.accent.patch(theme.strong)), span(text, theme.dim)])
}
