//! What stands where a secret would, and is none: placeholders, references, encrypted values and public keys.
//!
//! Files that are committed on purpose are full of these, so a scan that cries at them is switched off. What is listed
//! here is known not to be a secret; how random something looks is another matter (`randomness`).

mod blank;
mod words;

pub(super) use blank::is_blank;
use words::WORDS;

/// What a value begins with when it is encrypted, public, a checksum, or a pointer to the secret.
const HARMLESS: &[&str] = &[
    // Encrypted: SOPS, dotenvx, Spring Cloud, Ansible, HashiCorp transit, AWS KMS, Rails, Jenkins.
    "ENC[",
    "ENC(",
    "encrypted:",
    "{cipher}",
    "$ANSIBLE_VAULT",
    "vault:v",
    "AQICAH",
    "{AQAA",
    // Public: age and SSH recipients, publishable keys.
    "age1",
    "ssh-",
    "pk_live_",
    "pk_test_",
    "sb_publishable_",
    "pk.eyJ",
    "phc_",
    // Checksums and password hashes.
    "sha1-",
    "sha256-",
    "sha256:",
    "sha384-",
    "sha512-",
    "sha512:",
    "md5:",
    "h1:",
    "$2a$",
    "$2b$",
    "$2y$",
    "$argon2",
    "$scrypt$",
    "$5$",
    "$6$",
    // Pointers to where the secret is.
    "arn:",
    "op://",
    "ref+",
    "projects/",
    "secretsmanager:",
    "ssm:",
    "kms:",
    "/run/secrets",
    "file:",
    "env:",
    "!",
    "$",
    "%(",
    "{{",
    "#{",
    "<",
    "[",
    "*",
    "@",
    "&",
];

/// What only placeholders hold, in lower case.
const TELLING: &[&str] = &[
    "example",
    "xxxx",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "redacted",
    "your_",
    "your-",
    "<",
    "${",
    "$(",
    "{{",
    "****",
    "...",
    "dummy",
    "00000000",
    "11111111",
    "1234567890",
    "0123456789",
    "abcdef12345",
    "abcdefghij",
    "deadbeef",
    "notasecret",
    "not-a-secret",
    "not_a_secret",
];

/// So many times the same in a row is no chance.
const ROW: usize = 7;

/// True for what is known to be no secret.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    let harmless = |known: &&str| value.starts_with(known.as_bytes());
    HARMLESS.iter().any(harmless)
        || is_a_gap(value)
        || is_sealed(value)
        || tells(value)
        || repeats(value)
        || is_made_of_words(value)
}

/// The same of base64 of a structure, such as a key. Zeros in it are rows of `A`, and ones rows of `/`: an OpenSSH key that
/// has no passphrase begins with nine zeros. A short word comes about by chance in so long a text.
pub(super) fn is_placeholder_of_bytes(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let row = |run: &[u8]| run.len() >= ROW && !matches!(run[0], b'A' | b'/');
    TELLING.iter().any(|word| word.len() > 6 && holds(&lower, word.as_bytes()))
        || value.chunk_by(|one, next| one == next).any(row)
}

/// One value of a SealedSecret: its first two bytes are the length of the key beside it, 512.
fn is_sealed(value: &[u8]) -> bool {
    value.len() >= 200 && value.starts_with(b"Ag")
}

/// `{db_password}`, `{0}`, `{a18}`: to be filled in by the program it stands in.
fn is_a_gap(value: &[u8]) -> bool {
    let inner = value.strip_prefix(b"{").and_then(|rest| rest.strip_suffix(b"}"));
    inner.is_some_and(|name| {
        name.len() <= 40 && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_.:".contains(byte))
    })
}

fn tells(value: &[u8]) -> bool {
    let lower = value.get(..value.len().min(256)).unwrap_or(value).to_ascii_lowercase();
    TELLING.iter().any(|word| holds(&lower, word.as_bytes()))
}

/// Whether `word` stands anywhere in `text`.
pub(super) fn holds(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window[0] == word[0] && window == word)
}

/// Hardly any different bytes, or one many times in a row.
fn repeats(value: &[u8]) -> bool {
    let mut seen = [false; 256];
    value.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    let different = seen.iter().filter(|seen| **seen).count();
    let run = value.chunk_by(|one, next| one == next).map(<[u8]>::len).max().unwrap_or(0);
    (value.len() >= 8 && different < 5) || run >= ROW
}

/// Nothing is left once digits, signs and [`WORDS`] are taken away.
fn is_made_of_words(value: &[u8]) -> bool {
    is_made_of(value, &[WORDS])
}

/// The same with words of several lists.
fn is_made_of(value: &[u8], lists: &[&[&str]]) -> bool {
    if value.len() > 64 {
        return false;
    }
    let letters: Vec<u8> =
        value.iter().filter(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
    // Whether the letters up to here can be read as words.
    let mut readable = vec![false; letters.len() + 1];
    readable[0] = true;
    for at in 0..letters.len() {
        if readable[at] {
            let words = lists.iter().copied().flatten();
            for word in words.filter(|word| letters[at..].starts_with(word.as_bytes())) {
                readable[at + word.len()] = true;
            }
        }
    }
    !letters.is_empty() && readable[letters.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known() {
        for value in [
            "changeme",
            "my-super-secret-password",
            "Password123!",
            "postgres",
            "your_api_key_here",
            "${DB_PASSWORD}",
            "{{ .Values.token }}",
            "{a18}",
            "{self.password}",
            "<token>",
            "xxxxxxxxxxxxxxxx",
            "aaaaaaaabbbbbbbb",
            "ENC[AES256_GCM,data:p673w==,type:str]",
            "encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt",
            "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudy0d4s7hcl0kk",
            "sha512-abc",
            "arn:aws:secretsmanager:eu-west-2:111122223333:secret:x",
        ] {
            assert!(is_placeholder(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn secrets_are_none() {
        for value in ["hT7wQp2LzX9vK4mB", "correct-horse-battery", "k9Secret-Zq81", "tr0ub4dor&3"] {
            assert!(!is_placeholder(value.as_bytes()), "{value}");
        }
    }
}
