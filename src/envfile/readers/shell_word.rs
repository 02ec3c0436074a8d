//! The value of one assignment in a shell: quotes, escapes and expansions up to the word's end.
//!
//! Works on bytes, as shells do. Whatever runs a program, depends on the shell's own state, or
//! differs between bash and dash stops the reading; a tilde stands for a home folder this model
//! does not know, so it becomes NUL, which no value can hold.

use zeroize::Zeroizing;

use super::Readings;

/// Why the file cannot be read on.
pub(super) struct Stop(pub &'static str);

pub(super) struct Word<'a> {
    pub file: &'a [u8],
    pub at: usize,
    /// An argument of `export`: dash splits an expansion there, bash expands braces.
    pub exported: bool,
    pub known: &'a Readings,
}

type Bytes = Zeroizing<Vec<u8>>;

pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.as_bytes()[0].is_ascii_digit()
}

impl Word<'_> {
    /// The value and the offset behind the word.
    pub fn read(mut self) -> Result<(Bytes, usize), Stop> {
        let mut out = Bytes::default();
        let mut tilde = true;
        while let Some(byte) = self.file.get(self.at).copied() {
            match byte {
                b' ' | b'\t' | b'\n' | b';' => break,
                b'&' | b'|' | b'(' | b')' | b'<' | b'>' => return Err(Stop("a shell runs part of it")),
                b'{' if self.exported => return Err(Stop("bash expands its braces")),
                b'~' if tilde => out.push(0),
                b'\'' => self.single(&mut out)?,
                b'"' => self.double(&mut out)?,
                b'\\' => self.escape(&mut out)?,
                b'`' => return Err(Stop("a shell runs part of it")),
                b'$' => self.dollar(&mut out, false)?,
                other => out.push(other),
            }
            tilde = byte == b':';
            self.at += 1;
        }
        Ok((out, self.at))
    }

    fn next(&self) -> Option<u8> {
        self.file.get(self.at + 1).copied()
    }

    fn single(&mut self, out: &mut Bytes) -> Result<(), Stop> {
        let inner = &self.file[self.at + 1..];
        let length = inner.iter().position(|byte| *byte == b'\'').ok_or(Stop("a quote is not closed"))?;
        out.extend_from_slice(&inner[..length]);
        self.at += length + 1;
        Ok(())
    }

    fn double(&mut self, out: &mut Bytes) -> Result<(), Stop> {
        loop {
            self.at += 1;
            match self.file.get(self.at).copied().ok_or(Stop("a quote is not closed"))? {
                b'"' => return Ok(()),
                b'`' => return Err(Stop("a shell runs part of it")),
                b'$' => self.dollar(out, true)?,
                b'\\' if matches!(self.next(), Some(b'$' | b'`' | b'"' | b'\\' | b'\n')) => {
                    self.escape(out)?
                }
                other => out.push(other),
            }
        }
    }

    /// A backslash makes any byte plain; before a line end it joins two lines, even within a name.
    fn escape(&mut self, out: &mut Bytes) -> Result<(), Stop> {
        out.push(match self.next() {
            Some(b'\n') => return Err(Stop("a backslash joins it to the next line")),
            Some(byte) => byte,
            None => b'\\',
        });
        self.at += 1;
        Ok(())
    }

    fn dollar(&mut self, out: &mut Bytes, quoted: bool) -> Result<(), Stop> {
        match self.next() {
            Some(b'(' | b'[') => Err(Stop("a shell runs part of it")),
            Some(b'\\') if self.file.get(self.at + 2) == Some(&b'\n') => {
                Err(Stop("a backslash joins it to the next line"))
            }
            Some(b'\'' | b'"') if !quoted => Err(Stop("bash and other shells quote it differently")),
            Some(b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'$' | b'!' | b'-') => {
                Err(Stop("it asks for the shell's own state"))
            }
            Some(b'{') => self.braced(out, quoted),
            _ => {
                let name = self.name_at(self.at + 1);
                if name.is_empty() {
                    out.push(b'$');
                    return Ok(());
                }
                self.at += name.len();
                self.expand(&name, "", out, quoted)
            }
        }
    }

    fn name_at(&self, at: usize) -> String {
        let rest = self.file[at..].iter();
        rest.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
            .map(|byte| char::from(*byte))
            .collect()
    }

    /// `${NAME}` and `${NAME:-plain words}`; the many other forms are not modelled.
    fn braced(&mut self, out: &mut Bytes, quoted: bool) -> Result<(), Stop> {
        const UNKNOWN: Stop = Stop("it holds an expansion that is not modelled");
        let name = self.name_at(self.at + 2);
        let inner = &self.file[self.at + 2 + name.len()..];
        let length = inner.iter().position(|byte| *byte == b'}').ok_or(UNKNOWN)?;
        let operation = String::from_utf8_lossy(&inner[..length]).into_owned();
        let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || "_./:@%+,-".contains(c));
        let default = match operation.strip_prefix(":-") {
            Some(default) if plain(default) => default,
            None if operation.is_empty() => "",
            _ => return Err(UNKNOWN),
        };
        if !is_name(&name) {
            return Err(UNKNOWN);
        }
        self.at += 2 + name.len() + length;
        self.expand(&name, default, out, quoted)
    }

    fn expand(&self, name: &str, default: &str, out: &mut Bytes, quoted: bool) -> Result<(), Stop> {
        let known = self.known.get(name).filter(|value| !value.is_empty());
        let value = known.unwrap_or(default.as_bytes());
        if self.exported && !quoted && value.iter().any(|byte| b" \t\n*?[".contains(byte)) {
            return Err(Stop("dash splits it into words"));
        }
        out.extend_from_slice(value);
        Ok(())
    }
}
