//! How derived bytes are written.
//!
//! Owns one encoding for each [`Format`]. All are exact functions of the derived bytes; letters
//! and digits are drawn by rejection, since a remainder would favour some of them.

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use zeroize::Zeroizing;

use crate::profile::Format;
use crate::secret::SecretValue;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The largest multiple of 62 a byte can hold; bytes from here on are skipped.
const FAIR: u8 = 248;

/// Bytes to draw letters from. At most 255 are wanted and 31 of 32 serve: to fall short has a
/// probability below 2^-3000.
const DRAW: usize = 1024;

/// The value of `count` bytes, which `fill` derives.
pub(super) fn value(format: Format, count: u8, fill: impl FnOnce(&mut [u8])) -> SecretValue {
    let length = match format {
        Format::Alnum => DRAW,
        Format::Uuid => 16,
        Format::Hex | Format::Base64 | Format::Base64url => usize::from(count),
    };
    let mut bytes = Zeroizing::new(vec![0; length]);
    fill(&mut bytes);
    SecretValue::new(match format {
        Format::Hex => hex(&bytes),
        Format::Base64 => BASE64_STANDARD.encode(&bytes[..]),
        Format::Base64url => BASE64_URL_SAFE_NO_PAD.encode(&bytes[..]),
        Format::Alnum => alnum(&bytes, usize::from(count)),
        Format::Uuid => uuid(&mut bytes),
    })
}

// Texts get their full size at once: growing would leave copies of the secret behind.

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16);
    text.extend(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit));
    text
}

fn alnum(bytes: &[u8], count: usize) -> String {
    let mut text = String::with_capacity(count);
    let fair = bytes.iter().filter(|byte| **byte < FAIR);
    text.extend(fair.map(|byte| char::from(ALPHABET[usize::from(byte % 62)])).take(count));
    text
}

/// RFC 9562 §5.8: version 8 in the upper half of byte 6, variant `10` in the top bits of byte 8.
fn uuid(bytes: &mut [u8]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    [0..4, 4..6, 6..8, 8..10, 10..16].map(|part| hex(&bytes[part])).join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(format: Format, count: u8, seed: impl Fn(usize) -> u8) -> String {
        let fill = |bytes: &mut [u8]| {
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = seed(at);
            }
        };
        value(format, count, fill).expose_to(str::to_owned)
    }

    #[test]
    fn each_format_writes_what_its_rfc_says() {
        let count = |at: usize| u8::try_from(at % 256).unwrap();
        assert_eq!(text(Format::Hex, 4, count), "00010203");
        assert_eq!(text(Format::Base64, 4, |_| 0xff), "/////w==");
        assert_eq!(text(Format::Base64url, 4, |_| 0xff), "_____w");
        assert_eq!(text(Format::Uuid, 0, |_| 0xff), "ffffffff-ffff-8fff-bfff-ffffffffffff");
    }

    #[test]
    fn letters_skip_what_would_favour_some() {
        let first_unfair = |at: usize| if at < 3 { 248 } else { 61 };
        assert_eq!(text(Format::Alnum, 5, first_unfair), "zzzzz");
        let every = |at: usize| u8::try_from(at % 256).unwrap();
        let all = text(Format::Alnum, 248, every);
        assert!(ALPHABET.iter().all(|letter| all.matches(char::from(*letter)).count() == 4));
        assert_eq!(text(Format::Alnum, 255, every).len(), 255);
    }
}
