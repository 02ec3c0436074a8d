//! What `demo` can be told.

use clap::Args;

#[derive(Debug, Args)]
pub struct Demo {
    /// Start the sandbox and wait; say how to reach it from another shell
    #[arg(long)]
    pub serve: bool,
    /// Remove the folders earlier demos left behind
    #[arg(long, conflicts_with = "serve")]
    pub clean: bool,
}
