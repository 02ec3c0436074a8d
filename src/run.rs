//! Starting a service with its secrets in its environment and nowhere else.
//!
//! Owns what a child process is given ([`Environment`]) and how it is started. The rule: a plain run ends in `exec`,
//! so signals, exit code, terminal and job control are the child's own and nothing of ours stays. Values come in
//! from the one engine and leave through a child's environment alone. To mask the child's output or to start it again we stay
//! beside it, as a shell would: see [`Beside`].

mod beside;
mod environment;
mod exec;
mod job;
mod leader;
mod pass;
mod print;
mod ready;
mod redact;
mod relay;
mod sentinel;
mod signals;
mod terminal;
mod too_long;
mod watch;

pub use beside::{Beside, Outcome, Stopped, accompany};
pub use environment::Environment;
pub use exec::{NotStarted, replace};
pub use leader::{LEADER, lead};
pub use pass::Pass;
pub use print::{ForGithub, Format};
pub use redact::Masks;
pub use watch::{Patience, Watch};

/// Exit code of `run` when devsecrets itself failed, as `env` and `timeout` have it.
pub const OURS: u8 = 125;
