//! Which environment to work in.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use crate::resolve::is_production;
use crate::tui::model::Model;
use crate::tui::screens::board;
use crate::tui::theme::Theme;
use crate::tui::widgets::list;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{pad, span};

const WIDE: u16 = 58;

pub(super) fn view(model: &Model, cursor: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let all = board::environments(&model.facts);
    let height = u16::try_from(all.len() + 4).unwrap_or(u16::MAX);
    let inner = popup(frame, centred(area, WIDE, height), theme, "Work in which environment?");
    let parts = [Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)];
    let [body, _, answer] = inner.layout(&Layout::vertical(parts));
    let own = model.facts.opened.ready().map(|opened| &opened.environment);
    let rows = all.iter().map(|name| row(theme, name, Some(name) == own)).collect();
    list::draw(frame, body, theme, rows, Some(cursor));
    frame.render_widget(super::confirm::answers(theme, ("work there", "stay")), answer);
}

fn row(theme: &Theme, name: &str, own: bool) -> Line<'static> {
    let (style, says) = match is_production(name) {
        true => (theme.bad, "a slip there reaches customers"),
        false => (theme.text, ""),
    };
    let says = if own { "where you are" } else { says };
    Line::from(vec![span(pad(name, 18), style), span(says, theme.dim)])
}
