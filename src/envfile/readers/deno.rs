//! `deno --env-file` (measured with 2.7.5 and 2.9.6).
//!
//! Finds statements as Node 22 does and then differs: quotes inside a quoted text are told from the
//! closing one by what follows them, bare and double-quoted values have `$NAME` and `${NAME}` expanded, a
//! `$` without a name is dropped, the first assignment of a key wins, and of a file that is not UTF-8 it
//! reads nothing. Up to 2.7 the first quote closed a text, as in Node,
//! and a name without braces ended at `_`.

use std::collections::HashMap;

use zeroize::Zeroizing;

use super::node_env_file::{Rules, each_22, next_quote};
use super::text::strict;
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 2] = [
    Dialect { name: "deno (before 2.8)", read: |file| read(file, next_quote, false), fragile: never },
    Dialect { name: "deno", read: |file| read(file, closing_quote, true), fragile: never },
];

/// `underscores`: whether names without braces may hold them.
fn read(
    file: &[u8],
    closing: fn(&str, char) -> Option<usize>,
    underscores: bool,
) -> Result<Readings, Refused> {
    let text = strict(file)?;
    let mut readings = Readings::default();
    // A reference takes the last value, though the first is the one that is set.
    let mut last: HashMap<String, Zeroizing<String>> = HashMap::new();
    let mut nameless = false;
    each_22(text, &Rules::like_node_22(closing), &mut |key, value, literal| {
        nameless |= key.is_empty();
        let value =
            if literal { Zeroizing::new(value.to_owned()) } else { expanded(value, &last, underscores) };
        readings.set_first(key, value.as_bytes());
        last.insert(key.to_owned(), value);
    });
    // Measured: it ends there with a panic.
    if nameless { Err(Refused::at(file, 0, "an assignment has no name")) } else { Ok(readings) }
}

/// The nearest quote, if its line ends or a comment begins behind it; else the last one on that line with a
/// comment behind it, else the last one at its end, else the nearest all the same.
fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let nearest = next_quote(text, quote)?;
    let line_end = text[nearest..].find('\n').map_or(text.len(), |end| nearest + end);
    let behind = |at: usize| text[at + 1..line_end].trim_matches([' ', '\t']);
    let comment = |at: &usize| behind(*at).starts_with('#');
    if behind(nearest).is_empty() || comment(&nearest) {
        return Some(nearest);
    }
    let others = || text[nearest + 1..line_end].rmatch_indices(quote).map(|(at, _)| nearest + 1 + at);
    others().find(comment).or_else(|| others().find(|at| behind(*at).is_empty())).or(Some(nearest))
}

fn expanded(value: &str, known: &HashMap<String, Zeroizing<String>>, underscores: bool) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(value.len()));
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        let behind = &rest[at + 1..];
        if let Some(before) = rest[..at].strip_suffix('\\') {
            out.push_str(before);
            out.push('$');
            rest = behind;
            continue;
        }
        out.push_str(&rest[..at]);
        let (name, next) = reference(behind, underscores);
        out.push_str(known.get(name).map_or("", |value| value.as_str()));
        rest = next;
    }
    out.push_str(rest);
    out
}

/// The name behind a `$`, which may be none, and what follows it.
fn reference(text: &str, underscores: bool) -> (&str, &str) {
    let of_name = |c: char| c.is_ascii_alphanumeric() || (underscores && c == '_');
    match text.strip_prefix('{') {
        Some(inner) => inner.split_once('}').unwrap_or((inner, "")),
        None => text.split_at(text.find(|c| !of_name(c)).unwrap_or(text.len())),
    }
}
