//! `devsecrets forget`

use clap::Args;

#[derive(Debug, Args)]
pub struct Forget {
    /// Only what belongs to this project
    #[arg(long)]
    pub project: bool,
    /// Show what would go and stop
    #[arg(long)]
    pub dry_run: bool,
}
