//! One search for the words of all rules at once.
//!
//! It runs over every byte there is, so it decides how fast an audit is: a table of states without any failure link, in
//! which a byte is one look-up. The table costs more to make than a few files to read, so a slower automaton stands in
//! until enough has been read.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::rules::Rule;

/// From so many bytes on the table is worth making.
const MANY: usize = 2 << 20;

/// A word, and the rules that begin with it.
#[derive(Debug)]
struct Word {
    folded: String,
    /// Index of the rule, and how it writes the word.
    rules: Vec<(usize, String)>,
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
    pub fn of(rules: &[Rule]) -> Self {
        let mut words: std::collections::BTreeMap<String, Vec<(usize, String)>> = Default::default();
        for (index, rule) in rules.iter().enumerate() {
            for word in &rule.keywords {
                words.entry(word.to_ascii_lowercase()).or_default().push((index, word.clone()));
            }
        }
        let words = words.into_iter().map(|(folded, rules)| Word { folded, rules }).collect();
        Self { words, small: OnceLock::new(), large: OnceLock::new(), read: AtomicUsize::new(0) }
    }

    /// Calls `hear` with the index of a rule, and where the word of it stands.
    pub fn each(&self, rules: &[Rule], text: &[u8], mut hear: impl FnMut(usize, usize, usize)) {
        let Some(automaton) = self.automaton(text.len()) else { return };
        for found in automaton.find_overlapping_iter(text) {
            let (start, end) = (found.start(), found.end());
            for (rule, word) in &self.words[found.pattern().as_usize()].rules {
                if rules[*rule].fold || text[start..end] == *word.as_bytes() {
                    hear(*rule, start, end);
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
