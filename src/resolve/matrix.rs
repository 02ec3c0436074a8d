//! The value-free table services × variables: what every face shows.
//!
//! The rule: nothing in here can hold a secret, so it may be drawn, printed and serialised freely. It is made
//! from [`Resolutions`](super::Resolutions) and nothing else, so the terminal UI, text and JSON cannot disagree.

use std::fmt;

use serde::Serialize;
use time::OffsetDateTime;

use super::{Origin, Try, Unwritten};
use crate::envfile::guard;
use crate::finding::Finding;
use crate::profile::Need;

/// Version of the JSON form. Raised when a field changes its meaning or goes.
pub const MATRIX_VERSION: u32 = 1;

/// Every service in scope with its variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matrix {
    pub version: u32,
    pub profile: String,
    pub title: String,
    pub environment: String,
    /// Services that have all they require, of all in scope.
    pub ready: usize,
    pub services: Vec<ServiceRow>,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceRow {
    pub service: String,
    pub about: Option<String>,
    /// Its folder, relative to the project.
    pub path: String,
    /// Its env file, relative to the project; `None` when it uses `run`.
    pub env_file: Option<String>,
    pub ready: bool,
    /// What keeps it from starting, whatever its variables are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
    /// How to start it.
    pub start: Option<String>,
    pub cells: Vec<Cell>,
}

impl ServiceRow {
    /// `cd backend && npm run dev`, or by `run` where its env file does not have all it needs.
    pub fn start_line(&self, has_its_file: bool) -> String {
        let command = match &self.start {
            Some(start) if has_its_file => start.clone(),
            Some(start) => format!("devsecrets run -s {} -- {start}", self.service),
            None => return format!("ready in {}", self.path),
        };
        match self.path.as_str() {
            "" | "." => command,
            path => format!("cd {path} && {command}"),
        }
    }

    /// The first thing that keeps it from starting, and what to do about it.
    pub fn first_open(&self) -> String {
        let first = self.cells.iter().find(|cell| cell.status.stops());
        first.map_or_else(String::new, |cell| match &cell.next {
            Some(next) => format!("{} {}: {next}", cell.variable, cell.status),
            None => format!("{} {}", cell.variable, cell.status),
        })
    }
}

/// Something a service lacks that is no variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Obstacle {
    /// What it is about: "folder api", "store aws".
    pub what: String,
    /// What is so, as one clause.
    pub says: String,
    pub next: String,
}

/// One variable of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    pub variable: String,
    pub about: Option<String>,
    pub need: Need,
    pub secret: bool,
    pub status: Status,
    /// Where the value came from, when there is one.
    pub origin: Option<Origin>,
    /// The place within the origin: a secret's id, a file, a recipe.
    pub at: Option<String>,
    /// Since when the value stands there, where that is known.
    #[serde(with = "time::serde::rfc3339::option")]
    pub since: Option<OffsetDateTime>,
    /// When the copy was made, where one stands in for a store out of reach.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub cached: Option<OffsetDateTime>,
    /// Sources whose other value this one hides.
    pub hides: Vec<Origin>,
    /// Why its env file does not say it, where that is ours to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unwritten: Option<Unwritten>,
    /// What is wrong, when something is.
    pub problem: Option<String>,
    /// The one next step, when one is needed.
    pub next: Option<String>,
    /// Sources asked before the one that decided, or all of them.
    pub tried: Vec<Try>,
}

/// How a variable stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// There is a value and it keeps the rules.
    Ready,
    /// Required, and no source has it.
    Missing,
    /// Required, and a source that may have it could not be read.
    Blocked,
    /// There is a value and it breaks a rule.
    Invalid,
    /// Optional, and not set.
    Unset,
    /// Must not be here, and is.
    Forbidden,
    /// Must not be here, and is not.
    Absent,
}

impl Status {
    /// True when the service cannot start like this.
    pub fn stops(self) -> bool {
        matches!(self, Self::Missing | Self::Blocked | Self::Invalid | Self::Forbidden)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ready => "ready",
            Self::Missing => "missing",
            Self::Blocked => "blocked",
            Self::Invalid => "invalid",
            Self::Unset => "unset",
            Self::Forbidden => "forbidden",
            Self::Absent => "absent",
        })
    }
}

impl Matrix {
    /// "3 of 5 services ready".
    pub fn verdict(&self) -> String {
        let total = self.services.len();
        let noun = if total == 1 { "service" } else { "services" };
        format!("{} of {total} {noun} ready", self.ready)
    }

    pub fn all_ready(&self) -> bool {
        self.ready == self.services.len()
    }

    /// Names of all variables in the order services first name them: the rows of a grid.
    pub fn variables(&self) -> Vec<&str> {
        let mut seen = std::collections::BTreeSet::new();
        let cells = self.services.iter().flat_map(|row| &row.cells);
        cells.map(|cell| cell.variable.as_str()).filter(|name| seen.insert(*name)).collect()
    }
}

impl Obstacle {
    /// The service's folder, relative to the project, is not there.
    pub fn no_folder(path: &str) -> Self {
        let finding = guard::no_folder(path, false);
        Self { what: format!("folder {path}"), says: finding.says, next: finding.remedy.to_string() }
    }

    /// A file or a store, as a finding tells of it.
    pub(super) fn unusable(kind: &str, finding: &Finding) -> Self {
        let Finding { subject, says, remedy, .. } = finding;
        Self { what: format!("{kind} {subject}"), says: says.clone(), next: remedy.to_string() }
    }
}

impl Cell {
    /// In a word or two, for where it stands beside others: the origin, the status, or what kept a source from telling.
    pub fn in_short(&self) -> String {
        match (self.status, &self.origin, self.unseen()) {
            (Status::Ready, Some(origin), _) => origin.to_string(),
            (_, _, Some(tried)) => tried.why.in_short().to_owned(),
            (status, ..) => status.to_string(),
        }
    }

    /// True when it has no value here, and a source that may well have one could not tell.
    pub fn is_unseen(&self) -> bool {
        self.unseen().is_some()
    }

    fn unseen(&self) -> Option<&Try> {
        let open = matches!(self.status, Status::Blocked | Status::Unset);
        self.tried.iter().find(|tried| open && tried.why.is_inconclusive())
    }
}

impl ServiceRow {
    pub fn cell(&self, variable: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.variable == variable)
    }
}
