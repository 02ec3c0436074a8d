//! A leak scan of any bytes under any name, with a known value put in somewhere.
#![no_main]

#[path = "../audit.rs"]
mod audit;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| audit::any_bytes(bytes));
