//! What the checks found, as people and scripts see it.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Check, Cure, Group};
use crate::finding::{Finding, Severity};

/// Version of the JSON form.
pub const DIAGNOSIS_VERSION: u32 = 1;

/// Every check that was asked for, in the order of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnosis {
    pub version: u32,
    /// "5 of 7 services ready"; absent when there was no profile to tell by.
    pub readiness: Option<String>,
    pub checks: Vec<Checked>,
}

/// One check and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Checked {
    pub code: &'static str,
    pub group: Group,
    pub title: &'static str,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// Why it could not look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_checked: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Good,
    Bad,
    NotChecked,
    /// There is nothing of the kind here.
    NotHere,
}

/// One thing that is wrong, and what we can do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    #[serde(flatten)]
    pub finding: Finding,
    /// What `--fix` would do about it, in words; paths inside the project start at its folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// The same as data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<Cure>,
}

impl Checked {
    pub(super) fn of(check: &Check, answer: super::Answer) -> Self {
        let (outcome, problems, not_checked) = match answer {
            Ok(troubles) if troubles.is_empty() => (Outcome::Good, Vec::new(), None),
            Ok(troubles) => {
                (Outcome::Bad, troubles.into_iter().map(|one| Problem::of(check, one)).collect(), None)
            }
            Err(super::Unable::NotHere) => (Outcome::NotHere, Vec::new(), None),
            Err(super::Unable::Because(why)) => (Outcome::NotChecked, Vec::new(), Some(why)),
        };
        Self { code: check.code, group: check.group, title: check.title, outcome, problems, not_checked }
    }
}

impl Checked {
    /// The same with short paths.
    #[must_use]
    pub(super) fn seen_from(mut self, root: Option<&Path>) -> Self {
        let Some(root) = root else { return self };
        for problem in &mut self.problems {
            let short = |text: &mut String| *text = seen_from(root, text);
            let finding = &mut problem.finding;
            [&mut finding.subject, &mut finding.says, &mut finding.remedy.says].into_iter().for_each(short);
            problem.finding.remedy.command.iter_mut().for_each(short);
            problem.fix.iter_mut().for_each(short);
        }
        self
    }
}

impl Problem {
    fn of(check: &Check, trouble: super::Trouble) -> Self {
        let super::Trouble { subject, says, remedy, cure } = trouble;
        let finding = Finding { code: check.code, severity: check.severity, subject, says, remedy };
        let fix = cure.as_ref().map(ToString::to_string);
        Self { finding, fix, cure }
    }
}

/// `text` with paths inside `root` as they are known in the project.
pub fn seen_from(root: &Path, text: &str) -> String {
    text.replace(&format!("{}{}", root.display(), std::path::MAIN_SEPARATOR), "")
}

impl Diagnosis {
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.checks.iter().flat_map(|checked| &checked.problems)
    }

    /// How many there are of at least this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems().filter(|problem| problem.finding.severity == severity).count()
    }

    /// Problems we can do something about.
    pub fn curable(&self) -> usize {
        self.problems().filter(|problem| problem.cure.is_some()).count()
    }

    pub fn not_checked(&self) -> usize {
        self.checks.iter().filter(|checked| checked.outcome == Outcome::NotChecked).count()
    }

    /// "2 errors, 1 warning · 2 can be fixed: devsecrets doctor --fix".
    pub fn verdict(&self) -> String {
        let said = |count: usize, word: &str| {
            (count > 0).then(|| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        };
        let counts: Vec<String> = [
            said(self.count(Severity::Error), "error"),
            said(self.count(Severity::Warning), "warning"),
            said(self.count(Severity::Note), "note"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mut parts =
            vec![if counts.is_empty() { "nothing is wrong".to_owned() } else { counts.join(", ") }];
        parts.extend((self.not_checked() > 0).then(|| format!("{} not checked", self.not_checked())));
        parts.extend(
            (self.curable() > 0).then(|| format!("{} can be fixed: devsecrets doctor --fix", self.curable())),
        );
        parts.extend(self.readiness.clone());
        parts.join(" · ")
    }
}
