//! Parse, run, exit code.

use std::process::ExitCode;

use clap::Parser as _;
use devsecrets::cli::{self, Cli, Next};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map(|runtime| runtime.block_on(cli::run(cli))) {
        Ok(Next::Done(exit)) => exit.into(),
        Ok(Next::Screen(_)) => ExitCode::FAILURE,
        Err(_) => ExitCode::FAILURE,
    }
}
