//! Known values: found in every form programs write, by prints that hold none of them.

use super::*;
use crate::secret::{SecretValue, forms};

const VALUE: &str = "c4nary/val-ue \"q\" $7'é!x";

fn name(variable: &str, origin: &str) -> OwnName {
    let text = str::to_owned;
    OwnName { project: text("shop"), variable: text(variable), service: text("api"), origin: text(origin) }
}

fn known(values: &[(&str, &str)]) -> (tempfile::TempDir, Own) {
    let state = tempfile::tempdir().unwrap();
    let values: Vec<(OwnName, SecretValue)> =
        values.iter().map(|(variable, value)| (name(variable, "aws"), SecretValue::new(*value))).collect();
    let lent: Vec<(OwnName, &SecretValue)> =
        values.iter().map(|(name, value)| (name.clone(), value)).collect();
    Known::open(state.path()).unwrap().remember(&lent).unwrap();
    let own = Known::open(state.path()).unwrap().own();
    (state, own)
}

fn scanned(own: Own, text: &[u8]) -> Vec<Leak> {
    let scanner = Scanner::new(Rules::default(), None).knowing(own);
    let mut leaks = Vec::new();
    let subject = scanner::Subject { path: "a.txt", kept: false, commit: None };
    scanner.scan(subject, text, &mut Vec::new(), &mut leaks).unwrap();
    leaks
}

#[test]
fn every_form_a_program_writes_is_found() {
    let (state, _) = known(&[("KEY", VALUE)]);
    for form in forms(VALUE).into_iter().filter(|form| form.len() > VALUE.len() - 2) {
        let text = [b"a line\nx = '", &form[..], b"'\n"].concat();
        let leaks = scanned(Known::open(state.path()).unwrap().own(), &text);
        // At an offset the outermost bytes of base64 are shared with what stands beside them.
        let shown = String::from_utf8_lossy(&form).into_owned();
        let whole = !forms_at_an_offset(VALUE).contains(&shown);
        assert_eq!(leaks.len(), usize::from(whole), "{shown}");
        assert!(leaks.iter().all(|leak| (leak.line, leak.code) == (2, OWN)), "{shown}: {leaks:?}");
    }
}

/// Cut at their ends, and so not the value any more.
fn forms_at_an_offset(value: &str) -> Vec<String> {
    use base64::prelude::{BASE64_STANDARD_NO_PAD, Engine as _};
    let cut = |offset: usize| {
        let text = BASE64_STANDARD_NO_PAD.encode([&b"\0\0\0"[..offset], value.as_bytes()].concat());
        text[(offset * 8).div_ceil(6)..(offset + value.len()) * 8 / 6].to_owned()
    };
    (0..3).map(cut).flat_map(|form| [form.replace('+', "-").replace('/', "_"), form]).collect()
}

#[test]
fn base64_of_a_longer_text_is_found_at_every_offset() {
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
    for lead in ["", "x", "xy", "xyz"] {
        let inner = format!("{lead}{VALUE} and more");
        for text in [BASE64_STANDARD.encode(&inner), BASE64_URL_SAFE_NO_PAD.encode(&inner)] {
            let (_state, own) = known(&[("KEY", VALUE)]);
            assert_eq!(
                scanned(own, format!("Authorization: Basic {text}\n").as_bytes()).len(),
                1,
                "{lead}: {text}"
            );
        }
    }
}

#[test]
fn each_line_of_a_key_is_found_and_so_is_a_wrapped_one() {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    let key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF\nAASCBKcwggSjAgEAAoIBAQC7VJTU\n-----END KEY-----\n";
    for text in [
        key.replace('\n', "\r\n"),
        key.replace('\n', "\\n"),
        format!("> {}", key.lines().nth(2).unwrap()),
        BASE64_STANDARD.encode(key),
        BASE64_STANDARD
            .encode(format!("a:{key}"))
            .as_bytes()
            .chunks(76)
            .map(String::from_utf8_lossy)
            .collect::<Vec<_>>()
            .join("\n"),
    ] {
        let (_state, own) = known(&[("KEY", key)]);
        assert!(!scanned(own, text.as_bytes()).is_empty(), "{text}");
    }
}

#[test]
fn what_is_short_or_no_secret_is_not_looked_for() {
    let (_state, own) = known(&[("PORT", "3000"), ("PASSWORD", "changeme-please"), ("SHORT", "q7Hs82LkPz0")]);
    assert!(own.is_empty());
    let (_state, own) = known(&[("KEY", VALUE)]);
    assert!(scanned(own, VALUE.replace('7', "8").as_bytes()).is_empty());
}

/// What a password manager makes up has any sign in any place.
#[test]
fn a_value_of_one_s_own_may_look_like_nothing_else() {
    for lead in ["$", "!", "@", "&", "*", "<", "ssh-", "[\"", "{\"a\":\"", "https://me:", "op:", "k9..."] {
        let value = format!("{lead}9Lw2mQz7Vt4Xb@db.example-shop.com");
        let (_state, own) = known(&[("KEY", &value)]);
        let leaks = scanned(own, format!("x = {value}\n").as_bytes());
        assert_eq!(leaks.iter().map(|leak| leak.code).collect::<Vec<_>>(), [OWN], "{value}");
    }
}

/// All that have no passphrase begin with the same line.
#[test]
fn the_key_of_somebody_else_is_not_one_s_own() {
    let key = |rest: &str| {
        let first = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";
        format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{first}\n{rest}\n-----END OPENSSH PRIVATE KEY-----\n")
    };
    let (mine, other) =
        ("QyNTUxOQAAACD7zK2mWq9Xv4Lb8Tj1Rc6Yh3Ns5Gd", "QyNTUxOQAAACD1Rc6Yh3Ns5Gd7zK2mWq9Xv4Lb8Tj");
    for (rest, expected) in [(mine, true), (other, false)] {
        let (_state, own) = known(&[("KEY", &key(mine))]);
        assert_eq!(!scanned(own, key(rest).as_bytes()).is_empty(), expected);
    }
}

#[test]
fn the_finding_names_variable_service_and_origin() {
    let (_state, own) = known(&[("KEY", VALUE)]);
    let [leak] = &scanned(own, format!("x = {VALUE}").as_bytes())[..] else { panic!("one finding") };
    assert_eq!(leak.says(), format!("KEY of api (shop), from aws, •••••••• ({} bytes)", VALUE.len()));
    assert_eq!((leak.column, leak.length), (5, VALUE.len()));
    assert_eq!(leak.own, Some(name("KEY", "aws")));
}

#[test]
fn only_our_own_mark_with_the_name_lets_it_pass() {
    for (comment, passes) in [
        ("gitleaks:allow", false),
        ("devsecrets:allow", false),
        ("devsecrets:allow KEYS", false),
        ("devsecrets:allow KEY", true),
    ] {
        let (_state, own) = known(&[("KEY", VALUE)]);
        assert_eq!(
            scanned(own, format!("x = {VALUE} # {comment}").as_bytes()).is_empty(),
            passes,
            "{comment}"
        );
    }
}

#[test]
fn what_is_remembered_holds_no_value_and_a_new_value_takes_its_place() {
    let (state, _) = known(&[("KEY", VALUE)]);
    let file = state.path().join("audit.json");
    let kept = fs::read_to_string(&file).unwrap();
    for form in forms(VALUE) {
        assert!(!kept.contains(&*String::from_utf8_lossy(&form)));
    }
    let other = SecretValue::new("an0ther-v4lue-of-it");
    Known::open(state.path()).unwrap().remember(&[(name("KEY", "file"), &other)]).unwrap();
    let own = Known::open(state.path()).unwrap().own();
    assert_eq!(own.len(), 1);
    assert!(scanned(own, VALUE.as_bytes()).is_empty());
    put(&file, b"{ torn");
    assert!(Known::open(state.path()).unwrap().own().is_empty());
}

/// What was found once and then gave way to another is new when it comes back.
#[test]
fn a_set_that_was_known_is_known_only_as_long_as_it_stands() {
    let state = tempfile::tempdir().unwrap();
    let (one, other) = (SecretValue::new(VALUE), SecretValue::new("an0ther-v4lue-of-it"));
    let found = |value: &str| scanned(Known::open(state.path()).unwrap().own(), value.as_bytes()).len();
    for (value, here, gone) in [(&one, VALUE, "an0ther-v4lue-of-it"), (&other, "an0ther-v4lue-of-it", VALUE)]
    {
        for _ in 0..2 {
            remember(state.path(), &[(name("KEY", "file"), value)]).unwrap();
            assert_eq!((found(here), found(gone)), (1, 0));
        }
    }
    remember(state.path(), &[(name("KEY", "file"), &one)]).unwrap();
    assert_eq!(found(VALUE), 1);
}

/// With all other values at hand a short one could be tried until the print fits.
#[test]
fn the_print_of_a_set_tells_nothing_of_what_can_be_guessed() {
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("audit.json");
    let long = SecretValue::new(VALUE);
    let kept = |pin: &str| {
        let pin = SecretValue::new(pin);
        remember(state.path(), &[(name("KEY", "file"), &long), (name("PIN", "file"), &pin)]).unwrap();
        fs::read_to_string(&file).unwrap()
    };
    assert_eq!(kept("1234"), kept("99"));
}

/// Also where nothing is remembered in its place, and it came from somewhere else.
#[test]
fn a_value_that_gave_way_to_a_placeholder_is_forgotten() {
    let (state, own) = known(&[("KEY", VALUE)]);
    assert_eq!(scanned(own, VALUE.as_bytes()).len(), 1);
    let placeholder = SecretValue::new("<your secret here>");
    Known::open(state.path()).unwrap().remember(&[(name("KEY", "file"), &placeholder)]).unwrap();
    assert_eq!(scanned(Known::open(state.path()).unwrap().own(), VALUE.as_bytes()), []);
}

#[test]
fn a_known_value_is_told_before_what_only_looks_like_a_secret() {
    let token = token();
    let (_state, own) = known(&[("TOKEN", &token)]);
    let scanner = Scanner::new(Rules::own().unwrap(), None).knowing(own);
    let mut leaks = Vec::new();
    let subject = scanner::Subject { path: "a.env", kept: false, commit: None };
    let text = format!("API_TOKEN={token}\n");
    scanner.scan(subject, text.as_bytes(), &mut Vec::new(), &mut leaks).unwrap();
    assert_eq!(leaks.iter().map(|leak| leak.code).collect::<Vec<_>>(), [OWN]);
}
