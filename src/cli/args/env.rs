//! What can be typed behind `env`.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub struct Env {
    /// For whom
    #[arg(short, long, value_enum, value_name = "FORM")]
    pub format: EnvFormat,
    /// Print it although a required variable has no value
    #[arg(long)]
    pub allow_missing: bool,
}

/// For whom values are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EnvFormat {
    /// POSIX shells: eval "$(devsecrets env --format shell)"
    Shell,
    /// Programs that read env files
    Dotenv,
    /// One JSON object
    Json,
    /// GitHub Actions: masks on standard output, values in the file of GITHUB_ENV
    Github,
    /// docker run --env-file
    Docker,
}
