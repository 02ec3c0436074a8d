//! The product from outside: the real program, a home folder of its own, and a sandbox for AWS.
//!
//! One crate, so that the program's dependencies are linked once and every case speaks through the same harness
//! (`support`), which reads as sentences: a case is laid out, the program is run, the run is looked at.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may panic, and make files and environments as they like"
)]

#[cfg(target_os = "linux")]
#[path = "../support/bus.rs"]
mod bus;
#[path = "../support/parts.rs"]
mod parts;
#[cfg(unix)]
#[path = "../support/program_store.rs"]
mod program_store;
#[path = "../support/stand_in.rs"]
mod stand_in;
mod support;

#[cfg(unix)]
mod aws_cli_v2;
mod aws_config;
mod bad_input;
mod canaries;
mod commands;
mod identity;
mod keychain;
#[cfg(target_os = "linux")]
mod memory;
mod moto;
#[cfg(target_os = "linux")]
mod secret_service;
#[cfg(unix)]
mod vendors;
