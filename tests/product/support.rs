//! The harness: a case to lay out, a stage with a sandbox on it, and runs of the program to look at.

mod case;
mod profiles;
mod run;
mod schema;
mod stage;

pub use case::Case;
pub use profiles::{LOCAL, ONE_SERVICE, SHARED_FILE};
pub use run::{Run, heard, skipped};
pub use schema::misfit;
pub use stage::{Stage, acme, acme_that_asks, bare_acme};

/// The program itself, for commands that start it again.
pub const BINARY: &str = env!("CARGO_BIN_EXE_devsecrets");
