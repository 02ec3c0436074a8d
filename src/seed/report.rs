//! What happened, file by file. Partial failure is a result, not an error.

use schemars::JsonSchema;
use serde::Serialize;

use super::Preview;
use crate::finding::Finding;

/// Version of the JSON form.
pub const REPORT_VERSION: u32 = 1;

/// The outcome of applying one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Report {
    pub version: u32,
    pub profile: String,
    pub environment: String,
    pub files: Vec<FileReport>,
    /// What should be known beyond a single file.
    pub findings: Vec<Finding>,
}

/// The outcome of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FileReport {
    /// Relative to the project, with `/`.
    pub path: String,
    pub service: Option<String>,
    pub outcome: FileOutcome,
    /// Variables added or replaced.
    pub written: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileOutcome {
    Created,
    Updated,
    Unchanged,
    /// Brought back to what it was, by undoing.
    Restored,
    /// Taken away by undoing: there was none before.
    Removed,
    /// Refused at planning.
    Refused,
    /// Writing failed; the file is as it was.
    Failed,
}

impl std::fmt::Display for FileOutcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Restored => "restored",
            Self::Removed => "removed",
            Self::Refused => "refused",
            Self::Failed => "failed",
        })
    }
}

impl Report {
    /// Of a plan without files, which there is no need to apply.
    pub fn of_nothing(preview: &Preview) -> Self {
        let (profile, environment) = (preview.profile.clone(), preview.environment.clone());
        Self { version: REPORT_VERSION, profile, environment, files: Vec::new(), findings: Vec::new() }
    }

    /// True when a file is not what it was before.
    pub fn changed(&self) -> bool {
        let is_new = |outcome| matches!(outcome, FileOutcome::Created | FileOutcome::Updated);
        self.files.iter().any(|file| is_new(file.outcome))
    }

    pub fn is_clean(&self) -> bool {
        !self.files.iter().any(|file| matches!(file.outcome, FileOutcome::Refused | FileOutcome::Failed))
    }

    /// Findings of the whole and of every file.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.files.iter().filter_map(|file| file.finding.as_ref()))
    }

    /// Files that undoing brought back to what they were.
    pub fn taken_back(&self) -> usize {
        self.count(FileOutcome::Restored) + self.count(FileOutcome::Removed)
    }

    pub fn count(&self, outcome: FileOutcome) -> usize {
        self.files.iter().filter(|file| file.outcome == outcome).count()
    }
}
