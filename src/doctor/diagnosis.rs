//! What the checks found, as people and scripts see it.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Check, Cure, Group};
use crate::finding::{Finding, Severity};
use crate::resolve::Readiness;
use crate::seed::Spot;

/// Version of the JSON form.
pub const DIAGNOSIS_VERSION: u32 = 1;

/// Every check that was asked for, in the order of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnosis {
    pub version: u32,
    /// Which services can start, and what keeps the others; absent when the sources were not asked.
    pub readiness: Option<Readiness>,
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
    /// The one variable it is about.
    #[serde(skip)]
    #[schemars(skip)]
    pub about: Option<Spot>,
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
        let super::Trouble { subject, says, remedy, cure, about } = trouble;
        let finding = Finding { code: check.code, severity: check.severity, subject, says, remedy };
        let fix = cure.as_ref().map(ToString::to_string);
        Self { finding, fix, cure, about }
    }
}

/// `text` with paths inside `root` as they are known in the project.
pub fn seen_from(root: &Path, text: &str) -> String {
    text.replace(&format!("{}{}", root.display(), std::path::MAIN_SEPARATOR), "")
}

/// How one group stands, in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub group: Group,
    pub problems: usize,
    /// Of the problems.
    pub worst: Option<Severity>,
    pub good: usize,
    pub bad: usize,
    pub not_checked: usize,
    /// Checks of the group.
    pub checks: usize,
}

impl Tally {
    /// Of the checks of one group.
    pub fn of(group: Group, checks: &[&Checked]) -> Self {
        let count = |outcome| checks.iter().filter(|checked| checked.outcome == outcome).count();
        let problems = || checks.iter().flat_map(|checked| &checked.problems);
        Self {
            group,
            problems: problems().count(),
            worst: problems().map(|problem| problem.finding.severity).max(),
            good: count(Outcome::Good),
            bad: count(Outcome::Bad),
            not_checked: count(Outcome::NotChecked),
            checks: checks.len(),
        }
    }

    /// What came of the group as a whole.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self { problems: 1.., .. } => Outcome::Bad,
            Self { good: 1.., .. } => Outcome::Good,
            Self { not_checked: 1.., .. } => Outcome::NotChecked,
            _ => Outcome::NotHere,
        }
    }

    /// "2 problems", "good", "not checked".
    pub fn word(&self) -> String {
        match self.outcome() {
            Outcome::Bad => counted(self.problems, "problem"),
            Outcome::Good => "good".to_owned(),
            Outcome::NotChecked => "not checked".to_owned(),
            Outcome::NotHere => "nothing to check".to_owned(),
        }
    }

    /// "2 of 3 checked".
    pub fn done(&self) -> String {
        format!("{} of {} checked", self.good + self.bad, self.checks)
    }
}

impl Problem {
    /// "api/.env: others on this machine may read it".
    pub fn line(&self) -> String {
        format!("{}: {}", self.finding.subject, self.finding.says)
    }

    /// What we would do, or what the person has to; and which of the two it is.
    pub fn step(&self) -> (&'static str, String) {
        match &self.fix {
            Some(fix) => ("fix", fix.clone()),
            None => ("next", self.finding.remedy.to_string()),
        }
    }
}

/// Checks that could not look for one and the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen<'a> {
    pub checks: Vec<&'a Checked>,
    pub why: &'a str,
}

impl<'a> Unseen<'a> {
    /// Each reason once: without a profile most checks have nothing to look at, and one line says so.
    pub fn of(checks: &[&'a Checked]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for check in checks.iter().filter(|check| check.outcome == Outcome::NotChecked) {
            let why = check.not_checked.as_deref().unwrap_or_default();
            match all.iter_mut().find(|one| one.why == why) {
                Some(one) => one.checks.push(check),
                None => all.push(Self { checks: vec![check], why }),
            }
        }
        all
    }

    /// "it is private: offline", "5 checks: offline".
    pub fn line(&self) -> String {
        match self.checks.as_slice() {
            [one] => format!("{}: {}", one.title, self.why),
            more => format!("{}: {}", counted(more.len(), "check"), self.why),
        }
    }
}

impl Diagnosis {
    /// Nothing was looked at yet.
    pub fn empty() -> Self {
        Self { version: DIAGNOSIS_VERSION, readiness: None, checks: Vec::new() }
    }

    pub fn of_group(&self, group: Group) -> Vec<&Checked> {
        self.checks.iter().filter(|checked| checked.group == group).collect()
    }

    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.checks.iter().flat_map(|checked| &checked.problems)
    }

    /// How many there are of this severity.
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

    /// "2 errors, 1 warning · 5 of 7 services ready · 2 can be fixed: devsecrets doctor --fix".
    pub fn verdict(&self) -> String {
        let twin = if self.curable() > 0 { ": devsecrets doctor --fix" } else { "" };
        format!("{}{twin}", self.in_short())
    }

    /// The same without the command.
    pub fn in_short(&self) -> String {
        self.parts().join(" · ")
    }

    /// What it is made of, what matters most first: where there is little room, the last are left out.
    pub fn parts(&self) -> Vec<String> {
        let said = |severity: Severity| {
            let count = self.count(severity);
            (count > 0).then(|| counted(count, &severity.to_string()))
        };
        let counts: Vec<String> =
            [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(said).collect();
        let mut parts =
            vec![if counts.is_empty() { "nothing is wrong".to_owned() } else { counts.join(", ") }];
        parts.extend(self.readiness.as_ref().map(|readiness| readiness.says.clone()));
        parts.extend((self.not_checked() > 0).then(|| format!("{} not checked", self.not_checked())));
        parts.extend((self.curable() > 0).then(|| format!("{} can be fixed", self.curable())));
        parts
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
