//! What an env file or a seed holds where nobody has put a secret yet.
//!
//! A value that is known to be a secret is looked for unless it is one of these as a whole: a password may begin with any
//! sign, and hold any. So each shape here is one that no random value has by chance.

use super::{is_made_of, words::WORDS};

/// Opens and closes a name that is to be replaced.
const BRACKETS: &[(&str, &str)] = &[("${", "}"), ("{{", "}}"), ("<", ">"), ("[", "]"), ("{", "}")];

/// Nothing random begins like this: pointers to a secret, what is encrypted, and keys for everybody. They are committed on
/// purpose.
const POINTERS: &[&str] = &[
    "op://",
    "ref+",
    "projects/",
    "arn:aws",
    "ENC[AES256_GCM",
    "encrypted:",
    "{cipher}",
    "$ANSIBLE_VAULT",
    "pk_live_",
    "pk_test_",
    "sb_publishable_",
];

/// What people begin a placeholder with, before they name what goes there.
const ORDERS: &[&str] =
    &["your", "change", "replace", "insert", "enter", "put", "set", "paste", "add", "todo"];

/// Digits as people type them.
const COUNTED: &[&str] = &["1234567890", "0123456789", "123456789", "12345678"];

/// True for a value that stands where a secret will.
pub(in crate::audit) fn is_blank(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    POINTERS.iter().any(|known| value.starts_with(known.as_bytes()))
        || is_a_name_in_brackets(value)
        || is_a_reference(value)
        || is_an_order(value)
        || is_one_letter(value)
        || value.ends_with(b"EXAMPLE")
        || value.ends_with(b"EXAMPLEKEY")
        || is_typed(value)
}

/// `<your key>`, `${DB_PASSWORD}`, `{{ token }}`.
fn is_a_name_in_brackets(value: &[u8]) -> bool {
    BRACKETS.iter().any(|(open, close)| {
        let rest = value.strip_prefix(open.as_bytes()).and_then(|rest| rest.strip_suffix(close.as_bytes()));
        rest.is_some_and(|name| {
            let digits = name.iter().filter(|byte| byte.is_ascii_digit()).count();
            // A key may stand in braces, too.
            name.len() <= 60
                && digits * 4 <= name.len()
                && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b" _-.".contains(byte))
        })
    })
}

/// `$DB_PASSWORD`
fn is_a_reference(value: &[u8]) -> bool {
    let name = value.strip_prefix(b"$").unwrap_or_default();
    name.contains(&b'_') && name.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
}

/// `your-stripe-key-here`: an order, a sign, and letters in words.
fn is_an_order(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let between = |byte: &u8| b"-_ ".contains(byte);
    let after = ORDERS.iter().find_map(|order| lower.strip_prefix(order.as_bytes()));
    after.is_some_and(|rest| {
        rest.first().is_some_and(between)
            && rest.iter().all(|byte| byte.is_ascii_lowercase() || between(byte) || *byte == b'.')
    })
}

/// `xxxxxxxx-xxxx`, and the UUID of zeros.
fn is_one_letter(value: &[u8]) -> bool {
    let mut letters = value.iter().filter(|byte| byte.is_ascii_alphanumeric());
    let first = letters.next();
    first.is_none_or(|first| letters.all(|byte| byte == first))
        && value.iter().all(|byte| !byte.is_ascii_punctuation() || b"-_.*".contains(byte))
}

/// Words of placeholders, and digits in a row: `my-super-secret-password`, `0123456789abcdef`.
fn is_typed(value: &[u8]) -> bool {
    if value.len() > 128 {
        return false;
    }
    let mut text = String::from_utf8_lossy(value).to_ascii_lowercase();
    COUNTED.iter().for_each(|digits| text = text.replace(digits, ""));
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let letters = count(u8::is_ascii_alphabetic);
    // What is digits and signs for the most part is no words, even where a letter or two of it are one.
    letters * 2 >= text.len() && is_made_of(text.as_bytes(), &[WORDS, MORE])
}

/// Words that begin or end what is no placeholder, too, so that they count as a whole alone.
const MORE: &[&str] = &[
    "abcdef",
    "abcdefghijklmnopqrstuvwxyz",
    "deadbeef",
    "example",
    "placeholder",
    "xxxx",
    "http",
    "https",
    "com",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_seed_writes_where_nothing_is_known_is_blank() {
        for value in [
            "",
            "<your secret here>",
            "${DATABASE_PASSWORD}",
            "$DATABASE_PASSWORD",
            "{{ .Values.token }}",
            "changeme-please",
            "change-me-before-use",
            "changeme1234567890",
            "your-stripe-key-here",
            "YOUR_OPENAI_API_KEY",
            "replace-with-a-key",
            "my-super-secret-password",
            "xxxxxxxxxxxxxxxxxxxx",
            "xxxx-xxxx-xxxx-xxxx",
            "************",
            "00000000-0000-0000-0000-000000000000",
            "0123456789abcdef0123456789abcdef",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "postgres://postgres:postgres@localhost:5432/app",
            "https://user:password@example.com",
            "op://vault/item/field",
        ] {
            assert!(is_blank(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn a_password_may_have_any_sign() {
        for value in [
            "$k9Lw2mQz7Vt4Xb",
            "!k9Lw2mQz7Vt4Xb",
            "@k9Lw2mQz7Vt4Xb",
            "&k9Lw2mQz7Vt4Xb",
            "*k9Lw2mQz7Vt4Xb",
            "{8d3c1f0a-93b2-4c11-9a2e-5f0d7c6b1e42}",
            "<k9Lw2mQ$7Vt4Xb",
            "<k9L!2mQz7V#4Xb>",
            "k9Lw<2mQz7Vt4Xb",
            "k9Lw...2mQz7Vt4Xb",
            "ssh-k9Lw2mQz7Vt4Xb",
            "[\"k9Lw2mQz7Vt4Xb\",\"q\"]",
            "{\"key\":\"k9Lw2mQz7Vt4Xb\"}",
            "postgres://app:k9Lw2mQz7Vt4Xb@db.example-shop.com/app", // devsecrets:allow made up
            "https://k9Lw2mQz7Vt4Xb@example.com/hook",
            "$2b$k9Lw2mQz7Vt4Xb",
            "48213-90db-77124",
            "!#%&()*+,-./:;<=>",
            "83719264018273645",
            "correct-horse-battery-staple",
        ] {
            assert!(!is_blank(value.as_bytes()), "{value}");
        }
    }
}
