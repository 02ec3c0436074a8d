//! Why a value was not written: the key, what stands in the way, and the readers it concerns.
//!
//! A refusal concerns one variable; the others are written. It names features of a value, such as
//! "a carriage return", and never the value.

use std::fmt;

use super::readers::{Reader, Refused};

/// One variable that was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub key: String,
    pub reason: Reason,
}

/// What stood in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Only `[A-Za-z_][A-Za-z0-9_]*` means the same to every program.
    Key,
    /// NUL ends a string in the environment.
    Nul,
    /// Longer than Linux hands to a program (131,071 bytes with the name).
    TooLong { bytes: usize },
    /// The file is UTF-16 or holds NUL bytes; no reader takes it.
    NotText,
    /// A reader refuses the file as it stands.
    Unreadable { reader: &'static str, refused: Refused },
    /// A reader sees the variable's assignment differently from what stands on its line.
    Unclear { reader: &'static str, line: Option<usize> },
    /// The file's CRLF line ends are part of every value for this reader.
    LineEnds { reader: &'static str },
    /// Writing it would change what a reader takes for another variable.
    Changes { other: String, reader: &'static str },
    /// The value could be written, but not in this place of this file.
    Surroundings { reader: &'static str },
    /// No form is read as the value by all of these; leaving any one out would help.
    NoForm { feature: &'static str, readers: Vec<&'static str>, without: Vec<Reader> },
}

/// What the author of a profile can do about a value that cannot be written as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    pub key: String,
    /// The fewest readers without whom it could be written; none if that does not help.
    pub without: Vec<Reader>,
}

impl Refusal {
    /// A way out, where the profile has one. `run`, which writes no file, is always another.
    pub fn alternative(&self) -> Option<Alternative> {
        let without = match &self.reason {
            Reason::NoForm { without, .. } => without.clone(),
            Reason::Nul => Vec::new(),
            _ => return None,
        };
        Some(Alternative { key: self.key.clone(), without })
    }
}

impl fmt::Display for Alternative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.without.is_empty() {
            let names: Vec<&str> = self.without.iter().map(|reader| reader.name()).collect();
            write!(f, "leave {} out of the service's `readers`, or ", names.join(" and "))?;
        }
        let key = self.key.escape_debug();
        write!(
            f,
            "set `encode = \"base64\"` in [variables.{key}] and let the service decode it, or start the service by \
             `devsecrets run -s SERVICE -- COMMAND`, which writes no file"
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not written: {}", self.key.escape_debug(), self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("its name must be letters, digits and `_`, not starting with a digit"),
            Self::Nul => f.write_str("its value holds a NUL byte, which no environment can hold"),
            Self::TooLong { bytes } => {
                write!(f, "with its name it has {bytes} bytes, and a program can be handed 131071")
            }
            Self::NotText => f.write_str("the file is not UTF-8 text"),
            Self::Unreadable { reader, refused } => write!(f, "{reader} refuses the file: {refused}"),
            Self::Unclear { reader, line: Some(line) } => {
                write!(f, "{reader} does not read its assignment as line {line} shows it")
            }
            Self::Unclear { reader, line: None } => {
                write!(f, "{reader} reads it from a line that is no assignment")
            }
            Self::LineEnds { reader } => {
                write!(f, "{reader} takes the file's CRLF line ends for part of the value")
            }
            Self::Changes { other, reader } => {
                write!(f, "it would change what {reader} reads as {}", other.escape_debug())
            }
            Self::Surroundings { reader } => write!(f, "the lines around it make {reader} misread it"),
            Self::NoForm { feature, readers, .. } => match readers.as_slice() {
                [reader] => write!(f, "its value holds {feature}, which no form writes for {reader}"),
                readers => write!(
                    f,
                    "its value holds {feature}, which no form writes alike for {}",
                    readers.join(" and ")
                ),
            },
        }
    }
}
