//! An env file as it stands: every byte kept, the assignments found.
//!
//! Owns the bytes and where the assignments are in them. Because the bytes themselves are the
//! document and everything else is a range into them, rendering is the identity on any input,
//! broken or not. What a program reads is not decided here but by its model in `readers/`.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

use super::scan::{self, Assignment};
use crate::secret::SecretValue;

/// A parsed env file. Parsing never fails: what is no assignment is kept and left alone.
#[derive(Clone)]
pub struct Document {
    bytes: Zeroizing<Vec<u8>>,
    assignments: Vec<Assignment>,
}

/// One assignment, read as most programs would; ask a [`Reader`](super::Reader) for the exact truth.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: String,
    /// From 1; a value of several lines has the line of its key.
    pub line: usize,
    pub value: SecretValue,
}

impl Document {
    pub fn parse(bytes: &[u8]) -> Self {
        Self { bytes: Zeroizing::new(bytes.to_vec()), assignments: scan::assignments(bytes) }
    }

    /// An empty file that opens with `text` as a comment, one `#` per line.
    pub fn with_header(text: &str) -> Self {
        let lines: String =
            text.lines().map(|line| format!("{}\n", format!("# {line}").trim_end())).collect();
        Self::parse(lines.as_bytes())
    }

    /// Exactly the bytes that were parsed.
    pub fn render(&self) -> Zeroizing<Vec<u8>> {
        self.bytes.clone()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.assignments.iter().map(|found| Entry {
            key: found.key.clone(),
            line: found.line,
            value: SecretValue::new(scan::decoded(&self.bytes[found.value.clone()])),
        })
    }

    /// The value that wins, which is the last one nearly everywhere.
    pub fn get(&self, key: &str) -> Option<SecretValue> {
        let found = self.assignments.iter().rfind(|found| found.key == key)?;
        Some(SecretValue::new(scan::decoded(&self.bytes[found.value.clone()])))
    }

    /// Keys assigned more than once, with the lines, in the order of the file.
    pub fn duplicates(&self) -> Vec<(&str, Vec<usize>)> {
        let mut seen: indexmap::IndexMap<&str, Vec<usize>> = indexmap::IndexMap::new();
        for found in &self.assignments {
            seen.entry(&found.key).or_default().push(found.line);
        }
        seen.into_iter().filter(|(_, lines)| lines.len() > 1).collect()
    }

    /// Lines that are no part of an assignment, no comment and not empty; from 1.
    pub fn odd_lines(&self) -> Vec<usize> {
        let mut assignments = self.assignments.iter().map(|found| self.lines_of(found)).peekable();
        let (mut odd, mut at) =
            (Vec::new(), if self.bytes.starts_with(scan::BOM) { scan::BOM.len() } else { 0 });
        for (index, line) in self.bytes[at..].split_inclusive(|byte| *byte == b'\n').enumerate() {
            while assignments.peek().is_some_and(|found| found.end <= at) {
                assignments.next();
            }
            let text = line.trim_ascii_start();
            let assigned = assignments.peek().is_some_and(|found| found.contains(&at));
            if !assigned && !matches!(text, [] | [b'#', ..]) {
                odd.push(index + 1);
            }
            at += line.len();
        }
        odd
    }

    /// The line of the first value that opens with a quote and does not end with it. What looks like a
    /// name below it may be a piece of the value.
    pub(super) fn open_quote(&self) -> Option<usize> {
        let is_open = |found: &&Assignment| match &self.bytes[found.value.clone()] {
            [quote @ (b'\'' | b'"' | b'`'), rest @ ..] => rest.last() != Some(quote),
            _ => false,
        };
        self.assignments.iter().find(is_open).map(|found| found.line)
    }

    /// The whole lines an assignment stands on, with the last one's end.
    pub(super) fn lines_of(&self, found: &Assignment) -> Range<usize> {
        let mark = if self.bytes.starts_with(scan::BOM) { scan::BOM.len() } else { 0 };
        let before = self.bytes[mark..found.whole.start].iter().rposition(|byte| *byte == b'\n');
        let behind = self.bytes[found.whole.end..].iter().position(|byte| *byte == b'\n');
        let end = behind.map_or(self.bytes.len(), |at| found.whole.end + at + 1);
        before.map_or(mark, |at| mark + at + 1)..end
    }

    pub(super) fn of(&self, key: &str) -> Vec<&Assignment> {
        self.assignments.iter().filter(|found| found.key == key).collect()
    }

    /// The bytes with `text` in place of each span; spans are in order and do not overlap.
    pub(super) fn spliced(&self, spans: &[Range<usize>], text: &str) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(self.bytes.len() + spans.len() * text.len()));
        let mut from = 0;
        for span in spans {
            out.extend_from_slice(&self.bytes[from..span.start]);
            out.extend_from_slice(text.as_bytes());
            from = span.end;
        }
        out.extend_from_slice(&self.bytes[from..]);
        out
    }

    /// The bytes with one more line at the end; an open last line is closed first.
    pub(super) fn appended(&self, key: &str, text: &str) -> Zeroizing<Vec<u8>> {
        let end = self.line_end();
        let mut out = Zeroizing::new(Vec::with_capacity(self.bytes.len() + key.len() + text.len() + 5));
        out.extend_from_slice(&self.bytes);
        let only_mark = self.bytes.as_slice() == scan::BOM;
        if !self.bytes.is_empty() && !only_mark && !self.bytes.ends_with(b"\n") {
            out.extend_from_slice(end);
        }
        for part in [key.as_bytes(), b"=", text.as_bytes(), end] {
            out.extend_from_slice(part);
        }
        out
    }

    /// The line end most lines have; LF for a file without any.
    pub fn line_end(&self) -> &'static [u8] {
        let all = self.bytes.iter().filter(|byte| **byte == b'\n').count();
        let with_cr = self.bytes.windows(2).filter(|pair| *pair == b"\r\n").count();
        if with_cr * 2 > all { b"\r\n" } else { b"\n" }
    }
}

/// Keys and lines only: the bytes hold secrets.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.assignments.iter().map(|found| (found.line, &found.key))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(text: &str, key: &str) -> Option<String> {
        Document::parse(text.as_bytes()).get(key).map(|value| value.expose_to(str::to_owned))
    }

    #[test]
    fn the_last_assignment_wins_and_duplicates_are_told() {
        let document = Document::parse(b"A=1\nB=2\nexport A = '3' # c\n");
        assert_eq!(document.get("A").unwrap().expose_to(str::to_owned), "3");
        assert_eq!(document.duplicates(), [("A", vec![1, 3])]);
        assert_eq!(document.entries().map(|entry| entry.line).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn text_in_quotes_and_comments_is_no_assignment() {
        let text = "A='one\nB=two\n'\n# C=3\nD=\"x\\\"\nE=y\"\r\nF=6";
        assert_eq!(get(text, "A").unwrap(), "one\nB=two\n");
        assert_eq!((get(text, "B"), get(text, "C"), get(text, "E")), (None, None, None));
        assert_eq!(get(text, "F").unwrap(), "6");
    }

    #[test]
    fn a_new_line_closes_an_open_one_with_the_files_own_end() {
        let lines =
            |text: &str| String::from_utf8(Document::parse(text.as_bytes()).appended("K", "v").to_vec());
        assert_eq!(lines("A=1\r\nB=2").unwrap(), "A=1\r\nB=2\r\nK=v\r\n");
        assert_eq!(lines("A=1").unwrap(), "A=1\nK=v\n");
        assert_eq!(lines("\u{feff}").unwrap(), "\u{feff}K=v\n");
        assert_eq!(lines("").unwrap(), "K=v\n");
    }

    #[test]
    fn odd_lines_are_told_from_values() {
        let odd = |text: &str| Document::parse(text.as_bytes()).odd_lines();
        assert_eq!(odd("\u{feff}# c\r\n\r\nA='x\ny'\n  \nodd\nB=1\n[x]"), [6, 8]);
        assert_eq!(odd("\u{feff}odd"), [1]);
        assert_eq!(odd(""), Vec::<usize>::new());
    }

    #[test]
    fn debug_hides_the_values() {
        assert_eq!(format!("{:?}", Document::parse(b"A=canary-4")), r#"{1: "A"}"#);
    }
}
