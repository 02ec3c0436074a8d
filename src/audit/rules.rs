//! What is looked for, as data: the rules in `rules/*.toml`, each with the shape its vendor documents.
//!
//! A rule has words that must be there ([`Rule::keywords`]) and a shape that begins with the word; so the one search for
//! all words leads straight to the few bytes a shape is tried on. Shapes are compiled when they are first needed, on
//! bytes, without Unicode.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};
use serde::Deserialize;

use super::AuditError;

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
    /// The shape, ready to be tried; `None` when it is no regular expression, which [`Rules::own`]'s tests and
    /// [`Rules::add`] rule out.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.shape, self.begins).ok()).as_ref()
    }
}

fn compile(shape: &str, begins: bool) -> Result<Regex, regex::Error> {
    let anchored = if begins { format!("^(?:{shape})") } else { shape.to_owned() };
    RegexBuilder::new(&anchored).unicode(false).size_limit(1 << 20).dfa_size_limit(1 << 20).build()
}

/// All that is looked for.
#[derive(Debug, Default)]
pub struct Rules {
    pub(super) all: Vec<Rule>,
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
            rules.add(file, text)?;
        }
        Ok(rules)
    }

    /// Adds the rules of a file in our own form.
    fn add(&mut self, file: &str, text: &str) -> Result<(), AuditError> {
        let page: Page = toml::from_str(text).map_err(|error| {
            let says = crate::secret::plain(error.message());
            AuditError::Rules { file: file.to_owned(), says }
        })?;
        self.all.extend(page.rule);
        Ok(())
    }

    pub fn all(&self) -> &[Rule] {
        &self.all
    }
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod tests;
