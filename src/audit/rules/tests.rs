//! Every rule finds what it is for, and not what only begins like it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::scanner::Subject;
use super::super::{Leak, Scanner};
use super::cases::CASES;
use super::*;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Bytes that look random and are the same each time (xorshift64).
pub(in crate::audit) struct Dice(pub u64);

impl Dice {
    pub(in crate::audit) fn pick(&mut self, from: &[u8]) -> char {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        char::from(from[usize::try_from(self.0 >> 33).unwrap() % from.len()])
    }
}

fn alphabet(sign: char) -> Vec<u8> {
    let digits = b"0123456789";
    match sign {
        'a' => [LETTERS, digits].concat(),
        'c' => LETTERS.to_vec(),
        'l' => [&LETTERS[26..], digits].concat(),
        'u' => [&LETTERS[..26], b"234567"].concat(),
        'x' => [digits, &b"abcdef"[..]].concat(),
        'X' => [digits, &b"ABCDEF"[..]].concat(),
        'd' => digits.to_vec(),
        'b' => [LETTERS, digits, b"+/"].concat(),
        's' => [LETTERS, digits, b"-_"].concat(),
        'A' => b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".to_vec(),
        other => panic!("no alphabet {other}"),
    }
}

/// Fills a pattern in. The last gap gets `last` of its length, in percent, and letters drawn by `draw`.
pub(in crate::audit) fn filled(pattern: &str, last: usize, draw: &mut dyn FnMut(&[u8]) -> char) -> String {
    varied(pattern, last_gap(pattern) * last / 100, None, draw)
}

/// The length of a pattern's last gap.
pub(super) fn last_gap(pattern: &str) -> usize {
    gaps().captures_iter(pattern).last().map_or(0, |found| found[2].parse().unwrap())
}

fn gaps() -> regex_lite::Regex {
    regex_lite::Regex::new(r"\{([acluxXdbsA])(\d+)\}").unwrap()
}

/// The last gap gets so many letters, one of them as it is given.
pub(super) fn varied(
    pattern: &str,
    length: usize,
    given: Option<(usize, char)>,
    draw: &mut dyn FnMut(&[u8]) -> char,
) -> String {
    let gap = gaps();
    let count = gap.captures_iter(pattern).count();
    let mut index = 0;
    gap.replace_all(pattern, |found: &regex_lite::Captures<'_>| {
        index += 1;
        let length = if index == count { length } else { found[2].parse().unwrap() };
        let from = alphabet(found[1].chars().next().unwrap());
        let mut letters: Vec<char> = (0..length).map(|_| draw(&from)).collect();
        if let Some((at, letter)) = given.filter(|(at, _)| index == count && *at < length) {
            letters[at] = letter;
        }
        letters.into_iter().collect::<String>()
    })
    .into_owned()
}

fn random(pattern: &str, last: usize) -> String {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    filled(pattern, last, &mut |from| dice.pick(from))
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(Rules::own().unwrap(), None));

fn scanned(path: &str, text: &str) -> Vec<Leak> {
    let mut leaks = Vec::new();
    let subject = Subject { path, kept: false, commit: None };
    SCANNER.scan(subject, text.as_bytes(), &mut Vec::new(), &mut leaks).unwrap();
    leaks
}

pub(in crate::audit) fn finds(rule: &str, path: &str, text: &str) -> bool {
    scanned(path, text).iter().any(|leak| leak.rule == rule)
}

#[test]
fn every_rule_is_whole() {
    let rules = Rules::own().unwrap();
    let mut ids = BTreeSet::new();
    for rule in rules.all() {
        let id = &rule.id;
        assert!(ids.insert(id), "{id} stands twice");
        assert!(compile(&rule.shape, rule.begins).is_ok(), "{id}: {:?}", compile(&rule.shape, true).err());
        assert!(!rule.keywords.is_empty(), "{id} has no word to be found by");
        assert!(rule.keywords.iter().all(|word| word.len() >= 3), "{id}: too short to be told apart");
        assert!(CASES.iter().any(|(known, _, _)| known == id), "{id} has no case");
    }
    assert!(ids.len() > 100);
}

/// The cases for which `finds`, of the text that `fill` makes of a pattern, is not `expected`.
fn wrong(expected: bool, fill: impl Fn(&str) -> String) -> Vec<String> {
    let text = |(rule, path, pattern): &(&str, &str, &str)| {
        let text = fill(pattern);
        (finds(rule, path, &text) != expected).then(|| format!("{rule}: {text}"))
    };
    CASES.iter().filter_map(text).collect()
}

#[test]
fn every_rule_finds_what_it_is_for() {
    assert_eq!(wrong(true, |pattern| random(pattern, 100)), [""; 0]);
    assert_eq!(
        wrong(true, |pattern| format!("# a\n{}\nb\n", random(pattern, 100))),
        [""; 0],
        "in the middle"
    );
}

#[test]
fn what_is_too_short_is_none() {
    let short = |pattern: &str| {
        let password =
            pattern.contains("password") || pattern.contains(":me:") || pattern.contains("Password");
        random(pattern, if password { 15 } else { 45 })
    };
    // What people choose, and keys, may have any length.
    let free = [
        "connection-string",
        "password-in-address",
        "git-credentials",
        "npmrc-auth",
        "yarnrc-auth",
        "private-key",
        "putty-private-key",
        "docker-config-auth",
        "kubeconfig-key",
    ];
    let wrong: Vec<String> = wrong(false, short);
    let wrong: Vec<&String> =
        wrong.iter().filter(|told| !free.iter().any(|rule| told.starts_with(rule))).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_somebody_typed_in_its_place_is_none() {
    let typed = |from: &[u8]| if from.contains(&b'x') { 'x' } else { char::from(from[1]) };
    assert_eq!(wrong(false, |pattern| filled(pattern, 100, &mut |from| typed(from))), [""; 0]);
}

#[test]
fn a_token_is_not_found_within_a_longer_word() {
    let rules = Rules::own().unwrap();
    let within = |(id, path, pattern): &(&str, &str, &str)| {
        let (rule, text) = (rules.all().iter().find(|rule| rule.id == *id)?, random(pattern, 100));
        let begins = rule.keywords.iter().any(|word| text.starts_with(word.as_str()));
        let words = rule.keywords.iter().map(|word| text.matches(word.as_str()).count()).sum::<usize>();
        let tried = rule.begins && !rule.glued && begins && words == 1;
        (tried && finds(id, path, &format!("x{text}"))).then(|| format!("{id}: x{text}"))
    };
    assert_eq!(CASES.iter().filter_map(within).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn its_extent_is_the_secret_alone() {
    let text = random("url = postgres://app:{a18}@db.acme.io/app", 100);
    let [leak] = &scanned("a.py", &text)[..] else { panic!("one finding") };
    assert_eq!((leak.line, leak.column, leak.length), (1, 22, 18));
    let [leak] = &scanned("a.sh", &random("a\n  ghp_{a36}\n", 100))[..] else { panic!("one finding") };
    assert_eq!((leak.line, leak.column, leak.length), (2, 3, 40));
}

#[test]
fn what_is_meant_to_be_public_is_none() {
    let text = |pattern: &str| random(pattern, 100);
    let cases = [
        ("a.yaml", text("stripe_token: pk_live_{a24}")),
        ("a.yaml", text("secret: ENC[AES256_GCM,data:{b40},iv:{b44},tag:{b24},type:str]")),
        (".env.production", text("API_SECRET=\"encrypted:{b120}\"")),
        ("a.yaml", text("kind: SealedSecret\nspec:\n  encryptedData:\n    password: Ag{b300}==\n")),
        (".sops.yaml", text("age: age1{l58}")),
        ("package-lock.json", text("\"token\": \"sha512-{b86}==\"")),
        ("a.lock.yaml", text("  password_integrity: sha512-{b86}==")),
        ("a.yaml", text("COMMIT_TOKEN: {x40}")),
        ("de.json", "\"password\": \"Geben Sie hier Ihr Kennwort ein\"".to_owned()),
        ("a.yaml", "value: AKIAIOSFODNN7EXAMPLE".to_owned()),
        ("a.py", "DB = 'postgres://postgres:postgres@localhost/app'".to_owned()),
        ("a.py", "DB = f'postgres://{user}:{password}@{host}/app'".to_owned()),
        ("a.md", "https://user:password@example.com".to_owned()),
        ("a.rs", "if text.starts_with(\"-----BEGIN RSA PRIVATE KEY-----\") {".to_owned()),
        ("a.pub", text("-----BEGIN PUBLIC KEY-----\n{b64}\n{b64}\n-----END PUBLIC KEY-----")),
        ("a.yaml", "secretName: my-tls-secret-for-production".to_owned()),
        ("a.yaml", "token: ${{ secrets.DEPLOY_TOKEN_FOR_PRODUCTION }}".to_owned()),
    ];
    for (path, text) in cases {
        assert!(scanned(path, &text).is_empty(), "{path}: {text}\n{:?}", scanned(path, &text));
    }
}
