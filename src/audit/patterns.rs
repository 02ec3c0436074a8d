//! Tokens that are known by their shape.
//!
//! A shape is tried only where its word stands, and only on the bytes next to it, so that one long line or one word that
//! is everywhere costs no more than any other.

use super::foreign::Place;
use super::kind::Kind;
use super::placeholder::{is_placeholder, is_placeholder_of_bytes};
use super::randomness::entropy;
use super::rules::{Rule, Rules};

/// Where a rule found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of the rule; those that a project brought come after ours.
    pub rule: usize,
    pub start: usize,
    pub end: usize,
    /// All that the rule's expression matched.
    pub matched: (usize, usize),
}

/// A search for everything in `text`, which stands at `path`, that has the shape of a rule.
pub(super) struct Shapes<'a> {
    rules: &'a Rules,
    kind: &'a Kind,
    path: &'a str,
    text: &'a [u8],
    all: Vec<Found>,
    /// Rules of the project that a word of theirs was found of.
    called: Vec<bool>,
}

impl<'a> Shapes<'a> {
    pub fn new(rules: &'a Rules, kind: &'a Kind, path: &'a str, text: &'a [u8]) -> Self {
        Self { rules, kind, path, text, all: Vec::new(), called: vec![false; rules.foreign.len()] }
    }

    /// The word of the rule `index` stands at `start..end`.
    pub fn word(&mut self, index: usize, start: usize, end: usize) {
        let Some(rule) = self.rules.all.get(index) else {
            return self.called[index - self.rules.all.len()] = true;
        };
        let open = rule.names.is_empty() || rule.names.contains(&self.kind.name);
        if !open || (rule.settings_only && !self.kind.settings) {
            return;
        }
        if rule.begins && !rule.glued && !begins_a_word(self.text, start) {
            return;
        }
        let Some(found) = secret(rule, index, self.text, start, end) else { return };
        // The same secret can be seen from several words near it.
        if !self.all.iter().rev().take(8).any(|other| *other == found) {
            self.all.push(found);
        }
    }

    /// Once all words have been found.
    pub fn found(mut self) -> Vec<Found> {
        let rules = self.rules;
        for (index, rule) in rules.foreign.iter().enumerate() {
            if (self.called[index] || rule.keywords.is_empty()) && rule.is_for(self.path) {
                let index = rules.all.len() + index;
                let found = |place: Place| Found {
                    rule: index,
                    start: place.start,
                    end: place.end,
                    matched: place.matched,
                };
                self.all.extend(rule.look(self.text).map(found));
            }
        }
        self.all
    }
}

/// What `rule` sees around its word; `None` when the shape does not fit, or the secret is a placeholder.
fn secret(rule: &Rule, index: usize, text: &[u8], start: usize, end: usize) -> Option<Found> {
    let from = if rule.begins { start } else { start.saturating_sub(rule.reach) };
    let to = (end + rule.reach).min(text.len());
    let groups = rule.regex()?.captures(&text[from..to])?;
    let whole = groups.get(0)?;
    let secret = groups.name("secret").or_else(|| groups.iter().skip(1).flatten().next()).unwrap_or(whole);
    let matched = (from + whole.start(), from + whole.end());
    let (start, end) = (from + secret.start(), from + secret.end());
    let value = secret.as_bytes();
    let known = if rule.bytes {
        // The last line of a key is short, and in JSON a letter of a line end may stand before it.
        !is_cut(&text[end..]) && !is_placeholder_of_bytes(value)
    } else {
        let ends = end == text.len() || !ends_in_a_word(value) || !text[end].is_ascii_alphanumeric();
        ends && !is_placeholder(value)
    };
    let known = known && entropy(value) >= rule.entropy;
    known.then_some(Found { rule: index, start, end, matched })
}

/// The beginning of a key, as documents show it.
fn is_cut(after: &[u8]) -> bool {
    after.starts_with(b"...") || after.starts_with("\u{2026}".as_bytes())
}

fn ends_in_a_word(value: &[u8]) -> bool {
    value.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// What stands before is no part of it. The letter of `\n` is not, in a text within a text, nor are the digits of `%3D`.
fn begins_a_word(text: &[u8], start: usize) -> bool {
    let before = &text[start.saturating_sub(3)..start];
    match before {
        [.., b'\\', b'n' | b'r' | b't'] => true,
        [b'%', one, two] if one.is_ascii_hexdigit() && two.is_ascii_hexdigit() => true,
        [.., last] => !last.is_ascii_alphanumeric() && *last != b'_',
        [] => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_begins_after_signs_and_escapes() {
        for text in ["=ghp", "\\nghp", "%3Dghp", "\"ghp", "ghp", "-ghp"] {
            assert!(begins_a_word(text.as_bytes(), text.len() - 3), "{text}");
        }
        for text in ["aghp", "_ghp", "9ghp", "nghp", "3Dghp"] {
            assert!(!begins_a_word(text.as_bytes(), text.len() - 3), "{text}");
        }
    }
}
