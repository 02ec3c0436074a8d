//! Rules that a project brings along, as gitleaks means them.
//!
//! An expression is tried on all of a text once one of the rule's words is in it: where the word stands says nothing. That
//! costs more than our own rules do, and is what their authors wrote them for.

use regex::bytes::Regex;

use super::randomness::entropy;

/// One of them.
#[derive(Debug)]
pub(super) struct Foreign {
    pub id: String,
    pub title: String,
    /// Only files whose path it matches; without an expression the file itself is the finding.
    pub path: Option<Regex>,
    pub regex: Option<Regex>,
    /// The group that is the secret; 0: the first that is not empty, else all of it.
    pub group: usize,
    /// Bits for each byte the secret must exceed; 0: it does not matter.
    pub entropy: f64,
    /// In small letters; without any it is tried on every text.
    pub keywords: Vec<String>,
}

/// A secret, and all that the expression matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub start: usize,
    pub end: usize,
    pub matched: (usize, usize),
}

impl Foreign {
    pub fn is_for(&self, path: &str) -> bool {
        self.path.as_ref().is_none_or(|regex| regex.is_match(path.as_bytes()))
    }

    /// The file is the finding, whatever it holds.
    pub fn names_files(&self) -> bool {
        self.regex.is_none()
    }

    /// Every secret it sees in `text`.
    pub fn look<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = Place> + 'a {
        let all = self.regex.iter().flat_map(|regex| regex.captures_iter(text));
        all.filter_map(|groups| {
            let whole = groups.get(0)?;
            let first = || groups.iter().skip(1).flatten().find(|group| !group.is_empty());
            let secret = match self.group {
                0 => first().unwrap_or(whole),
                group => groups.get(group)?,
            };
            let random = self.entropy == 0.0 || entropy(secret.as_bytes()) > self.entropy;
            let place =
                Place { start: secret.start(), end: secret.end(), matched: (whole.start(), whole.end()) };
            (random && !secret.is_empty()).then_some(place)
        })
    }
}
