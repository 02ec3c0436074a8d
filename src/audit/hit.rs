//! A place in a piece, and what it is: all kinds of findings, before the value is left out of them.

use super::assignments;
use super::foreign::Foreign;
use super::leak::{ENV_FILE, GENERIC, OWN, PATTERN, SECRET_FILE};
use super::own::OwnName;
use super::patterns::Found;
use super::rules::{Rule, Rules};
use crate::finding::Remedy;
use crate::secret::plain;

pub(super) struct Hit<'a> {
    /// Of two at one place the lower is told.
    pub rank: usize,
    pub code: &'static str,
    pub own: Option<&'a OwnName>,
    /// It was replaced by another value.
    former: bool,
    pub rule: &'a str,
    title: &'a str,
    pub remedy: Remedy,
    pub start: usize,
    pub end: usize,
    /// All that the rule saw.
    pub matched: (usize, usize),
}

impl<'a> Hit<'a> {
    fn new(code: &'static str, rule: &'a str, title: &'a str, remedy: Remedy) -> Self {
        Self {
            rank: 0,
            code,
            own: None,
            former: false,
            rule,
            title,
            remedy,
            start: 0,
            end: 0,
            matched: (0, 0),
        }
    }

    fn at(self, start: usize, end: usize) -> Self {
        Self { start, end, matched: (start, end), ..self }
    }

    /// Something of a known shape.
    pub fn by_shape(rules: &'a Rules, found: &Found) -> Option<Self> {
        let hit = match rules.all.get(found.rule) {
            Some(rule) => Self::new(PATTERN, &rule.id, &rule.title, revoke(rule)),
            None => {
                let rule = rules.foreign.get(found.rule - rules.all.len())?;
                Self::new(PATTERN, &rule.id, &rule.title, anew())
            }
        };
        let (rank, matched) = (found.rule, found.matched);
        Some(Self { rank, matched, ..hit.at(found.start, found.end) })
    }

    /// Random-looking values behind telling names.
    pub fn generic(text: &[u8]) -> impl Iterator<Item = Self> {
        let says = "rotate it, and keep it in a store or an ignored env file";
        let title = "value of a name that speaks of a secret";
        assignments::look(text).into_iter().map(move |(start, end)| {
            let hit = Self::new(GENERIC, "assigned-secret", title, Remedy::says(says)).at(start, end);
            Self { rank: usize::MAX, ..hit }
        })
    }

    /// A file that has no place in git, by the code of what it is.
    pub fn by_name(code: &'static str) -> Self {
        debug_assert!([ENV_FILE, SECRET_FILE].contains(&code));
        let (rule, title, says) = match code {
            ENV_FILE => (
                "env-file",
                "env file with values in it",
                "stop tracking it, ignore it, rotate what it holds",
            ),
            _ => (
                "secret-file",
                "data file named after secrets",
                "look into it; encrypt it, or keep it out of git",
            ),
        };
        Self::new(code, rule, title, Remedy::says(says))
    }

    /// A file that a rule of the project names.
    pub fn brought_name(rule: &'a Foreign) -> Self {
        Self::new(SECRET_FILE, &rule.id, &rule.title, Remedy::says("look into it, and keep it out of git"))
    }

    /// A known value, which a variable has, or had.
    pub fn own((name, former): (&'a OwnName, bool), start: usize, end: usize) -> Self {
        let remedy = if former { buried(name) } else { rotate(name) };
        let hit = Self::new(OWN, "own-value", "value of a known secret", remedy).at(start, end);
        Self { own: Some(name), former, ..hit }
    }

    pub fn title(&self) -> String {
        match self.own.map(whose) {
            Some(whose) if self.former => format!("former value of {whose}"),
            Some(whose) => whose,
            None => plain(self.title),
        }
    }
}

fn anew() -> Remedy {
    Remedy::says("revoke it and make another, then keep that out of git")
}

/// What to do about a secret of a vendor: it is out, so hiding it does not help.
fn revoke(rule: &Rule) -> Remedy {
    match rule.revoke.as_deref() {
        Some(place) => {
            Remedy::says(format!("revoke it and make another, then keep that out of git: {}", plain(place)))
        }
        None => anew(),
    }
}

fn whose(name: &OwnName) -> String {
    plain(&format!("{} of {} ({}), from {}", name.variable, name.service, name.project, name.origin))
}

/// A value that only gave way to another may still open what it opened.
fn buried(name: &OwnName) -> Remedy {
    let variable = plain(&name.variable);
    Remedy::says(format!(
        "see that the former {variable} is revoked where it was issued, then take it out of the file"
    ))
}

/// What makes the value worthless, by where it comes from.
fn rotate(name: &OwnName) -> Remedy {
    let variable = plain(&name.variable);
    match name.origin.as_str() {
        "generated" => {
            Remedy::run("give it another value, then seed", format!("devsecrets identity rotate {variable}"))
        }
        "keychain" => {
            Remedy::says(format!("revoke it at its vendor, make another and keep that: {variable}"))
        }
        "environment" => {
            Remedy::says(format!("make another {variable} where it was issued, and export that one"))
        }
        "file" => {
            Remedy::says(format!("make another {variable} where it was issued, and put it in the env file"))
        }
        store => Remedy::says(format!("make another {variable}, put it in {}, then seed", plain(store))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "put it in environment, then seed" is no step anybody can take.
    #[test]
    fn what_was_exported_is_exported_anew() {
        let [project, service] = ["shop", "api"].map(str::to_owned);
        let (variable, origin) = ("STRIPE_KEY".to_owned(), "environment".to_owned());
        let remedy = rotate(&OwnName { project, variable, service, origin });
        assert_eq!(remedy.says, "make another STRIPE_KEY where it was issued, and export that one");
    }
}
