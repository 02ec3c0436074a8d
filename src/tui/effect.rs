//! What an update wants done in the world, as data.
//!
//! The rule: an effect is a wish, never an action. Each long one carries a [`TaskId`], and its answer comes back
//! with the same id, so an answer nobody waits for any more is known as stale.

mod tasks;
mod work;

use crate::onboard::Program;
use crate::secret::SecretValue;
use crate::seed::Preview;
use crate::sso::config_file::ConfigPlan;
use crate::sso::{Choice, Command};
use crate::tui::screens::audit::AuditAct;
use crate::tui::screens::board::BoardAct;
use crate::tui::screens::doctor::DoctorAct;
use crate::tui::screens::identity::IdentityAct;
use crate::tui::screens::token::TokenAct;
pub use tasks::{TaskId, Tasks, UnderWay};
pub use work::{Esc, Work};

/// One wish.
#[derive(Debug)]
pub enum Effect {
    Start(TaskId, Job),
    /// Forget about it; a read is aborted, a write is let finish.
    Cancel(TaskId),
    OpenPage(String),
    /// Through the terminal (OSC 52), so that it works over SSH.
    Copy(String),
    /// To the sign-in under way.
    Tell(Command),
    /// Plays the person at the sign-in page; the demo alone can.
    Approve(String),
    /// To the keychain call that waits for a passphrase.
    Answer(Option<SecretValue>),
    /// To the shell, until it brings us back.
    Suspend,
    Quit,
}

/// What a plan is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Empty: all.
    pub services: Vec<String>,
    /// One variable of the one service.
    pub variable: Option<String>,
}

impl Part {
    /// The variable of the service, where it is about one.
    pub fn spot(&self) -> Option<(&str, &str)> {
        Some((self.services.first()?.as_str(), self.variable.as_deref()?))
    }
}

/// Work that takes time.
#[derive(Debug)]
pub enum Job {
    /// The profile that is meant without asking.
    Find,
    /// The profiles one can pick from.
    List,
    Open(String),
    /// A valid session from before, silently refreshed.
    Resume,
    SignIn,
    Accounts,
    Roles(String),
    Choose(Choice),
    /// What the AWS config file lacks for the role in use.
    PlanConfig,
    /// Writes what this plan, the one that was shown, promised.
    WriteConfig(Box<ConfigPlan>),
    /// Remembers that the person said no to it.
    DeclineConfig,
    /// Day one came to its end.
    WalkOver,
    ReadMatrix,
    Plan(Part),
    /// Plans anew with one hand edit replaced by its source's value, or kept again.
    Settle {
        variable: String,
        take: bool,
        part: Part,
    },
    /// Writes what this preview, the one that was shown, promised.
    /// `walk`: as a step of day one, which is open from then on until its end.
    Apply {
        seen: Box<Preview>,
        walk: bool,
    },
    /// Takes back what was written last.
    Undo,
    /// Which personal tokens are kept.
    Tokens,
    KeepToken {
        name: String,
        value: SecretValue,
    },
    /// With a token that is kept or offered.
    Token {
        name: String,
        act: TokenAct,
    },
    /// About the variable or service under the board's cursor.
    Board(BoardAct),
    /// Plans a value that was typed, for the env file of this service.
    PlanByHand {
        service: String,
        variable: String,
        value: SecretValue,
    },
    /// From now on this program of a store may run.
    Allow(Box<Program>),
    Identity(IdentityAct),
    Doctor(DoctorAct),
    Audit(AuditAct),
}
