//! What would change, as people and scripts see it: names, origins and masks.
//!
//! The rule: a preview holds no secret. Plain configuration (`secret = false` in the profile) is shown as it
//! is, stripped of control sequences; everything else is a mask.

use std::fmt;

use serde::Serialize;

use super::Report;
use crate::envfile::guard;
use crate::finding::Finding;
use crate::resolve::Origin;
use crate::secret::Mask;

/// Version of the JSON form.
pub const PREVIEW_VERSION: u32 = 1;

/// The masked form of one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Preview {
    pub version: u32,
    pub profile: String,
    pub environment: String,
    pub files: Vec<FilePreview>,
    /// What stands in the way, or should be known, beyond a single file.
    pub findings: Vec<Finding>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FilePreview {
    /// Relative to the project, with `/`.
    pub path: String,
    /// The service whose file it is; `None` for `.gitignore`.
    pub service: Option<String>,
    pub state: FileState,
    pub lines: Vec<Line>,
    /// What stands in the way of this file, or should be known about it.
    pub findings: Vec<Finding>,
}

/// What would happen to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    Create,
    Update,
    Unchanged,
    /// Not written; the findings say why.
    Refused,
}

impl FileState {
    pub fn writes(self) -> bool {
        matches!(self, Self::Create | Self::Update)
    }
}

impl fmt::Display for FileState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        })
    }
}

/// One variable, or one line of a `.gitignore`, in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The variable; for `.gitignore` the pattern.
    pub name: String,
    pub change: Change,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Shown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Why it is so, or what to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What happens to one variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    Add,
    Replace,
    Same,
    /// Edited by hand: it stays as it is.
    Keep,
    /// Edited by hand, and its source has changed too: it stays until somebody settles it.
    Conflict,
    /// Written by us once, and no longer in the profile: it stays unless it is pruned.
    Stale,
    Remove,
    /// There is no value to write.
    Lack,
    /// No form of it is read alike by all readers of the file.
    Refuse,
}

impl Change {
    /// One character for a diff. Always shown beside the word.
    pub fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Replace => '~',
            Self::Same | Self::Keep => '=',
            Self::Conflict => '?',
            Self::Stale | Self::Lack => '·',
            Self::Remove => '-',
            Self::Refuse => '!',
        }
    }

    pub fn writes(self) -> bool {
        matches!(self, Self::Add | Self::Replace | Self::Remove)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Add => "add",
            Self::Replace => "replace",
            Self::Same => "same",
            Self::Keep => "keep",
            Self::Conflict => "conflict",
            Self::Stale => "stale",
            Self::Remove => "remove",
            Self::Lack => "lack",
            Self::Refuse => "refuse",
        })
    }
}

/// How a value is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    Masked(Mask),
    /// Plain configuration.
    Plain(String),
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Masked(mask) => mask.fmt(f),
            Self::Plain(text) => f.write_str(text),
        }
    }
}

impl Preview {
    /// Files that would be written.
    pub fn to_write(&self) -> usize {
        self.files.iter().filter(|file| file.state.writes()).count()
    }

    /// "Write 2 files?", and for which environment, where that is not the usual one.
    pub fn question(&self) -> String {
        let count = self.to_write();
        let files = format!("{count} {}", if count == 1 { "file" } else { "files" });
        match self.environment.as_str() {
            "development" => format!("Write {files}?"),
            other => format!("Write {files} for {}?", other.to_uppercase()),
        }
    }

    /// Whether it is about a value that a person typed.
    pub fn is_by_hand(&self) -> bool {
        let lines = || self.files.iter().flat_map(|file| &file.lines);
        lines().any(|line| {
            matches!(line.change, Change::Add | Change::Replace) && line.origin == Some(Origin::File)
        })
    }

    /// Forgets what is no longer so once `report` has come of it: what was written is readable by its owner alone.
    pub fn settle(&mut self, report: &Report) {
        let written = |path: &str| report.files.iter().any(|file| file.path == path && file.written > 0);
        for file in self.files.iter_mut().filter(|file| written(&file.path)) {
            file.findings.retain(|finding| finding.code != guard::READABLE);
        }
    }

    /// Variables both sides have changed, by name, each once.
    pub fn conflicts(&self) -> Vec<&str> {
        let lines = self.files.iter().flat_map(|file| &file.lines);
        let mut names: Vec<&str> =
            lines.filter(|line| line.change == Change::Conflict).map(|line| line.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Something would be written, or waits to be settled.
    pub fn drifts(&self) -> bool {
        self.to_write() > 0 || !self.conflicts().is_empty()
    }

    /// Findings of the plan and of every file.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.files.iter().flat_map(|file| &file.findings))
    }

    /// "2 files to create, 1 to update, 2 unchanged".
    pub fn verdict(&self) -> String {
        let count = |state| self.files.iter().filter(|file| file.state == state).count();
        let parts: Vec<String> = [
            (count(FileState::Create), "to create"),
            (count(FileState::Update), "to update"),
            (count(FileState::Unchanged), "unchanged"),
            (count(FileState::Refused), "refused"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
        match parts.split_first() {
            None => "no files".to_owned(),
            Some((first, rest)) => {
                let noun = if first.starts_with("1 ") { "file" } else { "files" };
                let first = first.replacen(' ', &format!(" {noun} "), 1);
                std::iter::once(first).chain(rest.iter().cloned()).collect::<Vec<_>>().join(", ")
            }
        }
    }
}
