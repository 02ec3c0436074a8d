//! What a check is: a code, a title, what it needs to see, and a way of looking.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Cure, Evidence, Patient, Project};
use crate::finding::{Finding, Remedy, Severity};
use crate::seed::Spot;

/// One thing that can be wrong.
#[derive(Clone, Copy)]
pub struct Check {
    /// Stable, as in `explain CODE`.
    pub code: &'static str,
    pub group: Group,
    /// How much it matters when it is so.
    pub severity: Severity,
    /// What should be so, as one clause: "env files are private".
    pub title: &'static str,
    /// Whether it can mend what it finds, as a rule.
    pub cures: bool,
    pub look: Look,
    /// The fault that makes it speak up, for the test that tries every check.
    #[cfg(test)]
    pub sow: fn(&mut super::fixtures::World),
}

/// Where a check belongs; the order is the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    Machine,
    SignIn,
    Profile,
    Store,
    Files,
    Values,
    Deploy,
    Tokens,
    State,
}

impl Group {
    pub const ALL: [Self; 9] = [
        Self::Machine,
        Self::SignIn,
        Self::Profile,
        Self::Store,
        Self::Files,
        Self::Values,
        Self::Deploy,
        Self::Tokens,
        Self::State,
    ];

    /// Its word in `--only`, `--skip` and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::SignIn => "sign-in",
            Self::Profile => "profile",
            Self::Store => "store",
            Self::Files => "files",
            Self::Values => "values",
            Self::Deploy => "deploy",
            Self::Tokens => "tokens",
            Self::State => "state",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What a check has to see, and how it looks at it.
#[derive(Clone, Copy)]
pub enum Look {
    /// This machine alone. Works whatever is broken.
    Machine(fn(&Patient<'_>) -> Answer),
    /// A profile that could be read.
    Project(fn(&Patient<'_>, &Project<'_>) -> Answer),
    /// What every source said about every variable.
    Values(fn(&Patient<'_>, &Project<'_>, &Evidence<'_>) -> Answer),
    /// A call over the network, with a deadline of its own.
    Network(for<'a> fn(&'a Patient<'a>, &'a Project<'a>) -> Pending<'a>),
}

/// An answer on its way.
pub type Pending<'a> = Pin<Box<dyn Future<Output = Answer> + 'a>>;

/// Everything that is wrong, or why nobody can tell.
pub type Answer = Result<Vec<Trouble>, Unable>;

/// Why a check could not look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unable {
    /// It has nothing to look at here, such as a sign-in check without a sign-in.
    NotHere,
    /// It would have looked, and could not.
    Because(String),
}

/// One thing that is wrong. Value-free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The file, variable or session it is about.
    pub subject: String,
    /// The evidence, as one clause.
    pub says: String,
    pub remedy: Remedy,
    /// What we can do about it ourselves.
    pub cure: Option<Cure>,
    /// The one variable it is about.
    pub about: Option<Spot>,
}

impl Trouble {
    pub fn new(subject: impl Into<String>, says: impl Into<String>, remedy: Remedy) -> Self {
        Self { subject: subject.into(), says: says.into(), remedy, cure: None, about: None }
    }

    /// About one variable of one service.
    pub fn of(service: &str, variable: &str, says: impl Into<String>, remedy: Remedy) -> Self {
        let about = Some(Spot::of(service, variable));
        Self { about, ..Self::new(format!("{service} · {variable}"), says, remedy) }
    }

    #[must_use]
    pub fn cured_by(self, cure: Cure) -> Self {
        Self { cure: Some(cure), ..self }
    }
}

/// What another room has found already.
impl From<Finding> for Trouble {
    fn from(finding: Finding) -> Self {
        Self::new(finding.subject, finding.says, finding.remedy)
    }
}
