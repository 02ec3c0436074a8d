//! `bun` and `bun --env-file` (measured with 1.3.14 and 1.4.5).
//!
//! It looks for keys byte by byte and lets blanks reach across line ends. A quoted text ends at the
//! first quote without a backslash; afterwards `$NAME` is expanded in any quotes, which is not
//! predicted here but marked, as in `expanders.rs`. Two dialects: before 1.4 a quote ends a text only
//! where a line end or a comment follows, a BOM hides the first line, and the byte A0 is a blank even
//! where it is a piece of a letter such as `à`.

use zeroize::Zeroizing;

use super::expanders::marked;
use super::{Dialect, Readings, never};

pub(super) static DIALECTS: [Dialect; 2] = [
    Dialect { name: "bun (before 1.4)", read: |file| Ok(read(file, true)), fragile: never },
    Dialect {
        name: "bun",
        read: |file| Ok(read(file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file), false)),
        fragile: never,
    },
];

fn read(text: &[u8], old: bool) -> Readings {
    let mut parser = Parser { text, at: 0, old };
    let mut raw = Readings::default();
    while parser.at < text.len() {
        match parser.key() {
            Some(key) => {
                let value = parser.value();
                raw.set(&String::from_utf8_lossy(key), String::from_utf8_lossy(&value).as_bytes());
            }
            None => parser.skip_line(),
        }
    }
    let mut readings = Readings::default();
    for (key, value) in raw.iter() {
        readings.set(key, expanded(value, &raw, old).as_slice());
    }
    readings
}

/// Before 1.4 a dollar sign at the very end is not looked at, and neither is the backslash before it; any other
/// that is not escaped is taken for a reference.
fn expanded(value: &[u8], raw: &Readings, old: bool) -> Zeroizing<Vec<u8>> {
    let Some((last, head)) = value.split_last().filter(|_| old) else { return marked(value, raw) };
    let mut out = if *last == b'$' { marked(head, raw) } else { marked(value, raw) };
    if *last == b'$' {
        out.push(b'$');
    }
    let refers = |at: usize| head[at] == b'$' && (at == 0 || head[at - 1] != b'\\');
    if (0..head.len()).any(refers) {
        out.push(0);
    }
    out
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    old: bool,
}

fn blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\x0b' | b'\x0c' | b' ' | b'\n' | b'\r')
}

fn old_blank(byte: u8) -> bool {
    blank(byte) || byte == 0xa0
}

fn of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)
}

fn ends_line(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take_while(&mut self, kind: fn(u8) -> bool) -> &'a [u8] {
        let rest = &self.text[self.at..];
        let length = rest.iter().position(|byte| !kind(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn blanks(&mut self) -> &'a [u8] {
        self.take_while(if self.old { old_blank } else { blank })
    }

    fn skip_line(&mut self) {
        self.take_while(|byte| !ends_line(byte));
        self.at = (self.at + 1).min(self.text.len());
    }

    /// The key of the next statement, and the way to its value; where there is none, only blanks are passed.
    fn key(&mut self) -> Option<&'a [u8]> {
        self.blanks();
        let start = self.at;
        let word = self.take_while(of_key);
        let spaced = !self.blanks().is_empty();
        let found = if word == b"export" && spaced { self.named() } else { None };
        let found = found.or_else(|| self.assigns().then_some(word));
        found.filter(|key| !key.is_empty()).or_else(|| {
            self.at = start;
            None
        })
    }

    /// The key behind `export`.
    fn named(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        let word = self.take_while(of_key);
        self.blanks();
        if !word.is_empty() && self.assigns() {
            return Some(word);
        }
        self.at = start;
        None
    }

    /// Passes a `=`, or a `:` with a blank behind it.
    fn assigns(&mut self) -> bool {
        let length = match (self.peek(), self.text.get(self.at + 1)) {
            (Some(b'='), _) => 1,
            (Some(b':'), Some(next)) if blank(*next) => 2,
            _ => 0,
        };
        self.at += length;
        length > 0
    }

    fn value(&mut self) -> Zeroizing<Vec<u8>> {
        let start = self.at;
        self.blanks();
        if let Some(quote @ (b'\'' | b'"' | b'`')) = self.peek()
            && let Some(inner) = self.quoted(quote)
        {
            return decoded(inner, quote);
        }
        self.at = start;
        let text = self.take_while(|byte| byte != b'#' && !ends_line(byte));
        Zeroizing::new(trimmed(text, if self.old { old_blank } else { blank }).to_vec())
    }

    /// Up to the first quote without a backslash that ends it.
    fn quoted(&mut self, quote: u8) -> Option<&'a [u8]> {
        let open = self.at + 1;
        let mut at = open;
        while let Some(byte) = self.text.get(at) {
            match *byte {
                b'\\' => at += 2,
                byte if byte != quote => at += 1,
                _ if self.ends(at + 1) => return Some(&self.text[open..at]),
                // Before 1.4 the byte behind a quote that ends nothing is passed unseen.
                _ => at += 2,
            }
        }
        None
    }

    /// Whether a text may end before `behind`; passes what is left of its line then.
    fn ends(&mut self, behind: usize) -> bool {
        let start = std::mem::replace(&mut self.at, behind);
        if !self.old {
            self.skip_line();
            return true;
        }
        let blanks = self.blanks();
        let ended = matches!(self.peek(), None | Some(b'#')) || blanks.iter().any(|byte| ends_line(*byte));
        if !ended {
            self.at = start;
        }
        ended
    }
}

fn trimmed(mut text: &[u8], blank: fn(u8) -> bool) -> &[u8] {
    while let [first, rest @ ..] = text
        && blank(*first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && blank(*last)
    {
        text = rest;
    }
    text
}

/// Line ends become LF in any quotes; `\n` and `\r` are escapes in double ones.
fn decoded(inner: &[u8], quote: u8) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(inner.len()));
    let mut rest = inner;
    while let [first, behind @ ..] = rest {
        rest = behind;
        match (*first, behind.first()) {
            (b'\\', Some(next)) if quote == b'"' => {
                rest = &behind[1..];
                match next {
                    b'n' => out.push(b'\n'),
                    b'r' => out.push(b'\r'),
                    other => out.extend([b'\\', *other]),
                }
            }
            (b'\r', Some(b'\n')) => {}
            (b'\r', _) => out.push(b'\n'),
            (byte, _) => out.push(byte),
        }
    }
    out
}
