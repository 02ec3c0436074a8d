//! Whether a value stands in a file itself, or only the place it comes from.

/// How targets write "take it from there": shells and compose (`$NAME`, `${NAME}`), templates and workflows (`{{ }}`),
/// secret managers' addresses, and mounted files.
const REFERENCES: [&str; 12] = [
    "${",
    "$(",
    "{{",
    "<%",
    "op://",
    "sm://",
    "vault:",
    "ref+",
    "secretref:",
    "arn:aws:secretsmanager:",
    "arn:aws:ssm:",
    "/run/secrets/",
];

/// True for a value in clear.
pub fn is_literal(value: &str) -> bool {
    let value = value.trim();
    let reference = value.starts_with('$')
        || REFERENCES.iter().any(|sign| value.contains(sign))
        || (value.starts_with("projects/") && value.contains("/secrets/"));
    !value.is_empty() && !reference && !matches!(value, "null" | "~" | "true" | "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_no_literals() {
        for value in [
            "",
            " ",
            "~",
            "$JWT",
            "${JWT:?}",
            "${{ secrets.JWT }}",
            "op://v/i/f",
            "projects/p/secrets/s/versions/1",
            "/run/secrets/jwt",
            "true",
        ] {
            assert!(!is_literal(value), "{value}");
        }
        for value in ["hunter2", "abc$", "postgres://u:p@h/d", "0"] {
            assert!(is_literal(value), "{value}");
        }
    }
}
