//! The command line: the same steps and the same facts as the terminal UI, for scripts and for people who type.
//!
//! The rule: data goes to standard output, everything else to standard error, and `--json` prints exactly one
//! document. Understanding the arguments does nothing; doing is one file per command.

mod args;
mod ask;
mod commands;
mod context;
mod goodbye;
mod output;
mod shown;
mod signing_in;
mod trust;
mod unseen;

use std::io::Write as _;
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use args::Cli;
pub use commands::{Next, Screen};
pub use goodbye::Talk;

/// What a finished command tells the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Good,
    /// There are findings, or something is not ready.
    Findings,
    /// Wrong usage, or it could not be checked.
    Failed,
    /// What `run` passes on.
    Code(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
            Exit::Code(code) => code,
        })
    }
}

/// Does what the arguments say, or answers which screen to show.
pub async fn run(cli: Cli) -> Next {
    match (commands::run(cli).await, output::lost()) {
        (Next::Done(_), Some(error)) => {
            let says = format!("standard output could not be written: {error}");
            Next::Done(cannot_run(&std::io::Error::other(says)))
        }
        (next, _) => next,
    }
}

/// The arguments, or how a run that cannot read them ends. Help and version end well; `run` ends with its own code,
/// so that no caller takes our 2 for the child's.
///
/// # Errors
/// The exit code; what there is to say has been said.
pub fn parse() -> Result<Cli, Exit> {
    // Never taken apart: that was a fifteenth of what `--help` executed.
    let mut command = ManuallyDrop::new(Cli::command());
    let read = command
        .try_get_matches_from_mut(std::env::args_os())
        .and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches))
        .and_then(Cli::in_one_environment);
    read.map_err(|error| {
        let meant = if error.use_stderr() { args::meant() } else { None };
        let runs = meant.as_deref() == Some("run");
        let error = if runs { args::point_to_the_dashes(error) } else { error }.format(&mut command);
        // A closed standard error leaves nobody to tell.
        let _ = error.print();
        if meant.as_deref() == Some("env") && args::is_for_a_shell(std::env::args_os()) {
            commands::fail_an_eval();
        }
        match error.use_stderr() {
            false => Exit::Good,
            true if runs => Exit::Code(crate::run::OURS),
            true => Exit::Failed,
        }
    })
}

/// The run cannot even begin, or lost its terminal.
pub fn cannot_run(error: &std::io::Error) -> Exit {
    // Standard error may be the terminal that is gone.
    let _ = writeln!(std::io::stderr(), "error: {error}");
    Exit::Failed
}

/// What `status` prints, for the test that holds the board against it.
#[cfg(test)]
pub fn matrix_text(matrix: &crate::resolve::Matrix) -> String {
    output::matrix(output::Paint::default(), matrix)
}

/// What `explain` prints about a variable, for the same.
#[cfg(test)]
pub fn explanation_text(told: &crate::onboard::Explanation) -> String {
    output::variable(output::Paint::default(), told)
}

/// What `doctor` prints, for the test that holds the screen against it.
#[cfg(test)]
pub fn diagnosis_text(diagnosis: &crate::doctor::Diagnosis) -> String {
    output::diagnosis(output::Paint::default(), diagnosis)
}

/// What `audit` prints, for the same.
#[cfg(test)]
pub fn audit_text(audit: &crate::audit::Audit) -> String {
    output::audit(output::Paint::default(), audit)
}
