//! `devsecrets keychain …`

use clap::{Subcommand, ValueEnum};

use crate::keychain::Kind;

#[derive(Debug, Subcommand)]
pub enum Keychain {
    /// Show which keychain is used, why, and how many secrets of ours are in it
    Status,
    /// Move everything of ours to another keychain, and use that one from then on
    Migrate {
        /// Where to: the operating system's keychain, or the encrypted key file
        #[arg(long, value_enum, value_name = "os|file")]
        to: Home,
    },
}

/// Where secrets can be moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Home {
    Os,
    File,
}

impl From<Home> for Kind {
    fn from(home: Home) -> Self {
        match home {
            Home::Os => Self::Os,
            Home::File => Self::File,
        }
    }
}
