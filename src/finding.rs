//! What every check, plan and diagnosis returns: something is so, and here is the next step.
//!
//! A finding is value-free by construction (it is made of names and sentences) and the same in
//! the terminal UI, in text and in JSON. Codes are stable: scripts and `explain` rely on them.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

/// How much a finding matters. Only [`Severity::Error`] makes a command exit with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// The next step, in words and, where there is one, as a command to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Remedy {
    pub says: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

impl Remedy {
    pub fn says(text: impl Into<String>) -> Self {
        Self { says: text.into(), command: None }
    }

    pub fn run(text: impl Into<String>, command: impl Into<String>) -> Self {
        Self { says: text.into(), command: Some(command.into()) }
    }
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.command {
            Some(command) => write!(f, "{}: {command}", self.says),
            None => f.write_str(&self.says),
        }
    }
}

/// One diagnosed thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// Stable code such as `DS-FILE-02`.
    pub code: &'static str,
    pub severity: Severity,
    /// What it is about: a service, a variable, a file. Never a value.
    pub subject: String,
    /// What is so, as one clause without a final period.
    pub says: String,
    pub remedy: Remedy,
}

impl Finding {
    pub fn error(
        code: &'static str,
        subject: impl Into<String>,
        says: impl Into<String>,
        remedy: Remedy,
    ) -> Self {
        Self { code, severity: Severity::Error, subject: subject.into(), says: says.into(), remedy }
    }

    pub fn warning(
        code: &'static str,
        subject: impl Into<String>,
        says: impl Into<String>,
        remedy: Remedy,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, subject, says, remedy) }
    }

    pub fn note(
        code: &'static str,
        subject: impl Into<String>,
        says: impl Into<String>,
        remedy: Remedy,
    ) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, subject, says, remedy) }
    }
}
