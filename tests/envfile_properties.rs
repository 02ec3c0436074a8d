//! The properties the fuzz targets check, on generated texts, as many as asked for:
//!
//!     DEVSECRETS_CASES=1000000 cargo test --test envfile_properties

use devsecrets::envfile::Reader;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[expect(dead_code, reason = "a fuzz target chooses its input from bytes, a test does not")]
#[path = "../fuzz/properties.rs"]
mod properties;

#[expect(clippy::disallowed_methods, reason = "a test is told by its environment how long to run")]
fn runner(default: u32) -> TestRunner {
    let asked = std::env::var("DEVSECRETS_CASES").ok().and_then(|text| text.parse().ok());
    let cases = asked.unwrap_or(default);
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

/// Text made of what parsers trip over.
fn awkward(longest: usize) -> impl Strategy<Value = String> {
    let pieces = [
        "'",
        "\"",
        "`",
        "\\",
        "$",
        "{",
        "}",
        "(",
        ")",
        "#",
        ";",
        " ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "=",
        ":",
        ":-",
        "A",
        "KEY",
        "KEY=",
        "\nKEY=",
        "\nB='",
        "\nC=\"",
        "export ",
        "n",
        "r",
        "é",
        "\u{feff}",
        "\u{a0}",
        "encrypted:",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..longest)
        .prop_map(|parts| parts.concat())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let any = proptest::collection::vec(any::<u8>(), 0..120);
    prop_oneof![1 => any, 3 => awkward(40).prop_map(String::into_bytes)]
}

fn file() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        awkward(10),
        awkward(6).prop_map(|text| format!("OTHER={text}")),
        awkward(6).prop_map(|text| format!("KEY='{}'", text.replace(['\'', '\\', '\r', '$'], ""))),
        Just("# it's a comment".to_owned()),
        Just("export PLAIN='x y'".to_owned()),
    ];
    (proptest::collection::vec(line, 0..5), prop_oneof![Just("\n"), Just("\r\n")])
        .prop_map(|(lines, end)| lines.join(end))
}

fn readers() -> impl Strategy<Value = Vec<Reader>> {
    proptest::sample::subsequence(Reader::ALL.to_vec(), 1..=4)
}

#[test]
fn any_bytes_come_back() {
    let checked = runner(2_000).run(&bytes(), |bytes| {
        properties::document(&bytes);
        Ok(())
    });
    checked.unwrap();
}

#[test]
fn no_reader_panics() {
    let checked = runner(1_000).run(&bytes(), |bytes| {
        properties::readers(&bytes);
        Ok(())
    });
    checked.unwrap();
}

#[test]
fn a_value_is_read_exactly_or_refused() {
    let input = (readers(), file(), awkward(12));
    let checked = runner(1_000).run(&input, |(readers, file, value)| {
        properties::edit_and_read_back(&readers, file.as_bytes(), &value);
        Ok(())
    });
    checked.unwrap();
}
