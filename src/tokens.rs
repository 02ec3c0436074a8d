//! Personal tokens: credentials that belong to one person, kept in that person's keychain.
//!
//! Owns what happens between a paste and the keychain: cleaning, the check against the profile's
//! shape, and a hint when the paste is some other vendor's token. A token that does not fit is
//! refused before it is kept, and is never repeated in the refusal.

mod shape;
mod vendor;

pub use vendor::vendor_of;

use crate::finding::Remedy;
use crate::keychain::{self, Item, Keychain};
use crate::profile::Token;
use crate::secret::SecretValue;

/// A token could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`{name}` is empty")]
    Blank { name: String, remedy: Remedy },
    #[error("`{name}` is more than one line; a token is one")]
    ManyLines { name: String, remedy: Remedy },
    /// `vendor`: whose token it begins like, perhaps cut short.
    #[error("`{name}` does not have the shape of the {title} ({chars} characters{})", but(.vendor))]
    Misshapen { name: String, title: String, chars: usize, vendor: Option<&'static str>, remedy: Remedy },
    #[error("the profile's shape for the token `{name}` is not a regular expression: {why}")]
    BadShape { name: String, why: String },
    #[error(transparent)]
    Keychain(#[from] keychain::Error),
}

fn but(vendor: &Option<&'static str>) -> String {
    vendor.map(|vendor| format!("; it begins like {vendor}")).unwrap_or_default()
}

impl Error {
    /// What to do next.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Blank { remedy, .. } | Self::ManyLines { remedy, .. } | Self::Misshapen { remedy, .. } => {
                remedy.clone()
            }
            Self::BadShape { name, .. } => Remedy::says(format!("correct `shape` under [tokens.{name}]")),
            Self::Keychain(error) => error.remedy(),
        }
    }
}

/// The kept token, or `None` where there is none yet.
///
/// # Errors
/// When the keychain cannot be asked.
pub fn get(keychain: &dyn Keychain, name: &str) -> Result<Option<SecretValue>, Error> {
    Ok(keychain.get(&Item::token(name))?)
}

/// Cleans what was pasted, checks it and keeps it; the token as it was kept.
///
/// # Errors
/// When it does not fit the profile, or the keychain cannot keep it; a former token then stands.
pub fn set(
    keychain: &dyn Keychain,
    name: &str,
    token: &Token,
    pasted: &SecretValue,
) -> Result<SecretValue, Error> {
    let cleaned = shape::clean(pasted);
    shape::check(name, token, &cleaned)?;
    keychain.set(&Item::token(name), &cleaned)?;
    Ok(cleaned)
}

/// Checks what was pasted as [`set`] would, and keeps nothing.
///
/// # Errors
/// When it does not fit the profile.
pub fn check(name: &str, token: &Token, pasted: &SecretValue) -> Result<(), Error> {
    shape::check(name, token, &shape::clean(pasted))
}

/// Forgets the token. False when there was none.
///
/// # Errors
/// When the keychain cannot be asked or changed.
pub fn remove(keychain: &dyn Keychain, name: &str) -> Result<bool, Error> {
    Ok(keychain.remove(&Item::token(name))?)
}

/// The whole contents of a token's own file, such as `.env.linear`: one line, no variable name.
pub fn file_contents(token: &SecretValue) -> SecretValue {
    token.expose_to(|text| {
        let mut line = String::with_capacity(text.len() + 1);
        line.push_str(text);
        line.push('\n');
        SecretValue::new(line)
    })
}

#[cfg(test)]
mod tests;
