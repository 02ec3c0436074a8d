//! What `audit` can be told.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What says where to look.
const SOURCES: [&str; 7] =
    ["paths", "staged", "commits", "history", "stdin", "shell_history", "update_baseline"];

/// What changes something, one at a time.
const CHANGES: [&str; 6] = ["install_hook", "uninstall_hook", "update_baseline", "allow", "disallow", "open"];

/// The other changes.
fn others(one: &'static str) -> impl Iterator<Item = &'static str> {
    CHANGES.into_iter().filter(move |other| *other != one)
}

#[derive(Debug, Args)]
pub struct Audit {
    /// Files and folders to look at, kept by git or not; by default every file git tracks
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What the next commit would bring, as the index has it; every tracked file when nothing is staged
    #[arg(long, conflicts_with = "paths")]
    pub staged: bool,
    /// What the commits of a range brought, such as main..HEAD
    #[arg(long, value_name = "RANGE", conflicts_with_all = ["paths", "staged"])]
    pub commits: Option<String>,
    /// What every commit brought
    #[arg(long, conflicts_with_all = ["paths", "staged", "commits"])]
    pub history: bool,
    /// Standard input; its name tells which rules apply
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "stdin", require_equals = true)]
    #[arg(conflicts_with_all = ["paths", "staged", "commits", "history"])]
    pub stdin: Option<String>,
    /// What your shells remember of what was typed
    #[arg(long, conflicts_with_all = ["paths", "staged", "commits", "history", "stdin"])]
    pub shell_history: bool,
    /// More rules, in the TOML form of gitleaks; by default .gitleaks.toml at the root of the repository
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
    /// For whom findings are written
    #[arg(long, value_enum, value_name = "FORM", default_value_t = AuditFormat::Text)]
    pub format: AuditFormat,
    /// File of accepted findings; by default .devsecrets-baseline at the root of the repository
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Look at what is staged before each commit, from now on: a hook of this repository
    #[arg(long, conflicts_with_all = SOURCES)]
    pub install_hook: bool,
    /// Take that hook away again
    #[arg(long, conflicts_with_all = SOURCES, conflicts_with = "install_hook")]
    pub uninstall_hook: bool,
    /// Accept every finding there is now
    #[arg(long)]
    pub update_baseline: bool,
    /// Accept the finding at this place, as the audit lists it: its value, wherever it stands; your own values never
    #[arg(long, value_name = "PATH:LINE", conflicts_with_all = others("allow"))]
    pub allow: Vec<String>,
    /// Accept it no longer
    #[arg(long, value_name = "PATH:LINE", conflicts_with_all = others("disallow"))]
    pub disallow: Vec<String>,
    /// Open this place in your editor ($VISUAL, else $EDITOR)
    #[arg(long, value_name = "PATH:LINE", conflicts_with_all = others("open"))]
    pub open: Option<String>,
}

/// For whom findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// People; one document with --json
    #[default]
    Text,
    /// Code hosts: SARIF 2.1.0, without snippets
    Sarif,
    /// GitHub Actions: annotations beside the lines
    Github,
}
