//! The fast search finds what a straightforward one does: every word of a rule, and every value in any spelling.

use std::sync::LazyLock;

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use proptest::prelude::*;

use super::super::own::{OwnName, Sieve};
use super::*;
use crate::secret::SecretValue;

mod slow;

/// Ends that meet signs of every spelling, a value within another, one of two lines, one beyond ASCII, and one of words.
const VALUES: [&str; 7] = [
    "k9/Zq\"81+Lm%w'Xt\\0vR2",
    "k9/Zq\"81+Lm%w'Xt\\0vR2-and-longer",
    "TmV2ZXIgZ29ubmEgZ2l2ZQ",
    "4f2a9c01b7d3e8550a6c",
    "-----BEGIN X-----\nq7Hs82LkPz0vYt5NwXb3\nmR4vC1tZ8yKp6QfJ2sWd\n-----END X-----",
    "Schlüssel-ß7-ñandú-№5",
    "correct horse battery 7staple",
];

/// Of a value its whole and, of several, its lines.
fn needles() -> Vec<Vec<u8>> {
    let lines = VALUES[4].lines().filter(|line| !line.starts_with("-----"));
    VALUES.into_iter().chain(lines).map(|text| text.as_bytes().to_vec()).collect()
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let mut own = Own::new(Sieve::new(FingerprintKey::new([9; 32])));
    for needle in VALUES {
        let [project, service, origin] = ["p", "s", "aws"].map(str::to_owned);
        let name = OwnName { project, variable: needle.to_owned(), service, origin };
        own.learn(name, &SecretValue::new(needle));
    }
    Scanner::new(Rules::own().unwrap(), None).knowing(own)
});

fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    quoted[1..quoted.len() - 1].to_owned()
}

fn wrapped(text: &str, columns: usize, end: &str) -> String {
    let lines: Vec<&str> =
        text.as_bytes().chunks(columns).map(|line| str::from_utf8(line).unwrap()).collect();
    lines.join(end)
}

/// A value as programs write it; `how` and `lead` choose among them.
fn spelling(value: &str, how: usize, lead: usize) -> String {
    let lead = &"xyzabc"[..lead % 4];
    let within = format!("{lead}{value}{}", &"&more than that"[..how % 7]);
    let long = format!("{}{within}", "a line before it, and another. ".repeat(3));
    let hex: String = within.bytes().map(|byte| format!("{byte:02x}")).collect();
    let long_hex: String = long.bytes().map(|byte| format!("{byte:02X}")).collect();
    let units = |text: &str| text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
    match how % 17 {
        0 => value.to_owned(),
        1 => json(value),
        2 => json(&json(value)),
        3 => units(value),
        4 => json(&units(value)),
        5 => BASE64_STANDARD.encode(&within),
        6 => BASE64_URL_SAFE_NO_PAD.encode(&within),
        7 => wrapped(&BASE64_STANDARD.encode(&long), 64, "\n"),
        8 => wrapped(&BASE64_STANDARD.encode(&long), 76, "\r\n"),
        9 => hex,
        10 => format!("0{hex}"),
        11 => wrapped(&long_hex, 64, "\n"),
        12 => value.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        13 => form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        14 => format!("'{}'", value.replace('\'', r"'\''")),
        15 => json(&value.replace('\'', r"'\''")),
        _ => value.replace('%', "%25").replace('"', "%22"),
    }
}

/// What a text is put together from.
#[derive(Clone, Debug)]
enum Part {
    Noise(Vec<u8>),
    Value(usize, usize, usize),
    /// With a byte less at one of its ends.
    Cut(usize, usize, bool),
    /// A word of a rule, as written or in capitals.
    Word(usize, bool),
    /// One byte many times.
    Many(u8, usize),
}

fn part() -> impl Strategy<Value = Part> {
    let sign = prop::sample::select(&b"\\\\\\'\"%+/=u0041dce:n-_aZ \n\r\t\xc3\xbc\0"[..]);
    let index = 0..1000_usize;
    prop_oneof![
        3 => prop::collection::vec(sign.clone(), 0..24).prop_map(Part::Noise),
        4 => (index.clone(), index.clone(), index.clone()).prop_map(|(value, how, lead)| Part::Value(value, how, lead)),
        1 => (index.clone(), index.clone(), any::<bool>()).prop_map(|(value, how, end)| Part::Cut(value, how, end)),
        2 => (index, any::<bool>()).prop_map(|(word, capitals)| Part::Word(word, capitals)),
        1 => (sign, 0..5000_usize).prop_map(|(sign, count)| Part::Many(sign, count)),
    ]
}

fn text(parts: &[Part], words: &[&String]) -> Vec<u8> {
    let mut text = Vec::new();
    for part in parts {
        match part {
            Part::Noise(bytes) => text.extend(bytes),
            Part::Value(value, how, lead) => {
                text.extend(spelling(VALUES[value % VALUES.len()], *how, *lead).into_bytes());
            }
            Part::Cut(value, how, end) => {
                let whole = spelling(VALUES[value % VALUES.len()], *how, 0).into_bytes();
                text.extend(if *end { &whole[..whole.len() - 1] } else { &whole[1..] });
            }
            Part::Word(word, true) => text.extend(words[word % words.len()].to_uppercase().bytes()),
            Part::Word(word, false) => text.extend(words[word % words.len()].bytes()),
            Part::Many(sign, count) => text.extend(vec![*sign; *count]),
        }
    }
    text
}

fn known(scanner: &Scanner, text: &[u8]) -> Vec<Value> {
    let subject = Subject { path: "a", kept: false, commit: None };
    let (_, mut found) = scanner.sought(&Kind::of("a"), subject, text);
    found.sort_unstable();
    found.dedup();
    found
}

/// What is told of them: none within another.
fn told(found: &[Value]) -> Vec<Value> {
    let mut told: Vec<Value> = Vec::new();
    for value in found {
        if told.last().is_none_or(|last| last.1 <= value.0) {
            told.push(*value);
        }
    }
    told
}

/// Nothing is missed; what is found besides, from the middle of an escape on, is within what is told. A form alone may stand
/// in such a place: `%0` before `correct+horse` takes its first letter for a digit, and the value is told all the same.
fn compare(scanner: &Scanner, text: &[u8]) -> Result<(), String> {
    let (mut fast, slow) = (known(scanner, text), slowly(text));
    let missed: Vec<Value> = slow.iter().filter(|value| !fast.contains(value)).copied().collect();
    fast.retain(|value| slow.contains(value) || !is_in_percent_code(text, value.0));
    if missed.is_empty() && told(&fast) == told(&slow) {
        return Ok(());
    }
    Err(format!("missed {missed:?}, {fast:?} and not {slow:?} in {}", String::from_utf8_lossy(text)))
}

/// Whether `place` is a digit of `%41`.
fn is_in_percent_code(text: &[u8], place: usize) -> bool {
    let begins = |at: &usize| {
        let three = text.get(*at..at + 3).unwrap_or_default();
        matches!(three, [b'%', digits @ ..] if digits.iter().all(u8::is_ascii_hexdigit))
    };
    (place.saturating_sub(2)..place).any(|at| begins(&at))
}

/// Whose a needle is: those of one value's lines are its own.
fn slowly(text: &[u8]) -> Vec<Value> {
    let whose = |(start, end, index): Value| (start, end, if index < VALUES.len() { index } else { 4 });
    let mut found: Vec<Value> = slow::values(text, &needles()).into_iter().map(whose).collect();
    found.sort_unstable();
    found
}

/// `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    ProptestConfig::default().cases.max(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_finds_what_a_straightforward_search_does(parts in prop::collection::vec(part(), 1..12)) {
        let scanner = &*SCANNER;
        let words: Vec<&String> = scanner.rules.all.iter().flat_map(|rule| &rule.keywords).collect();
        let text = text(&parts, &words);
        compare(scanner, &text).map_err(TestCaseError::fail)?;
        let mut heard = Vec::new();
        scanner.gate.each(&text, |place, what| {
            scanner.keywords.at(&text, place, what, &mut |rule, start, end| heard.push((rule, start, end)));
        });
        heard.sort_unstable();
        heard.dedup();
        prop_assert_eq!(heard, slow::words(&scanner.rules, &text));
    }
}

#[test]
fn each_value_is_found_in_each_spelling() {
    let scanner = &*SCANNER;
    for (index, value) in VALUES.iter().enumerate() {
        for (how, lead) in (0..17 * 7).flat_map(|how| (0..4).map(move |lead| (how, lead))) {
            let text = format!("{{\"a\": \"{}\"}}\n", spelling(value, how, lead));
            let found = known(scanner, text.as_bytes());
            // Of one value the beginning is another.
            let whose = |index: usize| if index == 0 { [0, 1] } else { [index, index] };
            let several = index == 4 && [0, 12, 13, 16].contains(&(how % 17));
            let missing = !found.iter().any(|(_, _, found)| whose(index).contains(found)) && !several;
            assert!(!missing, "{how}, {lead}: {text}");
            compare(scanner, text.as_bytes()).unwrap();
        }
    }
}

/// Lines of what is encoded are shorter than it.
#[test]
fn one_that_is_longer_than_a_line_is_found_in_wrapped_lines() {
    let value: String = (0..40).map(|number| format!("{:05}/", number * 7919 % 99991)).collect();
    let mut own = Own::new(Sieve::new(FingerprintKey::new([9; 32])));
    let [project, variable, service, origin] = ["p", "v", "s", "aws"].map(str::to_owned);
    own.learn(OwnName { project, variable, service, origin }, &SecretValue::new(value.as_str()));
    let scanner = Scanner::new(Rules::default(), None).knowing(own);
    let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    for text in [BASE64_STANDARD.encode(&value), BASE64_STANDARD.encode(format!("a{value}")), hex] {
        for (columns, end) in [(32, "\n"), (40, "\n"), (64, "\n"), (76, "\n"), (64, "\r\n")] {
            let text = format!("x:\n{}\n", wrapped(&text, columns, end));
            assert_eq!(known(&scanner, text.as_bytes()).len(), 1, "{text}");
        }
    }
}

/// Stretches of escapes that are decoded in parts.
#[test]
fn a_value_stands_anywhere_among_thousands_of_escapes() {
    let scanner = &*SCANNER;
    for unit in [r"\n", r"\\", r"\\\\", r"\u00fc", r"'\''", r"\\u0041", "ab\\\""] {
        for shift in 0..40 {
            let before = unit.repeat(4096 / unit.len() - 20 + shift);
            let text = format!("{before}{}{unit} {}", json(VALUES[0]), json(&json(VALUES[0])));
            compare(scanner, text.as_bytes()).unwrap();
        }
    }
}

/// Met by chance once in thousands of texts.
#[test]
fn a_form_whose_first_letter_could_be_a_digit_of_what_stands_before_is_told() {
    let text = b"a=%0correct+horse+battery+7staple&b";
    assert_eq!(known(&SCANNER, text).iter().map(|(start, ..)| *start).collect::<Vec<_>>(), [4]);
    compare(&SCANNER, text).unwrap();
}

/// What follows on a value is none of it: not even an escape that stands for nothing.
#[test]
fn escapes_that_stand_for_nothing_change_nothing() {
    let texts =
        [r#"k9\u/Zq\"81+Lm%w'Xt\\0vR2\u"#, r"4f2a9c01b7d3e8550\ua6c\u\ux", r"Schl\u00fcssel-ß7-ñandú-№5\u\n"];
    for text in texts {
        compare(&SCANNER, text.as_bytes()).unwrap();
        assert_eq!(known(&SCANNER, text.as_bytes()).len(), 1, "{text}");
    }
}

#[test]
fn words_that_are_short_or_beyond_ascii_are_found_too() {
    let mut rules = Rules::default();
    let page = "[[rule]]\nid = 'a'\ntitle = 'a'\nkeywords = ['k', 'ab', 'Kä', 'ÄÖ', 'long_word']\nfold = true\nshape = 'x'";
    let file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file.as_file(), page.as_bytes()).unwrap();
    rules.read(file.path()).unwrap();
    let scanner = Scanner::new(rules, None);
    for text in ["k", "aBkäÄÖKÄ LONG_wordlong_word", "", "a", "long_wor"] {
        let mut heard = Vec::new();
        let mut hear = |rule, start, end| heard.push((rule, start, end));
        scanner.keywords.each_short(text.as_bytes(), &mut hear);
        scanner.gate.each(text.as_bytes(), |place, what| {
            scanner.keywords.at(text.as_bytes(), place, what, &mut hear)
        });
        heard.sort_unstable();
        assert_eq!(heard, slow::words(&scanner.rules, text.as_bytes()), "{text}");
    }
}
