//! What a code means, as `explain` tells it, in the lines of a details pane.

use ratatui::text::Line;

use super::details::Details;
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
