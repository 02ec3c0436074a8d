//! `dotenv` in an `.envrc` (direnv's own parser; measured with 2.32.1, the same up to 2.37.1).
//!
//! One expression for a whole line, so nothing spans lines and one bad line refuses the file. Double
//! quotes decode `\n` and `\r` before any other escape, hence `\\n` is a line end too. `$NAME` is
//! expanded in all but single quotes, and no backslash stops it.

use zeroize::Zeroizing;

use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "direnv", read, fragile: never }];

type Bytes = Zeroizing<Vec<u8>>;

fn read(file: &[u8]) -> Result<Readings, Refused> {
    let mut readings = Readings::default();
    let mut at = 0;
    for line in file.split(|byte| matches!(byte, b'\r' | b'\n')) {
        let assignment = assignment(line).map_err(|why| Refused::at(file, at, why))?;
        if let Some((key, raw)) = assignment {
            let value = value(raw, &readings);
            readings.set(&key, value.as_slice());
        }
        at += line.len() + 1;
    }
    Ok(readings)
}

/// `\s` of Go's regular expressions.
fn blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\x0c')
}

fn behind_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| blank(**byte)).count();
    &text[blanks..]
}

/// Key and value with its quotes; `None` for an empty line and a comment.
fn assignment(line: &[u8]) -> Result<Option<(String, &[u8])>, &'static str> {
    const NONE: &str = "direnv does not take it for an assignment";
    let text = behind_blanks(line);
    if matches!(text, [] | [b'#', ..]) {
        return Ok(None);
    }
    let exported = text.strip_prefix(b"export").filter(|rest| rest.first().is_some_and(|byte| blank(*byte)));
    let named = exported.and_then(|rest| named(behind_blanks(rest)));
    let (key, rest) = named.or_else(|| self::named(text)).ok_or(NONE)?;
    if key[0].is_ascii_digit() || key.contains(&b'.') {
        return Err("the shell direnv starts does not take its name");
    }
    let raw = raw_value(rest).ok_or(NONE)?;
    Ok(Some((String::from_utf8_lossy(key).into_owned(), raw)))
}

/// A key and the text behind `=`, or behind `:` and the blank it needs.
fn named(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    let (key, rest) = text.split_at(text.iter().take_while(of_name).count());
    let value = match behind_blanks(rest) {
        [b'=', value @ ..] => value,
        _ => rest.strip_prefix(b":").filter(|value| value.first().is_some_and(|byte| blank(*byte)))?,
    };
    (!key.is_empty()).then(|| (key, behind_blanks(value)))
}

/// The value, after which the line must be done. A quoted text ends at the last quote it can.
fn raw_value(text: &[u8]) -> Option<&[u8]> {
    if let Some(quote @ (b'\'' | b'"')) = text.first().copied() {
        let ends = |at: &usize| text[*at] == quote && is_done(&text[at + 1..]);
        if let Some(close) = (1..text.len()).rev().find(ends) {
            return Some(&text[..=close]);
        }
    }
    let length = text.iter().take_while(|byte| !blank(**byte) && **byte != b'#').count();
    is_done(&text[length..]).then(|| &text[..length])
}

fn is_done(rest: &[u8]) -> bool {
    matches!(behind_blanks(rest), [] | [b'#', ..])
}

fn value(raw: &[u8], known: &Readings) -> Bytes {
    match raw {
        [b'\'', inner @ .., b'\''] => Zeroizing::new(inner.to_vec()),
        [b'"', inner @ .., b'"'] => expanded(&unescaped(&with_line_ends(inner)), known),
        [] | [_] => Zeroizing::new(raw.to_vec()),
        bare => expanded(bare, known),
    }
}

fn with_line_ends(text: &[u8]) -> Bytes {
    let mut out = Bytes::default();
    let mut rest = text;
    while let [first, next @ ..] = rest {
        let (byte, behind) = match (first, next) {
            (b'\\', [b'n', behind @ ..]) => (b'\n', behind),
            (b'\\', [b'r', behind @ ..]) => (b'\r', behind),
            _ => (*first, next),
        };
        out.push(byte);
        rest = behind;
    }
    out
}

/// A backslash before anything but `$` is dropped.
fn unescaped(text: &[u8]) -> Bytes {
    let mut out = Bytes::default();
    let mut rest = text;
    while let [first, next @ ..] = rest {
        let (byte, behind) = match (first, next) {
            (b'\\', [escaped, behind @ ..]) if *escaped != b'$' => (*escaped, behind),
            _ => (*first, next),
        };
        out.push(byte);
        rest = behind;
    }
    out
}

/// As Go's `os.Expand`, which direnv asks the file's own variables first.
fn expanded(text: &[u8], known: &Readings) -> Bytes {
    let mut out = Bytes::default();
    let mut rest = text;
    while let [first, next @ ..] = rest {
        rest = match first {
            b'$' if !next.is_empty() => reference(&mut out, next, known),
            other => {
                out.push(*other);
                next
            }
        };
    }
    out
}

/// Expands what stands behind one `$` and returns the text behind it.
fn reference<'a>(out: &mut Bytes, text: &'a [u8], known: &Readings) -> &'a [u8] {
    if let [b'{', inner @ ..] = text {
        let Some(length) = inner.iter().position(|byte| *byte == b'}') else { return inner };
        out.extend_from_slice(&referred(&inner[..length], known));
        return &inner[length + 1..];
    }
    let special = |byte: &u8| byte.is_ascii_digit() || b"*#$@!?-".contains(byte);
    let of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let length = match text.first() {
        Some(first) if special(first) => 1,
        _ => text.iter().take_while(of_name).count(),
    };
    let (name, rest) = text.split_at(length);
    match name {
        [] => out.push(b'$'),
        name => out.extend_from_slice(&referred(name, known)),
    }
    rest
}

/// The value of `NAME` or `NAME:-default`; an empty one in the file counts as set.
fn referred(expression: &[u8], known: &Readings) -> Bytes {
    let expression = String::from_utf8_lossy(expression);
    let (name, default) = expression.split_once(":-").unwrap_or((&expression, ""));
    Zeroizing::new(known.get(name).unwrap_or(default.as_bytes()).to_vec())
}
