//! Names that speak of a secret: `JWT_SECRET`, `apiKey`, `db-password`.
//!
//! A name is read as words, however it is written. One that ends in what a secret has (`token_url`, `secretName`) speaks
//! about a secret and holds none.

/// Words that make a name that of a secret; also as the end of a longer word.
const SECRET: &[&str] = &[
    "secret",
    "secrets",
    "token",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "apikey",
    "credential",
    "credentials",
    "pepper",
    "privatekey",
    "secretkey",
    "accesskey",
    "authkey",
    "signingkey",
    "encryptionkey",
    "masterkey",
];

/// What a key has to be to be one of a secret: `API_KEY`, not `PRIMARY_KEY`.
const KEYS: &[&str] = &[
    "api",
    "private",
    "access",
    "secret",
    "encryption",
    "signing",
    "master",
    "auth",
    "account",
    "service",
    "admin",
    "app",
    "license",
    "hmac",
    "jwt",
    "session",
    "cookie",
    "crypto",
    "storage",
    "deploy",
    "webhook",
    "write",
    "aes",
    "integration",
];

/// A name that ends like this speaks about a secret and holds none.
const ABOUT: &[&str] = &[
    "id",
    "ids",
    "url",
    "uri",
    "name",
    "path",
    "file",
    "type",
    "expiry",
    "expires",
    "ttl",
    "length",
    "count",
    "header",
    "prefix",
    "arn",
    "ref",
    "version",
    "sum",
    "checksum",
    "digest",
    "sha",
    "sha1",
    "sha256",
    "hash",
    "pattern",
    "field",
    "endpoint",
    "host",
    "enabled",
    "policy",
    "algorithm",
    "limit",
    "timeout",
    "format",
    "selector",
    "class",
    "label",
    "integrity",
    "revision",
    "commit",
    "resolved",
    "public",
    "address",
    "issuer",
    "audience",
    "alias",
    "location",
];

/// The words of a name, in small letters: of `clientSecret`, `CLIENT_SECRET` and `client-secret` alike.
fn words(name: &[u8]) -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    let mut small = false;
    for byte in name {
        let begins = !byte.is_ascii_alphanumeric() || (small && byte.is_ascii_uppercase());
        if begins && all.last().is_some_and(|word| !word.is_empty()) {
            all.push(String::new());
        }
        if let Some(word) = all.last_mut().filter(|_| byte.is_ascii_alphanumeric()) {
            word.push(char::from(byte.to_ascii_lowercase()));
        }
        small = byte.is_ascii_lowercase() || byte.is_ascii_digit();
    }
    all.retain(|word| !word.is_empty());
    all
}

/// Every name of a secret has one of these in it.
const STEMS: &[&str] = &["secret", "token", "pass", "pwd", "key", "credential", "pepper", "auth", "salt"];

/// Told at a glance, for most names are none.
fn may_be_secret(name: &[u8]) -> bool {
    let stem = |rest: &[u8]| {
        let is = |stem: &&str| {
            rest.get(..stem.len()).is_some_and(|part| part.eq_ignore_ascii_case(stem.as_bytes()))
        };
        matches!(rest[0] | 0x20, b's' | b't' | b'p' | b'k' | b'c' | b'a') && STEMS.iter().any(is)
    };
    (0..name.len()).any(|at| stem(&name[at..]))
}

/// A name that something secret is given to.
pub(super) fn is_secret(name: &[u8]) -> bool {
    if !may_be_secret(name) {
        return false;
    }
    let words = words(name);
    let Some(last) = words.last().map(String::as_str) else { return false };
    if ABOUT.contains(&last) {
        return false;
    }
    let telling = |word: &String| SECRET.iter().any(|known| word.ends_with(known));
    let key = |pair: &[String]| {
        KEYS.contains(&pair[0].as_str()) && ["key", "keys", "salt"].contains(&pair[1].as_str())
    };
    words.iter().any(telling) || words.windows(2).any(key) || ["pass", "auth"].contains(&last)
}

/// What people choose, and so may be short.
pub(super) fn is_password(name: &[u8]) -> bool {
    ["password", "passwd", "passphrase", "pwd", "pass"].iter().any(|known| holds_word(name, known))
}

/// Whether one of its words ends so.
pub(super) fn holds_word(name: &[u8], word: &str) -> bool {
    words(name).iter().any(|known| known.ends_with(word))
}
