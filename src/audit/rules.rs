//! What is looked for, as data: the rules in `rules/*.toml`, each with the shape its vendor documents.
//!
//! A rule has words that must be there ([`Rule::keywords`]) and a shape that begins with the word; so the one search for
//! all words leads straight to the few bytes a shape is tried on. Shapes are compiled when they are first needed, on
//! bytes, without Unicode. A project may bring its own, in our form or in that of gitleaks ([`Rules::read`]).

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};
use serde::Deserialize;

use super::AuditError;
use super::allowlist::Allowances;
use super::foreign::Foreign;
use super::gitleaks;
use crate::finding::Finding;
use crate::secret::plain;

/// The files that come with the program.
const OWN: &[(&str, &str)] = &[
    ("clouds.toml", include_str!("rules/clouds.toml")),
    ("code.toml", include_str!("rules/code.toml")),
    ("files.toml", include_str!("rules/files.toml")),
    ("services.toml", include_str!("rules/services.toml")),
];

/// So far a shape reaches from its word, in bytes, unless its rule says otherwise.
const REACH: usize = 512;

/// Below this many bits for each byte, what looks like a token is a placeholder.
const RANDOM: f64 = 2.5;

/// One thing to look for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable; baselines and comments name it.
    pub id: String,
    /// What is found, as a noun.
    pub title: String,
    /// One of them must be there. They count as written, or in any case with `fold`.
    pub keywords: Vec<String>,
    #[serde(default)]
    pub fold: bool,
    /// Where the word stands in the shape: at its beginning, or anywhere near.
    #[serde(default = "yes")]
    pub begins: bool,
    /// A regular expression. The group `secret` is the secret, else the first group, else all of it.
    pub shape: String,
    /// Where only files that hold settings are looked into.
    #[serde(default)]
    pub settings_only: bool,
    /// Only files of these names.
    #[serde(default)]
    pub names: Vec<String>,
    /// Bits for each byte the secret must have at least.
    #[serde(default = "random")]
    pub entropy: f64,
    /// In bytes, from the word on.
    #[serde(default = "reach")]
    pub reach: usize,
    /// May follow a letter or digit.
    #[serde(default)]
    pub glued: bool,
    /// The secret is base64 of a structure, such as a key, in which zeros make long rows of one letter.
    #[serde(default)]
    pub bytes: bool,
    /// Where it is revoked: a page, or a few words.
    #[serde(default)]
    pub revoke: Option<String>,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

fn yes() -> bool {
    true
}

fn random() -> f64 {
    RANDOM
}

fn reach() -> usize {
    REACH
}

impl Rule {
    /// The shape, ready to be tried; `None` when it is no regular expression, which the tests and [`Rules::read`] rule out.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.shape, self.begins).ok()).as_ref()
    }
}

fn compile(shape: &str, begins: bool) -> Result<Regex, regex::Error> {
    let anchored = if begins { format!("^(?:{shape})") } else { shape.to_owned() };
    RegexBuilder::new(&anchored).unicode(false).size_limit(1 << 20).dfa_size_limit(1 << 20).build()
}

/// Rules that are no data: they stand in code.
pub(super) const IN_CODE: &[&str] = &["assigned-secret", "env-file", "secret-file"];

/// A file may extend another, and that one a third.
const DEPTH: usize = 3;

/// All that is looked for, and what is let pass.
#[derive(Debug, Default)]
pub struct Rules {
    pub(super) all: Vec<Rule>,
    pub(super) foreign: Vec<Foreign>,
    pub(super) allowances: Allowances,
    /// Ids of rules that a file switches off, and whether there was one.
    pub(super) off: HashMap<String, bool>,
    pub(super) flaws: Vec<Finding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    rule: Vec<Rule>,
}

impl Rules {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// Never, as the tests hold; a file that cannot be read would be told like any other.
    pub fn own() -> Result<Self, AuditError> {
        let mut rules = Self::default();
        for (file, text) in OWN {
            rules.add(file, table(file, text)?)?;
        }
        Ok(rules)
    }

    /// Adds those of a file, in our own form or in that of gitleaks, and of the files it extends.
    ///
    /// # Errors
    /// When it cannot be read or is no file of rules. A rule that cannot be read is one of the [`flaws`](Self::flaws).
    pub fn read(&mut self, path: &Path) -> Result<(), AuditError> {
        let mut next = Some(path.to_owned());
        for _ in 0..DEPTH {
            let Some(path) = next.take() else { break };
            let file = path.display().to_string();
            let unreadable = |error: std::io::Error| AuditError::Unreadable {
                path: file.clone(),
                says: error.kind().to_string(),
            };
            let table = table(&file, &std::fs::read_to_string(&path).map_err(unreadable)?)?;
            if table.contains_key("rule") {
                self.brought(&file, table)?;
            } else {
                let wrong = |says| AuditError::Rules { file: file.clone(), says };
                let extends = gitleaks::read(self, &file, table).map_err(wrong)?;
                next = extends.map(|name| path.parent().unwrap_or(Path::new("")).join(name));
            }
        }
        let flaws = self.unmet().into_iter().map(|id| gitleaks::unmet(path, &id));
        self.flaws.extend(flaws.collect::<Vec<_>>());
        Ok(())
    }

    /// The file of gitleaks that `root`, a repository, keeps, when it does.
    ///
    /// # Errors
    /// As [`Rules::read`].
    pub fn read_of(&mut self, root: &Path) -> Result<(), AuditError> {
        gitleaks::place(root).map_or(Ok(()), |path| self.read(&path))
    }

    /// Somebody else's rules in our own form: a shape that is none is told before anything is looked at.
    fn brought(&mut self, file: &str, table: toml::Table) -> Result<(), AuditError> {
        let known = self.all.len();
        self.add(file, table)?;
        for rule in &self.all[known..] {
            if let Err(error) = compile(&rule.shape, rule.begins) {
                let says = plain(error.to_string().lines().last().unwrap_or_default());
                let says = format!("rule `{}`: {says}", plain(&rule.id));
                return Err(AuditError::Rules { file: file.to_owned(), says });
            }
        }
        Ok(())
    }

    fn add(&mut self, file: &str, table: toml::Table) -> Result<(), AuditError> {
        let page: Page = toml::Value::Table(table).try_into().map_err(|error| unread(file, &error))?;
        self.all.extend(page.rule);
        Ok(())
    }

    /// Adds one unless a file that was read before has it, too, or switched it off; it stands in for ours of that name.
    pub(super) fn bring(&mut self, rule: Foreign) {
        let known = self.foreign.iter().any(|other| other.id == rule.id);
        match self.off.get_mut(&rule.id) {
            Some(met) => *met = true,
            None if known => {}
            None => {
                self.all.retain(|own| own.id != rule.id);
                self.foreign.push(rule);
            }
        }
    }

    /// Ids that a file switches off although no rule has them; mistyped, or of another scanner.
    fn unmet(&self) -> Vec<String> {
        let ours = |id: &str| IN_CODE.contains(&id) || self.all.iter().any(|rule| rule.id == id);
        let unmet = |(id, met): (&String, &bool)| {
            (!met && !ours(id) && !ours(gitleaks::ours(id))).then(|| id.clone())
        };
        let mut unmet: Vec<String> = self.off.iter().filter_map(unmet).collect();
        unmet.sort();
        unmet
    }

    /// Pages where what a rule finds is revoked, by its id; for some there are only words.
    pub(super) fn pages(&self) -> BTreeMap<String, String> {
        let page = |rule: &Rule| {
            let page = rule.revoke.clone().filter(|place| place.starts_with("https://"))?;
            Some((plain(&rule.id), plain(&page)))
        };
        self.all.iter().filter_map(page).collect()
    }

    pub fn all(&self) -> &[Rule] {
        &self.all
    }

    /// What could not be read, rule by rule.
    pub fn flaws(&self) -> &[Finding] {
        &self.flaws
    }
}

fn table(file: &str, text: &str) -> Result<toml::Table, AuditError> {
    text.parse().map_err(|error| unread(file, &error))
}

fn unread(file: &str, error: &toml::de::Error) -> AuditError {
    AuditError::Rules { file: file.to_owned(), says: plain(error.message()) }
}

#[cfg(test)]
pub(super) mod cases;
#[cfg(test)]
mod near_misses;
#[cfg(test)]
pub(super) mod tests;
