//! Which checks are asked for, and what they need.

use super::{Check, Group, Look, checks};
use crate::finding::Severity;

/// Which checks are asked for.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Codes or groups; empty: all.
    pub only: Vec<String>,
    /// Codes or groups to leave out.
    pub skip: Vec<String>,
}

/// A name in a selection that is no check and no group.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no check and no group of checks")]
pub struct UnknownCheck {
    pub name: String,
}

impl Selection {
    /// # Errors
    /// On the first name that is neither a code nor a group.
    pub fn checks(&self) -> Result<Vec<&'static Check>, UnknownCheck> {
        for name in self.only.iter().chain(&self.skip) {
            if !checks::ALL.iter().any(|check| is(check, name))
                && !Group::ALL.iter().any(|g| g.word() == name)
            {
                return Err(UnknownCheck { name: name.clone() });
            }
        }
        let wanted = |check: &&&Check| {
            let named = |names: &[String]| names.iter().any(|name| is(check, name));
            (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
        };
        Ok(checks::ALL.iter().filter(wanted).copied().collect())
    }
}

fn is(check: &Check, name: &str) -> bool {
    check.code.eq_ignore_ascii_case(name) || check.group.word() == name
}

/// What lies with the shell a command is started from (exported keys and profiles), with a store or with a person who has
/// not given a value or token yet: no file here would mend it.
const ELSEWHERE: [&str; 4] = ["DS-SSO-42", "DS-SSO-47", "DS-VALUE-01", "DS-TOKEN-05"];

impl Check {
    /// True when it can look at once, without asking any source.
    pub fn is_quick(&self) -> bool {
        matches!(self.look, Look::Machine(_) | Look::Project(_))
    }

    /// True when only somebody over the network can tell.
    pub fn is_network(&self) -> bool {
        matches!(self.look, Look::Network(_)) || self.group == Group::Store
    }

    /// True when what fails are files on this machine. What is only worth knowing does not fail.
    pub fn fails_here(&self) -> bool {
        let elsewhere = self.is_network() || self.group == Group::Machine || ELSEWHERE.contains(&self.code);
        !elsewhere && self.severity > Severity::Note
    }
}
