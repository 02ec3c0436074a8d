//! Narrowing a list by typing.

use ratatui::text::Line;

use super::text::{fit, span};
use crate::tui::keymap::Intent;
use crate::tui::theme::Theme;

/// What was typed, and whether typing goes here.
#[derive(Debug, Default)]
pub struct Filter {
    pub text: String,
    pub open: bool,
}

/// Longer is no name.
const LONGEST: usize = 80;

impl Filter {
    /// All words must occur somewhere in one of the texts, in whatever case.
    pub fn lets(&self, texts: &[&str]) -> bool {
        crate::sso::matches(&self.text, texts)
    }

    /// Takes an intent of the filter's context. True when the text changed.
    pub fn update(&mut self, intent: Intent) -> bool {
        let before = self.text.len();
        match intent {
            Intent::Filter => self.open = true,
            Intent::Insert(typed) if self.text.chars().count() < LONGEST => self.text.push(typed.0),
            Intent::Erase => drop(self.text.pop()),
            Intent::EraseWord => self.text.truncate(self.text.trim_end().rfind(' ').map_or(0, |at| at + 1)),
            Intent::EraseAll => self.text.clear(),
            Intent::Enter => self.open = false,
            Intent::Back => *self = Self::default(),
            _ => {}
        }
        self.text.len() != before
    }

    /// The line above the list; `None` when there is nothing to say.
    pub fn line(&self, theme: &Theme, found: usize, columns: usize) -> Option<Line<'static>> {
        if !self.open && self.text.is_empty() {
            return None;
        }
        let room = columns.saturating_sub(12);
        let mut spans = vec![span("/ ", theme.accent), span(fit(&self.text, room), theme.strong)];
        if self.open {
            spans.push(span("▏", theme.accent));
        }
        spans.push(span(format!("  {found} found"), theme.dim));
        Some(Line::from(spans))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::msg::Typed;

    #[test]
    fn every_word_must_be_found_in_any_case() {
        let filter = Filter { text: "PAY dev".into(), open: true };
        assert!(filter.lets(&["Payments", "development"]));
        assert!(!filter.lets(&["Payments", "production"]));
        assert!(Filter::default().lets(&[]));
    }

    #[test]
    fn words_are_erased_from_the_end() {
        let mut filter = Filter { text: "one two".into(), open: true };
        assert!(filter.update(Intent::EraseWord));
        assert_eq!(filter.text, "one ");
        assert!(filter.update(Intent::EraseWord));
        assert_eq!(filter.text, "");
        assert!(filter.update(Intent::Insert(Typed('x'))));
        assert!(filter.update(Intent::Back));
        assert!(!filter.open);
    }
}
