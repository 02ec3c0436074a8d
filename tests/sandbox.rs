//! The sandbox as the real AWS SDK for Rust sees it.
//!
//! Nothing here looks behind the wire: each test is a client of the public crates, and what it
//! expects is the SDK's own typed result.

#![expect(clippy::unwrap_used, reason = "helpers of a test fail as the test does: by panicking")]

#[path = "sandbox/clients.rs"]
mod clients;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/pages.rs"]
mod pages;
#[path = "sandbox/parameters.rs"]
mod parameters;
#[path = "sandbox/portal.rs"]
mod portal;
#[path = "sandbox/secrets.rs"]
mod secrets;
#[path = "sandbox/sign_in.rs"]
mod sign_in;
