//! From a paste to a token that fits, or a refusal that helps.

use regex_lite::Regex;

use super::{Error, vendor_of};
use crate::finding::Remedy;
use crate::profile::Token;
use crate::secret::SecretValue;

/// Without the white space, byte order marks and quotes a paste brings along at its ends.
pub(super) fn clean(pasted: &SecretValue) -> SecretValue {
    pasted.expose_to(|text| SecretValue::new(unquoted(trimmed(text))))
}

fn trimmed(text: &str) -> &str {
    // Zero-width characters ride along from web pages and are not white space to Unicode.
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200d}'))
}

fn unquoted(text: &str) -> &str {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’')];
    let inside = |(open, close)| text.strip_prefix(open)?.strip_suffix(close);
    PAIRS.into_iter().find_map(inside).map_or(text, trimmed)
}

/// Whether a cleaned token is one the profile describes. Without a shape any one line is.
pub(super) fn check(name: &str, token: &Token, cleaned: &SecretValue) -> Result<(), Error> {
    let name = name.to_owned();
    if cleaned.is_blank() {
        return Err(Error::Blank { remedy: make_one(&name, token), name });
    }
    if cleaned.expose_to(|text| text.contains(char::is_control)) {
        return Err(Error::ManyLines { remedy: make_one(&name, token), name });
    }
    let Some(shape) = &token.shape else { return Ok(()) };
    let whole =
        whole(shape).map_err(|error| Error::BadShape { name: name.clone(), why: error.to_string() })?;
    if cleaned.expose_to(|text| whole.is_match(text)) {
        return Ok(());
    }
    Err(Error::Misshapen {
        title: token.title.clone(),
        chars: cleaned.chars(),
        vendor: vendor_of(cleaned),
        remedy: make_one(&name, token),
        name,
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
        scopes => format!(" with the rights {}", scopes.join(", ")),
    };
    let says = match &token.page {
        Some(page) => format!("make one{rights} at {page}, copy the whole of it and try again"),
        None => format!("copy the whole {}{rights} and try again", token.title),
    };
    Remedy::run(says, format!("devsecrets token set {name}"))
}
