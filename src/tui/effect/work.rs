//! Of each job: what it does, in words; what Esc does to it; and which screens say so themselves.
//!
//! One match for all of them, so that a new job cannot be without.

use super::Job;
use crate::tui::model::{Beside, Seen, Step};
use crate::tui::screens::board::BoardAct;

/// What is said of a job while one waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub words: &'static str,
    pub esc: Esc,
    /// Screens with a line of their own for it.
    pub shown: &'static [Seen],
}

/// What Esc does meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Esc {
    /// A read is cut off.
    Stops,
    /// A write is let finish.
    Waits,
    /// It waits for the person, not the person for it.
    Own,
}

const PICK: &[Seen] = &[Seen::Step(Step::Pick)];
const SIGN_IN: &[Seen] = &[Seen::Step(Step::SignIn)];
const ROLE: &[Seen] = &[Seen::Step(Step::Role)];
const TABLE: &[Seen] = &[Seen::Step(Step::Board), Seen::Step(Step::Summary)];
const BOARD: &[Seen] = &[Seen::Step(Step::Board)];
const PREVIEW: &[Seen] = &[Seen::Step(Step::Preview)];
const TOKENS: &[Seen] = &[Seen::Step(Step::Token), Seen::Beside(Beside::Tokens)];
const IDENTITY: &[Seen] = &[Seen::Beside(Beside::Identity)];
const DOCTOR: &[Seen] = &[Seen::Beside(Beside::Doctor)];
const AUDIT: &[Seen] = &[Seen::Beside(Beside::Audit)];
const NOWHERE: &[Seen] = &[];

impl Job {
    pub fn work(&self) -> Work {
        let (words, shown) = self.told();
        let esc = match self {
            Self::SignIn => Esc::Own,
            Self::Audit(act) if act.waits_for_the_person() => Esc::Own,
            _ if self.must_finish() => Esc::Waits,
            _ => Esc::Stops,
        };
        Work { words, esc, shown }
    }

    fn told(&self) -> (&'static str, &'static [Seen]) {
        match self {
            Self::Find | Self::List => ("looking for profiles", PICK),
            // Where it is narrow there is no room for a line.
            Self::Open(_) => ("opening the profile", NOWHERE),
            Self::Resume => ("looking for a session from before", SIGN_IN),
            Self::SignIn => ("signing in", SIGN_IN),
            Self::Accounts => ("asking AWS for your accounts", ROLE),
            Self::Roles(_) => ("asking AWS for your roles", ROLE),
            Self::Choose(_) => ("taking the role", ROLE),
            Self::PlanConfig => ("reading the AWS config file", NOWHERE),
            Self::WriteConfig(_) => ("writing the AWS config file", NOWHERE),
            Self::DeclineConfig | Self::WalkOver | Self::Allow(_) => ("remembering your answer", NOWHERE),
            Self::ReadMatrix => ("reading what every service needs", TABLE),
            Self::Plan(_) | Self::Settle { .. } | Self::PlanByHand { .. } => {
                ("working out what would change", PREVIEW)
            }
            Self::Apply { .. } => ("writing", PREVIEW),
            Self::Undo => ("taking back what was written", PREVIEW),
            Self::Tokens => ("asking the keychain", TOKENS),
            Self::KeepToken { .. } => ("handing it to the keychain", TOKENS),
            Self::Token { act, .. } => (act.words(), TOKENS),
            Self::Board(act @ BoardAct::Compare(_)) => (act.words(), BOARD),
            Self::Board(act) => (act.words(), NOWHERE),
            Self::Identity(act) => (act.words(), IDENTITY),
            Self::Doctor(act) => (act.words(), DOCTOR),
            Self::Audit(act) => (act.words(), AUDIT),
        }
    }

    /// Writes are awaited on quit and never aborted.
    pub fn must_finish(&self) -> bool {
        match self {
            Self::Choose(_)
            | Self::Apply { .. }
            | Self::WalkOver
            | Self::Undo
            | Self::KeepToken { .. }
            | Self::WriteConfig(_)
            | Self::Allow(_)
            | Self::DeclineConfig => true,
            Self::Token { act, .. } => act.must_finish(),
            Self::Board(act) => act.must_finish(),
            Self::Identity(act) => act.must_finish(),
            Self::Doctor(act) => act.must_finish(),
            Self::Audit(act) => act.must_finish(),
            _ => false,
        }
    }
}
