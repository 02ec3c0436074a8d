//! A fact on its way: asked for, there, or in the way of it a finding.
//!
//! The rule: an answer is taken by its task's id alone, so what nobody awaits any more changes nothing.

use crate::finding::Finding;
use crate::tui::effect::TaskId;

/// Something that is asked for.
#[derive(Debug, Default)]
pub enum Load<T> {
    #[default]
    Idle,
    Busy(TaskId),
    Ready(T),
    Broken(Finding),
}

impl<T> Load<T> {
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }

    pub fn broken(&self) -> Option<&Finding> {
        match self {
            Self::Broken(finding) => Some(finding),
            _ => None,
        }
    }

    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::Busy(id) => Some(*id),
            _ => None,
        }
    }

    pub fn is_busy(&self) -> bool {
        self.task().is_some()
    }

    /// Neither there nor on its way.
    pub fn is_wanting(&self) -> bool {
        matches!(self, Self::Idle | Self::Broken(_))
    }

    /// Takes the answer of task `id`. False, and nothing changes, when it is not the one awaited.
    #[must_use]
    pub fn answer(&mut self, id: TaskId, answer: Result<T, Finding>) -> bool {
        let awaited = self.task() == Some(id);
        if awaited {
            *self = answer.map_or_else(Self::Broken, Self::Ready);
        }
        awaited
    }
}
