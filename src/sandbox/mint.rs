//! Codes, tokens and keys in the shapes the real services give them.
//!
//! Shapes matter: clients that assume short tokens or a plain alphabet break on the real thing,
//! so these are as long and hold the same awkward characters.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// RFC 8628 section 6.1: consonants only, so that no word appears and no digit is misread.
const USER_CODE_LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
const KEY_ID_LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn random(bytes: usize) -> Vec<u8> {
    rand::random_iter().take(bytes).collect()
}

fn letters(alphabet: &[u8], count: usize) -> String {
    (0..count).map(|_| char::from(alphabet[rand::random_range(0..alphabet.len())])).collect()
}

/// An opaque id or code in base64url.
pub(super) fn opaque(bytes: usize) -> String {
    URL_SAFE_NO_PAD.encode(random(bytes))
}

/// `XXXX-XXXX`.
pub(super) fn user_code() -> String {
    format!("{}-{}", letters(USER_CODE_LETTERS, 4), letters(USER_CODE_LETTERS, 4))
}

/// Over a kilobyte, in three parts, like the JSON web tokens AWS gives as client secrets.
pub(super) fn client_secret() -> String {
    format!("eyJ{}.{}.{}", opaque(30), opaque(900), opaque(64))
}

/// Real access and refresh tokens start so and hold `:`, `/`, `+` and `=`.
pub(super) fn session_token(prefix: &str) -> String {
    format!("{prefix}AAAAA{}:{}", STANDARD.encode(random(160)), STANDARD.encode(random(100)))
}

/// `ASIA` marks temporary keys.
pub(super) fn access_key_id() -> String {
    format!("ASIA{}", letters(KEY_ID_LETTERS, 16))
}

/// 40 characters of base64.
pub(super) fn secret_access_key() -> String {
    STANDARD.encode(random(30))
}

/// The session token of role keys.
pub(super) fn security_token() -> String {
    format!("IQoJb3JpZ2luX2Vj{}", STANDARD.encode(random(500)))
}

pub(super) fn request_id() -> String {
    let hex: String = random(16).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
