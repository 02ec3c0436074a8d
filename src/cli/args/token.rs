//! What `devsecrets token` takes.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Token {
    /// Keep a token; it is read without echo, or from standard input
    Set {
        name: String,
        /// Open the page where one is made
        #[arg(long)]
        open: bool,
    },
    /// List the profile's tokens and how each stands
    List,
    /// Ask the service whose a token is, and when it ends; by default every kept one
    Verify {
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// Use a token here that another project keeps
    Share { name: String },
    /// Show a token on the terminal for a few seconds
    Reveal {
        name: String,
        /// Print it on standard output, for a program
        #[arg(long)]
        stdout: bool,
    },
    /// Put a token on the clipboard and clear it after 45 seconds
    Copy { name: String },
    /// Forget a token
    Remove { name: String },
}
