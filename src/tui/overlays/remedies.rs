//! What would be done about what the doctor found, before it is done.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::confirm::answers;
use crate::onboard::RemedyRow;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::list;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{fit, span, width};

const WIDE: u16 = 96;
const UNDO: &str = "can be undone";

pub(super) fn view(model: &Model, scroll: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let fixing = &model.screens.doctor.fixing;
    let rows = fixing.rows();
    // Two lines for the box, two for the answers.
    let height = u16::try_from(rows.len() + 4).unwrap_or(u16::MAX);
    let area = centred(area, WIDE, height);
    let inner = popup(frame, area, theme, &fixing.question());
    let parts = [Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)];
    let [body, _, answer] = inner.layout(&Layout::vertical(parts));
    let columns = usize::from(body.width).saturating_sub(1);
    let lines = rows.iter().map(|row| line(theme, row, columns)).collect();
    list::draw(frame, body, theme, lines, Some(scroll));
    frame.render_widget(answers(theme, ("do it", "leave it as it is")), answer);
}

/// `chmod 600 api/.env`, and at the right end whether it can be taken back.
fn line(theme: &Theme, row: &RemedyRow, columns: usize) -> Line<'static> {
    let mark = if row.undo { UNDO } else { "" };
    let what = fit(&row.what, columns.saturating_sub(width(mark) + 2));
    let gap = columns.saturating_sub(width(&what) + width(mark));
    Line::from(vec![span(what, theme.text), span(" ".repeat(gap), theme.text), span(mark, theme.dim)])
}
