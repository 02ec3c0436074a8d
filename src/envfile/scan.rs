//! Finds the assignments of an env file and the exact bytes of their values.
//!
//! Programs disagree where a quoted text ends, so this is a neutral scan that prefers what keeps to
//! its line. It may be wrong for a strange file; the writer never trusts it alone but asks every
//! reader whether the assignment by itself means what it means in the file.

use std::ops::Range;

use zeroize::Zeroizing;

/// The UTF-8 byte order mark some editors put first.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// Where one assignment stands.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    pub key: String,
    /// From 1.
    pub line: usize,
    /// From the name, without `export` and blanks, to the value's end.
    pub whole: Range<usize>,
    /// The value's text with its quotes.
    pub value: Range<usize>,
}

pub(super) fn assignments(bytes: &[u8]) -> Vec<Assignment> {
    let mut found = Vec::new();
    let mut at = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
    let mut line = 1;
    while at < bytes.len() {
        let assignment = assignment(bytes, at, line);
        let next = line_end(bytes, assignment.as_ref().map_or(at, |found| found.value.end)) + 1;
        line += bytes[at..next.min(bytes.len())].iter().filter(|byte| **byte == b'\n').count();
        found.extend(assignment);
        at = next;
    }
    found
}

/// Behind the line's text: its `\n`, or the end of the file.
fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |found| from + found)
}

fn skip_blanks(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn assignment(bytes: &[u8], start: usize, line: usize) -> Option<Assignment> {
    let mut at = skip_blanks(bytes, start);
    if let Some(rest) = bytes[at..].strip_prefix(b"export") {
        let behind = skip_blanks(bytes, bytes.len() - rest.len());
        let named = bytes.get(behind).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
        if named && matches!(rest.first(), Some(b' ' | b'\t')) {
            at = behind;
        }
    }
    let length =
        bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(byte)).count();
    let equals = skip_blanks(bytes, at + length);
    if length == 0 || bytes[at].is_ascii_digit() || bytes.get(equals) != Some(&b'=') {
        return None;
    }
    let key = String::from_utf8_lossy(&bytes[at..at + length]).into_owned();
    let value = value(bytes, equals + 1);
    Some(Assignment { key, line, whole: at..value.end, value })
}

fn value(bytes: &[u8], from: usize) -> Range<usize> {
    let start = skip_blanks(bytes, from);
    if let Some(quote @ (b'\'' | b'"' | b'`')) = bytes.get(start).copied()
        && let Some(end) = quoted_end(bytes, start, quote)
    {
        return start..end;
    }
    bare(bytes, from, start)
}

/// To the comment or the line's end, without blanks at either edge.
fn bare(bytes: &[u8], from: usize, start: usize) -> Range<usize> {
    let line = &bytes[start..line_end(bytes, start)];
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let comment = (0..line.len()).find(|at| {
        line[*at] == b'#' && if *at == 0 { start > from } else { matches!(line[at - 1], b' ' | b'\t') }
    });
    let text = line[..comment.unwrap_or(line.len())].trim_ascii_end();
    match (text.is_empty(), comment) {
        (true, Some(_)) => from..from,
        (true, None) => from..start,
        (false, _) => start..start + text.len(),
    }
}

/// Only blanks and perhaps a comment stand between `at` and the line's end.
fn line_is_done(bytes: &[u8], at: usize) -> bool {
    matches!(&bytes[skip_blanks(bytes, at)..], [] | [b'\n' | b'#', ..] | [b'\r', b'\n', ..])
}

/// Behind the quote that closes the text, by the first rule after which the line is done.
fn quoted_end(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let done = |end: &usize| line_is_done(bytes, *end);
    let first = closing(bytes, start, quote, quote == b'"')?;
    let same_line = || {
        let line = first..line_end(bytes, first);
        line.filter(|at| bytes[*at] == quote).map(|at| at + 1).find(done)
    };
    let escaped = || closing(bytes, start, quote, true).map(|at| at + 1).filter(done);
    let word = || shell_word_end(bytes, start).filter(done);
    Some(first + 1).filter(done).or_else(same_line).or_else(escaped).or_else(word)
}

/// The next quote of this kind; `escapes` says whether a backslash hides one.
fn closing(bytes: &[u8], open: usize, quote: u8, escapes: bool) -> Option<usize> {
    let mut at = open + 1;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' if escapes => at += 1,
            byte if byte == quote => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Pieces such as `'a'"b"c` up to a blank.
fn shell_word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b' ' | b'\t' | b'\n' => break,
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => break,
            b'\\' => at += 1,
            b'\'' | b'"' => at = closing(bytes, at, byte, byte == b'"')?,
            _ => {}
        }
        at += 1;
    }
    Some(at.min(bytes.len()))
}

/// The value as most programs read it: quotes taken away, escapes decoded in double quotes only.
pub(super) fn decoded(raw: &[u8]) -> String {
    let text = Zeroizing::new(String::from_utf8_lossy(raw).into_owned());
    let inner = |quote: char| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(inner) = inner('\'').or_else(|| inner('`')) {
        return inner.to_owned();
    }
    inner('"').map_or_else(|| text.as_str().to_owned(), unescaped)
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some(escaped @ ('"' | '\\' | '$' | '`' | 'n' | 'r'))) => {
                out.push(if escaped == 'n' {
                    '\n'
                } else if escaped == 'r' {
                    '\r'
                } else {
                    escaped
                });
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<&str> {
        assignments(text.as_bytes()).into_iter().map(|found| &text[found.value]).collect()
    }

    #[test]
    fn a_value_ends_where_its_line_is_done() {
        assert_eq!(spans("A='it\\'s' # c\nB=1"), ["'it\\'s'", "1"]);
        assert_eq!(spans("A='a\\'\nB='b'"), ["'a\\'", "'b'"]);
        assert_eq!(spans("A='a'\"'\"\nB='b'"), ["'a'\"'\"", "'b'"]);
        assert_eq!(spans("A='a'\"'\"'b'\nB=1"), ["'a'\"'\"'b'", "1"]);
        assert_eq!(spans("A='it\\'s\nme'\nB=1"), ["'it\\'s\nme'", "1"]);
        assert_eq!(spans("A=it's\nB='b'"), ["it's", "'b'"]);
        assert_eq!(spans("A='open\nB=1"), ["'open", "1"]);
        assert_eq!(spans("A=`a\nb`\r\nB=1\r\n"), ["`a\nb`", "1"]);
    }

    #[test]
    fn empty_values_and_comments_keep_their_places() {
        let places = |text: &str| assignments(text.as_bytes())[0].value.clone();
        assert_eq!(places("A=\n"), 2..2);
        assert_eq!(places("A=  \n"), 2..4);
        assert_eq!(places("A= # c\n"), 2..2);
        assert_eq!(places("A=#c\n"), 2..4);
        assert_eq!(places("A = a b  # c\r\n"), 4..7);
        assert_eq!(places("\u{feff}export A=x"), 12..13);
    }

    #[test]
    fn lines_are_counted_through_values() {
        let lines: Vec<usize> = assignments(b"# c\nA='x\ny'\n\nB=1").iter().map(|found| found.line).collect();
        assert_eq!(lines, [2, 5]);
    }
}
