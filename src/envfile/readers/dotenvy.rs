//! The Rust crate `dotenvy`, `from_path` (0.15.7).
//!
//! A model rather than a call of the crate itself, because the crate looks `$NAME` up in the
//! process environment: the same file would be read differently in another terminal. Where a file
//! holds no `$`, the crate itself is asked too, and the tests hold the model against it on arbitrary
//! texts. One bad line makes it refuse the file; of several assignments of a key the first wins.

use std::collections::HashMap;

use zeroize::Zeroizing;

use super::text::strict;
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "dotenvy", read, fragile: never }];

type Values = HashMap<String, Zeroizing<String>>;

fn read(file: &[u8]) -> Result<Readings, Refused> {
    let readings = modelled(file)?;
    if file.contains(&b'$') || agrees(file, &readings) {
        Ok(readings)
    } else {
        Err(Refused::at(file, 0, "dotenvy itself reads it otherwise"))
    }
}

/// The crate's own word, for a file in which the environment has no say.
fn agrees(file: &[u8], readings: &Readings) -> bool {
    let text = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let mut real = Readings::default();
    for item in ::dotenvy::from_read_iter(text) {
        let Ok((key, value)) = item else { return false };
        real.set_first(&key, Zeroizing::new(value).as_bytes());
    }
    real.iter().eq(readings.iter())
}

fn modelled(file: &[u8]) -> Result<Readings, Refused> {
    let text = strict(file)?;
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut readings, mut values) = (Readings::default(), Values::new());
    while !rest.is_empty() {
        let refused = |why| Refused::at(file, file.len() - rest.len(), why);
        let (line, next) = statement(rest).ok_or_else(|| refused("a quote is not closed"))?;
        if let Some((key, raw)) = assignment(line).map_err(refused)? {
            let value = Value::default().read(raw, &values).map_err(refused)?;
            readings.set_first(key, value.as_bytes());
            // What is set already wins over what the file says later.
            values.entry(key.to_owned()).or_insert(value);
        }
        rest = next;
    }
    Ok(readings)
}

#[derive(Clone, Copy, PartialEq)]
enum Within {
    Text,
    Blank,
    Escape,
    Quotes(char),
    QuotesEscape(char),
}

/// One statement and the text behind its line end. Quotes and a final blank carry on over a line end.
fn statement(text: &str) -> Option<(&str, &str)> {
    if text.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').starts_with('#') {
        return Some(("", behind_line(text, 0)));
    }
    let mut within = Within::Text;
    for (at, c) in text.char_indices() {
        if within == Within::Blank && c == '#' {
            return Some((&text[..at], behind_line(text, at)));
        }
        within = after(within, c);
        if c == '\n' && within == Within::Text {
            return Some((text[..at].strip_suffix('\r').unwrap_or(&text[..at]), &text[at + 1..]));
        }
    }
    (within == Within::Text).then_some((text, ""))
}

fn behind_line(text: &str, from: usize) -> &str {
    text[from..].split_once('\n').map_or("", |(_, next)| next)
}

fn after(within: Within, c: char) -> Within {
    match (within, c) {
        (Within::Text | Within::Blank, '\\') => Within::Escape,
        (Within::Text | Within::Blank, '\'' | '"') => Within::Quotes(c),
        (Within::Text, c) if c.is_whitespace() && c != '\n' && c != '\r' => Within::Blank,
        (Within::Text | Within::Blank | Within::Escape, _) => Within::Text,
        (Within::Quotes(quote), '\\') => Within::QuotesEscape(quote),
        (Within::Quotes(quote), c) if c == quote => Within::Text,
        (Within::Quotes(quote) | Within::QuotesEscape(quote), _) => Within::Quotes(quote),
    }
}

/// Key and raw value of a statement; `None` for an empty one.
fn assignment(line: &str) -> Result<Option<(&str, &str)>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (key, rest) = key(line)?;
    let (key, rest) = match rest.strip_prefix('=') {
        Some(value) => (key, value),
        None if key == "export" => {
            let (key, rest) = self::key(rest)?;
            (key, rest.strip_prefix('=').ok_or("it has no `=`")?)
        }
        None => return Err("it has no `=`"),
    };
    let value = rest.trim_start();
    Ok(Some((key, if value.starts_with('#') { "" } else { value })))
}

/// A key and what follows the blanks behind it.
fn key(text: &str) -> Result<(&str, &str), &'static str> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return Err("it does not start with a name");
    }
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'));
    let (key, rest) = text.split_at(end.unwrap_or(text.len()));
    Ok((key, rest.trim_start()))
}

/// A `$NAME` or `${NAME}` being read.
#[derive(Clone, Copy, PartialEq)]
enum Reference {
    None,
    Plain,
    Braced,
}

struct Value {
    out: Zeroizing<String>,
    quote: Option<char>,
    escaped: bool,
    ended: bool,
    reference: Reference,
    name: String,
}

impl Default for Value {
    fn default() -> Self {
        let out = Zeroizing::default();
        Self {
            out,
            quote: None,
            escaped: false,
            ended: false,
            reference: Reference::None,
            name: String::new(),
        }
    }
}

impl Value {
    fn read(mut self, raw: &str, values: &Values) -> Result<Zeroizing<String>, &'static str> {
        for c in raw.chars() {
            if self.ended && c == '#' {
                break;
            }
            self.take(c, values)?;
        }
        if self.reference == Reference::Braced || self.quote.is_some() {
            return Err("a quote or brace is not closed");
        }
        self.substitute(values);
        Ok(self.out)
    }

    fn take(&mut self, c: char, values: &Values) -> Result<(), &'static str> {
        if self.ended {
            return if matches!(c, ' ' | '\t') { Ok(()) } else { Err("text follows the value") };
        }
        if self.escaped {
            return self.unescape(c);
        }
        match (self.quote, c) {
            (Some('\''), '\'') => self.quote = None,
            (Some('\''), c) => self.out.push(c),
            _ if self.reference != Reference::None => self.extend_reference(c, values),
            (_, '$') => self.reference = Reference::Plain,
            (_, '\\') => self.escaped = true,
            (Some(_), '"') => self.quote = None,
            (None, '\'' | '"') => self.quote = Some(c),
            (None, ' ' | '\t') => self.ended = true,
            (_, c) => self.out.push(c),
        }
        Ok(())
    }

    fn unescape(&mut self, c: char) -> Result<(), &'static str> {
        self.escaped = false;
        match c {
            '\\' | '\'' | '"' | '$' | ' ' => self.out.push(c),
            'n' => self.out.push('\n'),
            _ => return Err("it holds an escape dotenvy does not know"),
        }
        Ok(())
    }

    /// A name is letters and digits, without `_`; between braces it is anything. The character that
    /// ends a plain name is taken as text, even a quote.
    fn extend_reference(&mut self, c: char, values: &Values) {
        match (self.reference, c) {
            (_, c) if c.is_alphanumeric() => self.name.push(c),
            (Reference::Plain, '{') if self.name.is_empty() => self.reference = Reference::Braced,
            (Reference::Braced, '}') => self.substitute(values),
            (Reference::Braced, c) => self.name.push(c),
            (_, '$') => {
                self.substitute(values);
                self.reference = Reference::Plain;
            }
            (_, c) => {
                self.substitute(values);
                self.out.push(c);
            }
        }
    }

    fn substitute(&mut self, values: &Values) {
        if let Some(value) = values.get(&self.name) {
            self.out.push_str(value);
        }
        self.name.clear();
        self.reference = Reference::None;
    }
}
