//! `devsecrets identity …`

use clap::Subcommand;

use crate::identity::Epochs;

#[derive(Debug, Subcommand)]
pub enum Identity {
    /// Show its fingerprint, where it is kept and since when; never the key
    Show,
    /// Show its recovery phrase on this terminal, to be written on paper
    Export,
    /// Bring it here from its recovery phrase; one that is here is kept
    Import {
        /// Rotations done elsewhere, as export and rotate print them
        #[arg(long, value_name = "PROJECT/VARIABLE=N,…")]
        epochs: Option<Epochs>,
        /// Bring back one that was replaced here, by its fingerprint
        #[arg(long, value_name = "FINGERPRINT", conflicts_with = "epochs")]
        former: Option<String>,
    },
    /// Give derived variables another value from the next seed on; without names, all of the project
    Rotate {
        #[arg(value_name = "VARIABLE")]
        variables: Vec<String>,
        /// Take over rotations done on another machine
        #[arg(long, value_name = "PROJECT/VARIABLE=N,…", conflicts_with = "variables")]
        to: Option<Epochs>,
    },
    /// Remove it from this machine
    Forget,
}
