//! From `git clone` to every service running, with no secret pasted, printed or committed.
//!
//! The rooms of the house, in the order they may use one another; `tests/architecture.rs` holds
//! the order and `ARCHITECTURE.md` tells the way through.

pub mod aws;
pub mod finding;
pub mod onboard;
pub mod private_file;
pub mod profile;
pub mod resolve;
pub mod secret;
pub mod seed;
pub mod settings;
pub mod sso;
pub mod stores;
pub mod tui;
