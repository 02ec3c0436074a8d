//! What is masked, what is not, and that chunks make no difference.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::*;

fn masks(values: &[&str]) -> Arc<Masks> {
    headed(values, HEAD)
}

fn headed(values: &[&str], head: usize) -> Arc<Masks> {
    let values: Vec<SecretValue> = values.iter().map(|value| SecretValue::new(*value)).collect();
    Arc::new(Masks::new(&values.iter().collect::<Vec<_>>(), head).unwrap())
}

fn redacted(masks: &Arc<Masks>, chunks: &[&[u8]]) -> Vec<u8> {
    let (mut redactor, mut out) = (Redactor::new(Arc::clone(masks)), Vec::new());
    chunks.iter().for_each(|chunk| redactor.feed(chunk, &mut out));
    redactor.finish(&mut out);
    out
}

fn text(values: &[&str], input: &str) -> String {
    String::from_utf8(redacted(&masks(values), &[input.as_bytes()])).unwrap()
}

/// The same by looking at every place for every form.
fn by_brute_force(values: &[&str], input: &[u8]) -> Vec<u8> {
    let mut hidden = vec![false; input.len()];
    for form in values.iter().flat_map(|value| forms(value)).filter(|form| form.len() >= SHORTEST) {
        for start in 0..(input.len() + 1).saturating_sub(form.len()) {
            if input[start..].starts_with(&form) {
                hidden[start..start + form.len()].fill(true);
            }
        }
    }
    let one = |(byte, hidden): (&u8, bool)| if hidden { masked(*byte) } else { Some(*byte) };
    input.iter().zip(hidden).filter_map(one).collect()
}

#[test]
fn a_value_becomes_stars_of_its_width() {
    assert_eq!(text(&["canary-7"], "<canary-7> canary-8"), "<********> canary-8");
    assert_eq!(text(&["pässword"], "(pässword)"), "(********)");
}

#[test]
fn every_form_is_found_wherever_it_stands() {
    let value = "s3cret/k+y \"ü\" {9}";
    for lead in ["", "x", "xy", "xyz"] {
        let inner = format!("{lead}{value}tail");
        for encoded in [BASE64_STANDARD.encode(&inner), BASE64_URL_SAFE_NO_PAD.encode(&inner)] {
            let shown = text(&[value], &encoded);
            assert!(shown.matches('*').count() >= value.len() * 8 / 6 - 1, "{lead}: {shown}");
        }
    }
    let json = serde_json::to_string(value).unwrap();
    let twice = serde_json::to_string(&json).unwrap();
    let hex: String = value.bytes().map(|byte| format!("{byte:02X}")).collect();
    let percent = "s3cret%2Fk%2By%20%22%C3%BC%22%20%7B9%7D";
    let form = "s3cret%2Fk%2By+%22%C3%BC%22+%7B9%7D";
    let ascii = r#"s3cret/k+y \"\u00fc\" {9}"#;
    let shell = r#"s3cret/k+y \"ü\" {9}"#;
    for shown in [&json, &twice, &hex, percent, &percent.to_lowercase(), form, ascii, shell]
        .map(|form| text(&[value], form))
    {
        assert!(!shown.contains(|c: char| c.is_ascii_alphanumeric()), "{shown}");
    }
}

#[test]
fn the_end_of_a_base64_text_is_not_left_over() {
    for value in ["abcdef", "abcdefg", "abcdefgh"] {
        let shown = text(&[value], &format!("[{}]", BASE64_STANDARD.encode(value)));
        assert!(!shown.contains(|c: char| c.is_ascii_alphanumeric()), "{shown}");
    }
}

#[test]
fn a_key_is_found_line_by_line_and_as_a_terminal_has_it() {
    let key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----\n";
    let shown = text(&[key], "log: | kqhkiG9w0BAQEF |");
    assert_eq!(shown, "log: | ************** |");
    let shown = text(&[key], &key.replace('\n', "\r\n"));
    assert_eq!(shown.matches("\r\n").count(), 4, "{shown}");
    assert!(!shown.contains("MII") && !shown.contains("BEGIN"), "{shown}");
}

#[test]
fn short_lines_of_a_value_are_found_too() {
    let shown = text(&["canary-1\nab\ncanary-2\n"], "  canary-1\n  ab\n  canary-2\n");
    assert_eq!(shown, "  ********\n  ab\n  ********\n");
}

/// Whoever reads a secret from a file takes the line end off.
#[test]
fn a_value_is_found_without_the_white_space_around_it() {
    for value in ["canary-7\n", " canary-7\r\n", "canary-7  "] {
        assert_eq!(text(&[value], "<canary-7>"), "<********>", "{value:?}");
        let encoded = text(&[value], &BASE64_STANDARD.encode("canary-7"));
        assert!(!encoded.contains(|c: char| c.is_ascii_alphanumeric()), "{encoded}");
    }
}

#[test]
fn overlapping_values_are_both_hidden() {
    assert_eq!(text(&["abcdef", "efghij"], "abcdefghij"), "**********");
    assert_eq!(text(&["secret", "secretive"], "secretive secret"), "********* ******");
}

#[test]
fn a_prompt_is_shown_at_once() {
    let (mut redactor, mut out) = (Redactor::new(masks(&["password: hunter2"])), Vec::new());
    redactor.feed(b"Enter a name: ", &mut out);
    assert_eq!(out, b"Enter a name: ");
    redactor.feed(b"sleep", &mut out);
    assert!(redactor.holds() && out.ends_with(b"slee"), "`p` may begin the value");
    redactor.pause(&mut out);
    assert!(!redactor.holds() && out.ends_with(b"sleep"));
    redactor.feed(b"assword: hunter2", &mut out);
    assert_eq!(out, b"Enter a name: sleep****************", "what was shown stays, the rest is masked");
}

#[test]
fn a_pause_within_a_value_shows_no_more_than_a_glimpse() {
    let (mut redactor, mut out) = (Redactor::new(masks(&["canary-7f3a"])), Vec::new());
    for byte in b"canary-7f3a" {
        redactor.feed(&[*byte], &mut out);
        redactor.pause(&mut out);
    }
    assert_eq!(out, b"ca*********");
}

#[test]
fn nothing_to_mask_passes_everything() {
    assert_eq!(redacted(&masks(&[]), &[b"any\xff\x00thing"]), b"any\xff\x00thing");
}

proptest! {
    #[test]
    fn chunks_make_no_difference(
        values in prop::collection::vec("[ab+/\" ü]{6,9}", 1..4),
        head in 2..12_usize,
        parts in prop::collection::vec(prop_oneof!["[ab+/\" ü]{0,4}", "[\\x00-\\x7f]{0,3}"], 0..12),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..12),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..16),
    ) {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let forms: Vec<Vec<u8>> = values.iter().flat_map(|value| forms(value)).collect();
        let mut input: Vec<u8> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            input.extend(part.as_bytes());
            if let Some((form, cut)) = picks.get(index) {
                let form = form.get(&forms);
                input.extend(&form[..cut.index(form.len() + 1)]);
            }
        }
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(input.len() + 1)).collect();
        ends.extend([0, input.len()]);
        ends.sort_unstable();
        let chunks: Vec<&[u8]> = ends.windows(2).map(|two| &input[two[0]..two[1]]).collect();
        let masks = headed(&values, head);
        let whole = by_brute_force(&values, &input);
        prop_assert_eq!(redacted(&masks, &[&input]), whole.clone());
        prop_assert_eq!(redacted(&masks, &chunks), whole);
    }
}
