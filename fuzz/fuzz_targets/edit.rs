//! Write a value into a file for some readers, read it back, and take it out again.
#![no_main]

#[expect(dead_code, reason = "the other targets' properties stand beside it")]
#[path = "../properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((readers, file, value)) = properties::edit_input(bytes) {
        properties::edit_and_read_back(&readers, file, value);
    }
});
