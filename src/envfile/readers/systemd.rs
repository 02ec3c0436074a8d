//! `EnvironmentFile=` of a systemd unit (measured with 252; 254 changed comments).
//!
//! It reads bytes one by one: quoted pieces may follow each other, a backslash joins lines, and a
//! comment needs a line of its own, so `A="x" # y` is `x# y`. A name no environment can hold is
//! dropped with a warning, text that is no UTF-8 refuses the file. `$` means nothing.

use zeroize::Zeroizing;

use super::text::strict;
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 2] = [
    Dialect { name: "systemd (before 254)", read: |file| read(file, true), fragile: never },
    Dialect { name: "systemd", read: |file| read(file, false), fragile: never },
];

/// `comments_go_on`: a backslash at the end of a comment makes the next line part of it.
fn read(file: &[u8], comments_go_on: bool) -> Result<Readings, Refused> {
    if let Some(at) = file.iter().position(|byte| *byte == 0) {
        return Err(Refused::at(file, at, "it holds a NUL byte"));
    }
    let mut readings = Readings::default();
    let mut rest = file;
    loop {
        rest = statement_start(rest, comments_go_on);
        if rest.is_empty() {
            return Ok(readings);
        }
        let refused = |why| Refused::at(file, file.len() - rest.len(), why);
        // The first byte is part of the name even if it is `=`.
        let end = rest[1..].iter().position(|byte| *byte == b'=' || line_end(*byte));
        let (name, behind) = rest.split_at(end.map_or(rest.len(), |found| found + 1));
        let [b'=', behind @ ..] = behind else {
            rest = behind;
            continue;
        };
        let (value, next) = value(behind);
        let key = text(name).map_err(refused)?.trim_end_matches([' ', '\t']);
        let value = text(&value).map_err(refused)?;
        if is_name(key) {
            readings.set(key, value);
        }
        rest = next;
    }
}

fn blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t') || line_end(byte)
}

fn line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn is_name(key: &str) -> bool {
    !key.starts_with(|c: char| c.is_ascii_digit())
        && !key.is_empty()
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// UTF-8 without the code points Unicode sets aside as no characters.
fn text(bytes: &[u8]) -> Result<&str, &'static str> {
    let text = strict(bytes).map_err(|_| "it is not UTF-8")?;
    let set_aside = |c: char| u32::from(c) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    if text.contains(set_aside) { Err("it holds a code point that is no character") } else { Ok(text) }
}

/// Behind blanks, empty lines and comments.
fn statement_start(text: &[u8], comments_go_on: bool) -> &[u8] {
    let mut rest = text;
    loop {
        let blanks = rest.iter().take_while(|byte| blank(**byte)).count();
        rest = &rest[blanks..];
        let [b'#' | b';', comment @ ..] = rest else { return rest };
        rest = behind_comment(comment, comments_go_on);
    }
}

fn behind_comment(comment: &[u8], goes_on: bool) -> &[u8] {
    let mut at = 0;
    while let Some(byte) = comment.get(at).copied() {
        at += 1;
        match byte {
            b'\\' if goes_on => at += 1,
            byte if line_end(byte) => break,
            _ => {}
        }
    }
    &comment[at.min(comment.len())..]
}

/// The value and what follows its line.
fn value(text: &[u8]) -> (Zeroizing<Vec<u8>>, &[u8]) {
    let mut out = Zeroizing::new(Vec::new());
    let mut rest = text;
    loop {
        rest = match rest {
            [] => return (out, rest),
            [b'\'', behind @ ..] => single(&mut out, behind),
            [b'"', behind @ ..] => double(&mut out, behind),
            [byte, behind @ ..] if line_end(*byte) => return (out, behind),
            [byte, behind @ ..] if blank(*byte) => behind,
            _ => return bare(out, rest),
        };
    }
}

fn single<'a>(out: &mut Vec<u8>, text: &'a [u8]) -> &'a [u8] {
    let length = text.iter().position(|byte| *byte == b'\'').unwrap_or(text.len());
    out.extend_from_slice(&text[..length]);
    text.get(length + 1..).unwrap_or_default()
}

fn double<'a>(out: &mut Vec<u8>, text: &'a [u8]) -> &'a [u8] {
    let mut rest = text;
    loop {
        rest = match rest {
            [] => return rest,
            [b'"', behind @ ..] => return behind,
            [b'\\', b'\n', behind @ ..] => behind,
            [b'\\', escaped @ (b'"' | b'\\' | b'`' | b'$'), behind @ ..] => {
                out.push(*escaped);
                behind
            }
            [b'\\', other, behind @ ..] => {
                out.extend([b'\\', *other]);
                behind
            }
            [b'\\'] => &[],
            [other, behind @ ..] => {
                out.push(*other);
                behind
            }
        };
    }
}

/// To the line's end, in which quotes are plain; only blanks that were not escaped are trimmed.
fn bare(mut out: Zeroizing<Vec<u8>>, text: &[u8]) -> (Zeroizing<Vec<u8>>, &[u8]) {
    let mut rest = text;
    let mut kept = out.len();
    loop {
        rest = match rest {
            [] => break,
            [byte, behind @ ..] if line_end(*byte) => {
                rest = behind;
                break;
            }
            [b'\\', escaped, behind @ ..] => {
                if !line_end(*escaped) {
                    out.push(*escaped);
                }
                kept = out.len();
                behind
            }
            [b'\\'] => {
                kept = out.len();
                &[]
            }
            [byte, behind @ ..] => {
                out.push(*byte);
                kept = if blank(*byte) { kept } else { out.len() };
                behind
            }
        };
    }
    out.truncate(kept);
    (out, rest)
}
