//! What each finding's code means, at more length than a finding has room for.
//!
//! The texts are the pages in `codes/`, one for each family, in Markdown so that they read as well there as in a
//! terminal. The rule: every code in the source has an entry and every entry is used;
//! `tests/architecture/codes.rs` holds it. Nothing here knows a profile, so it works where nothing else does.

mod page;
mod pages;

use std::sync::LazyLock;

use serde::Serialize;

use crate::finding::Remedy;

pub use page::{Fault, parse};
pub use pages::PAGES;

/// One code, explained. Texts may hold code spans in backticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Such as `DS-SSO-03`.
    pub code: &'static str,
    pub title: &'static str,
    /// What it means, in a few sentences.
    pub means: String,
    /// The usual ones, likeliest first.
    pub causes: Vec<String>,
    /// What to do, in this order.
    pub next: Vec<Remedy>,
    /// How to see that it is solved.
    pub solved: String,
}

/// The codes of one part of the product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Family {
    /// Such as `DS-SSO`.
    pub name: &'static str,
    pub title: &'static str,
    #[serde(rename = "codes")]
    pub entries: Vec<Entry>,
}

/// Read once: a screen that explains what is under its cursor asks with every frame.
static READ: LazyLock<Vec<Family>> = LazyLock::new(|| PAGES.iter().map(|(_, text)| parse(text).0).collect());

/// All of it, in the order of [`PAGES`].
pub fn catalogue() -> Vec<Family> {
    READ.clone()
}

/// The entry of a code, however it was typed: `DS-SSO-03`, `ds-sso-3`, `sso-3`.
pub fn entry(asked: &str) -> Option<Entry> {
    let code = canonical(asked)?;
    READ.iter().flat_map(|family| &family.entries).find(|entry| entry.code == code).cloned()
}

/// The family of that name: `DS-SSO`, `sso`.
pub fn family(asked: &str) -> Option<Family> {
    let asked = asked.to_ascii_uppercase();
    let name = asked.strip_prefix("DS-").unwrap_or(&asked);
    catalogue().into_iter().find(|family| family.name.strip_prefix("DS-") == Some(name))
}

/// `sso-3` is `DS-SSO-03`. `None` for what is not made like a code.
pub fn canonical(asked: &str) -> Option<String> {
    let asked = asked.trim().trim_matches(['[', ']']).to_ascii_uppercase();
    let (family, number) = asked.strip_prefix("DS-").unwrap_or(&asked).rsplit_once('-')?;
    let number: u8 = number.parse().ok()?;
    let is_name = !family.is_empty() && family.chars().all(|c| c.is_ascii_uppercase());
    is_name.then(|| format!("DS-{family}-{number:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        for asked in ["DS-SSO-03", "ds-sso-3", "sso-03", " [DS-SSO-03]"] {
            assert_eq!(entry(asked).map(|entry| entry.code), Some("DS-SSO-03"), "{asked}");
        }
        for asked in ["", "sso", "DS-SSO-", "DS--03", "DS-SSO-99", "JWT_SECRET", "sso-999", "-1"] {
            assert_eq!(entry(asked), None, "{asked}");
        }
    }

    #[test]
    fn a_family_is_found_by_its_short_name() {
        assert_eq!(family("sso").map(|family| family.name), Some("DS-SSO"));
        assert_eq!(family("DS-STORE").map(|family| family.name), Some("DS-STORE"));
        assert_eq!(family("DS-SSO-03"), None);
    }
}
