//! From `git clone` to every service running, with no secret pasted, printed or committed.
//!
//! The rooms of the house, in the order they may use one another; `tests/architecture.rs` holds
//! the order and `ARCHITECTURE.md` tells the way through.

pub mod audit;
pub mod aws;
pub mod browser;
pub mod ceremony;
pub mod cli;
pub mod clipboard;
pub mod demo;
pub mod deploy;
pub mod doctor;
pub mod editor;
pub mod envfile;
pub mod explain;
pub mod finding;
pub mod forget;
pub mod handover;
pub mod identity;
pub mod keychain;
pub mod migrate;
pub mod onboard;
pub mod private_file;
pub mod profile;
pub mod resolve;
pub mod run;
pub mod sandbox;
pub mod secret;
pub mod seed;
pub mod settings;
pub mod signals;
pub mod sso;
pub mod stores;
pub mod tokens;
pub mod tty;
pub mod tui;
pub mod web;
