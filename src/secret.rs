//! Values that must never be seen by accident.
//!
//! Owns the one type that may hold a secret and the two value-free ways to speak of it: a mask
//! for people and a keyed fingerprint for comparison. Nothing here implements `Display`,
//! `Serialize` or a telling `Debug`, so a leak needs a deliberate [`SecretValue::expose_to`].

mod forms;
mod laid_out;
mod masked_input;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

pub use forms::forms;
pub use laid_out::{Extent, rows};
pub use masked_input::MaskedInput;

/// A secret in UTF-8, wiped from memory when dropped.
///
/// There is no way to print one: `Debug` shows a mask, and `Display` and `Serialize` do not exist.
#[derive(Clone)]
pub struct SecretValue(SecretString);

impl SecretValue {
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// Lends the bytes to `reader` and to nobody else. The only door out.
    #[expect(clippy::disallowed_methods, reason = "the one place that opens the box")]
    pub fn expose_to<R>(&self, reader: impl FnOnce(&str) -> R) -> R {
        reader(self.0.expose_secret())
    }

    /// True for the empty string and for white space alone; both count as unset everywhere.
    pub fn is_blank(&self) -> bool {
        self.expose_to(|text| text.trim().is_empty())
    }

    /// Length in characters, the most we ever say about a value.
    pub fn chars(&self) -> usize {
        self.expose_to(|text| text.chars().count())
    }

    pub fn same_as(&self, other: &Self) -> bool {
        self.expose_to(|mine| other.expose_to(|theirs| mine == theirs))
    }

    pub fn fingerprint(&self, key: &FingerprintKey) -> Fingerprint {
        self.expose_to(|text| key.of(text.as_bytes()))
    }

    pub fn mask(&self) -> Mask {
        Mask { chars: self.chars() }
    }
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretValue(masked)")
    }
}

/// What a person sees instead of a value: always eight dots, then the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Mask {
    /// Length of the hidden value in characters.
    pub chars: usize,
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "•••••••• ({} characters)", self.chars)
    }
}

/// The random key that makes fingerprints useless to anyone who does not hold it.
#[derive(Clone)]
pub struct FingerprintKey(Zeroizing<[u8; 32]>);

impl FingerprintKey {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key itself, to be kept in a private file.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA256 (RFC 2104), cut to 128 bits.
    pub fn of(&self, bytes: &[u8]) -> Fingerprint {
        self.of_fed(|feed| feed(bytes))
    }

    /// The same of the bytes that `give` feeds it, one part after the other.
    pub fn of_fed(&self, give: impl FnOnce(&mut dyn FnMut(&[u8]))) -> Fingerprint {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0[..])
            .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
        give(&mut |part| mac.update(part));
        let full = mac.finalize().into_bytes();
        let mut cut = [0; 16];
        cut.copy_from_slice(&full[..16]);
        Fingerprint(u128::from_be_bytes(cut))
    }
}

impl fmt::Debug for FingerprintKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FingerprintKey(masked)")
    }
}

/// "Same or different?" without the value. 32 hex digits when written down.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Its bits, for what has to be derived from the key and from nothing else.
    pub fn number(self) -> u128 {
        self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}

/// Removes what a terminal would obey: escape sequences and control characters.
///
/// Everything that comes from outside (a store, a server, a file) passes through here before it
/// is drawn or printed. Tabs and line ends become one space, the rest is dropped.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_escape(&mut chars),
            '\t' | '\n' => out.push(' '),
            c if c.is_control() || is_bidi(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// ECMA-48: CSI ends at a byte in `@..~`; OSC and its kin end at BEL or ST.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.next() {
        Some('[') => while chars.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
        Some(']' | 'P' | 'X' | '^' | '_') => {
            while let Some(c) = chars.next() {
                if c == '\u{7}' || (c == '\u{1b}' && chars.next_if_eq(&'\\').is_some()) {
                    break;
                }
            }
        }
        _ => {}
    }
}

/// Direction overrides can make a line read as something it is not.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_and_mask_hide_the_value() {
        let value = SecretValue::new("canary-7f3a");
        let shown = format!("{value:?} {}", value.mask());
        assert_eq!(shown, "SecretValue(masked) •••••••• (11 characters)");
    }

    #[test]
    fn fingerprints_need_the_key_to_agree() {
        let (one, two) = (FingerprintKey::new([1; 32]), FingerprintKey::new([2; 32]));
        let value = SecretValue::new("same");
        assert_eq!(value.fingerprint(&one), SecretValue::new("same").fingerprint(&one));
        assert_ne!(value.fingerprint(&one), value.fingerprint(&two));
        assert_ne!(value.fingerprint(&one), SecretValue::new("other").fingerprint(&one));
    }

    #[test]
    fn a_fingerprint_survives_json() {
        let print = FingerprintKey::new([3; 32]).of(b"x");
        let json = serde_json::to_string(&print).unwrap();
        assert_eq!(serde_json::from_str::<Fingerprint>(&json).unwrap(), print);
    }

    #[test]
    fn terminal_sequences_are_dropped() {
        assert_eq!(plain("a\u{1b}[31mred\u{1b}[0m b"), "ared b");
        assert_eq!(plain("x\u{1b}]0;title\u{7}y\u{1b}]8;;u\u{1b}\\z"), "xyz");
        assert_eq!(plain("one\ntwo\tthree\r\u{8}\u{202e}"), "one two three");
        assert_eq!(plain("cut \u{1b}"), "cut ");
    }
}
