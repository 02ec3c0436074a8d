//! Which checks are asked for, and what they need.

use super::{Check, Checked, Group, Look, Outcome, checks};
use crate::finding::Severity;
use crate::seed::Spot;

/// Which checks are asked for.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Codes, groups, or `SERVICE/VARIABLE` for what is wrong about one variable; empty: all.
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
        let spots = self.spots();
        for name in self.only.iter().filter(|name| !is_spot(name)).chain(&self.skip) {
            if !checks::ALL.iter().any(|check| is(check, name))
                && !Group::ALL.iter().any(|g| g.word() == name)
            {
                return Err(UnknownCheck { name: name.clone() });
            }
        }
        let wanted = |check: &&&Check| {
            let named = |names: &[String]| names.iter().any(|name| is(check, name));
            let about_one = !spots.is_empty() && check.tells_of_one();
            (self.only.is_empty() || named(&self.only) || about_one) && !named(&self.skip)
        };
        Ok(checks::ALL.iter().filter(wanted).copied().collect())
    }

    /// The variables asked about.
    pub fn spots(&self) -> Vec<Spot> {
        let named = self.only.iter().filter(|name| is_spot(name));
        named.filter_map(|name| name.parse().ok()).collect()
    }

    /// What `checked` says about the variables asked about, where it was not asked for by its own name.
    pub(crate) fn narrowed(&self, mut checked: Checked) -> Checked {
        let spots = self.spots();
        let named = |name: &String| name.eq_ignore_ascii_case(checked.code) || name == checked.group.word();
        if spots.is_empty() || self.only.iter().any(named) {
            return checked;
        }
        let before = checked.problems.len();
        checked.problems.retain(|problem| problem.about.as_ref().is_some_and(|spot| spots.contains(spot)));
        if before > 0 && checked.problems.is_empty() {
            checked.outcome = Outcome::Good;
        }
        checked
    }
}

/// No code and no group has a slash.
fn is_spot(name: &str) -> bool {
    name.contains('/')
}

fn is(check: &Check, name: &str) -> bool {
    check.code.eq_ignore_ascii_case(name) || check.group.word() == name
}

/// What lies with the shell a command is started from (exported keys and profiles), with a store or with a person who has
/// not given a value or token yet: no file here would mend it.
const ELSEWHERE: [&str; 4] = ["DS-SSO-42", "DS-SSO-47", "DS-VALUE-01", "DS-TOKEN-05"];

impl Check {
    /// True when what it finds may be about one variable.
    fn tells_of_one(&self) -> bool {
        matches!(self.look, Look::Values(_)) && matches!(self.group, Group::Values | Group::Files)
    }

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
