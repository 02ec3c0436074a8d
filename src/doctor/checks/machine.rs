//! The machine itself.

pub(super) mod git;
pub(super) mod keychain;
