//! Tokens that are known by their shape.
//!
//! A shape is tried only where its word stands, and only on the bytes next to it, so that one long line or one word that
//! is everywhere costs no more than any other.

use super::keywords::Keywords;
use super::kind::Kind;
use super::placeholder::is_placeholder;
use super::randomness::entropy;
use super::rules::Rule;

/// Where a rule found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of the rule.
    pub rule: usize,
    pub start: usize,
    pub end: usize,
}

/// Everything in `text` that has the shape of a rule.
pub(super) fn look(rules: &[Rule], keywords: &Keywords, kind: &Kind, text: &[u8]) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    keywords.each(rules, text, |index, start, end| {
        let rule = &rules[index];
        let open = rule.names.is_empty() || rule.names.contains(&kind.name);
        if !open || (rule.settings_only && !kind.settings) {
            return;
        }
        if rule.begins && !rule.glued && !begins_a_word(text, start) {
            return;
        }
        let Some((start, end)) = secret(rule, text, start, end) else { return };
        let found = Found { rule: index, start, end };
        // The same secret can be seen from several words near it.
        if !all.iter().rev().take(8).any(|other| *other == found) {
            all.push(found);
        }
    });
    all
}

/// Where the secret is that `rule` sees around its word; `None` when the shape does not fit, or it is a placeholder.
fn secret(rule: &Rule, text: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = if rule.begins { start } else { start.saturating_sub(rule.reach) };
    let to = (end + rule.reach).min(text.len());
    let groups = rule.regex()?.captures(&text[from..to])?;
    let whole = groups.get(0)?;
    let secret = groups.name("secret").or_else(|| groups.iter().skip(1).flatten().next()).unwrap_or(whole);
    let (start, end) = (from + secret.start(), from + secret.end());
    let value = secret.as_bytes();
    let ends = end == text.len() || !ends_in_a_word(value) || !text[end].is_ascii_alphanumeric();
    (ends && entropy(value) >= rule.entropy && !is_placeholder(value)).then_some((start, end))
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
