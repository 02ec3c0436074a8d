//! What `run` takes.

use std::ffi::OsString;

use clap::Args;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

pub(super) const HELP: &str = "\
Exit codes: the command's own · 128+N when signal N ended it · 127 not found · 126 cannot be executed · 125 devsecrets \
could not start it";

#[derive(Debug, Args)]
pub struct Run {
    /// Hand on no other variable than the service's own and a small base, such as PATH and HOME
    #[arg(long)]
    pub pure: bool,
    /// Start it although a required variable has no value
    #[arg(long)]
    pub allow_missing: bool,
    /// Mask the service's secrets, and your AWS keys, in what the command prints
    #[arg(long)]
    pub redact: bool,
    /// Start it again when its env file, the profile or a secret changes
    #[arg(long)]
    pub watch: bool,
    /// Seconds between two looks at the stores; 0 leaves them alone, so that no look stands in an account's audit trail
    #[arg(long, requires = "watch", default_value_t = 60, value_name = "SECONDS")]
    pub poll: u64,
    /// The command and its arguments
    #[arg(required = true, last = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
}

/// A command that nothing parts from our options is taken for an argument of ours: the error says where `--` goes.
pub(in crate::cli) fn point_to_the_dashes(mut error: Error) -> Error {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) else { return error };
    if error.kind() != ErrorKind::UnknownArgument || word.starts_with('-') {
        return error;
    }
    let tip = format!("a command comes after `--`: devsecrets run -- {word} …");
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    error
}
