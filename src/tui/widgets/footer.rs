//! The last line: the keys of this moment.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{span, width};
use crate::tui::keymap::{Context, Intent, Row};
use crate::tui::theme::Theme;

/// From this width on there is air between the hints.
const AIRY: u16 = 100;

/// Below this the palette is found in the help.
const ROOM_FOR_ALL: u16 = 76;

/// `rows` are those of `context` that do something now.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, (context, rows): (Context, Vec<&Row>)) {
    let gap = if area.width >= AIRY { 3 } else { 2 };
    let always = always(context, area.width);
    let fixed: usize = always.iter().map(|hint| hint.size(gap)).sum();
    let room = usize::from(area.width).saturating_sub(fixed);
    let mut right = columns(area.width, fixed);
    for hint in always {
        right += gap;
        hint.draw(frame, area, theme, right);
        right += hint.size(0);
    }
    let mut left = 0;
    for hint in hints(context, rows, room, gap) {
        hint.draw(frame, area, theme, left);
        left += hint.size(gap);
    }
}

/// Where what is `fixed` wide begins at the right.
fn columns(width: u16, fixed: usize) -> usize {
    usize::from(width).saturating_sub(fixed)
}

/// Keys, their word, and what a click on them means.
#[derive(Clone, Copy)]
struct Hint {
    keys: &'static str,
    word: &'static str,
    intent: Intent,
}

impl Hint {
    fn size(self, gap: usize) -> usize {
        width(self.keys) + 1 + width(self.word) + gap
    }

    fn draw(self, frame: &mut Frame, area: Rect, theme: &Theme, from: usize) {
        let as_column = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let x = area.x.saturating_add(as_column(from));
        let place = Rect { x, width: as_column(self.size(0)), ..area }.intersection(area);
        let keys = span(self.keys, theme.accent.patch(theme.strong));
        frame.render_widget(Line::from(vec![keys, span(format!(" {}", self.word), theme.dim)]), place);
        theme.touch.note(place, self.intent);
    }
}

/// As many as fit, by weight and then in the table's order.
fn hints(context: Context, mut rows: Vec<&Row>, room: usize, gap: usize) -> Vec<Hint> {
    rows.sort_by_key(|row| weight(context, row.intent));
    let hint = |row: &Row| row.footer.map(|(keys, word)| Hint { keys, word, intent: row.intent });
    let mut used = 0;
    let fits = |hint: &Hint| {
        let fits = used + hint.size(gap) <= room;
        used += if fits { hint.size(gap) } else { 0 };
        fits
    };
    rows.into_iter().filter_map(hint).filter(fits).collect()
}

/// The main thing first, then what nobody would guess; arrows last, which everybody tries.
fn weight(context: Context, intent: Intent) -> u8 {
    match intent {
        Intent::Enter | Intent::Approve | Intent::Undo => 0,
        Intent::Visit(_) if context.is_walk() => 1,
        Intent::Up | Intent::Left => 3,
        _ => 2,
    }
}

const ACTIONS: Hint = Hint { keys: ":", word: "actions", intent: Intent::Palette };
const HELP: Hint = Hint { keys: "?", word: "help", intent: Intent::Help };
const QUIT: Hint = Hint { keys: "q", word: "quit", intent: Intent::Quit };
const CTRL_C: Hint = Hint { keys: "Ctrl-C", ..QUIT };

fn always(context: Context, width: u16) -> &'static [Hint] {
    match context {
        Context::Help | Context::Explained | Context::Revealed => &[],
        _ if context.takes_text()
            || matches!(
                context,
                Context::Confirm | Context::Consent | Context::Offer | Context::Remedies
            ) =>
        {
            &[CTRL_C]
        }
        _ if width >= ROOM_FOR_ALL => &[ACTIONS, HELP, QUIT],
        _ => &[HELP, QUIT],
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    #[test]
    fn a_click_on_a_hint_means_its_key() {
        let mut terminal = Terminal::new(TestBackend::new(80, 1)).unwrap();
        let theme = Theme::plain();
        let keys = || (Context::Services, Context::Services.rows().collect());
        terminal.draw(|frame| draw(frame, frame.area(), &theme, keys())).unwrap();
        let shown: String = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
        let click = |word: &str| {
            let before = &shown[..shown.find(word).unwrap()];
            theme.touch.at(u16::try_from(width(before)).unwrap(), 0)
        };
        assert_eq!(click("help"), Some(Intent::Help));
        assert_eq!(click("quit"), Some(Intent::Quit));
        assert_eq!(click("Enter"), Some(Intent::Enter));
        assert_eq!(theme.touch.at(79, 1), None);
    }
}
