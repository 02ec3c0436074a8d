//! From a paste to the token in it: what rode along is taken off, and said.

use crate::secret::SecretValue;

/// A token without what its paste brought along.
#[derive(Debug)]
pub struct Cleaned {
    pub value: SecretValue,
    /// What was taken off: "white space", "quotes", "the name before `=`".
    pub dropped: Vec<&'static str>,
}

/// Takes off white space, byte order marks, quotes, a variable's name and an authorization scheme at the ends.
pub fn clean(pasted: &SecretValue) -> Cleaned {
    pasted.expose_to(|text| {
        let (token, dropped) = cleaned(text);
        Cleaned { value: SecretValue::new(token), dropped }
    })
}

/// One thing after the other until nothing more comes off: `export KEY="…"` has three. The end of the line is not worth
/// a word: every file and every `echo` has one.
pub(super) fn cleaned(text: &str) -> (&str, Vec<&'static str>) {
    let mut dropped = Vec::new();
    let mut rest = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    while let Some((less, what)) = less(rest) {
        rest = less;
        if !dropped.contains(&what) {
            dropped.push(what);
        }
    }
    (rest, dropped)
}

fn less(text: &str) -> Option<(&str, &'static str)> {
    let trimmed = trimmed(text);
    if trimmed.len() < text.len() {
        return Some((trimmed, "white space"));
    }
    unquoted(text)
        .map(|inside| (inside, "quotes"))
        .or_else(|| Some((unnamed(text)?, "the name before `=`")))
        .or_else(|| Some((unschemed(text)?, "`Bearer`")))
}

fn trimmed(text: &str) -> &str {
    // Zero-width characters ride along from web pages and are not white space to Unicode.
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}'))
}

fn unquoted(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’')];
    PAIRS.into_iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
}

/// `LINEAR_API_KEY=…`, with `export` or without. Only a name in capitals: a lower-case one may be part of the token.
fn unnamed(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("export ").map_or(text, str::trim_start);
    let (name, value) = rest.split_once('=')?;
    let is_name = name.len() > 2
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    (is_name && !value.trim_matches('=').is_empty()).then_some(value)
}

fn unschemed(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("Authorization:").map_or(text, str::trim_start);
    let (scheme, value) = rest.split_once(' ').unwrap_or(("", rest));
    let bearer = scheme.eq_ignore_ascii_case("bearer").then(|| value.trim_start());
    bearer.or_else(|| (rest.len() < text.len()).then_some(rest))
}
