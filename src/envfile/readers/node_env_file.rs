//! `node --env-file` and `util.parseEnv` (measured with 20.20, 22.23, 24.21 and 26.10).
//!
//! Two dialects. Node 20 looks for the next `=` wherever it is, so a broken line becomes part of
//! the key after it, and it trims spaces alone. Node 22 and later end a broken line at its end and
//! trim tabs and line ends as well, so `KEY=` with blanks behind it takes the next line.

use zeroize::Zeroizing;

use super::text::lossy;
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 2] = [
    Dialect { name: "node-env-file (node 20)", read: read_20, fragile: never },
    Dialect { name: "node-env-file", read: read_22, fragile: never },
];

/// Both delete every CR, wherever it stands.
fn without_cr(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.replace('\r', ""))
}

/// How statements are found where the programs differ.
pub(super) struct Rules {
    blanks: &'static [char],
    /// The offset of the quote that closes the text the first character opens.
    closing: fn(&str, char) -> Option<usize>,
}

const NODE_20: Rules = Rules { blanks: &[' '], closing: next_quote };
const NODE_22: Rules = Rules::like_node_22(next_quote);

impl Rules {
    pub(super) const fn like_node_22(closing: fn(&str, char) -> Option<usize>) -> Self {
        Self { blanks: &BLANKS, closing }
    }
}

pub(super) fn next_quote(text: &str, quote: char) -> Option<usize> {
    text[1..].find(quote).map(|found| found + 1)
}

/// Takes a key, its value, and whether the value stood in single quotes or backticks, or as good as that.
type Take<'a> = dyn FnMut(&str, &str, bool) + 'a;

pub(super) fn read_20(file: &[u8]) -> Result<Readings, Refused> {
    let text = without_cr(&lossy(file));
    let mut readings = Readings::default();
    let whole = text.trim_matches(' ');
    let mut rest = whole;
    while !rest.is_empty() {
        if let Some(next) = behind_comment(rest) {
            rest = next;
            continue;
        }
        let Some((key, value)) = rest.split_once('=') else { break };
        if key.is_empty() {
            break;
        }
        let key = key.trim_matches(' ');
        if key.is_empty() {
            // It reads past the name's bounds (undefined behaviour), and what comes out varies.
            return Err(Refused::at(whole.as_bytes(), whole.len() - rest.len(), "it has no name"));
        }
        let key = key.strip_prefix("export ").unwrap_or(key);
        rest =
            take_value(&mut |key, value, _| readings.set(key, value), key, value.trim_matches(' '), &NODE_20);
    }
    Ok(readings)
}

/// Behind the line end, for an empty line or a comment; a comment without one is no comment.
fn behind_comment(rest: &str) -> Option<&str> {
    let skipped = rest.starts_with(['\n', '#']);
    rest.split_once('\n').filter(|_| skipped).map(|(_, next)| next)
}

const BLANKS: [char; 3] = [' ', '\t', '\n'];

pub(super) fn read_22(file: &[u8]) -> Result<Readings, Refused> {
    let mut readings = Readings::default();
    each_22(&lossy(file), &NODE_22, &mut |key, value, _| readings.set(key, value));
    Ok(readings)
}

/// Hands over every statement in turn, as Node 22 and its likes find them.
pub(super) fn each_22(text: &str, rules: &Rules, take: &mut Take<'_>) {
    let text = without_cr(text);
    let mut rest = text.trim_matches(BLANKS);
    while !rest.is_empty() {
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let Some(equals) = rest[..line_end].find('=').filter(|_| !rest.starts_with(['#', '\n'])) else {
            rest = next_line(rest, line_end);
            continue;
        };
        let key = rest[..equals].trim_matches(BLANKS);
        let value = &rest[equals + 1..];
        if value.is_empty() || value.starts_with('\n') {
            take(key, "", true);
            rest = value;
            continue;
        }
        let value = value.trim_matches(BLANKS);
        let named = key.strip_prefix("export ").map_or(key, |key| key.trim_matches(BLANKS));
        rest = if key.is_empty() { value } else { take_value(take, named, value, rules) };
    }
}

/// The text behind the line end at `line_end`; a broken line takes the blanks of the next along.
fn next_line(rest: &str, line_end: usize) -> &str {
    let next = rest.get(line_end + 1..).unwrap_or("");
    if rest.starts_with(['#', '\n']) { next } else { next.trim_matches(BLANKS) }
}

/// Hands over `key` with its value from the head of `text`, and returns what is left to read.
fn take_value<'a>(take: &mut Take<'_>, key: &str, text: &'a str, rules: &Rules) -> &'a str {
    let blanks = rules.blanks;
    let line_end = text.find('\n').unwrap_or(text.len());
    let behind = |end: usize| text.get(end + 1..).unwrap_or("");
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
        let line = &text[..line_end];
        let value = line.split('#').next().unwrap_or(line).trim_matches(blanks);
        take(key, value, false);
        return tidied(behind(line_end), blanks);
    };
    let Some(close) = (rules.closing)(text, quote) else {
        if line_end == text.len() && blanks.len() == 1 {
            // Node 20 forgets the key and reads the text as a new statement.
            return text;
        }
        take(key, &text[..line_end], true);
        return tidied(behind(line_end), blanks);
    };
    let inner = &text[1..close];
    match quote {
        '"' => take(key, &Zeroizing::new(inner.replace("\\n", "\n")), false),
        _ => take(key, inner, true),
    }
    text[close..].find('\n').map_or("", |found| behind(close + found))
}

/// Node 22 trims what is left after a bare value; Node 20 does not.
fn tidied<'a>(rest: &'a str, blanks: &[char]) -> &'a str {
    if blanks.len() > 1 { rest.trim_matches(blanks) } else { rest }
}
