//! What holds for any file and any value.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::secret::SecretValue;

/// `std::fs::write` for fixtures.
pub(super) fn write(path: &Path, text: &str) {
    use std::io::Write;
    std::fs::File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn change(key: &str, value: &str) -> Change {
    Change { key: key.to_owned(), value: SecretValue::new(value) }
}

fn set(file: &str, key: &str, value: &str, readers: &[Reader]) -> Result<String, String> {
    let edited = edit(&Document::parse(file.as_bytes()), &[change(key, value)], readers);
    match edited.refused.first() {
        Some(refusal) => Err(refusal.to_string()),
        None => Ok(String::from_utf8(edited.document.bytes().to_vec()).unwrap()),
    }
}

#[test]
fn only_the_values_bytes_change() {
    let file = "\u{feff}# head\n\nexport  A = \"old\"  # why\nB=keep\n  C='x\ny'\nodd line\nD=last";
    let readers = [Reader::NodeDotenv, Reader::PythonDotenv];
    assert_eq!(set(file, "A", "new", &readers).unwrap(), file.replace("\"old\"", "\"new\""));
    assert_eq!(set(file, "C", "z", &readers).unwrap(), file.replace("'x\ny'", "'z'"));
    assert_eq!(set(file, "D", "it's", &readers).unwrap(), file.replace("last", "it's"));
    assert_eq!(set(file, "E", "1", &readers).unwrap(), format!("{file}\nE=1\n"));
}

#[test]
fn crlf_stays_and_shells_refuse_it() {
    let file = "A=1\r\nB=2\r\n";
    let readers = [Reader::NodeDotenv, Reader::NodeEnvFile, Reader::Compose, Reader::Dotenvy];
    assert_eq!(set(file, "A", "x y", &readers).unwrap(), "A='x y'\r\nB=2\r\n");
    assert_eq!(set(file, "C", "a\nb", &readers).unwrap(), "A=1\r\nB=2\r\nC='a\nb'\r\n");
    let refused = set(file, "A", "x", &[Reader::Shell]).unwrap_err();
    assert_eq!(refused, "A was not written: shell takes the file's CRLF line ends for part of the value");
}

#[test]
fn every_duplicate_is_changed() {
    assert_eq!(set("A=1\nB=2\nA='3'\n", "A", "4", &[]).unwrap(), "A='4'\nB=2\nA='4'\n");
}

#[test]
fn a_value_already_there_changes_nothing() {
    let file = "A=\"x\"   # c\nB='y'\n";
    let edited = edit(&Document::parse(file.as_bytes()), &[change("A", "x"), change("B", "y")], &[]);
    assert_eq!(edited.document.bytes(), file.as_bytes());
    assert!(edited.applied.iter().all(|applied| applied.effect == Effect::Unchanged));
}

#[test]
fn a_new_file_has_its_header_and_the_given_order() {
    let document = Document::with_header("Written by devsecrets.\nEdit freely.");
    let edited = edit(&document, &[change("B", "1"), change("A", "x y")], &[]);
    let text = "# Written by devsecrets.\n# Edit freely.\nB=1\nA='x y'\n";
    assert_eq!(edited.document.bytes(), text.as_bytes());
}

#[test]
fn the_core_rule_holds() {
    let single =
        ["a b", "#x", "a\nb", "\"q\"", "`b`", "$A", "a\\nb", "{\"k\": \"v\"}", " x ", "ü", "\u{2028}"];
    for value in single {
        assert_eq!(set("", "A", value, &[]).unwrap(), format!("A='{value}'\n"), "{value}");
    }
    for value in ["it's", "it's\nhere", "' # '"] {
        assert_eq!(set("", "A", value, &[]).unwrap(), format!("A=\"{value}\"\n"), "{value}");
    }
    let refused = [
        ("a\rb", "a carriage return"),
        ("a${B}", "a `${…}` reference"),
        ("a\\", "a backslash at its end"),
        ("a\\\\b", "two backslashes in a row"),
        ("it's \"it\"", "a single quote beside another quote, a backslash or a dollar sign"),
        ("it's `it`", "a single quote beside another quote, a backslash or a dollar sign"),
    ];
    for (value, feature) in refused {
        let message = set("", "A", value, &[]).unwrap_err();
        assert!(message.contains(feature), "{message}");
    }
}

#[test]
fn a_refusal_names_the_fewest_readers() {
    let message = set("", "A", "x${B}", &[]).unwrap_err();
    assert_eq!(
        message,
        "A was not written: its value holds a `${…}` reference, which no form writes for python-dotenv"
    );
    let message =
        set("", "A", "it's \"x\"", &[Reader::Dotenvy, Reader::NodeDotenv, Reader::Shell]).unwrap_err();
    assert!(
        message.ends_with("alike for node-dotenv and dotenvy") || message.ends_with("node-dotenv and shell")
    );
}

#[test]
fn a_refusal_offers_a_way_out() {
    let way_out = |value: &str, readers: &[Reader]| {
        let edited = edit(&Document::parse(b""), &[change("A", value)], readers);
        edited.refused[0].alternative().unwrap().to_string()
    };
    let encode = "set `encode = \"base64\"` in [variables.A] and let the service decode it, or start the service by \
        `devsecrets run -s SERVICE -- COMMAND`, which writes no file";
    assert_eq!(
        way_out("x${B}", &[]),
        format!("leave python-dotenv out of the service's `readers`, or {encode}")
    );
    assert_eq!(way_out("x${B}", &[Reader::PythonDotenv]), encode);
    assert_eq!(way_out("a\0b", &[]), encode);
    let named = way_out("a\nb", &[Reader::Kubectl, Reader::Compose, Reader::DockerEnvFile]);
    assert_eq!(
        named,
        format!("leave docker-env-file and kubectl out of the service's `readers`, or {encode}")
    );
    let long = edit(&Document::parse(b""), &[change("A", &"x".repeat(131_070))], &[]);
    assert_eq!(long.refused[0].alternative(), None);
}

#[test]
fn all_readers_at_once_still_name_the_fewest() {
    let edited = edit(&Document::parse(b""), &[change("A", "a b")], &Reader::ALL);
    let Reason::NoForm { readers, .. } = &edited.refused[0].reason else { panic!("no form") };
    assert_eq!(readers.len(), 2, "{readers:?}");
}

#[test]
fn readers_that_escape_take_hard_values() {
    let hard = "it's \"$A\" `b` \\ ${C} \\\\";
    assert!(set("", "A", hard, &[Reader::Dotenvy, Reader::Compose]).is_ok());
    assert!(set("", "A", hard, &[Reader::Dotenvy, Reader::Shell]).is_ok());
    assert_eq!(set("", "A", "'\"", &[Reader::NodeEnvFile]).unwrap(), "A=`'\"`\n");
    assert_eq!(set("", "A", "a 'b' \"c\"", &[Reader::DockerEnvFile]).unwrap(), "A=a 'b' \"c\"\n");
}

#[test]
fn text_beyond_ascii_is_no_trouble_to_any_reader() {
    for value in ["é", "\"'\té\"==é", "'é", "é\\", "\u{feff}é", "\u{2028}'é'"] {
        for reader in Reader::ALL {
            if let Ok(text) = set("B='é'\n", "A", value, &[reader]) {
                let readings = reader.read(text.as_bytes()).unwrap();
                assert_eq!(readings.get("A"), Some(value.as_bytes()), "{reader}");
            }
        }
    }
}

#[test]
fn a_large_file_takes_many_changes() {
    let file: String = (0..300).map(|n| format!("# about {n}\nKEY_{n}='value {n}'\n\n")).collect();
    let changes: Vec<Change> = (0..60).map(|n| change(&format!("KEY_{}", n * 5), "it's new")).collect();
    let edited = edit(&Document::parse(file.as_bytes()), &changes, &[]);
    assert_eq!(edited.applied.len(), 60);
    let again = edit(&edited.document, &changes, &[]);
    assert!(again.applied.iter().all(|applied| applied.effect == Effect::Unchanged));
}

#[test]
fn a_reference_from_another_value_is_reported() {
    let message = set("A=1\nB=\"x$A\"\n", "A", "2", &[Reader::Compose]).unwrap_err();
    assert_eq!(message, "A was not written: it would change what compose reads as B");
}

#[test]
fn an_open_quote_above_is_noticed() {
    let message = set("A=it's\n", "B", "x y", &[Reader::Shell, Reader::NodeDotenv]).unwrap_err();
    assert!(message.contains("shell refuses the file: line 1: a quote is not closed"), "{message}");
    assert!(set("A='open\n", "A", "shut", &[]).is_ok(), "an edit may repair the file");
}

#[test]
fn what_readers_see_differently_is_left_alone() {
    let message = set("A: 1\n", "A", "2", &[Reader::NodeDotenv]).unwrap_err();
    assert!(message.contains("node-dotenv reads it from a line that is no assignment"), "{message}");
    let message = set("\tA=1\n", "A", "2", &[Reader::NodeEnvFile]).unwrap_err();
    assert!(message.contains("node 20) does not read its assignment as line 1"), "{message}");
}

#[test]
fn a_glued_comment_stays_where_it_is_one() {
    assert_eq!(set("A=1#c\n", "A", "2", &[Reader::NodeDotenv]).unwrap(), "A=2#c\n");
    assert_eq!(set("A=1#c\n", "A", "2", &[Reader::Compose]).unwrap(), "A=2\n");
}

#[test]
fn what_no_environment_holds_is_refused_first() {
    for (key, value, says) in [
        ("1A", "x", "its name must be"),
        ("A-B", "x", "its name must be"),
        ("A", "x\0y", "NUL byte"),
        ("A", &"x".repeat(131_070), "131072 bytes"),
    ] {
        let message = set("", key, value, &[]).unwrap_err();
        assert!(message.contains(says), "{message}");
    }
    assert!(set("", "A", &"x".repeat(131_069), &[]).is_ok());
    for file in [&b"\xff\xfeA\0=\0"[..], b"A=1\0\n"] {
        let edited = edit(&Document::parse(file), &[change("A", "2")], &[]);
        assert_eq!(edited.refused[0].reason, Reason::NotText);
    }
}

#[test]
fn one_refusal_does_not_hold_up_the_others() {
    let changes = [change("A", "1"), change("B", "x\ry"), change("C", "2")];
    let edited = edit(&Document::parse(b""), &changes, &[]);
    assert_eq!(edited.document.bytes(), b"A=1\nC=2\n");
    assert_eq!((edited.applied.len(), edited.refused.len()), (2, 1));
}

#[test]
fn nothing_shows_a_value() {
    let changes = [change("A", "canary-5"), change("B", "canary-6\r")];
    let edited = edit(&Document::parse(b"C=canary-7\n"), &changes, &[]);
    let shown = format!("{edited:?} {changes:?} {}", edited.refused[0]);
    assert!(!shown.contains("canary"), "{shown}");
}

/// Text made of what parsers trip over.
fn awkward() -> impl Strategy<Value = String> {
    let pieces =
        ["'", "\"", "`", "\\", "$", "{", "}", "#", " ", "\n", "\r", "\t", "=", "A", "b", "n", "é", ":-"];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..12)
        .prop_map(|parts| parts.concat())
}

/// Files with a few assignments, comments and odd lines among them.
fn file() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        awkward().prop_map(|text| format!("KEY='{}'", text.replace(['\'', '\\', '\r', '$'], ""))),
        awkward().prop_map(|text| format!("OTHER={text}")),
        awkward(),
        Just("# it's a comment".to_owned()),
        Just("export PLAIN=1".to_owned()),
        Just(String::new()),
    ];
    (proptest::collection::vec(line, 0..5), prop_oneof![Just("\n"), Just("\r\n")], any::<bool>())
        .prop_map(|(lines, end, open)| lines.join(end) + if open { "" } else { end })
}

fn readers() -> impl Strategy<Value = Vec<Reader>> {
    proptest::sample::subsequence(Reader::ALL.to_vec(), 1..=Reader::ALL.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(&*Document::parse(&bytes).render(), &bytes);
    }

    #[test]
    fn any_text_can_be_read(text in prop_oneof![awkward(), any::<String>()], cut in any::<u8>()) {
        for bytes in [text.as_bytes(), &text.as_bytes()[..text.len().min(usize::from(cut))]] {
            for dialect in Reader::ALL.iter().flat_map(|reader| reader.dialects()) {
                let _ = dialect.read(bytes);
                dialect.fragile(&text);
            }
            Document::parse(bytes).entries().for_each(drop);
        }
    }

    #[test]
    fn a_value_is_read_exactly_or_refused(file in file(), value in awkward(), readers in readers()) {
        let document = Document::parse(file.as_bytes());
        let edited = edit(&document, &[change("KEY", &value)], &readers);
        if !edited.refused.is_empty() {
            prop_assert_eq!(edited.document.bytes(), file.as_bytes());
            return Ok(());
        }
        for dialect in readers.iter().flat_map(|reader| reader.dialects()) {
            let after = dialect.read(edited.document.bytes()).unwrap();
            prop_assert_eq!(after.get("KEY"), Some(value.as_bytes()));
            if let Ok(before) = dialect.read(file.as_bytes()) {
                prop_assert_eq!(before.difference(&after, "KEY"), None);
            }
        }
        let again = edit(&edited.document, &[change("KEY", &value)], &readers);
        prop_assert_eq!(again.document.bytes(), edited.document.bytes());
    }

    #[test]
    fn untouched_lines_are_kept(file in file(), value in "[a-z ]{0,8}") {
        let document = Document::parse(file.as_bytes());
        let edited = edit(&document, &[change("NEW", &value)], &[Reader::NodeDotenv]);
        prop_assert!(edited.document.bytes().starts_with(file.as_bytes()));
    }

    #[test]
    fn the_dotenvy_model_is_the_crate(text in file()) {
        let text = text.replace("PLAIN", "KEY");
        let mut real = std::collections::BTreeMap::new();
        let (mut failed, mut count) = (false, 0);
        for item in ::dotenvy::from_read_iter(text.as_bytes()) {
            match item {
                Ok((key, value)) => {
                    count += 1;
                    real.entry(key).or_insert(value);
                }
                Err(_) => { failed = true; break }
            }
        }
        match Reader::Dotenvy.read(text.as_bytes()) {
            Err(_) => prop_assert!(failed),
            Ok(model) => {
                prop_assert!(!failed);
                let model: std::collections::BTreeMap<String, String> = model
                    .iter()
                    .map(|(key, value)| (key.to_owned(), String::from_utf8(value.to_vec()).unwrap()))
                    .collect();
                // With duplicates a reference means another value once they are loaded.
                if count == model.len() || !text.contains('$') {
                    prop_assert_eq!(model, real);
                }
            }
        }
    }
}
