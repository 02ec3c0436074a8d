//! Asks for the key file's passphrase: once, or twice for a file that is yet to be made.

use std::fmt;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::secret::{MaskedInput, SecretValue};
use crate::tui::effect::Effect;
use crate::tui::keymap::Intent;
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{span, wrap};

const WIDE: u16 = 60;

/// What is being typed, hidden. No `Clone`, a masked `Debug`.
pub struct Passphrase {
    new_file: bool,
    input: MaskedInput,
    /// The first entry of a new passphrase, while it is typed again.
    first: Option<SecretValue>,
    differ: bool,
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(masked)")
    }
}

impl Passphrase {
    pub fn new(new_file: bool) -> Self {
        Self { new_file, input: MaskedInput::default(), first: None, differ: false }
    }

    pub fn paste(&mut self, text: &SecretValue) {
        self.input.paste(text);
    }

    /// `Some`: the question is answered, with a passphrase or without one.
    pub fn update(&mut self, intent: Intent) -> Option<Effect> {
        match intent {
            Intent::Insert(typed) => self.input.insert(typed.0),
            Intent::Erase => self.input.erase(),
            Intent::EraseAll => self.input.clear(),
            Intent::Back => return Some(Effect::Answer(None)),
            Intent::Enter if !self.input.is_blank() => return self.entered(),
            _ => {}
        }
        None
    }

    fn entered(&mut self) -> Option<Effect> {
        let typed = self.input.take();
        self.differ = false;
        match self.first.take() {
            None if self.new_file => self.first = Some(typed),
            Some(first) if !first.same_as(&typed) => self.differ = true,
            _ => return Some(Effect::Answer(Some(typed))),
        }
        None
    }

    fn title(&self) -> &'static str {
        match (self.new_file, &self.first) {
            (false, _) => "Passphrase of your key file",
            (true, None) => "A passphrase for your new key file",
            (true, Some(_)) => "The same passphrase again",
        }
    }

    fn says(&self) -> &'static str {
        match (self.differ, self.new_file) {
            (true, _) => "The two differ. Choose one and type it again.",
            (false, true) => {
                "This machine has no keychain, so your keys are kept in an encrypted file. It cannot be opened without this passphrase."
            }
            (false, false) => "This machine has no keychain, so your keys are in an encrypted file.",
        }
    }
}

pub fn view(state: &Passphrase, theme: &Theme, frame: &mut Frame, area: Rect) {
    let columns = usize::from(WIDE.min(area.width)).saturating_sub(4);
    let tone = if state.differ { theme.warn } else { theme.dim };
    let mut lines: Vec<Line> =
        wrap(state.says(), columns).into_iter().map(|line| Line::from(span(line, tone))).collect();
    let dots = "•".repeat(state.input.chars().min(columns.saturating_sub(1)));
    lines.extend([
        Line::default(),
        Line::from(vec![span(dots, theme.strong), span("▏", theme.accent)]),
        Line::default(),
        Line::from(vec![
            span(" Enter ", theme.pill),
            span(" go on    ", theme.text),
            span("Esc", theme.accent.patch(theme.strong)),
            span(" without it", theme.text),
        ]),
    ]);
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let inner = popup(frame, centred(area, WIDE, height), theme, state.title());
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::msg::Typed;

    fn typed(state: &mut Passphrase, text: &str) -> Option<String> {
        for c in text.chars() {
            assert!(state.update(Intent::Insert(Typed(c))).is_none());
        }
        match state.update(Intent::Enter) {
            Some(Effect::Answer(Some(value))) => Some(value.expose_to(str::to_owned)),
            _ => None,
        }
    }

    #[test]
    fn an_existing_file_asks_once() {
        assert_eq!(typed(&mut Passphrase::new(false), "one").as_deref(), Some("one"));
    }

    #[test]
    fn a_new_file_asks_until_two_agree() {
        let mut state = Passphrase::new(true);
        assert_eq!((typed(&mut state, "one"), typed(&mut state, "two")), (None, None));
        assert!(state.differ);
        assert_eq!(typed(&mut state, "one"), None);
        assert_eq!(typed(&mut state, "one").as_deref(), Some("one"));
    }

    #[test]
    fn leaving_is_an_answer_and_nothing_is_shown() {
        let mut state = Passphrase::new(false);
        assert!(state.update(Intent::Enter).is_none());
        assert!(matches!(state.update(Intent::Back), Some(Effect::Answer(None))));
        typed(&mut state, "canary-3");
        assert_eq!(format!("{state:?}"), "Passphrase(masked)");
    }
}
