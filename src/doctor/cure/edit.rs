//! Changes to the text of a file, for repairs: each only takes away, rearranges or rewrites what stands there.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::envfile::{
    Document, Reader, add_line, as_utf8, remove, with_odd_lines_as_comments, with_one_reading,
    without_repeats,
};

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Edit {
    /// A line for `.gitignore`.
    Ignore { line: String },
    /// Keeps the effective one of several assignments.
    OneAssignment { variable: String },
    /// Takes a variable out.
    Without { variable: String },
    /// LF in place of CR LF.
    LineEnds,
    /// UTF-8 in place of UTF-16.
    Utf8,
    /// `#` before lines that are no assignment. For these readers, by name.
    OddLines { readers: Vec<&'static str> },
    /// Writes a variable so that all these readers, by name, take what the first takes now.
    OneReading { variable: String, readers: Vec<&'static str> },
    /// Takes these lines out, counted from 1.
    WithoutLines { lines: Vec<usize> },
}

impl Edit {
    /// The text after the change; the same when there is nothing to do.
    pub fn of(&self, before: &[u8]) -> Vec<u8> {
        let document = || Document::parse(before);
        let after = match self {
            Self::Ignore { line } => return add_line(before, line),
            Self::LineEnds => return with_lf(before),
            Self::WithoutLines { lines } => return without_lines(before, lines),
            Self::Utf8 => return as_utf8(before).unwrap_or_else(|| before.to_vec()),
            Self::Without { variable } => Some(remove(&document(), &[variable], &[]).document),
            Self::OneAssignment { variable } => without_repeats(&document(), variable, &[]),
            Self::OddLines { readers } => with_odd_lines_as_comments(&document(), &named(readers)),
            Self::OneReading { variable, readers } => {
                with_one_reading(&document(), variable, &named(readers))
            }
        };
        after.map_or_else(|| before.to_vec(), |after| after.bytes().to_vec())
    }
}

fn named(readers: &[&str]) -> Vec<Reader> {
    readers.iter().filter_map(|name| name.parse().ok()).collect()
}

fn with_lf(before: &[u8]) -> Vec<u8> {
    let mut after = Vec::with_capacity(before.len());
    let mut bytes = before.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if !(byte == b'\r' && bytes.peek() == Some(&b'\n')) {
            after.push(byte);
        }
    }
    after
}

fn without_lines(before: &[u8], lines: &[usize]) -> Vec<u8> {
    let all = before.split_inclusive(|byte| *byte == b'\n').enumerate();
    all.filter(|(index, _)| !lines.contains(&(index + 1))).flat_map(|(_, line)| line).copied().collect()
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignore { line } => write!(f, "add `{line}`"),
            Self::OneAssignment { variable } => write!(f, "keep one assignment of {variable}"),
            Self::Without { variable } => write!(f, "remove {variable}"),
            Self::LineEnds => f.write_str("end lines with LF"),
            Self::Utf8 => f.write_str("save as UTF-8"),
            Self::OddLines { .. } => f.write_str("put `#` before lines that are no assignment"),
            Self::OneReading { variable, readers } => {
                write!(f, "write {variable} as {} reads it", readers.first().unwrap_or(&"its reader"))
            }
            Self::WithoutLines { lines } => {
                let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
                write!(f, "remove {} {}", if lines.len() == 1 { "line" } else { "lines" }, lines.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_out_whole() {
        let edit = Edit::WithoutLines { lines: vec![1, 3] };
        assert_eq!(edit.of(b"a\nb\nc"), b"b\n");
    }

    #[test]
    fn what_is_in_order_stays() {
        for edit in [
            Edit::Utf8,
            Edit::LineEnds,
            Edit::OddLines { readers: vec![] },
            Edit::OneReading { variable: "A".to_owned(), readers: vec!["shell", "compose"] },
        ] {
            assert_eq!(edit.of(b"A=1\n"), b"A=1\n", "{edit}");
        }
    }
}
