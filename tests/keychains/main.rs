//! One contract for every keychain: memory, the key file, and a real Secret Service.
//!
//! The real one runs in a D-Bus session of its own (see `session`), never in the developer's.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may panic, and make files as they like"
)]

#[cfg(target_os = "linux")]
#[path = "../support/bus.rs"]
mod bus;
mod contract;
mod file;
#[cfg(target_os = "linux")]
mod secret_service;
#[cfg(target_os = "linux")]
mod session;

use devsecrets::keychain::MemoryKeychain;

#[test]
fn memory_keeps_the_contract() {
    contract::holds(&MemoryKeychain::default());
}
