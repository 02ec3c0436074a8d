//! Every reader's model on any bytes.
#![no_main]

#[expect(dead_code, reason = "the other targets' properties stand beside it")]
#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::readers(bytes));
