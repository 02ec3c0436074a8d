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
    let cut = |offset: usize, value: &str| {
        let text = BASE64_STANDARD_NO_PAD.encode([&b"\0\0\0"[..offset], value.as_bytes()].concat());
        text[(offset * 8).div_ceil(6)..(offset + value.len()) * 8 / 6].to_owned()
    };
    let quoted = serde_json::to_string(value).unwrap();
    let texts = [value, &quoted[1..quoted.len() - 1]];
    let cut = texts.iter().flat_map(|text| [0, 1, 2].map(|offset| cut(offset, text)));
    cut.flat_map(|form| [form.replace('+', "-").replace('/', "_"), form]).collect()
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
fn no_comment_lets_it_pass() {
    for comment in ["gitleaks:allow", "devsecrets:allow", "devsecrets:allow KEY", "pragma: allowlist secret"]
    {
        let (_state, own) = known(&[("KEY", VALUE)]);
        let leaks = scanned(own, format!("x = {VALUE} # {comment}").as_bytes());
        assert_eq!(leaks.iter().map(|leak| leak.code).collect::<Vec<_>>(), [OWN], "{comment}");
    }
}

#[test]
fn what_is_remembered_holds_no_value() {
    let (state, _) = known(&[("KEY", VALUE)]);
    let file = state.path().join("audit.json");
    let kept = fs::read_to_string(&file).unwrap();
    for form in forms(VALUE) {
        assert!(!kept.contains(&*String::from_utf8_lossy(&form)));
    }
    put(&file, b"{ torn");
    assert!(Known::open(state.path()).unwrap().own().is_empty());
}

const OTHER: &str = "an0ther-v4lue-of-it";

fn seen<'a>(variable: &'a str, value: &'a SecretValue) -> Secret<'a> {
    Secret { variable, service: "api", origin: "file", value }
}

/// What was seen of `KEY` by a start, or in files.
fn sees(state: &Path, value: &str, in_files: bool) {
    let value = SecretValue::new(value);
    let secrets = [seen("KEY", &value)];
    remember(state, &Seen { project: "shop", secrets: &secrets, open: &["PORT"], in_files }).unwrap();
}

/// How each of two values is told: as the value, as a former one, or not at all.
fn told(state: &Path) -> [Option<bool>; 2] {
    [VALUE, OTHER].map(|value| {
        let leaks = scanned(Known::open(state).unwrap().own(), value.as_bytes());
        leaks.first().map(|leak| leak.says().starts_with("former value of KEY of api"))
    })
}

/// It may not have been revoked, and the file and the history still hold it. What came back is no former value.
#[test]
fn a_value_that_was_replaced_is_told_as_a_former_one() {
    let state = tempfile::tempdir().unwrap();
    for (value, expected) in
        [(VALUE, [Some(false), None]), (OTHER, [Some(true), Some(false)]), (VALUE, [Some(false), Some(true)])]
    {
        for _ in 0..2 {
            sees(state.path(), value, false);
            assert_eq!(told(state.path()), expected);
        }
    }
    sees(state.path(), OTHER, true);
    assert_eq!(told(state.path()), [Some(false), Some(true)], "a copy of long ago is not the value");
    sees(state.path(), "an-edit-by-hand-0f-it", true);
    assert_eq!(told(state.path()), [Some(true), Some(true)], "and an edit by hand is");
}

/// A placeholder takes the secret's place in the file, and not in the hands of who has it.
#[test]
fn a_value_that_gave_way_to_a_placeholder_is_a_former_one() {
    let state = tempfile::tempdir().unwrap();
    sees(state.path(), VALUE, false);
    sees(state.path(), "<your secret here>", false);
    assert_eq!(told(state.path()), [Some(true), None]);
}

#[test]
fn former_values_are_few_and_go_with_time() {
    let state = tempfile::tempdir().unwrap();
    let value = |nth: usize| format!("{nth}-v4lue-of-long-ago-{nth}");
    let found = |nth: usize| scanned(Known::open(state.path()).unwrap().own(), value(nth).as_bytes()).len();
    (0..12).for_each(|nth| sees(state.path(), &value(nth), false));
    let known = (0..12).filter(|nth| found(*nth) == 1).count();
    assert_eq!((known, found(11)), (9, 1), "the value and eight former ones");
    let file = state.path().join("audit.json");
    let kept = fs::read_to_string(&file).unwrap();
    let (head, values) = kept.split_once('\n').unwrap();
    let mut values: serde_json::Value = serde_json::from_str(values).unwrap();
    for value in values.as_array_mut().unwrap() {
        if let Some(day) = value.get_mut("former") {
            *day = (day.as_u64().unwrap() - 91).into();
        }
    }
    put(&file, format!("{head}\n{values}").as_bytes());
    assert_eq!((0..12).filter(|nth| found(*nth) == 1).count(), 1);
}

/// The one way for what is no secret after all.
#[test]
fn what_the_profile_calls_no_secret_is_forgotten() {
    for in_files in [true, false] {
        let state = tempfile::tempdir().unwrap();
        sees(state.path(), VALUE, false);
        sees(state.path(), OTHER, false);
        let other = Seen { project: "other", secrets: &[], open: &["KEY"], in_files };
        remember(state.path(), &other).unwrap();
        assert_eq!(told(state.path()), [Some(true), Some(false)], "another project's");
        remember(state.path(), &Seen { project: "shop", ..other }).unwrap();
        assert_eq!(told(state.path()), [None, None]);
    }
}

#[test]
fn nothing_is_begun_for_nothing() {
    let state = tempfile::tempdir().unwrap();
    remember(state.path(), &Seen { project: "shop", secrets: &[], open: &["KEY"], in_files: true }).unwrap();
    assert!(!state.path().join("audit.json").exists());
}

/// With all other values at hand a short one could be tried until the print fits.
#[test]
fn the_print_of_a_set_tells_nothing_of_what_can_be_guessed() {
    let state = tempfile::tempdir().unwrap();
    let file = state.path().join("audit.json");
    let long = SecretValue::new(VALUE);
    let kept = |pin: &str| {
        let pin = SecretValue::new(pin);
        let secrets = [seen("KEY", &long), seen("PIN", &pin)];
        remember(state.path(), &Seen { project: "shop", secrets: &secrets, open: &[], in_files: false })
            .unwrap();
        fs::read_to_string(&file).unwrap()
    };
    assert_eq!(kept("1234"), kept("99"));
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
