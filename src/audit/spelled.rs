//! A text as it was before a program wrote it down: base64, hexadecimal, percent signs and backslashes undone.
//!
//! Each stretch that could be encoded is decoded into a view, which remembers where its bytes come from. Wrong guesses cost
//! a little time and find nothing, so no format has to be known.

mod digits;
mod signs;

use digits::{NONE, SEXTETS, base64, base64_holds, hexadecimal};
use signs::{backslashes, escaped_holds, has_percent, percent};

/// Decoded bytes; byte `index` stands at `places[index]`.
#[derive(Debug, Default)]
pub(super) struct View {
    pub bytes: Vec<u8>,
    pub places: Vec<usize>,
}

impl View {
    fn push(&mut self, byte: u8, place: usize) {
        self.bytes.push(byte);
        self.places.push(place);
    }

    /// Where in the text the bytes `start..end` stand.
    pub fn extent(&self, start: usize, end: usize) -> (usize, usize) {
        let after = self.places[end - 1] + 1;
        (self.places[start], self.places.get(end).map_or(after, |next| after.max(*next)))
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }
}

/// What decides whether a view is worth making: eight bytes that something sought begins with.
pub(super) trait Hint: Fn([u8; 8]) -> bool {}

impl<F: Fn([u8; 8]) -> bool> Hint for F {}

/// Hands every view of `text` to `look` that could hold `least` bytes or more and, by `hint`, what is sought. Decoding that
/// comes to nothing leaves no trace but a few bits: a repository is full of what could be base64.
pub(super) fn each(text: &[u8], least: usize, hint: impl Hint, look: &mut dyn FnMut(&View)) {
    let mut view = View::default();
    for (start, end) in runs(text, |byte| SEXTETS[usize::from(byte)] != NONE, least * 4 / 3) {
        if base64_holds(&text[start..end], &hint) {
            for offset in 0..4 {
                base64(text, start + offset, end, &mut view);
                look(&view);
            }
        }
        hexadecimal(text, start, end, least, &hint, look);
    }
    if text.contains(&b'%') {
        for (start, end) in runs(text, |byte| byte.is_ascii_graphic(), least) {
            if has_percent(&text[start..end]) {
                for form in [false, true] {
                    percent(text, start, end, form, &mut view);
                    look(&view);
                }
            }
        }
    }
    let mut lines = Lines { text, at: 0 };
    let mut plain = Vec::new();
    while let Some((start, end)) = lines.next_with(b'\\') {
        if end - start >= least && escaped_holds(&text[start..end], &mut plain, &hint) {
            backslashes(text, start, end, look);
        }
    }
}

fn holds(bytes: &[u8], hint: &impl Hint) -> bool {
    bytes.array_windows::<8>().any(|window| hint(*window))
}

/// Lines that have a certain byte.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
}

impl Lines<'_> {
    fn next_with(&mut self, sign: u8) -> Option<(usize, usize)> {
        let found = self.at + self.text.get(self.at..)?.iter().position(|byte| *byte == sign)?;
        let start = self.text[self.at..found]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(self.at, |at| self.at + at + 1);
        let end = found
            + self.text[found..].iter().position(|byte| *byte == b'\n').unwrap_or(self.text.len() - found);
        self.at = end;
        Some((start, end))
    }
}

/// Stretches of bytes that all are so, of at least `least`. A line end within long lines of base64 is no end.
///
/// The last byte of where one could stand is looked at first, so most bytes never are.
fn runs(text: &[u8], is: impl Fn(u8) -> bool, least: usize) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = 0;
    while let Some(room) = text.get(start..start + least) {
        match room.iter().rposition(|byte| !is(*byte)) {
            Some(other) => start += other + 1,
            None => {
                let rest = &text[start + least..];
                let end = start + least + rest.iter().position(|byte| !is(*byte)).unwrap_or(rest.len());
                all.push((start, end));
                start = end;
            }
        }
    }
    joined(text, all)
}

/// Joins lines of one wrapped text: long ones that follow each other with nothing but a line end between.
fn joined(text: &[u8], runs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::with_capacity(runs.len());
    for (start, end) in runs {
        match all.last_mut() {
            Some(last) if matches!(&text[last.1..start], b"\n" | b"\r\n") && last.1 - last.0 >= 60 => {
                last.1 = end
            }
            _ => all.push((start, end)),
        }
    }
    all
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
