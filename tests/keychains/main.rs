//! One contract for every keychain: memory, the key file, and a real Secret Service.
//!
//! The real one runs in a D-Bus session of its own (see `session`), never in the developer's.

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
