//! One search for the words of all rules at once.
//!
//! It runs over every byte there is, so it decides how fast an audit is: a table of states without any failure link, in
//! which a byte is one look-up. The table costs more to make than a few files to read, so a slower automaton stands in
//! until enough has been read.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::foreign::Foreign;
use super::rules::Rule;

/// From so many bytes on the table is worth making.
const MANY: usize = 2 << 20;

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

/// The words of all rules.
#[derive(Debug)]
pub(super) struct Keywords {
    words: Vec<Word>,
    small: OnceLock<Option<AhoCorasick>>,
    large: OnceLock<Option<AhoCorasick>>,
    read: AtomicUsize,
}

impl Keywords {
    pub fn of(rules: &[Rule], foreign: &[Foreign]) -> Self {
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
        let words = words.into_iter().map(|(folded, rules)| Word { folded, rules }).collect();
        Self { words, small: OnceLock::new(), large: OnceLock::new(), read: AtomicUsize::new(0) }
    }

    /// Calls `hear` with the index of a rule, and where the word of it stands.
    pub fn each(&self, text: &[u8], mut hear: impl FnMut(usize, usize, usize)) {
        let Some(automaton) = self.automaton(text.len()) else { return };
        for found in automaton.find_overlapping_iter(text) {
            let (start, end) = (found.start(), found.end());
            for whose in &self.words[found.pattern().as_usize()].rules {
                if whose.exactly.as_ref().is_none_or(|word| text[start..end] == *word.as_bytes()) {
                    hear(whose.rule, start, end);
                }
            }
        }
    }

    fn automaton(&self, bytes: usize) -> Option<&AhoCorasick> {
        let read = self.read.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let (place, kind) = match read {
            ..MANY => (&self.small, AhoCorasickKind::NoncontiguousNFA),
            _ => (&self.large, AhoCorasickKind::DFA),
        };
        place.get_or_init(|| self.build(kind)).as_ref()
    }

    fn build(&self, kind: AhoCorasickKind) -> Option<AhoCorasick> {
        let words = self.words.iter().map(|word| &word.folded);
        AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(kind)).build(words).ok()
    }
}
