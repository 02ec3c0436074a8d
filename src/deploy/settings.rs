//! Names and values that a deploy file sets, whatever it is written in.

use std::path::Path;

use super::{toml, yaml};
use crate::secret::SecretValue;

/// A file of this size deploys nothing; it is generated, or not what its name says.
const LARGEST: u64 = 1024 * 1024;

/// One name with its value. The value stays where it is: ask it with `expose_to`.
#[derive(Clone, Debug)]
pub struct Setting {
    pub name: String,
    pub value: SecretValue,
    /// Counted from 1.
    pub line: usize,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("it is not there")]
    NotThere,
    #[error("it cannot be read")]
    NoAccess,
    #[error("it is larger than 1 MiB")]
    TooLarge,
    #[error("line {line}: {says}")]
    Syntax { line: usize, says: String },
}

/// Everything `path` sets, in the order of the file. Files in other languages set nothing we know of.
///
/// # Errors
/// When it cannot be read, or not as what its name says it is.
pub fn settings(path: &Path) -> Result<Vec<Setting>, Unreadable> {
    let about = std::fs::metadata(path).map_err(|_| Unreadable::NotThere)?;
    if about.is_dir() {
        return Ok(Vec::new());
    }
    if about.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    let text = std::fs::read_to_string(path).map_err(|_| Unreadable::NoAccess)?;
    match path.extension().and_then(|end| end.to_str()) {
        // JSON is YAML (YAML 1.2 §1.2).
        Some("yaml" | "yml" | "json") => yaml::settings(&text),
        Some("toml") => toml::settings(&text),
        _ => Ok(Vec::new()),
    }
}

/// `NAME=value`, as lists and flags have it, also several with commas between them.
pub(super) fn assignments(text: &str, line: usize) -> Vec<Setting> {
    let text = match text.strip_prefix("--") {
        Some(flag) => flag.split_once('=').map_or("", |(_, rest)| rest),
        None => text,
    };
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let pairs = text.split(',').filter_map(|part| part.split_once('='));
    pairs
        .filter(|(name, _)| is_name(name.trim()))
        .map(|(name, value)| Setting {
            name: name.trim().to_owned(),
            value: SecretValue::new(value.trim()),
            line,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_flags_assign() {
        let names =
            |text: &str| assignments(text, 1).into_iter().map(|setting| setting.name).collect::<Vec<_>>();
        assert_eq!(names("JWT_SECRET=x"), ["JWT_SECRET"]);
        assert_eq!(names("--set-env-vars=A=1,B=2"), ["A", "B"]);
        assert_eq!(names("--quiet"), Vec::<String>::new());
        assert_eq!(names("echo hello world"), Vec::<String>::new());
    }
}
