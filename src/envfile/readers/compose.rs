//! Docker Compose v2, `env_file:` (compose-go; measured with Compose 2.40.3).
//!
//! Statements are found anywhere after white space, so text behind a closing quote is the start of
//! the next one. Double quotes decode escapes, then `$NAME` is expanded in double quotes and bare
//! values (`template.rs`). One bad statement refuses the file.

use zeroize::Zeroizing;

use super::template::{self, Variables};
use super::text::lossy;
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "compose", read, fragile: never }];

type Failed = &'static str;

fn read(file: &[u8]) -> Result<Readings, Refused> {
    let text = lossy(file);
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut readings = Readings::default();
    let mut values = Variables::new();
    loop {
        rest = statement_start(rest);
        if rest.is_empty() {
            return Ok(readings);
        }
        let refused = |why| Refused::at(text.as_bytes(), text.len() - rest.len(), why);
        let (key, after) = key(rest).map_err(refused)?;
        rest = match after {
            After::Inherited(next) => next,
            After::Value(text) => {
                let (value, next) = value(text, &values).map_err(refused)?;
                readings.set(key, value.as_bytes());
                values.insert(key.to_owned(), value);
                next
            }
        };
    }
}

/// Behind blanks, empty lines and comments.
fn statement_start(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('#') {
        rest = rest.find('\n').map_or("", |end| rest[end..].trim_start());
    }
    rest
}

/// A blank that is no line end.
fn blank(c: char) -> bool {
    matches!(c, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}')
}

enum After<'a> {
    /// A name alone: taken from the environment of `docker compose`.
    Inherited(&'a str),
    Value(&'a str),
}

fn key(text: &str) -> Result<(&str, After<'_>), Failed> {
    let exported =
        text.strip_prefix("export").filter(|rest| rest.starts_with(['\t', '\n', '\u{c}', '\r', ' ']));
    let text = exported.map_or(text, |rest| rest.trim_start_matches(blank));
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '[' | ']') || blank(c);
    let Some((end, stop)) = text.char_indices().find(|(_, c)| !of_name(*c)) else {
        return if text.is_empty() { Err("it has no name") } else { Ok(("", After::Value(text))) };
    };
    let (key, rest) = (text[..end].trim_end(), text[end + stop.len_utf8()..].trim_start_matches(blank));
    match stop {
        _ if key.contains(' ') && matches!(stop, '=' | ':' | '\n') => Err("its name holds a space"),
        '=' | ':' => Ok((key, After::Value(rest))),
        '\n' => Ok((key, After::Inherited(rest))),
        _ => Err("its name holds a character compose does not take"),
    }
}

fn value<'a>(text: &'a str, values: &Variables) -> Result<(Zeroizing<String>, &'a str), Failed> {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
        let (line, next) = text.split_once('\n').unwrap_or((text, ""));
        let value = line.split(" #").next().unwrap_or(line).trim_end();
        return Ok((template::expanded(value, values)?, next));
    };
    let (inner, next) = quoted(&text[1..], quote).ok_or("a quote is not closed")?;
    let value = match quote {
        '"' => template::expanded(&unescaped(&inner), values)?,
        _ => inner,
    };
    Ok((value, next))
}

/// The text up to the closing quote, with escaped quotes decoded, and what follows.
fn quoted(text: &str, quote: char) -> Option<(Zeroizing<String>, &str)> {
    let mut out = Zeroizing::new(String::new());
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == quote && !escaped {
            return Some((out, &text[at + 1..]));
        }
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        if escaped && c != quote {
            out.push('\\');
        }
        escaped = false;
        out.push(c);
    }
    None
}

/// Go's escapes, octal ones with a leading zero; `\$` becomes the `$$` the expansion knows.
fn unescaped(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::new());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escaped = &rest[at + 1..];
        let Some(c) = escaped.chars().next() else {
            out.push('\\');
            return out;
        };
        rest = &escaped[c.len_utf8()..];
        match c {
            '$' => out.push_str("$$"),
            '0' => rest = octal(&mut out, rest),
            c => out.extend(decoded(c)),
        }
    }
    out.push_str(rest);
    out
}

/// Takes up to three digits behind `\0`; three octal ones below 256 are a character, others stay.
fn octal<'a>(out: &mut String, text: &'a str) -> &'a str {
    let length = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    match u8::from_str_radix(digits, 8) {
        Ok(code) if length == 3 => out.push(char::from(code)),
        _ => {
            out.push('\\');
            out.push_str(digits);
        }
    }
    rest
}

fn decoded(c: char) -> Vec<char> {
    let character = match c {
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        '"' | '\\' => c,
        other => return vec!['\\', other],
    };
    vec![character]
}
