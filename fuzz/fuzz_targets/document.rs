//! Parse, render, look at everything.
#![no_main]

#[expect(dead_code, reason = "the other target's property stands beside it")]
#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::document(bytes));
