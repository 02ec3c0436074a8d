//! Whether a token fits the profile: said while it is typed, and decided before it is kept.

use regex_lite::Regex;

use super::paste::cleaned;
use super::vendor::begins_like;
use super::{Error, vendor_of};
use crate::finding::Remedy;
use crate::profile::Token;
use crate::secret::SecretValue;

/// How what was typed so far compares with the shape of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Nothing,
    /// The profile names no shape.
    NoShape,
    /// Too early to tell. `left`: characters to come, where the shape says how many there are.
    SoFar {
        left: Option<usize>,
    },
    Matches,
    /// It begins rightly, and a whole one has `of` characters.
    TooLong {
        of: usize,
    },
    Differs,
    /// Some other vendor's token, with an article: "a GitHub token".
    Other(&'static str),
}

/// How `typed` compares with a regular expression of the whole token. What a paste brings along does not count.
pub fn fit(typed: &str, shape: Option<&str>) -> Fit {
    let (typed, _) = cleaned(typed);
    if typed.is_empty() {
        return Fit::Nothing;
    }
    let Some(shape) = shape else { return Fit::NoShape };
    let Ok(whole) = whole(shape) else { return Fit::NoShape };
    let start = beginning(shape);
    match begins_like(typed) {
        _ if whole.is_match(typed) => Fit::Matches,
        Some(vendor) if begins_like(&start) != Some(vendor) && !start.is_empty() => Fit::Other(vendor),
        _ if typed.starts_with(&start) || start.starts_with(typed) => so_far(typed.chars().count(), shape),
        _ => Fit::Differs,
    }
}

fn so_far(chars: usize, shape: &str) -> Fit {
    match length(shape) {
        None => Fit::SoFar { left: None },
        Some(of) if chars < of => Fit::SoFar { left: Some(of - chars) },
        Some(of) if chars > of => Fit::TooLong { of },
        Some(_) => Fit::Differs,
    }
}

/// How many characters every token of this shape has; `None` where that varies, or is not plain to see.
fn length(shape: &str) -> Option<usize> {
    let mut rest = shape.trim_start_matches('^').trim_end_matches('$');
    let mut all = 0;
    while let Some(first) = rest.chars().next() {
        let one = match first {
            '[' => 1 + rest.find(']')?,
            '\\' => 2,
            '(' | ')' | '|' | '?' | '*' | '+' | '{' => return None,
            letter => letter.len_utf8(),
        };
        rest = rest.get(one..)?;
        let mut times = 1;
        if let Some(counted) = rest.strip_prefix('{') {
            let (count, after) = counted.split_once('}')?;
            (times, rest) = (count.parse().ok()?, after);
        }
        all += times;
    }
    Some(all)
}

/// The literal text a shape begins with: `lin_api_` of `lin_api_[A-Za-z0-9]{40}`.
pub fn beginning(shape: &str) -> String {
    let shape = shape.trim_start_matches('^');
    let literal = |c: &char| c.is_ascii_alphanumeric() || "_-:/".contains(*c);
    let start: String = shape.chars().take_while(literal).collect();
    let optional = shape[start.len()..].starts_with(['?', '*', '{']);
    let keep = start.chars().count() - usize::from(optional && !start.is_empty());
    if shape.contains('|') { String::new() } else { start.chars().take(keep).collect() }
}

/// Whether a cleaned token is one the profile describes. Without a shape any one line is.
pub(super) fn check(name: &str, token: &Token, cleaned: &SecretValue) -> Result<(), Error> {
    if cleaned.is_blank() {
        return Err(Error::Blank { remedy: make_one(name, token) });
    }
    if cleaned.expose_to(|text| text.contains(char::is_control)) {
        return Err(Error::ManyLines { remedy: make_one(name, token) });
    }
    let Some(shape) = &token.shape else { return Ok(()) };
    let whole =
        whole(shape).map_err(|error| Error::BadShape { name: name.to_owned(), why: error.to_string() })?;
    if cleaned.expose_to(|text| whole.is_match(text)) {
        return Ok(());
    }
    Err(Error::Misshapen {
        title: token.title.clone(),
        chars: cleaned.chars(),
        of: length(shape).filter(|of| *of != cleaned.chars()),
        vendor: vendor_of(cleaned).filter(|vendor| begins_like(&beginning(shape)) != Some(*vendor)),
        remedy: make_one(name, token),
    })
}

/// The expression anchored at both ends. It is compiled alone first, so that an unbalanced
/// parenthesis cannot close the group around it.
fn whole(shape: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(shape)?;
    Regex::new(&format!(r"\A(?:{shape})\z"))
}

fn make_one(name: &str, token: &Token) -> Remedy {
    let rights = match token.scopes.as_slice() {
        [] => String::new(),
        scopes => format!(" (rights: {})", scopes.join(", ")),
    };
    let says = match &token.page {
        Some(page) => format!("make one{rights} at {page}, copy the whole of it and try again"),
        None => format!("copy the whole {}{rights} and try again", token.title),
    };
    Remedy::run(says, format!("devsecrets token set {name}"))
}
