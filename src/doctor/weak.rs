//! Values everybody knows: placeholders, published defaults, and texts too plain to be a secret.
//!
//! Says only which of these a value is, never the value. The lists are short on purpose: what stands in them was
//! published by its maker as an example or a default, so finding it is never a guess.

/// Written by somebody who meant to fill it in later.
pub fn is_placeholder(text: &str) -> bool {
    const WHOLE: [&str; 12] = [
        "changeme",
        "changeit",
        "todo",
        "tbd",
        "fixme",
        "placeholder",
        "replaceme",
        "fillme",
        "yourkey",
        "yourkeyhere",
        "insertkeyhere",
        "secrethere",
    ];
    const START: [&str; 4] = ["your-", "your_", "replace-with", "replace_with"];
    let lower = text.trim().to_lowercase();
    let letters: String = lower.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect();
    let bracketed = lower.len() > 2 && lower.starts_with('<') && lower.ends_with('>');
    let filler =
        lower.len() > 2 && ["x", "*", ".", "…"].iter().any(|sign| lower.replace(sign, "").is_empty());
    let cut = lower.ends_with("...") || lower.contains("xxxxxx");
    bracketed
        || filler
        || cut
        || WHOLE.contains(&letters.as_str())
        || START.iter().any(|start| lower.starts_with(start))
}

/// Why a secret is none; `None` for one that may be good.
pub fn weakness(name: &str, text: &str) -> Option<&'static str> {
    let text = text.trim();
    if is_published(text) {
        return Some("it is a published default");
    }
    (is_meant_to_be_random(name) && bits(text) < ENOUGH).then_some("it can be guessed")
}

/// Defaults and examples of well-known programs: PostgreSQL, MySQL, RabbitMQ, MinIO, Grafana, Tomcat, the READMEs of
/// express-session, jsonwebtoken and Flask, jwt.io, the AWS documentation, `django-admin startproject`.
fn is_published(text: &str) -> bool {
    const ALL: [&str; 30] = [
        "password",
        "passw0rd",
        "password1",
        "password123",
        "postgres",
        "mysql",
        "root",
        "admin",
        "administrator",
        "guest",
        "test",
        "secret",
        "mysecret",
        "my-secret",
        "supersecret",
        "super-secret",
        "secretkey",
        "secret-key",
        "minioadmin",
        "tomcat",
        "letmein",
        "qwerty",
        "123456",
        "12345678",
        "keyboard cat",
        "shhhhh",
        "dev",
        "your-256-bit-secret",
        "akiaiosfodnn7example",
        "wjalrxutnfemi/k7mdeng/bpxrficyexamplekey",
    ];
    let lower = text.to_lowercase();
    ALL.contains(&lower.as_str()) || lower.starts_with("django-insecure-")
}

/// A host or a user name may be short and plain; a key may not.
pub fn is_meant_to_be_random(name: &str) -> bool {
    const LAST: [&str; 7] = ["SECRET", "KEY", "TOKEN", "PEPPER", "SALT", "PASSWORD", "PASSPHRASE"];
    name.rsplit('_').next().is_some_and(|last| LAST.contains(&last))
}

/// Below this a value is tried out in seconds: eight random letters and digits have 41 bits.
const ENOUGH: f64 = 28.0;

/// Shannon's entropy of the characters, times their number: an upper bound for what chance made.
fn bits(text: &str) -> f64 {
    let mut counts = std::collections::BTreeMap::new();
    text.chars().for_each(|c| *counts.entry(c).or_insert(0_u32) += 1);
    let all = f64::from(counts.values().sum::<u32>());
    counts.values().map(|count| f64::from(*count)).map(|count| -count * (count / all).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known() {
        for text in [
            "changeme",
            "CHANGE_ME",
            "<your key>",
            "xxx",
            "TODO",
            "your-api-key",
            "sk_live_...",
            "***",
            "replace-with-it",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["", "x", "<", "http://localhost:3000", "yours", "3f9a0c", "todo-list"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn weak_secrets_are_told_from_good_ones() {
        assert_eq!(weakness("DB_PASSWORD", "Postgres"), Some("it is a published default"));
        assert_eq!(weakness("DJANGO_KEY", "django-insecure-x8s"), Some("it is a published default"));
        assert_eq!(weakness("JWT_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), Some("it can be guessed"));
        assert_eq!(weakness("JWT_SECRET", "blue42"), Some("it can be guessed"));
        assert_eq!(weakness("REDIS_HOST", "redis"), None);
        assert_eq!(weakness("JWT_SECRET", "q8Zr2LwYtM0c"), None);
        assert_eq!(weakness("DB_PASSWORD", "f3a91c07e2"), None);
    }
}
