//! PyPI `python-dotenv`, `load_dotenv` with its defaults (measured with 1.2.2 and 1.2.4).
//!
//! Two dialects: up to 1.2.2 a BOM is a piece of the first key, `KEY= # c` has the value `# c`, and a backslash before a quote hides that
//! quote even where it is itself escaped, as long as another quote follows somewhere below.
//!
//! A line it cannot parse is skipped with a warning. `${NAME}` and `${NAME:-default}` are expanded
//! afterwards in every value, single-quoted ones too, and nothing escapes them.

use indexmap::IndexMap;
use zeroize::Zeroizing;

use super::text::{python_space, seek, skip, strict, unified};
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 2] = [
    Dialect { name: "python-dotenv (up to 1.2.2)", read: |file| read(strict(file)?, true), fragile },
    Dialect {
        name: "python-dotenv",
        read: |file| strict(file).and_then(|text| read(text.strip_prefix('\u{feff}').unwrap_or(text), false)),
        fragile: never,
    },
];

/// A backslash before the closing quote hides it if there is another quote below, now or after an edit.
fn fragile(text: &str) -> bool {
    text.starts_with(['\'', '"']) && (text.ends_with("\\'") || text.ends_with("\\\""))
}

/// `None` for a key without `=`: it hides an earlier value and is not set.
type Values = IndexMap<String, Option<Zeroizing<String>>>;

fn read(text: &str, old: bool) -> Result<Readings, Refused> {
    let text = unified(text);
    let mut parser = Parser { text: &text, at: 0, old };
    let mut values = Values::new();
    while parser.at < text.len() {
        if let Some((key, value)) = parser.binding() {
            let value = value.map(|value| expanded(&value, &values));
            values.insert(key.to_owned(), value);
        }
    }
    let mut readings = Readings::default();
    for (key, value) in &values {
        if let Some(value) = value {
            readings.set(key, value.as_bytes());
        }
    }
    Ok(readings)
}

type Binding<'a> = (&'a str, Option<Zeroizing<String>>);

struct Parser<'a> {
    text: &'a str,
    at: usize,
    old: bool,
}

fn blank(c: char) -> bool {
    python_space(c) && c != '\n'
}

impl<'a> Parser<'a> {
    /// The next statement; `None` for a comment, the end, and a line that cannot be parsed.
    fn binding(&mut self) -> Option<Binding<'a>> {
        self.skip(python_space);
        if self.at == self.text.len() {
            return None;
        }
        let parsed = self.statement();
        if parsed.is_none() {
            self.line_end();
            self.at = (self.at + 1).min(self.text.len());
        }
        parsed.flatten()
    }

    /// `None` is an error; `Some(None)` a comment.
    fn statement(&mut self) -> Option<Option<Binding<'a>>> {
        self.skip_export();
        let key = if self.rest().starts_with('#') { None } else { Some(self.key()?) };
        self.skip(blank);
        let value = if self.rest().starts_with('=') { Some(self.value()?) } else { None };
        self.skip(blank);
        if self.rest().starts_with('#') {
            self.line_end();
        }
        if !self.rest().is_empty() {
            self.at += self.rest().strip_prefix('\n').map(|_| 1)?;
        }
        Some(key.map(|key| (key, value)))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self, kind: fn(char) -> bool) {
        self.at = skip(self.text, self.at, kind);
    }

    fn line_end(&mut self) {
        self.at = seek(self.text, self.at, |c| c == '\n');
    }

    fn skip_export(&mut self) {
        if let Some(rest) = self.rest().strip_prefix("export").filter(|rest| rest.starts_with(blank)) {
            self.at = self.text.len() - rest.len();
            self.skip(blank);
        }
    }

    fn key(&mut self) -> Option<&'a str> {
        let from = self.at;
        if let Some(rest) = self.rest().strip_prefix('\'') {
            let length = rest.find('\'').filter(|length| *length > 0)?;
            self.at = from + length + 2;
            return Some(&rest[..length]);
        }
        self.at = seek(self.text, from, |c| matches!(c, '=' | '#') || python_space(c));
        (self.at > from).then(|| &self.text[from..self.at])
    }

    fn value(&mut self) -> Option<Zeroizing<String>> {
        let equals = self.at;
        self.at += 1;
        self.skip(blank);
        let spaced = self.at > equals + 1;
        match self.rest().chars().next() {
            Some('#') if spaced && !self.old => Some(Zeroizing::default()),
            Some('\'') => self.quoted('\'', r"\'"),
            Some('"') => self.quoted('"', "\\'\"abfnrtv"),
            _ => Some(self.bare()),
        }
    }

    fn bare(&mut self) -> Zeroizing<String> {
        let from = self.at;
        self.line_end();
        let line = &self.text[from..self.at];
        let comment = line.match_indices('#').find(|(at, _)| line[..*at].ends_with(python_space));
        let value = comment.map_or(line, |(at, _)| &line[..at]);
        Zeroizing::new(value.trim_end_matches(python_space).to_owned())
    }

    /// Up to the closing quote; of the escapes, those named are decoded.
    fn quoted(&mut self, quote: char, escapes: &str) -> Option<Zeroizing<String>> {
        let text = &self.text[self.at + 1..];
        let close = if self.old { old_closing(text, quote) } else { closing(text, quote) }?;
        self.at += 1 + close + 1;
        Some(unescaped(&text[..close], escapes))
    }
}

/// The first quote that is not escaped.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => return Some(at),
            '\\' => chars.next().map(drop)?,
            _ => {}
        }
    }
    None
}

/// The first quote without a backslash before it; where there is none, the last one of all.
fn old_closing(text: &str, quote: char) -> Option<usize> {
    let mut quotes = text.match_indices(quote).map(|(at, _)| at);
    let last = text.rfind(quote);
    quotes.find(|at| !text[..*at].ends_with('\\')).or(last)
}

fn unescaped(text: &str, escapes: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some(escaped) if escapes.contains(escaped) => out.push(decoded(escaped)),
            other => out.extend(std::iter::once('\\').chain(other)),
        }
    }
    out
}

fn decoded(escaped: char) -> char {
    match escaped {
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        other => other,
    }
}

fn expanded(value: &str, values: &Values) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::new());
    let mut rest = value;
    while let Some(start) = rest.find("${") {
        let (before, reference) = (&rest[..start], &rest[start + 2..]);
        out.push_str(before);
        if let Some((name, default, after)) = reference_parts(reference) {
            let known = values.get(name).map(|value| value.as_ref().map_or("", |text| text.as_str()));
            out.push_str(known.unwrap_or(default));
            rest = after;
        } else {
            out.push_str("${");
            rest = reference;
        }
    }
    out.push_str(rest);
    out
}

/// Name, default and what follows, for a text behind `${`.
fn reference_parts(text: &str) -> Option<(&str, &str, &str)> {
    let name_end = text.find(['}', ':'])?;
    let (name, rest) = text.split_at(name_end);
    if let Some(after) = rest.strip_prefix('}') {
        return Some((name, "", after));
    }
    let (default, after) = rest.strip_prefix(":-")?.split_once('}')?;
    Some((name, default, after))
}
