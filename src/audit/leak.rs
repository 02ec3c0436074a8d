//! One thing found: a rule, a place, how long it is, and what to do. Never what it says.
//!
//! A [`Leak`] is the value-free twin of a hit in the bytes. It is made in one function, so that nothing else has to be
//! trusted to leave the value out; text of paths loses what a terminal would obey.

use serde::Serialize;

use super::own::OwnName;
use crate::finding::{Finding, Remedy};
use crate::secret::Fingerprint;

/// A token or key that is known by its shape.
pub const PATTERN: &str = "DS-AUDIT-01";
/// A value that is known to be a secret of this machine's projects.
pub const OWN: &str = "DS-AUDIT-02";
/// Git keeps an env file with values in it.
pub const ENV_FILE: &str = "DS-AUDIT-03";
/// Git keeps a data file that is named after secrets.
pub const SECRET_FILE: &str = "DS-AUDIT-04";
/// A name that speaks of a secret is given a value that looks random.
pub const GENERIC: &str = "DS-AUDIT-05";

/// Something that must not stand where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leak {
    pub code: &'static str,
    /// Id of the rule, such as `github-token`.
    pub rule: String,
    /// What it is, as a noun.
    pub title: String,
    /// The file, relative to the root of what was scanned, with `/`.
    pub path: String,
    /// The commit that brought it in, when history was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// From 1.
    pub line: usize,
    /// In bytes, from 1.
    pub column: usize,
    /// Of what is hidden, in bytes; 0 when it is the whole file.
    pub length: usize,
    /// Whose value it is, when it is a known one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnName>,
    #[serde(rename = "next")]
    pub remedy: Remedy,
    /// By rule and value, under the baseline's key. Told only where there is a baseline, for without a key of its own it
    /// would let anybody check a guess.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
}

impl Leak {
    /// `path:line:column`, as editors and terminals take it.
    pub fn place(&self) -> String {
        let commit = self.commit.as_deref().map(|commit| format!("{}:", short(commit))).unwrap_or_default();
        format!("{commit}{}:{}:{}", self.path, self.line, self.column)
    }

    /// What was found, with the extent of what is hidden.
    pub fn says(&self) -> String {
        match self.length {
            0 => self.title.clone(),
            length => format!("{}, •••••••• ({length} bytes)", self.title),
        }
    }

    /// The same as all other findings are told.
    pub fn finding(&self) -> Finding {
        Finding::error(self.code, self.place(), self.says(), self.remedy.clone())
    }
}

/// As git abbreviates it.
fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
