//! The file as bytes, and where in them sections and keys stand.
//!
//! Read as Python's `configparser` reads it, because the AWS CLI does: keys may be indented, deeper lines go on with a
//! value, `#` and `;` begin comments only where a line does, a section or key that stands twice refuses the whole file.
//! The rule: [`Document::render`] gives back every byte, whatever they are; what cannot be understood is a [`Problem`].

use std::ops::Range;

use zeroize::Zeroizing;

use super::name::Name;

/// A config or credentials file.
#[derive(Clone)]
pub struct Document {
    /// May hold keys of other profiles.
    bytes: Zeroizing<Vec<u8>>,
    sections: Vec<Section>,
    problem: Option<Problem>,
}

/// `[header]` and what stands beneath it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What stands between the brackets.
    pub header: String,
    /// From 1.
    pub line: usize,
    pub keys: Vec<Key>,
    /// Where one more key goes: beneath the last one, above blank lines and comments that follow.
    pub(super) end: usize,
}

/// One `key = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// In lower case.
    pub name: String,
    /// From 1.
    pub line: usize,
    /// On one line, with `=` and not indented: every SDK reads it alike.
    pub plain: bool,
    /// The bytes of the value's first line, without the blanks around it.
    pub(super) value: Range<usize>,
}

/// Why the AWS CLI cannot read the file at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    pub says: &'static str,
}

impl Document {
    pub fn parse(bytes: &[u8]) -> Self {
        let mut reading = Reading::default();
        match std::str::from_utf8(bytes) {
            Ok(text) => reading.file(text),
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                reading.wrong(line, "it is no UTF-8 text");
            }
        }
        Self { bytes: Zeroizing::new(bytes.to_vec()), sections: reading.sections, problem: reading.problem }
    }

    pub fn render(&self) -> Zeroizing<Vec<u8>> {
        self.bytes.clone()
    }

    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// All sections of this name; more than one is a fault of the file.
    pub fn named<'a>(&'a self, name: &'a Name) -> impl Iterator<Item = &'a Section> {
        self.sections.iter().filter(move |section| name.is_of(&section.header))
    }

    /// The value's first line. Ask only for keys that hold no secret.
    pub fn value(&self, key: &Key) -> &str {
        self.bytes
            .get(key.value.clone())
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl Section {
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.key(name).is_some()
    }
}

/// A walk over the lines.
#[derive(Default)]
struct Reading {
    sections: Vec<Section>,
    problem: Option<Problem>,
    /// Columns before the last key or header; deeper lines belong to it.
    indent: usize,
    /// The last thing read was a key.
    in_key: bool,
}

impl Reading {
    fn wrong(&mut self, line: usize, says: &'static str) {
        self.problem.get_or_insert(Problem { line, says });
    }

    fn file(&mut self, text: &str) {
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            self.line(index + 1, at, line);
            at += line.len();
        }
    }

    fn line(&mut self, number: usize, at: usize, line: &str) {
        let body = line.strip_suffix('\n').unwrap_or(line);
        let body = body.strip_suffix('\r').unwrap_or(body);
        if body.contains(|c: char| c.is_control() && c != '\t') || body.contains(['\u{2028}', '\u{2029}']) {
            return self.wrong(number, "it holds a control character");
        }
        if body.starts_with('\u{feff}') {
            return self.wrong(number, "it begins with a byte-order mark");
        }
        let text = body.trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            return;
        }
        let indent = body.chars().take_while(|c| c.is_whitespace()).count();
        let end = at + line.len();
        if self.in_key && indent > self.indent {
            return self.goes_on(end);
        }
        self.indent = indent;
        match header(text) {
            Some(header) => self.section(number, header, end),
            None => self.key(number, at, body, end),
        }
    }

    fn goes_on(&mut self, end: usize) {
        let Some(section) = self.sections.last_mut() else { return };
        section.end = end;
        if let Some(key) = section.keys.last_mut() {
            key.plain = false;
        }
    }

    fn section(&mut self, number: usize, header: &str, end: usize) {
        self.in_key = false;
        if self.sections.iter().any(|section| section.header == header) {
            self.wrong(number, "this section stands twice");
        }
        self.sections.push(Section { header: header.to_owned(), line: number, keys: Vec::new(), end });
    }

    fn key(&mut self, number: usize, at: usize, body: &str, end: usize) {
        let sign = body.find(['=', ':']);
        let name = sign.map(|sign| body[..sign].trim().to_lowercase()).filter(|name| !name.is_empty());
        let (Some(sign), Some(name)) = (sign, name) else {
            return self.wrong(number, "this line is neither a section nor `key = value`");
        };
        let Some(section) = self.sections.last_mut() else {
            return self.wrong(number, "this line stands before the first section");
        };
        let twice = section.has(&name);
        let value = body[sign + 1..].trim();
        let from = at + body.len() - body[sign + 1..].trim_start().len();
        let plain = self.indent == 0 && body[sign..].starts_with('=');
        section.keys.push(Key { name, line: number, plain, value: from..from + value.len() });
        section.end = end;
        self.in_key = true;
        if twice {
            self.wrong(number, "this key stands twice in its section");
        }
    }
}

/// What follows the closing bracket is ignored, as Python ignores it.
fn header(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    inner.get(..inner.rfind(']')?).filter(|header| !header.is_empty())
}
