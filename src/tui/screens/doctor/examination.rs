//! What is known of each check so far, and the rows that follow from it.
//!
//! The rule: a row names what it shows, not where it stands, so the cursor can stay on it while checks come in; and what a
//! row says comes from the same [`Diagnosis`] as the text and the JSON of the command.

use std::collections::BTreeSet;

use crate::doctor::{Check, Checked, Cure, Diagnosis, Group, Outcome, Problem, Unseen};
use crate::finding::Finding;
use crate::tui::effect::TaskId;
use crate::tui::msg::Answer;

/// A check there is, whether it has looked or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub code: &'static str,
    pub group: Group,
    pub title: &'static str,
}

impl Listed {
    pub fn of(check: &Check) -> Self {
        Self { code: check.code, group: check.group, title: check.title }
    }
}

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Group(Group),
    /// The nth problem of a check.
    Problem(&'static str, usize),
    Check(&'static str),
    /// Checks of a group that could not look for one reason; the first of them.
    Unseen(Group, &'static str),
}

impl Row {
    /// What looks at it again: a group, or a code.
    pub fn name(self) -> &'static str {
        match self {
            Self::Group(group) | Self::Unseen(group, _) => group.word(),
            Self::Problem(code, _) | Self::Check(code) => code,
        }
    }

    /// The one code it is about.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Problem(code, _) | Self::Check(code) => Some(code),
            Self::Group(_) | Self::Unseen(..) => None,
        }
    }
}

/// All checks with what came of them.
#[derive(Debug)]
pub struct Examination {
    pub listed: Vec<Listed>,
    pub diagnosis: Diagnosis,
    /// Why nothing could be looked at.
    pub broken: Option<Finding>,
    task: Option<TaskId>,
    /// Who has not answered yet.
    awaited: BTreeSet<&'static str>,
    asked: usize,
}

impl Default for Examination {
    fn default() -> Self {
        Self {
            listed: Vec::new(),
            diagnosis: Diagnosis::empty(),
            broken: None,
            task: None,
            awaited: BTreeSet::new(),
            asked: 0,
        }
    }
}

impl Examination {
    pub fn task(&self) -> Option<TaskId> {
        self.task
    }

    pub fn is_looking(&self) -> bool {
        self.task.is_some()
    }

    pub fn is_awaited(&self, code: &str) -> bool {
        self.awaited.contains(code)
    }

    /// Checks that have answered, of those that were asked.
    pub fn progress(&self) -> (usize, usize) {
        (self.asked - self.awaited.len(), self.asked)
    }

    pub fn begin(&mut self, id: TaskId, only: Option<&str>) {
        let is_meant = |one: &&Listed| only.is_none_or(|only| only == one.code || only == one.group.word());
        self.awaited = self.listed.iter().filter(is_meant).map(|one| one.code).collect();
        (self.asked, self.task, self.broken) = (self.awaited.len(), Some(id), None);
    }

    pub fn heard(&mut self, checked: Checked) {
        self.awaited.remove(checked.code);
        let checks = &mut self.diagnosis.checks;
        match checks.iter_mut().find(|one| one.code == checked.code) {
            Some(one) => *one = checked,
            None => checks.push(checked),
        }
        let place = |code: &str| self.listed.iter().position(|one| one.code == code);
        checks.sort_by_key(|one| place(one.code));
    }

    pub fn ended(&mut self, answer: Answer<Diagnosis>) {
        self.stop();
        match answer {
            Ok(diagnosis) => {
                self.diagnosis.readiness = diagnosis.readiness.or(self.diagnosis.readiness.take());
                diagnosis.checks.into_iter().for_each(|checked| self.heard(checked));
            }
            Err(finding) => self.broken = Some(finding),
        }
    }

    /// Waits no longer. The task that was under way.
    pub fn stop(&mut self) -> Option<TaskId> {
        self.awaited.clear();
        self.asked = 0;
        self.task.take()
    }

    /// Groups, and under each what is to be seen of its checks: problems and what could not be told, or all.
    pub fn rows(&self, all: bool) -> Vec<Row> {
        let mut rows = Vec::new();
        for group in Group::ALL {
            let checks: Vec<&Listed> = self.listed.iter().filter(|one| one.group == group).collect();
            if !checks.is_empty() {
                rows.push(Row::Group(group));
                rows.extend(checks.iter().flat_map(|one| self.rows_of(one, all)));
            }
        }
        rows
    }

    fn rows_of(&self, one: &Listed, all: bool) -> Vec<Row> {
        let (code, found) = (one.code, self.checked(one.code));
        match found.map(|checked| (checked.outcome, checked.problems.len())) {
            Some((Outcome::Bad, problems)) => (0..problems).map(|at| Row::Problem(code, at)).collect(),
            _ if all => vec![Row::Check(code)],
            Some((Outcome::NotChecked, _)) => {
                let row = Row::Unseen(one.group, code);
                self.unseen(row).map(|_| row).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Those a row of this kind stands for.
    pub fn unseen(&self, row: Row) -> Option<Unseen<'_>> {
        let Row::Unseen(group, code) = row else { return None };
        let all = Unseen::of(&self.diagnosis.of_group(group));
        all.into_iter().find(|one| one.checks.first().is_some_and(|first| first.code == code))
    }

    pub fn title(&self, code: &str) -> &'static str {
        self.listed.iter().find(|one| one.code == code).map_or("", |one| one.title)
    }

    /// How many checks of a group there are, and how many have not answered.
    pub fn of_group(&self, group: Group) -> (usize, usize) {
        let checks = || self.listed.iter().filter(|one| one.group == group);
        (checks().count(), checks().filter(|one| self.is_awaited(one.code)).count())
    }

    pub fn checked(&self, code: &str) -> Option<&Checked> {
        self.diagnosis.checks.iter().find(|checked| checked.code == code)
    }

    pub fn problem(&self, row: Row) -> Option<&Problem> {
        match row {
            Row::Problem(code, at) => self.checked(code)?.problems.get(at),
            _ => None,
        }
    }

    /// What could be done about a row: one problem, or all of a group.
    pub fn cures(&self, row: Row) -> Vec<Cure> {
        let problems: Vec<&Problem> = match row {
            Row::Group(group) => {
                self.diagnosis.of_group(group).into_iter().flat_map(|one| &one.problems).collect()
            }
            row => self.problem(row).into_iter().collect(),
        };
        problems.into_iter().filter_map(|problem| problem.cure.clone()).collect()
    }
}
