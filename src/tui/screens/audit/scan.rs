//! What the leak scan has said so far, shared by all that show it.
//!
//! The rule: places, names and lengths; a [`Leak`] cannot hold a value. What was found before stays in sight while one looks
//! again.

use crate::audit::{Audited, Leak};
use crate::finding::Finding;
use crate::tui::effect::TaskId;
use crate::tui::msg::Answer;

#[derive(Debug, Default)]
pub struct Scan {
    pub seen: Option<Box<Audited>>,
    /// Why nothing could be looked at.
    pub broken: Option<Finding>,
    looking: Option<TaskId>,
}

impl Scan {
    pub fn task(&self) -> Option<TaskId> {
        self.looking
    }

    pub fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    pub fn begin(&mut self, id: TaskId) {
        self.looking = Some(id);
    }

    /// Waits no longer. The task that was under way.
    pub fn stop(&mut self) -> Option<TaskId> {
        self.looking.take()
    }

    pub fn ended(&mut self, answer: Answer<Box<Audited>>) {
        self.looking = None;
        match answer {
            Ok(audited) => (self.seen, self.broken) = (Some(audited), None),
            Err(problem) => (self.seen, self.broken) = (None, Some(problem)),
        }
    }

    pub fn leaks(&self) -> &[Leak] {
        self.seen.as_ref().map(|seen| seen.audit.leaks.as_slice()).unwrap_or_default()
    }

    /// Findings with the value of this one: all that accepting it lets pass.
    pub fn alike(&self, leak: &Leak) -> usize {
        self.leaks().iter().filter(|other| is_alike(other, leak)).count()
    }

    /// This one is accepted from now on, wherever its value stands.
    pub fn accept(&mut self, leak: &Leak) {
        let Some(audit) = self.seen.as_mut().map(|seen| &mut seen.audit) else { return };
        let before = audit.leaks.len();
        audit.leaks.retain(|other| !is_alike(other, leak));
        audit.accepted += before - audit.leaks.len();
    }
}

fn is_alike(one: &Leak, other: &Leak) -> bool {
    one.own.is_none() && one.fingerprint.is_some() && one.fingerprint == other.fingerprint
}
