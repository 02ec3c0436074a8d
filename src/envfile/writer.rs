//! Puts values into a document so that every declared reader takes exactly them.
//!
//! For each change the forms are tried in order; the first that passes is kept. Passing means:
//! every reader's model, reading the whole new file, gives the exact value for the key and what it
//! gave before for every other key. Nothing is argued from quoting rules, because what a text means
//! hangs on the rest of the file (an open quote three lines up is enough).

use std::ops::Range;

use zeroize::Zeroizing;

use super::blame::{self, Verdicts};
use super::document::Document;
use super::forms::{Candidate, candidates};
use super::readers::{Dialect, Reader, Readings, Refused};
use super::refusal::{Reason, Refusal};
use super::scan::Assignment;
use crate::secret::SecretValue;

/// A variable to be set.
#[derive(Clone, Debug)]
pub struct Change {
    pub key: String,
    pub value: SecretValue,
}

/// A variable that now has its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub key: String,
    pub effect: Effect,
}

/// What setting it did to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Every reader took the value from the file already; no byte changed.
    Unchanged,
    /// A new line, in the form named.
    Added(&'static str),
    /// The value of each assignment of the key, in the form named.
    Changed(&'static str),
}

/// What came of the changes. Refusals concern their own variable only.
#[derive(Clone, Debug)]
pub struct Edited {
    pub document: Document,
    pub applied: Vec<Applied>,
    pub refused: Vec<Refusal>,
}

/// Sets each of `changes` in order, for `readers`; none given means [`Reader::CORE`].
pub fn edit(document: &Document, changes: &[Change], readers: &[Reader]) -> Edited {
    let mut editor = Editor::new(document.clone(), readers);
    let (mut applied, mut refused) = (Vec::new(), Vec::new());
    for Change { key, value } in changes {
        match value.expose_to(|value| editor.set(key, value)) {
            Ok(effect) => applied.push(Applied { key: key.clone(), effect }),
            Err(reason) => refused.push(Refusal { key: key.clone(), reason }),
        }
    }
    Edited { document: editor.document, applied, refused }
}

/// `KEY=value` longer than this makes every `exec` fail with E2BIG on Linux (MAX_ARG_STRLEN).
const LONGEST: usize = 131_071;

pub(super) struct Editor {
    pub document: Document,
    readers: Vec<Reader>,
    pub dialects: Vec<&'static Dialect>,
    /// What each dialect reads from the document as it stands.
    pub before: Vec<Result<Readings, Refused>>,
}

/// Where a value goes.
pub(super) enum Place {
    End,
    Spans(Vec<Range<usize>>),
}

impl Editor {
    pub fn new(document: Document, readers: &[Reader]) -> Self {
        let mut readers = if readers.is_empty() { Reader::CORE.to_vec() } else { readers.to_vec() };
        readers.sort();
        readers.dedup();
        // Newest first: where all versions stand in the way, the one people know is named.
        let dialects: Vec<&Dialect> =
            readers.iter().flat_map(|reader| reader.dialects().iter().rev()).collect();
        let before = dialects.iter().map(|dialect| dialect.read(document.bytes())).collect();
        Self { document, readers, dialects, before }
    }

    fn set(&mut self, key: &str, value: &str) -> Result<Effect, Reason> {
        check(key, value)?;
        if is_no_text(self.document.bytes()) {
            return Err(Reason::NotText);
        }
        let reads_it = |read: &Result<Readings, Refused>| {
            read.as_ref().is_ok_and(|read| read.get(key) == Some(value.as_bytes()))
        };
        if self.before.iter().all(reads_it) {
            return Ok(Effect::Unchanged);
        }
        let place = self.place(key)?;
        for candidate in candidates(value, self.old_text(&place)) {
            let bytes = self.with(&place, key, &candidate.text);
            if let Some(after) = self.all_read(key, value, &candidate, &bytes) {
                self.document = Document::parse(&bytes);
                self.before = after.into_iter().map(Ok).collect();
                return Ok(match place {
                    Place::End => Effect::Added(candidate.form),
                    Place::Spans(_) => Effect::Changed(candidate.form),
                });
            }
        }
        Err(self.reason(key, value, &place))
    }

    /// The end of the file for a new key, else the value of each of its assignments.
    pub fn place(&self, key: &str) -> Result<Place, Reason> {
        let found = self.document.of(key);
        for (dialect, before) in self.dialects.iter().zip(&self.before) {
            let Ok(before) = before else { continue };
            if !self.is_clear(dialect, before.get(key), key, &found) {
                return Err(self.unclear(dialect.name, &found));
            }
        }
        if found.is_empty() {
            return Ok(Place::End);
        }
        Ok(Place::Spans(found.iter().map(|found| self.without_comment(found)).collect()))
    }

    /// The reader takes from the file what it takes from one of the assignments by itself; a value
    /// that refers to others cannot be judged by itself.
    fn is_clear(&self, dialect: &Dialect, read: Option<&[u8]>, key: &str, found: &[&Assignment]) -> bool {
        if found.is_empty() {
            return read.is_none();
        }
        found.iter().any(|found| {
            let text = &self.document.bytes()[found.whole.clone()];
            text.contains(&b'$') || self.alone(dialect, text, key).as_deref().map(Vec::as_slice) == read
        })
    }

    fn alone(&self, dialect: &Dialect, text: &[u8], key: &str) -> Option<Zeroizing<Vec<u8>>> {
        let file = Zeroizing::new([text, b"\n"].concat());
        Some(Zeroizing::new(dialect.read(&file).ok()?.get(key)?.to_vec()))
    }

    fn unclear(&self, reader: &'static str, found: &[&Assignment]) -> Reason {
        if self.document.line_end() == b"\r\n" && reader == Reader::Shell.name() {
            return Reason::LineEnds { reader };
        }
        Reason::Unclear { reader, line: found.last().map(|found| found.line) }
    }

    /// The value's span; a `#` glued to it ends it if that is a comment to every reader.
    fn without_comment(&self, found: &Assignment) -> Range<usize> {
        let (bytes, span) = (self.document.bytes(), found.value.clone());
        let text = &bytes[span.clone()];
        let bare = !text.starts_with(b"'") && !text.starts_with(b"\"") && !text.starts_with(b"`");
        let Some(at) = text.iter().position(|byte| *byte == b'#').filter(|_| bare) else { return span };
        let cut = text[..at].trim_ascii_end();
        let whole = &bytes[found.whole.clone()];
        let ends = |dialect: &&Dialect| {
            self.alone(dialect, whole, &found.key).is_some_and(|value| value.as_slice() == cut)
        };
        if self.dialects.iter().all(ends) { span.start..span.start + cut.len() } else { span }
    }

    fn old_text(&self, place: &Place) -> Option<&[u8]> {
        match place {
            Place::End => None,
            Place::Spans(spans) => spans.last().map(|span| &self.document.bytes()[span.clone()]),
        }
    }

    fn with(&self, place: &Place, key: &str, text: &str) -> Zeroizing<Vec<u8>> {
        match place {
            Place::End => self.document.appended(key, text),
            Place::Spans(spans) => self.document.spliced(spans, text),
        }
    }

    /// What each dialect reads from `bytes`, if all are right.
    fn all_read(&self, key: &str, value: &str, candidate: &Candidate, bytes: &[u8]) -> Option<Vec<Readings>> {
        let pairs = self.dialects.iter().zip(&self.before);
        pairs
            .map(|(dialect, before)| {
                let after = dialect.read(bytes).ok().filter(|_| !dialect.fragile(&candidate.text))?;
                let kept = before.as_ref().map_or(true, |before| before.difference(&after, key).is_none());
                (kept && after.get(key) == Some(value.as_bytes())).then_some(after)
            })
            .collect()
    }

    /// Why nothing passed: the file's own trouble, the value's, or how the two meet.
    fn reason(&self, key: &str, value: &str, place: &Place) -> Reason {
        let all: Verdicts = (1 << self.dialects.len()) - 1;
        let refusing = self.dialects.iter().zip(&self.before).find_map(|(dialect, before)| {
            before.as_ref().err().map(|refused| (dialect.name, refused.clone()))
        });
        if let Some((reader, refused)) = refusing {
            return Reason::Unreadable { reader, refused };
        }
        let alone = blame::alone(key, value, &self.dialects);
        if !alone.contains(&all) {
            let feature = blame::feature(key, value, &self.dialects);
            let readers = blame::fewest(&alone, &self.dialects);
            return Reason::NoForm { feature, readers, without: blame::without(&alone, &self.readers) };
        }
        self.collision(key, value, place, all)
    }

    /// The first reader that a form right by itself fails in this file.
    fn collision(&self, key: &str, value: &str, place: &Place, all: Verdicts) -> Reason {
        let forms = candidates(value, self.old_text(place));
        let right = forms
            .iter()
            .find(|form| blame::verdicts_alone(key, value, &form.text, &self.dialects) == all)
            .map(|form| self.with(place, key, &form.text));
        let bytes = right.unwrap_or_default();
        for (dialect, before) in self.dialects.iter().zip(&self.before) {
            let (Ok(before), after) = (before, dialect.read(&bytes)) else { continue };
            let exact = after.as_ref().is_ok_and(|after| after.get(key) == Some(value.as_bytes()));
            if !exact && self.document.line_end() == b"\r\n" && dialect.name == Reader::Shell.name() {
                return Reason::LineEnds { reader: dialect.name };
            }
            if !exact {
                return Reason::Surroundings { reader: dialect.name };
            }
            if let Some(other) = after.ok().as_ref().and_then(|after| before.difference(after, key)) {
                return Reason::Changes { other: other.to_owned(), reader: dialect.name };
            }
        }
        Reason::Surroundings { reader: self.dialects[0].name }
    }
}

fn check(key: &str, value: &str) -> Result<(), Reason> {
    let starts = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !starts || !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(Reason::Key);
    }
    if value.contains('\0') {
        return Err(Reason::Nul);
    }
    let bytes = key.len() + 1 + value.len();
    if bytes > LONGEST { Err(Reason::TooLong { bytes }) } else { Ok(()) }
}

/// UTF-16, or bytes that are no text at all.
pub(super) fn is_no_text(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0)
}
