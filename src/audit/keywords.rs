//! The words of all rules, found where the [`Gate`] is open.
//!
//! A word is looked for by the rarest three of its bytes, and then by its first eight at once. There is next to nothing to be
//! made before the first byte is read, so a single file costs no more than its length.

use std::collections::BTreeMap;

use super::foreign::Foreign;
use super::gate::{GROUPS, Gate, VALUE, rarest};
use super::rules::Rule;

/// A word, and the rules that have it.
#[derive(Debug)]
struct Word {
    folded: String,
    rules: Vec<Whose>,
}

/// A rule's use of a word.
#[derive(Debug)]
struct Whose {
    /// Index of the rule; those that a project brought come after ours.
    rule: usize,
    /// How it has to be written; `None`: in any case.
    exactly: Option<String>,
}

/// What is told of a word where the gate is open.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// Its first eight bytes, or all of fewer, as [`first_eight`] has them; `mask` covers those there are.
    bytes: u64,
    mask: u64,
    /// So far before the open place it begins.
    before: usize,
    word: usize,
}

/// The words of all rules.
#[derive(Debug)]
pub(super) struct Keywords {
    words: Vec<Word>,
    /// By group.
    heads: Vec<Vec<Head>>,
    /// Words that are too short for the gate; none of ours.
    short: Vec<usize>,
}

impl Keywords {
    /// Opens `gate` for all of them.
    pub fn of(rules: &[Rule], foreign: &[Foreign], gate: &mut Gate) -> Self {
        let mut words: BTreeMap<String, Vec<Whose>> = BTreeMap::new();
        let mut add = |rule, word: &str, exactly: bool| {
            let whose = Whose { rule, exactly: exactly.then(|| word.to_owned()) };
            words.entry(word.to_ascii_lowercase()).or_default().push(whose);
        };
        for (index, rule) in rules.iter().enumerate() {
            rule.keywords.iter().for_each(|word| add(index, word, !rule.fold));
        }
        for (index, rule) in foreign.iter().enumerate() {
            rule.keywords.iter().for_each(|word| add(rules.len() + index, word, false));
        }
        let mut heads = vec![Vec::new(); GROUPS + 1];
        let mut short = Vec::new();
        for (word, folded) in words.keys().map(String::as_bytes).enumerate() {
            let Some((before, slot)) = rarest(folded) else {
                short.push(word);
                continue;
            };
            let mask = u64::MAX >> (64 - 8 * folded.len().min(8));
            let head = Head { bytes: first_eight(folded) & mask, mask, before, word };
            heads[usize::from(gate.open_for_word(slot))].push(head);
        }
        let words = words.into_iter().map(|(folded, rules)| Word { folded, rules }).collect();
        Self { words, heads, short }
    }

    /// Calls `hear` with the index of each rule, and where the word of it stands, whose rarest bytes are at `place`, where
    /// the gate is open for `what`.
    pub fn at(&self, text: &[u8], place: usize, what: u8, hear: &mut impl FnMut(usize, usize, usize)) {
        for head in &self.heads[usize::from(what & !VALUE)] {
            if let Some(place) = place.checked_sub(head.before)
                && first_eight(&text[place..]) & head.mask == head.bytes
            {
                self.hear(text, place, &self.words[head.word], hear);
            }
        }
    }

    /// The same of words that the gate does not know, wherever they stand.
    pub fn each_short(&self, text: &[u8], hear: &mut impl FnMut(usize, usize, usize)) {
        for word in self.short.iter().map(|word| &self.words[*word]) {
            for place in 0..=text.len().saturating_sub(word.folded.len()) {
                self.hear(text, place, word, hear);
            }
        }
    }

    fn hear(&self, text: &[u8], place: usize, word: &Word, hear: &mut impl FnMut(usize, usize, usize)) {
        let end = place + word.folded.len();
        let Some(written) = text.get(place..end) else { return };
        if !written.eq_ignore_ascii_case(word.folded.as_bytes()) {
            return;
        }
        for whose in &word.rules {
            if whose.exactly.as_ref().is_none_or(|exactly| written == exactly.as_bytes()) {
                hear(whose.rule, place, end);
            }
        }
    }
}

/// The first eight bytes as a number, capitals made small, and then some: what is equal here may still differ.
#[inline]
fn first_eight(text: &[u8]) -> u64 {
    let eight = text.first_chunk::<8>().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded[..text.len()].copy_from_slice(text);
        padded
    });
    u64::from_le_bytes(eight) | 0x2020_2020_2020_2020
}
