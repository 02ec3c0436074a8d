//! npm `dotenv`, its default parser (measured with 17.2.3 and 18.0.10).
//!
//! It is one regular expression, applied over and over from each line start. Two of its habits
//! shape this file: blanks reach across line ends, so `KEY=` may take a quoted text from the next
//! line; and the closing quote is the last one that ends a line, so a backslash before a quote
//! decides nothing by itself.

use zeroize::Zeroizing;

use super::text::{js_line_end, js_space, lossy, seek, skip, unified};
use super::{Dialect, Readings, Refused};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "node-dotenv", read, fragile }];

/// A quoted text that ends in a backslash, or a bare one that starts with a quote, is closed or
/// not by the next quote of that kind anywhere below.
pub(super) fn fragile(text: &str) -> bool {
    let Some(quote) = text.chars().next().filter(|c| is_quote(*c)) else { return false };
    let inner = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner.is_none_or(|inner| inner.ends_with('\\'))
}

pub(super) fn read(file: &[u8]) -> Result<Readings, Refused> {
    let mut readings = Readings::default();
    each(file, |key, raw| readings.set(key, value(raw).as_bytes()));
    Ok(readings)
}

/// Hands over every statement in turn: its key and its value, quotes included, blanks trimmed.
pub(super) fn each(file: &[u8], mut take: impl FnMut(&str, &str)) {
    let text = unified(&lossy(file));
    let mut at = (!text.is_empty()).then_some(0);
    while let Some(start) = at {
        let statement = statement(&text, start);
        if let Some(found) = &statement {
            take(found.key, found.raw.trim_matches(js_space));
        }
        let first = text[start..].chars().next().map_or(1, char::len_utf8);
        at = line_start(&text, statement.map_or(start + first, |found| found.end));
    }
}

struct Statement<'a> {
    key: &'a str,
    /// With quotes and blanks.
    raw: &'a str,
    end: usize,
}

/// The first line start at or after `from`.
fn line_start(text: &str, from: usize) -> Option<usize> {
    let start = if text[..from].ends_with(js_line_end) {
        from
    } else {
        let end = seek(text, from, js_line_end);
        end + text[end..].chars().next().map_or(0, char::len_utf8)
    };
    (start < text.len()).then_some(start)
}

fn statement(text: &str, start: usize) -> Option<Statement<'_>> {
    let at = skip(text, start, js_space);
    let after_export = text[at..].strip_prefix("export").and_then(|rest| {
        let key = rest.trim_start_matches(js_space);
        (key.len() < rest.len()).then(|| text.len() - key.len())
    });
    after_export.and_then(|at| assignment(text, at)).or_else(|| assignment(text, at))
}

fn assignment(text: &str, at: usize) -> Option<Statement<'_>> {
    let key_end = skip(text, at, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let value_at = separator_end(text, key_end)?;
    let key = text.get(at..key_end).filter(|key| !key.is_empty())?;
    if let Some((raw, end)) = quoted(text, value_at) {
        return Some(Statement { key, raw, end });
    }
    let stop = seek(text, value_at, |c| matches!(c, '#' | '\n'));
    let end = line_rest(text, stop).unwrap_or(text.len());
    Some(Statement { key, raw: &text[value_at..stop], end })
}

/// Behind `=`, with any blanks before it, or behind `:` and the one blank it needs.
fn separator_end(text: &str, key_end: usize) -> Option<usize> {
    let equals = skip(text, key_end, js_space);
    if text[equals..].starts_with('=') {
        return Some(equals + 1);
    }
    let blank = text[key_end..].strip_prefix(':')?.chars().next().filter(|c| js_space(*c))?;
    Some(key_end + 1 + blank.len_utf8())
}

/// A quoted text from the first quote to the last that may close it: one behind a backslash may
/// also be skipped, and after the closing one the line must end.
fn quoted(text: &str, value_at: usize) -> Option<(&str, usize)> {
    let open = skip(text, value_at, js_space);
    let quote = text[open..].chars().next().filter(|c| is_quote(*c))?;
    let mut closing = Vec::new();
    for (offset, _) in text[open + 1..].match_indices(quote) {
        closing.push(open + 1 + offset);
        if offset == 0 || !text[..open + 1 + offset].ends_with('\\') {
            break;
        }
    }
    closing.into_iter().rev().find_map(|close| Some((&text[open..=close], line_rest(text, close + 1)?)))
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '"' | '`')
}

/// Where the statement ends if only blanks and a comment follow; blanks may span lines.
fn line_rest(text: &str, from: usize) -> Option<usize> {
    let end = skip(text, from, js_space);
    if end == text.len() {
        return Some(end);
    }
    if text[end..].starts_with('#') {
        return Some(seek(text, end, js_line_end));
    }
    text[from..end].rfind(js_line_end).map(|found| from + found)
}

fn value(raw: &str) -> Zeroizing<String> {
    let plain = plain(raw);
    if !raw.starts_with('"') {
        return plain;
    }
    let broken = Zeroizing::new(plain.replace("\\n", "\n"));
    Zeroizing::new(broken.replace("\\r", "\r"))
}

/// Takes away a pair of quotes around the text, or around any run of its lines.
pub(super) fn plain(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut at = 0;
    while at < text.len() {
        let at_start = text[..at].chars().next_back().is_none_or(js_line_end);
        let pair = if at_start { pair_end(&text[at..]) } else { None };
        if let Some(close) = pair {
            out.push_str(&text[at + 1..at + close]);
            at += close + 1;
        } else if let Some(c) = text[at..].chars().next() {
            out.push(c);
            at += c.len_utf8();
        }
    }
    out
}

/// The last quote like the first one that stands at a line end.
fn pair_end(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| is_quote(*c))?;
    let ends_line = |at: usize| text[at + 1..].chars().next().is_none_or(js_line_end);
    text.rmatch_indices(quote).map(|(at, _)| at).find(|at| *at > 0 && ends_line(*at))
}
