//! Setting keys of one section: the bytes of a changed value change, missing lines are added, all else stays.
//!
//! What is added looks like what is there: the line ends of the file, and a blank line before a new section.

use serde::Serialize;
use zeroize::Zeroizing;

use super::document::{Document, Section};
use super::name::Name;

/// One line of a diff. Only lines that [`set`] writes or replaces are shown, so no other key's value can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiffLine {
    /// `+`, `-`, or a blank for what stands there already.
    pub sign: char,
    pub text: String,
}

impl DiffLine {
    fn new(sign: char, text: impl Into<String>) -> Self {
        Self { sign, text: text.into() }
    }
}

/// Gives the section `pairs`, none of which holds a line break, and tells what that changes.
pub fn set(document: &Document, name: &Name, pairs: &[(&str, &str)]) -> (Document, Vec<DiffLine>) {
    match document.named(name).next() {
        Some(section) => update(document, section, pairs),
        None => append(document, name, pairs),
    }
}

/// Replacements from the last to the first, so that the places before them stay true.
fn update(document: &Document, section: &Section, pairs: &[(&str, &str)]) -> (Document, Vec<DiffLine>) {
    let mut bytes = document.render();
    let mut lines = vec![DiffLine::new(' ', format!("[{}]", section.header))];
    let differs = |pair: &&(&str, &str)| section.key(pair.0).is_some_and(|key| document.value(key) != pair.1);
    let mut changed: Vec<_> = pairs.iter().filter(differs).collect();
    let missing: Vec<_> = pairs.iter().filter(|pair| !section.has(pair.0)).copied().collect();
    insert(&mut bytes, section.end, &missing);
    changed.sort_by_key(|pair| section.key(pair.0).map(|key| key.line));
    for (name, value) in changed.iter().rev() {
        if let Some(key) = section.key(name) {
            bytes.splice(key.value.clone(), value.bytes());
        }
    }
    for (name, value) in changed {
        let old = section.key(name).map(|key| document.value(key)).unwrap_or_default();
        lines.push(DiffLine::new('-', format!("{name} = {old}")));
        lines.push(DiffLine::new('+', format!("{name} = {value}")));
    }
    lines.extend(missing.iter().map(|(name, value)| DiffLine::new('+', format!("{name} = {value}"))));
    if lines.len() == 1 {
        lines.clear();
    }
    (Document::parse(&bytes), lines)
}

fn insert(bytes: &mut Zeroizing<Vec<u8>>, at: usize, pairs: &[(&str, &str)]) {
    if pairs.is_empty() {
        return;
    }
    let ending = line_ending(bytes);
    let open = !bytes[..at].ends_with(b"\n");
    let mut text = if open { ending.to_owned() } else { String::new() };
    for (name, value) in pairs {
        text.push_str(&format!("{name} = {value}{ending}"));
    }
    bytes.splice(at..at, text.into_bytes());
}

fn append(document: &Document, name: &Name, pairs: &[(&str, &str)]) -> (Document, Vec<DiffLine>) {
    let mut bytes = document.render();
    let (header, ending) = (format!("[{}]", name.header()), line_ending(&bytes));
    let mut lines = Vec::new();
    if !bytes.is_empty() {
        lines.push(DiffLine::new('+', ""));
        let blank = format!("{ending}{ending}");
        let missing = match () {
            () if !bytes.ends_with(b"\n") => 0,
            () if bytes.ends_with(blank.as_bytes()) || bytes.as_slice() == ending.as_bytes() => 2,
            () => 1,
        };
        bytes.extend(blank.bytes().skip(missing * ending.len()));
    }
    bytes.extend(format!("{header}{ending}").bytes());
    let end = bytes.len();
    insert(&mut bytes, end, pairs);
    lines.push(DiffLine::new('+', header));
    lines.extend(pairs.iter().map(|(name, value)| DiffLine::new('+', format!("{name} = {value}"))));
    (Document::parse(&bytes), lines)
}

/// The file's own: that of its first line.
fn line_ending(bytes: &[u8]) -> &'static str {
    let first = bytes.iter().position(|byte| *byte == b'\n');
    let crlf = first.is_some_and(|at| bytes[..at].ends_with(b"\r"));
    if crlf { "\r\n" } else { "\n" }
}
