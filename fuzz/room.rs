//! The rooms `envfile` and `audit` and what they stand on, under the crate's own name and without its other rooms.
//!
//! Names are where the room's own `crate::` paths look for them.

#[path = "../src"]
mod rooms {
    pub mod audit;
    pub mod envfile;
    pub mod finding;
    pub mod private_file;
    pub mod secret;
    pub mod settings;
}

/// The one word of the profile the room knows.
pub mod profile {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Encode {
        Base64,
    }
}

pub use rooms::{audit, envfile, finding, private_file, secret, settings};
