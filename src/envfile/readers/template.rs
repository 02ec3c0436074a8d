//! Compose's expansion of `$NAME`, `${NAME}` and `${NAME:-default}` (compose-go, package template).
//!
//! Kept apart because it is a language of its own. `$$` is a dollar sign; an open brace without a
//! name or an end refuses the file, as does a required variable that is missing.

use std::collections::HashMap;

use zeroize::Zeroizing;

pub(super) type Variables = HashMap<String, Zeroizing<String>>;

pub(super) fn expanded(text: &str, values: &Variables) -> Result<Zeroizing<String>, &'static str> {
    let mut out = Zeroizing::new(String::new());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = reference(&mut out, &rest[at + 1..], values)?;
    }
    out.push_str(rest);
    Ok(out)
}

/// Expands what stands behind one `$` and returns the text behind it.
fn reference<'a>(out: &mut String, text: &'a str, values: &Variables) -> Result<&'a str, &'static str> {
    if let Some(rest) = text.strip_prefix('$') {
        out.push('$');
        return Ok(rest);
    }
    if let Some(inner) = text.strip_prefix('{') {
        return braced(out, inner, values);
    }
    let (name, rest) = text.split_at(name_length(text));
    match name {
        "" => out.push('$'),
        name => out.push_str(value(name, values)),
    }
    Ok(rest)
}

fn value<'a>(name: &str, values: &'a Variables) -> &'a str {
    values.get(name).map_or("", |value| value.as_str())
}

fn name_length(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len())
}

fn braced<'a>(out: &mut String, text: &'a str, values: &Variables) -> Result<&'a str, &'static str> {
    const INVALID: &str = "it holds a `${` that is no reference";
    let (name, rest) = text.split_at(name_length(text));
    if name.is_empty() {
        return Err(INVALID);
    }
    if let Some(after) = rest.strip_prefix('}') {
        out.push_str(value(name, values));
        return Ok(after);
    }
    let close = closing_brace(rest).ok_or(INVALID)?;
    let (operator, word) = operator(&rest[..close]).ok_or(INVALID)?;
    let current = values.get(name).filter(|value| !operator.blank_is_unset || !value.is_empty());
    match (operator.kind, current) {
        ('-', None) | ('+', Some(_)) => out.push_str(&expanded(word, values)?),
        ('?', None) => return Err("it requires a variable that is not set"),
        _ => out.push_str(value(name, values)),
    }
    Ok(&rest[close + 1..])
}

/// The brace that closes the reference, on the same line; inner references may nest.
fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 1;
    for (at, c) in text.char_indices() {
        match c {
            '\n' => return None,
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

struct Operator {
    /// `-`, `+` or `?`.
    kind: char,
    blank_is_unset: bool,
}

fn operator(text: &str) -> Option<(Operator, &str)> {
    let (blank_is_unset, text) = text.strip_prefix(':').map_or((false, text), |rest| (true, rest));
    let kind = text.chars().next().filter(|c| matches!(c, '-' | '+' | '?'))?;
    Some((Operator { kind, blank_is_unset }, &text[1..]))
}
