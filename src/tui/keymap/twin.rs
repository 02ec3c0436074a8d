//! How the command line says what a key does, as data.
//!
//! The rule: a row that changes or shows something names its command, with what the cursor is on filled in; one that only
//! moves, types or closes says so. A test hands every command to the real parser, so none can be made up.

/// The twin of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twin {
    /// Moves, types, closes: the screen's own business.
    Screen,
    /// What stands behind `devsecrets`. `{variable}` is the one under the cursor; a group in brackets falls away where
    /// what it names is unknown, and a name outside of one then stands in capitals, as in `--help`.
    Words(&'static str),
    /// The command of what is under the cursor: its next step.
    Remedy,
}

/// What a moment is about: names for the commands of its actions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Only where the command line would not find it by itself, or several are to choose from.
    pub profile: Option<String>,
    /// Only another one than the usual.
    pub environment: Option<String>,
    pub service: Option<String>,
    pub variable: Option<String>,
    pub token: Option<String>,
    pub account: Option<String>,
    pub role: Option<String>,
    /// A check of the doctor, or a group of them.
    pub check: Option<String>,
    /// What a finding is explained under.
    pub code: Option<String>,
    /// A finding of the leak scan: `notes.md:3:14`.
    pub spot: Option<String>,
    /// The one that was accepted last.
    pub accepted: Option<String>,
    /// The option that says where the leak scan looks; none for tracked files.
    pub scope: Option<String>,
    /// The same of where it would look next.
    pub elsewhere: Option<String>,
    /// What makes the finding under the cursor worthless, as a whole command.
    pub remedy: Option<String>,
    /// `SERVICE/VARIABLE`.
    pub cell: Option<String>,
    /// What a preview is about, as `seed` takes it.
    pub part: Option<String>,
    /// An environment that is not the one worked in.
    pub other: Option<String>,
    /// What mends it: the words of a command.
    pub fix: Option<String>,
    /// What starts the service: the words of a command, too.
    pub start: Option<String>,
}

impl Place {
    fn of(&self, name: &str) -> Option<&str> {
        match name {
            "service" => self.service.as_deref(),
            "variable" => self.variable.as_deref(),
            "token" => self.token.as_deref(),
            "account" => self.account.as_deref(),
            "role" => self.role.as_deref(),
            "check" => self.check.as_deref(),
            "code" => self.code.as_deref(),
            "place" => self.spot.as_deref(),
            "accepted" => self.accepted.as_deref(),
            "scope" => self.scope.as_deref(),
            "elsewhere" => self.elsewhere.as_deref(),
            "cell" => self.cell.as_deref(),
            "part" => self.part.as_deref(),
            "other" => self.other.as_deref(),
            "fix" => self.fix.as_deref(),
            "start" => self.start.as_deref(),
            _ => None,
        }
    }
}

impl Twin {
    /// The whole command, for a shell; `None` where there is none.
    pub fn command(self, place: &Place) -> Option<String> {
        let words = match self {
            Self::Screen => return None,
            Self::Remedy => return place.remedy.clone(),
            Self::Words(words) => words,
        };
        let mut all = vec!["devsecrets".to_owned()];
        for (group, bracketed) in groups(words) {
            let known = |word: &str| name(word).is_none_or(|name| place.of(name).is_some());
            if !bracketed || group.split_whitespace().all(known) {
                all.extend(group.split_whitespace().map(|word| filled(word, place)));
            }
        }
        // Behind, where they do not hide what is to be learned.
        for (option, value) in [("--profile", &place.profile), ("--env", &place.environment)] {
            if let Some(value) = value.as_ref().filter(|_| !all.iter().any(|word| word == option)) {
                all.extend([option.to_owned(), quoted(value)]);
            }
        }
        Some(all.join(" "))
    }
}

/// `seed [--take {variable}]` as `seed` and, in brackets, `--take {variable}`.
fn groups(words: &str) -> impl Iterator<Item = (&str, bool)> {
    words.split(['[', ']']).enumerate().map(|(at, group)| (group, at % 2 == 1))
}

/// The name in braces.
fn name(word: &str) -> Option<&str> {
    word.strip_prefix('{')?.strip_suffix('}')
}

fn filled(word: &str, place: &Place) -> String {
    match name(word) {
        None => word.to_owned(),
        // Words already.
        Some("fix") => place.fix.clone().unwrap_or_default(),
        Some("start") => place.start.clone().unwrap_or_else(|| "COMMAND".to_owned()),
        Some(name) => place.of(name).map_or_else(|| name.to_uppercase(), quoted),
    }
}

/// As one word of a POSIX shell (2.2.2, single quotes).
fn quoted(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "_-./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &'static str, place: &Place) -> String {
        Twin::Words(words).command(place).unwrap()
    }

    #[test]
    fn names_under_the_cursor_are_filled_in() {
        let place =
            Place { variable: Some("JWT".into()), token: Some("my key's".into()), ..Place::default() };
        assert_eq!(said("seed [--take {variable}]", &place), "devsecrets seed --take JWT");
        assert_eq!(said("token set {token}", &place), r"devsecrets token set 'my key'\''s'");
        assert_eq!(said("seed [--take {variable}]", &Place::default()), "devsecrets seed");
        assert_eq!(said("token set {token}", &Place::default()), "devsecrets token set TOKEN");
        assert_eq!(Twin::Screen.command(&place), None);
    }

    #[test]
    fn profile_and_environment_are_named_where_they_are_not_the_usual() {
        let place = Place {
            profile: Some("services".into()),
            environment: Some("staging".into()),
            ..Place::default()
        };
        assert_eq!(said("status", &place), "devsecrets status --profile services --env staging");
    }
}
