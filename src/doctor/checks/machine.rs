//! The machine itself.

pub(super) mod clock;
pub(super) mod connections;
pub(super) mod git;
pub(super) mod keychain;
pub(super) mod passphrase_file;
pub(super) mod state_folder;
pub(super) mod terminal;
