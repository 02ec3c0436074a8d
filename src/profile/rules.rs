//! The rules a profile sets for a variable's value.

use super::schema::Variable;
use crate::secret::SecretValue;

/// What is wrong with a value that [`has_nul`].
pub const NUL: &str = "holds a NUL byte, which no process can be given";

/// The first rule `value` breaks in `environment`, in words that do not tell the value.
pub fn broken_rule(variable: &Variable, environment: &str, value: &SecretValue) -> Option<String> {
    let nul = has_nul(Some(variable), value).then(|| NUL.to_owned());
    nul.or_else(|| too_short(variable, value))
        .or_else(|| forbidden(variable, environment, value))
        .or_else(|| unlike(variable, environment, value))
}

/// All rules of a variable in `environment`, as people would say them.
pub fn rules(variable: &Variable, environment: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    all.extend(variable.min_length.map(|least| format!("at least {least} characters")));
    all.extend(variable.forbid.get(environment).into_iter().flatten().map(|word| format!("never {word}")));
    if let Some(wanted) = variable.require.get(environment) {
        all.extend(wanted.scheme.as_ref().map(|scheme| format!("an {scheme}:// address")));
        all.extend(wanted.equals.as_ref().map(|text| format!("exactly {text}")));
    }
    all
}

/// Whether no process can be given `value`: variables of its environment end at a NUL (POSIX.1-2024, 8.1). The encoded form,
/// where the profile has one, can hold any.
pub fn has_nul(variable: Option<&Variable>, value: &SecretValue) -> bool {
    let encoded = variable.is_some_and(|variable| variable.encode.is_some());
    !encoded && value.expose_to(|text| text.contains('\0'))
}

fn too_short(variable: &Variable, value: &SecretValue) -> Option<String> {
    let least = variable.min_length?;
    (value.chars() < least).then(|| format!("shorter than {least} characters"))
}

fn forbidden(variable: &Variable, environment: &str, value: &SecretValue) -> Option<String> {
    let banned = variable.forbid.get(environment)?;
    let hit = value.expose_to(|text| banned.iter().find(|word| *word == text))?;
    Some(format!("must not be {hit} in {environment}"))
}

fn unlike(variable: &Variable, environment: &str, value: &SecretValue) -> Option<String> {
    let wanted = variable.require.get(environment)?;
    if let Some(scheme) = &wanted.scheme
        && !value.expose_to(|text| has_scheme(text, scheme))
    {
        return Some(format!("must be an {scheme}:// address in {environment}"));
    }
    let equals = wanted.equals.as_ref()?;
    value.expose_to(|text| text != equals).then(|| format!("must be {equals} in {environment}"))
}

/// Schemes are case-insensitive (RFC 3986 §3.1).
fn has_scheme(text: &str, scheme: &str) -> bool {
    text.split_once("://").is_some_and(|(found, rest)| found.eq_ignore_ascii_case(scheme) && !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(toml: &str) -> Variable {
        toml::from_str(toml).unwrap()
    }

    fn broken(toml: &str, value: &str) -> Option<String> {
        broken_rule(&variable(toml), "production", &SecretValue::new(value))
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(broken("min_length = 4", "äöü").as_deref(), Some("shorter than 4 characters"));
        assert_eq!(broken("min_length = 4", "äöüß"), None);
    }

    #[test]
    fn a_nul_passes_encoded_alone() {
        assert_eq!(broken("", "a\0b").as_deref(), Some("holds a NUL byte, which no process can be given"));
        assert_eq!(broken("encode = \"base64\"", "a\0b"), None);
    }

    #[test]
    fn a_star_is_forbidden_in_production_only() {
        let rule = r#"forbid = { production = ["*"] }"#;
        assert_eq!(broken(rule, "*").as_deref(), Some("must not be * in production"));
        assert_eq!(broken(rule, "https://shop.example"), None);
        assert_eq!(broken_rule(&variable(rule), "development", &SecretValue::new("*")), None);
    }

    #[test]
    fn a_scheme_is_required() {
        let rule = r#"require = { production = { scheme = "https" } }"#;
        assert!(broken(rule, "http://events.example").is_some());
        assert_eq!(broken(rule, "HTTPS://events.example"), None);
        assert!(broken(rule, "https://").is_some());
    }

    #[test]
    fn rules_are_told_for_the_environment_they_hold_in() {
        let text = "min_length = 4\nforbid = { production = [\"*\"] }\nrequire = { production = { scheme = \"https\" } }";
        let all = ["at least 4 characters", "never *", "an https:// address"];
        assert_eq!(rules(&variable(text), "production"), all);
        assert_eq!(rules(&variable(text), "development"), all[..1]);
        assert!(rules(&variable(""), "production").is_empty());
    }

    #[test]
    fn the_words_never_hold_the_value() {
        let said = broken(r#"require = { production = { scheme = "https" } }"#, "canary-5512").unwrap();
        assert!(!said.contains("canary"));
    }
}
