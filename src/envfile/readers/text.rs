//! Bytes to text, as each family of programs does it, and what each calls a blank.

use zeroize::Zeroizing;

use super::Refused;

/// As JavaScript and Go see a file: what is not UTF-8 becomes U+FFFD.
pub(super) fn lossy(file: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(String::from_utf8_lossy(file).into_owned())
}

/// As Python and Rust see a file.
pub(super) fn strict(file: &[u8]) -> Result<&str, Refused> {
    std::str::from_utf8(file).map_err(|error| Refused::at(file, error.valid_up_to(), "it is not UTF-8"))
}

/// Every line end, CRLF or a lone CR, as LF.
pub(super) fn unified(text: &str) -> Zeroizing<String> {
    let halfway = Zeroizing::new(text.replace("\r\n", "\n"));
    Zeroizing::new(halfway.replace('\r', "\n"))
}

/// The byte offset of the first character at or after `from` that is not `kind`.
pub(super) fn skip(text: &str, from: usize, kind: impl Fn(char) -> bool) -> usize {
    text[from..].find(|c| !kind(c)).map_or(text.len(), |found| from + found)
}

/// The byte offset of the first character at or after `from` that is `kind`, or the end.
pub(super) fn seek(text: &str, from: usize, kind: impl Fn(char) -> bool) -> usize {
    text[from..].find(kind).map_or(text.len(), |found| from + found)
}

/// `\s` and `trim()` of JavaScript (ECMA-262: WhiteSpace and LineTerminator).
pub(super) fn js_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// Where `^` and `$` match in JavaScript's multi-line mode.
pub(super) fn js_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// `\s` and `strip()` of Python: Unicode white space and the four information separators.
pub(super) fn python_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}
