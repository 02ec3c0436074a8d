//! Files that should not be in a repository at all, told by their name, unless what they hold is harmless.
//!
//! An env file is harmless when each value is blank or encrypted (dotenvx, SOPS); a data file named after secrets when it
//! is a template, encrypted, or a manifest that only points to where the secrets are.

use super::kind::Kind;
use super::leak::{ENV_FILE, SECRET_FILE};
use super::placeholder::holds;

/// What makes a data file harmless although it is named after secrets.
const HARMLESS: &[&str] = &[
    "ENC[AES256_GCM",
    "SealedSecret",
    "ExternalSecret",
    "SecretStore",
    "SecretProviderClass",
    "$ANSIBLE_VAULT",
    "-----BEGIN AGE ENCRYPTED FILE",
    "-----BEGIN PGP MESSAGE",
    "age-encryption.org/v1",
    "{{",
    "\"$schema\"",
];

/// The code of what is wrong with a file of that name, given its beginning.
pub(super) fn look(kind: &Kind, text: &[u8]) -> Option<&'static str> {
    if kind.env_file && text.split(|byte| *byte == b'\n').any(holds_a_value) {
        return Some(ENV_FILE);
    }
    let harmless = || HARMLESS.iter().any(|word| holds(text, word.as_bytes()));
    (kind.secret_file && !text.trim_ascii().is_empty() && !harmless()).then_some(SECRET_FILE)
}

fn holds_a_value(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let Some(sign) = line.iter().position(|byte| *byte == b'=').filter(|_| !line.starts_with(b"#")) else {
        return false;
    };
    let (name, value) = (line[..sign].trim_ascii(), line[sign + 1..].trim_ascii());
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let harmless =
        ["encrypted:", "ENC[", "\"", "'", "#"].iter().any(|known| value.starts_with(known.as_bytes()));
    let public = name.starts_with(b"DOTENV_PUBLIC_KEY") || name.starts_with(b"sops_");
    !name.is_empty() && !value.is_empty() && !harmless && !public
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Option<&'static str> {
        look(&Kind::of(path), text.as_bytes())
    }

    #[test]
    fn an_env_file_with_a_value_is_told() {
        assert_eq!(told("api/.env", "# ours\nPORT=8080\n"), Some(ENV_FILE));
        assert_eq!(told(".env.local", "\u{feff}A=\"b\""), Some(ENV_FILE));
        for text in ["", "# A=b\n", "A=\nB=\"\"\n", "DOTENV_PUBLIC_KEY=\"02ab\"\nA=\"encrypted:BDq\"\n"] {
            assert_eq!(told(".env", text), None, "{text}");
        }
        assert_eq!(told(".env", "A=ENC[AES256_GCM,data:x]\nsops_version=3.8\n"), None);
        assert_eq!(told(".env.example", "A=b"), None);
    }

    #[test]
    fn a_file_named_after_secrets_is_told_unless_it_is_harmless() {
        assert_eq!(told("secrets.json", "{\"a\": \"b\"}"), Some(SECRET_FILE));
        for text in [" \n", "kind: SealedSecret\n", "a: ENC[AES256_GCM,data:x]", "password: {{ .Values.x }}"]
        {
            assert_eq!(told("secrets.yaml", text), None, "{text}");
        }
    }
}
