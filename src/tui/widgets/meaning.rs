//! What a code means, as `explain` tells it, in the lines of a details pane; and a pane that has the whole room.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::details::Details;
use super::panel::{Focus, panel};
use super::text::{span, wrap};
use crate::explain::Entry;
use crate::tui::theme::Theme;

pub fn meaning(theme: &Theme, entry: Option<Entry>, columns: u16, all: &mut Details) {
    let Some(entry) = entry else { return };
    all.gap();
    all.says(&bare(&entry.means), theme.text);
    heading(theme, "Usual causes", all);
    entry.causes.iter().for_each(|cause| item(theme, &bare(cause), columns, all));
    heading(theme, "What to do", all);
    for step in &entry.next {
        item(theme, &bare(&step.says), columns, all);
        if let Some(text) = &step.command {
            command(theme, text, columns, all);
        }
    }
    heading(theme, "Solved when", all);
    all.says(&bare(&entry.solved), theme.text);
}

/// `  $ devsecrets seed`
pub fn command(theme: &Theme, text: &str, columns: u16, all: &mut Details) {
    let lines = wrap(text, usize::from(columns).saturating_sub(4));
    let starts = std::iter::once("  $ ").chain(std::iter::repeat("    "));
    all.extend(
        starts
            .zip(lines)
            .map(|(start, line)| Line::from(vec![span(start, theme.dim), span(line, theme.strong)])),
    );
}

pub fn item(theme: &Theme, text: &str, columns: u16, all: &mut Details) {
    let starts = std::iter::once("· ").chain(std::iter::repeat("  "));
    let lines = wrap(text, usize::from(columns).saturating_sub(2));
    all.extend(
        starts
            .zip(lines)
            .map(|(start, line)| Line::from(vec![span(start, theme.accent), span(line, theme.text)])),
    );
}

fn heading(theme: &Theme, text: &str, all: &mut Details) {
    all.gap();
    all.line(span(text, theme.accent.patch(theme.strong)));
}

/// Code spans lose their backticks: a screen has no use for them.
fn bare(text: &str) -> String {
    text.replace('`', "")
}

/// Lines beside a list, with a mark where there are more.
pub fn beside(
    frame: &mut Frame,
    area: Rect,
    theme: &Theme,
    title: &str,
    lines: impl Fn(u16) -> Vec<Line<'static>>,
) {
    let inner = panel(frame, area, theme, title, Focus::Elsewhere);
    let lines = lines(inner.width);
    let more = lines.len() > usize::from(inner.height);
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
    if more {
        mark(theme, frame, area, " Enter reads on ");
    }
}

/// The same with the whole room, from line `scroll` on.
pub fn page(
    frame: &mut Frame,
    area: Rect,
    theme: &Theme,
    title: &str,
    scroll: usize,
    lines: impl Fn(u16) -> Vec<Line<'static>>,
) {
    let inner = panel(frame, area, theme, title, Focus::Here);
    let lines = lines(inner.width);
    let most = lines.len().saturating_sub(usize::from(inner.height));
    let first = scroll.min(most);
    for (row, line) in inner.rows().zip(lines.into_iter().skip(first)) {
        frame.render_widget(line, row);
    }
    if first < most {
        mark(theme, frame, area, &format!(" ↓ {} more ", most - first));
    }
}

fn mark(theme: &Theme, frame: &mut Frame, area: Rect, text: &str) {
    let line = Line::from(span(text, theme.dim)).right_aligned();
    let place =
        Rect { y: area.bottom().saturating_sub(1), height: 1, width: area.width.saturating_sub(2), ..area };
    frame.render_widget(line, place.intersection(frame.area()));
}
