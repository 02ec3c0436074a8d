//! How much is found, and how much is found that is none, on a set of our own making.
//!
//!     cargo test --lib audit::tests::labelled -- --nocapture      prints recall and false hits, group by group
//!
//! Values are made when it runs, with other dice than the tests of the rules. The set holds what the rules were written for
//! and, apart from that, settings and harmless look-alikes that were written down before anybody looked at what is found
//! in them. What is asserted is a floor, so that a change that loses anything is seen.

use super::super::rules::cases::CASES;
use super::super::rules::tests::{Dice, filled};
use super::super::scanner::Subject;
use super::*;
use crate::secret::SecretValue;

mod harmless;
mod settings;

/// How many times each pattern is filled in.
const TIMES: u64 = 3;

/// A file, and whether a secret is in it.
struct Case {
    group: &'static str,
    secret: bool,
    path: String,
    text: String,
}

/// Hits and misses of a group.
#[derive(Default)]
struct Score {
    secrets: usize,
    found: usize,
    harmless: usize,
    hits: usize,
    wrong: Vec<String>,
}

fn made(pattern: &str, part: usize, seed: u64) -> String {
    let mut dice = Dice(0x5851_f42d_4c95_7f2d ^ seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    filled(pattern, part, &mut |from| dice.pick(from))
}

/// A vendor's token as people leave it lying about.
fn carriers(token: &str) -> Vec<(String, String)> {
    [
        ("notes.md", format!("Use this for now:\n\n    curl -H 'X-Key: {token}' https://api.acme.io\n")),
        (".github/workflows/ci.yml", format!("env:\n  THE_TOKEN: {token}\n")),
        ("src/client.ts", format!("export const client = new Client(\"{token}\", {{ retry: 3 }})\n")),
        ("deploy/values.json", format!("{{\n  \"service\": {{ \"token\": \"{token}\" }}\n}}\n")),
        ("run.log", format!("2026-01-02T03:04:05Z DEBUG sent={token}, status=200\n")),
        ("Dockerfile", format!("FROM debian\nENV SERVICE_TOKEN={token}\n")),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text))
    .collect()
}

fn of_vendors(all: &mut Vec<Case>) {
    let rules = Rules::own().unwrap();
    for (seed, (id, path, pattern)) in (0..TIMES).flat_map(|seed| CASES.iter().map(move |case| (seed, case)))
    {
        let text = made(pattern, 100, seed);
        let free =
            rules.all().iter().any(|rule| rule.id == *id && rule.names.is_empty() && !rule.settings_only);
        // A pattern with nothing around it can stand anywhere.
        if free && !pattern.contains([' ', '\n', '\'']) && pattern.contains('{') {
            all.extend(carriers(&text).into_iter().map(|(path, text)| Case {
                group: "tokens of vendors, in six kinds of file",
                secret: true,
                path,
                text,
            }));
        }
        all.push(Case {
            group: "tokens of vendors, in context",
            secret: true,
            path: (*path).to_owned(),
            text,
        });
    }
}

/// What begins like a token and is none: too short, or somebody typed something in its place.
fn near_misses(all: &mut Vec<Case>) {
    let group = "near misses of tokens";
    for (_, path, pattern) in CASES.iter().filter(|(id, ..)| !ANY_LENGTH.contains(id)) {
        let typed = |from: &[u8]| if from.contains(&b'x') { 'x' } else { char::from(from[1]) };
        let texts =
            [made(pattern, 30, 7), filled(pattern, 100, &mut |from| typed(from)), pattern.replace('{', "<")];
        let case = |text| Case { group, secret: false, path: (*path).to_owned(), text };
        all.extend(texts.into_iter().map(case));
    }
}

/// People choose these, and keys have many lengths: a short one is one, too.
const ANY_LENGTH: &[&str] = &[
    "ado-connection-string",
    "connection-string",
    "docker-config-auth",
    "git-credentials",
    "kubeconfig-key",
    "netrc-password",
    "npmrc-auth",
    "password-in-address",
    "pgpass-password",
    "private-key",
    "putty-private-key",
    "pypirc-password",
    "yarnrc-auth",
];

fn of_tables(all: &mut Vec<Case>) {
    for (group, path, pattern) in settings::CASES {
        for seed in 0..TIMES {
            let text = made(pattern, 100, 100 + seed);
            all.push(Case { group, secret: true, path: (*path).to_owned(), text });
        }
    }
    for (group, path, pattern) in harmless::CASES {
        for seed in 0..TIMES {
            let text = made(pattern, 100, 200 + seed);
            all.push(Case { group, secret: false, path: (*path).to_owned(), text });
        }
    }
}

/// Three values of one's own in each of their spellings, and texts that hold all but one byte of them.
fn of_own(all: &mut Vec<Case>, values: &[String]) {
    let group = "values of one's own, in every spelling";
    for value in values {
        for form in spellings(value) {
            all.push(Case { group, secret: true, path: "a.log".to_owned(), text: format!("x\n{form}\n") });
        }
        let cut = format!("{}\n{}\n", &value[1..], &value[..value.len() - 1]);
        all.push(Case { group, secret: false, path: "a.log".to_owned(), text: cut });
    }
}

/// As programs write it down, by itself and within a longer text.
fn spellings(value: &str) -> Vec<String> {
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
    let json = serde_json::to_string(value).unwrap();
    let within = |lead: &str| format!("{lead}{value} and more");
    let hex = |byte: u8| format!("{byte:02x}");
    let percent = |byte: u8| format!("%{byte:02X}");
    let mut all = vec![
        format!("key = {value}"),
        serde_json::to_string(&json).unwrap(),
        value.bytes().map(hex).collect(),
        value.bytes().map(hex).collect::<String>().to_uppercase(),
        value.bytes().map(percent).collect(),
        form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        format!("'{}'", value.replace('\'', r"'\''")),
        json,
    ];
    for text in ["", "x", "xy", "xyz"].map(within) {
        all.extend([BASE64_STANDARD.encode(&text), BASE64_URL_SAFE_NO_PAD.encode(&text)]);
    }
    all
}

fn score(cases: &[Case], scanner: &Scanner) -> Vec<(&'static str, Score)> {
    let mut groups: Vec<(&'static str, Score)> = Vec::new();
    for case in cases {
        let subject = Subject { path: &case.path, kept: true, commit: None };
        let mut leaks = Vec::new();
        scanner.scan(subject, case.text.as_bytes(), &mut Vec::new(), &mut leaks).unwrap();
        if !groups.iter().any(|(group, _)| *group == case.group) {
            groups.push((case.group, Score::default()));
        }
        let (_, score) = groups.iter_mut().find(|(group, _)| *group == case.group).unwrap();
        let hit = !leaks.is_empty();
        match case.secret {
            true => (score.secrets, score.found) = (score.secrets + 1, score.found + usize::from(hit)),
            false => (score.harmless, score.hits) = (score.harmless + 1, score.hits + usize::from(hit)),
        }
        if hit != case.secret {
            let rules: Vec<&str> = leaks.iter().map(|leak| leak.rule.as_str()).collect();
            score.wrong.push(format!("{} {rules:?}: {}", case.path, case.text.trim_end()));
        }
    }
    groups
}

#[test]
fn recall_and_false_hits() {
    let values: Vec<String> =
        ["{b40}", "pa$$ {a9}\"{s9}'éx", "{x32}"].iter().map(|one| made(one, 100, 9)).collect();
    let state = tempfile::tempdir().unwrap();
    let [project, service, origin] = ["shop", "api", "aws"].map(str::to_owned);
    let lent: Vec<(OwnName, SecretValue)> = values
        .iter()
        .map(|value| {
            let (project, service, origin) = (project.clone(), service.clone(), origin.clone());
            (
                OwnName { project, variable: value[..2].to_owned(), service, origin },
                SecretValue::new(value.as_str()),
            )
        })
        .collect();
    let lent: Vec<(OwnName, &SecretValue)> = lent.iter().map(|(name, value)| (name.clone(), value)).collect();
    Known::open(state.path()).unwrap().remember(&lent).unwrap();
    let scanner = Scanner::new(Rules::own().unwrap(), None).knowing(Known::open(state.path()).unwrap().own());
    let mut cases = Vec::new();
    of_vendors(&mut cases);
    near_misses(&mut cases);
    of_tables(&mut cases);
    of_own(&mut cases, &values);
    let groups = score(&cases, &scanner);
    let mut all = Score::default();
    println!("{:<46} {:>14} {:>16}", "group", "recall", "false hits");
    for (group, score) in &groups {
        println!(
            "{group:<46} {:>6} of {:>4} {:>8} of {:>4}",
            score.found, score.secrets, score.hits, score.harmless
        );
        score.wrong.iter().for_each(|wrong| println!("    {wrong}"));
        (all.secrets, all.found) = (all.secrets + score.secrets, all.found + score.found);
        (all.harmless, all.hits) = (all.harmless + score.harmless, all.hits + score.hits);
    }
    let recall = all.found as f64 / all.secrets as f64;
    println!("all: recall {:.1} %, {} false hits in {}", recall * 100.0, all.hits, all.harmless);
    assert!(all.secrets > 1000 && all.harmless > 400, "the set has shrunk");
    assert!(recall >= 0.995, "{:.1} %", recall * 100.0);
    assert!(all.hits <= 3, "{}", all.hits);
}
