//! From `git clone` to every service running, with no secret pasted, printed or committed.
//!
//! The rooms of the house, in the order they may use one another; `tests/architecture.rs` holds
//! the order and `ARCHITECTURE.md` tells the way through.

pub mod finding;
pub mod identity;
pub mod keychain;
pub mod profile;
pub mod secret;
pub mod settings;
pub mod tokens;
