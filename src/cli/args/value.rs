//! What the commands about one variable take.

use clap::Args;

/// The variable meant.
#[derive(Clone, Debug, Args)]
pub struct OneVariable {
    #[arg(value_name = "VARIABLE")]
    pub variable: String,
}

#[derive(Clone, Debug, Args)]
pub struct Reveal {
    #[arg(value_name = "VARIABLE")]
    pub variable: String,
    /// Print it on standard output, for a program
    #[arg(long)]
    pub stdout: bool,
}
