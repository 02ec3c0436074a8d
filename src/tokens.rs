//! Personal tokens: credentials that belong to one person, kept in that person's keychain.
//!
//! Owns what happens between a paste and the keychain (cleaning, the check against the profile's shape, a hint when the
//! paste is some other vendor's token), who may use what is kept ([`Shelf`]), and asking a service whose it is
//! ([`verify()`]). A token that does not fit is refused before it is kept, and is never repeated in the refusal.

mod ending;
mod paste;
mod shape;
mod shelf;
mod vendor;
mod verify;

pub use ending::ending;
pub use paste::{Cleaned, clean};
pub use shape::{Fit, beginning, fit};
pub use shelf::{Offer, Project, Record, Shelf, Standing, item};
pub use vendor::vendor_of;
pub use verify::{Account, Refusal, host, is_of_the_profile, verify};

use crate::finding::Remedy;
use crate::keychain::{self, Item, Keychain};
use crate::profile::Token;
use crate::secret::SecretValue;

/// A token could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("it is empty")]
    Blank { remedy: Remedy },
    #[error("it is more than one line; a token is one")]
    ManyLines { remedy: Remedy },
    /// `vendor`: whose token it begins like, perhaps cut short.
    #[error("it is no {title}, to judge by its shape ({}{}{})", counted(*.chars), instead(*.of, *.vendor), but(.vendor))]
    Misshapen {
        title: String,
        chars: usize,
        /// How many it should have, where that is known and another number.
        of: Option<usize>,
        vendor: Option<&'static str>,
        remedy: Remedy,
    },
    #[error("the profile's shape for the token `{name}` is not a regular expression: {why}")]
    BadShape { name: String, why: String },
    #[error(transparent)]
    Keychain(#[from] keychain::Error),
}

fn counted(chars: usize) -> String {
    format!("{chars} character{}", if chars == 1 { "" } else { "s" })
}

/// Of another vendor's token the length says nothing.
fn instead(of: Option<usize>, vendor: Option<&'static str>) -> String {
    of.filter(|_| vendor.is_none()).map(|of| format!(" instead of {of}")).unwrap_or_default()
}

fn but(vendor: &Option<&'static str>) -> String {
    vendor.map(|vendor| format!("; it looks like {vendor}")).unwrap_or_default()
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

/// What a project gets when it asks for a token.
#[derive(Debug)]
pub enum Found {
    /// Kept, and this project may use it.
    Ours {
        slot: String,
        value: SecretValue,
    },
    /// Kept for somebody else; its value was not read.
    Offered(Box<Offer>),
    Nothing,
}

/// The token `name` as `project` may have it.
///
/// # Errors
/// When the keychain cannot be asked.
pub fn find(shelf: &Shelf, keychain: &dyn Keychain, project: &Project, name: &str) -> Result<Found, Error> {
    match shelf.standing(project, name) {
        Standing::Ours(slot) => {
            let value = keychain.get(&item(&slot))?;
            Ok(value.map_or(Found::Nothing, |value| Found::Ours { slot, value }))
        }
        Standing::Offered(offer) => Ok(Found::Offered(offer)),
        Standing::Unknown { declined } => {
            let slot = name.to_owned();
            let offer = keychain.get(&item(name))?.map(|_| Box::new(Offer { slot, record: None, declined }));
            Ok(offer.map_or(Found::Nothing, Found::Offered))
        }
    }
}

/// The item [`find`] looks at, for whoever reads several at once.
pub fn looked_at(shelf: &Shelf, project: &Project, name: &str) -> Option<Item> {
    match shelf.standing(project, name) {
        Standing::Ours(slot) => Some(item(&slot)),
        Standing::Offered(_) => None,
        Standing::Unknown { .. } => Some(item(name)),
    }
}

/// Cleans what was pasted, checks it and keeps it in `slot`; the token as it was kept.
///
/// # Errors
/// When it does not fit the profile, or the keychain cannot keep it; a former token then stands.
pub fn set(
    keychain: &dyn Keychain,
    slot: &str,
    name: &str,
    token: &Token,
    pasted: &SecretValue,
) -> Result<Cleaned, Error> {
    let cleaned = clean(pasted);
    shape::check(name, token, &cleaned.value)?;
    keychain.set(&item(slot), &cleaned.value)?;
    Ok(cleaned)
}

/// Checks what was pasted as [`set`] would, and keeps nothing.
///
/// # Errors
/// When it does not fit the profile.
pub fn check(name: &str, token: &Token, pasted: &SecretValue) -> Result<(), Error> {
    shape::check(name, token, &clean(pasted).value)
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

/// Whether a file's bytes are nothing, or one token such as [`file_contents`] writes: a single word, without a name.
pub fn is_token_alone(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let (word, dropped) = paste::cleaned(text.trim());
        dropped.is_empty() && !word.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests;
