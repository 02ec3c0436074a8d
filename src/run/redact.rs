//! Masking values in a stream of bytes, whatever the chunks it comes in.
//!
//! The rule: a byte that belongs to any [form](forms) of a value is shown as `*`, one for each character, so that the
//! columns of a full-screen program stay where they are. Only what may be the beginning of a value is held back, so a
//! prompt appears at once. Bytes alone count: nothing is parsed, so colours, binary output and half a character pass.

mod long;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::Anchored;
use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::contiguous::NFA;
use indexmap::IndexMap;

use self::long::{Ending, Long, Open};
use super::Environment;
use crate::secret::{SecretValue, forms};
use crate::settings::Settings;

/// Values shorter than this, in bytes, are not masked: they would hide half of every output.
const SHORTEST: usize = 6;

/// So much of a value's beginning may be shown when the output pauses within it. A prompt that happens to end like
/// this must not wait; the rest of the value is still masked.
const GLIMPSE: usize = 2;

/// So much of a form the automaton knows, in bytes.
const HEAD: usize = 32;

/// All forms of all values, and the automaton that finds them.
pub struct Masks {
    automaton: NFA,
    start: StateID,
    /// What each pattern of the automaton is the end of.
    endings: Vec<Ending>,
    longs: Vec<Long>,
    /// How many bytes of some form a state has seen.
    depths: HashMap<StateID, usize>,
    /// Whether any form begins with these two bytes: most output is skipped by this alone.
    pairs: Box<[bool; 1 << 16]>,
}

impl Masks {
    /// `None` when there are more forms than an automaton can hold.
    fn new(values: &[&SecretValue], head: usize) -> Option<Self> {
        let forms = values.iter().flat_map(|value| value.expose_to(forms));
        let (mut heads, mut longs) = (IndexMap::<Vec<u8>, Ending>::new(), Vec::new());
        for form in forms.filter(|form| form.len() >= SHORTEST) {
            let known = form[..form.len().min(head)].to_vec();
            let ending = heads.entry(known).or_default();
            if form.len() > head {
                ending.longs.push(longs.len());
                longs.push(Long::new(form, head));
            } else {
                ending.whole = true;
            }
        }
        let automaton = NFA::new(heads.keys()).ok()?;
        let start = automaton.start_state(Anchored::No).ok()?;
        let mut pairs = Box::new([false; 1 << 16]);
        let mut depths = HashMap::new();
        for head in heads.keys() {
            pairs[pair(head[0], head[1])] = true;
            let mut state = start;
            for (index, byte) in head.iter().enumerate() {
                state = automaton.next_state(Anchored::No, state, *byte);
                depths.insert(state, index + 1);
            }
        }
        Some(Self { automaton, start, endings: heads.into_values().collect(), longs, depths, pairs })
    }

    /// What ends in `state`, with its length.
    fn ends(&self, state: StateID) -> impl Iterator<Item = (usize, &Ending)> {
        let patterns =
            (0..self.automaton.match_len(state)).map(move |index| self.automaton.match_pattern(state, index));
        patterns.map(|pattern| (self.automaton.pattern_len(pattern), &self.endings[pattern.as_usize()]))
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

impl Environment {
    /// The masks of its secrets and of those it inherits, and the names of what is too short to be masked. `None` when they
    /// are too many.
    pub fn masks(&self, settings: &Settings) -> Option<(Arc<Masks>, Vec<String>)> {
        let is_short = |value: &SecretValue| value.expose_to(|text| text.trim().len()) < SHORTEST;
        let inherited = self.inherited(settings);
        let all = self.secrets().chain(inherited.iter().map(|(name, value)| (*name, value)));
        let (short, long): (Vec<_>, Vec<_>) = all.partition(|(_, value)| is_short(value));
        let values: Vec<&SecretValue> = long.into_iter().map(|(_, value)| value).collect();
        Some((
            Arc::new(Masks::new(&values, HEAD)?),
            short.iter().map(|(name, _)| (*name).to_owned()).collect(),
        ))
    }
}

/// One stream being masked.
pub(super) struct Redactor {
    masks: Arc<Masks>,
    state: StateID,
    /// Long forms that may be under way.
    open: Open,
    /// Not shown yet.
    held: Vec<u8>,
    /// Parts of `held` that belong to a value, in order.
    hidden: Vec<Range<usize>>,
}

impl Redactor {
    pub fn new(masks: Arc<Masks>) -> Self {
        Self { state: masks.start, open: Open::default(), masks, held: Vec::new(), hidden: Vec::new() }
    }

    /// Takes a chunk; appends to `out` what can be shown by now.
    pub fn feed(&mut self, chunk: &[u8], out: &mut Vec<u8>) {
        let masks = Arc::clone(&self.masks);
        let mut at = self.held.len();
        self.held.extend_from_slice(chunk);
        while at < self.held.len() {
            if self.state == masks.start && self.open.is_empty() {
                let ahead = self.held[at..].windows(2).position(|two| masks.pairs[pair(two[0], two[1])]);
                at = ahead.map_or(self.held.len() - 1, |skipped| at + skipped);
            }
            let byte = self.held[at];
            at += 1;
            self.state = masks.automaton.next_state(Anchored::No, self.state, byte);
            if let Some(length) = self.open.feed(&masks.longs, byte) {
                self.hide(at.saturating_sub(length)..at);
            }
            if masks.automaton.is_match(self.state) {
                self.met(&masks, at);
            }
        }
        self.show(self.settled(), out);
    }

    /// Forms that end, and long ones that begin, with what was read up to `at`.
    fn met(&mut self, masks: &Masks, at: usize) {
        for (length, ending) in masks.ends(self.state) {
            ending.longs.iter().for_each(|long| self.open.begin(*long, length));
            if ending.whole {
                self.hide(at.saturating_sub(length)..at);
            }
        }
    }

    /// How many of the bytes held can be shown whatever comes: those before a possible value, and those of a certain
    /// one, which stay masked even if a longer one begins there.
    fn settled(&self) -> usize {
        let open = self.held.len().saturating_sub(self.depth());
        let certain = self.hidden.iter().find(|part| part.start <= open && open < part.end);
        certain.map_or(open, |part| part.end)
    }

    /// The stream pauses: shows what is held if it is hardly anything.
    pub fn pause(&mut self, out: &mut Vec<u8>) {
        if self.depth() <= GLIMPSE {
            self.show(self.held.len(), out);
        }
    }

    /// The stream has ended: what is held was no value.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        self.show(self.held.len(), out);
    }

    pub fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    fn depth(&self) -> usize {
        self.masks.depths.get(&self.state).copied().unwrap_or(0).max(self.open.depth())
    }

    fn hide(&mut self, mut part: Range<usize>) {
        while let Some(last) = self.hidden.pop_if(|last| last.end >= part.start) {
            part.start = part.start.min(last.start);
        }
        self.hidden.push(part);
    }

    fn show(&mut self, count: usize, out: &mut Vec<u8>) {
        let mut shown = 0;
        for part in &self.hidden {
            let (start, end) = (part.start.min(count), part.end.min(count));
            out.extend_from_slice(&self.held[shown..start]);
            out.extend(self.held[start..end].iter().filter_map(|byte| masked(*byte)));
            shown = end;
        }
        out.extend_from_slice(&self.held[shown..count]);
        self.held.drain(..count);
        self.hidden.retain_mut(|part| {
            *part = part.start.saturating_sub(count)..part.end.saturating_sub(count);
            part.start < part.end
        });
    }
}

/// A star for each character in UTF-8. Line ends within a value stay, and with them the lines.
fn masked(byte: u8) -> Option<u8> {
    match byte {
        b'\r' | b'\n' => Some(byte),
        0x80..=0xbf => None,
        _ => Some(b'*'),
    }
}

#[cfg(test)]
mod tests;
