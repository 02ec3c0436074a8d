//! Why a variable has the value it has: every source in order and how each fared, for each service that has it.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::onboard::{Explained, Explanation};
use crate::resolve::{Step, Verdict};
use crate::tui::model::Model;
use crate::tui::screens::board::Board;
use crate::tui::theme::Theme;
use crate::tui::view::body;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{pad, span, width};
use crate::tui::widgets::{finding, status};

const WIDE: u16 = 96;
const LABEL: usize = 9;

pub(super) fn view(model: &Model, scroll: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let Some(told) = model.screens.board.explanation() else { return };
    let columns = WIDE.min(area.width).saturating_sub(4);
    let lines = lines(theme, told, columns);
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let place = centred(area, WIDE, height);
    let inner = popup(frame, place, theme, &told.variable);
    let most = lines.len().saturating_sub(usize::from(inner.height));
    let first = scroll.min(most);
    for (row, line) in inner.rows().zip(lines.into_iter().skip(first)) {
        frame.render_widget(line, row);
    }
    if first < most {
        let mark = Line::from(span(format!(" ↓ {} more ", most - first), theme.dim)).right_aligned();
        frame.render_widget(mark, Rect { y: place.bottom() - 1, height: 1, width: place.width - 2, ..place });
    }
}

/// How far one can scroll.
pub(super) fn rows(board: &Board, size: Size) -> usize {
    let body = body(size);
    let columns = WIDE.min(body.width).saturating_sub(4);
    let all = board.explanation().map_or(0, |told| lines(&Theme::plain(), told, columns).len());
    (all + 1).saturating_sub(usize::from(body.height).saturating_sub(2))
}

fn lines(theme: &Theme, told: &Explanation, columns: u16) -> Vec<Line<'static>> {
    let mut all = Details::new(theme, columns, LABEL);
    if let Some(about) = &told.about {
        all.says(about, theme.text);
    }
    let rules = (!told.rules.is_empty()).then(|| told.rules.join(", "));
    let pairs = [("rules", &rules), ("owner", &told.owner), ("ask at", &told.request), ("docs", &told.docs)];
    for (label, text) in pairs {
        if let Some(text) = text {
            all.pair(label, text, theme.text);
        }
    }
    for service in &told.services {
        of_service(theme, &mut all, service, usize::from(columns));
    }
    all.into_lines()
}

fn of_service(theme: &Theme, all: &mut Details<'_>, told: &Explained, columns: usize) {
    let (sign, style) = status::look(theme, told.cell.status);
    all.gap();
    all.line(Line::from(vec![
        span(format!("{}  ", told.service), theme.strong),
        span(format!("{sign} {}", told.cell.status), style),
    ]));
    if let Some(next) = &told.cell.next {
        all.extend(finding::next_step(theme, next, columns));
    }
    let name = told.sources.iter().map(|step| width(&step.origin.to_string())).max().unwrap_or(0);
    let mut sources = Details::new(theme, u16::try_from(columns).unwrap_or(u16::MAX), name + 4);
    // What nothing connects with the variable is no row of `explain` either.
    for step in told.sources.iter().filter(|step| step.verdict != Verdict::Unconcerned) {
        let origin = step.origin.to_string();
        let at = step.at.as_ref().filter(|at| !step.says.contains(at.as_str()));
        let at = at.map(|at| format!(" · {at}")).unwrap_or_default();
        let (sign, style) = look(theme, step);
        let label = format!("{sign} {}", pad(&origin, name));
        sources.pair(&label, &format!("{}{at}", step.says), style);
    }
    all.extend(sources.into_lines());
}

fn look(theme: &Theme, step: &Step) -> (&'static str, ratatui::style::Style) {
    match step.verdict {
        Verdict::Won => ("✓", theme.good),
        Verdict::Hidden => ("·", theme.text),
        Verdict::Unread => ("⊘", theme.warn),
        Verdict::Lacks | Verdict::Unconcerned => ("–", theme.dim),
    }
}
