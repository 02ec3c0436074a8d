//! Starting a service with its secrets in its environment and nowhere else.
//!
//! Owns what a child process is given ([`Environment`]) and how it is started. The rule: a plain run ends in `exec`,
//! so signals, exit code, terminal and job control are the child's own and nothing of ours stays. Values come in
//! from the one engine and leave through a child's environment alone.

mod environment;
mod exec;
mod pass;
mod ready;

pub use environment::Environment;
pub use exec::{NotStarted, replace};
pub use pass::Pass;

/// Exit code of `run` when devsecrets itself failed, as `env` and `timeout` have it.
pub const OURS: u8 = 125;
