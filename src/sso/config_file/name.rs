//! What a section is called: `[sso-session corp]`, `[profile dev]`, `[default]`.
//!
//! The CLI quotes names like a shell, and Python reads them so; the SDK for Rust drops every name outside a small
//! alphabet (measured). So any name is recognised, and only safe ones are written.

/// A section the AWS config file may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Session(String),
    Profile(String),
    /// As the credentials file has it: the profile's name alone.
    Bare(String),
}

impl Name {
    /// What a new section of this name has between its brackets.
    pub fn header(&self) -> String {
        match self {
            Self::Session(name) => format!("sso-session {name}"),
            Self::Profile(name) if name == "default" => "default".to_owned(),
            Self::Profile(name) => format!("profile {name}"),
            Self::Bare(name) => name.clone(),
        }
    }

    /// True when a section with this header has this name.
    pub fn is_of(&self, header: &str) -> bool {
        let is = |kind: &str, name: &str| {
            words(header).is_some_and(
                |words| matches!(words.as_slice(), [first, second] if first == kind && second == name),
            )
        };
        match self {
            Self::Session(name) => is("sso-session", name),
            Self::Profile(name) if name == "default" => header.trim() == "default" || is("profile", name),
            Self::Profile(name) => is("profile", name),
            Self::Bare(name) => header.trim() == name,
        }
    }
}

/// True when every SDK reads the name.
pub fn is_safe(name: &str) -> bool {
    !name.is_empty() && name.chars().all(safe)
}

/// The alphabet of the SDK for Rust, read in its source.
fn safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c)
}

/// The name the AWS CLI proposes for a role's profile, in the safe alphabet.
pub fn proposed(role: &str, account: &str) -> String {
    format!("{role}-{account}").chars().map(|c| if safe(c) { c } else { '-' }).collect()
}

/// Split as a shell splits, quotes and backslashes included; `None` for a quote that stays open.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' => {
                let rest = chars.as_str();
                let quoted = rest.get(..rest.find(c)?)?;
                word.get_or_insert_default().push_str(quoted);
                chars = rest.get(quoted.len() + 1..)?.chars();
            }
            '\\' => word.get_or_insert_default().push(chars.next()?),
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_recognised_as_the_cli_writes_them() {
        let dev = Name::Profile("my dev".into());
        for header in ["profile 'my dev'", "profile \"my dev\"", r"profile my\ dev", "profile  'my dev' "] {
            assert!(dev.is_of(header), "{header}");
        }
        for header in
            ["profile my dev", "my dev", "profile 'my dev", "sso-session 'my dev'", "Profile 'my dev'"]
        {
            assert!(!dev.is_of(header), "{header}");
        }
    }

    #[test]
    fn the_default_profile_has_two_names() {
        let default = Name::Profile("default".into());
        assert!(default.is_of("default") && default.is_of("profile default"));
        assert_eq!(default.header(), "default");
    }

    #[test]
    fn a_proposed_name_is_safe() {
        assert_eq!(proposed("Dev=Ops,1", "001122334455"), "Dev-Ops-1-001122334455");
        assert!(is_safe("a.b/c%d@e:f+g_h-1") && !is_safe("my dev") && !is_safe("") && !is_safe("é"));
    }
}
