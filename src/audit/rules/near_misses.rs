//! What is nearly a token: one sign too short, one foreign sign in it, one sign of its word changed.
//!
//! They are made of the rules' own cases ([`CASES`]), so a new rule has its own at once. A token that may have several
//! lengths stands in [`LEAST`].

use super::cases::CASES;
use super::tests::{Dice, finds, last_gap, varied};
use super::*;

/// Of cases whose last gap may be shorter than it is there, the least length with which it is found.
const LEAST: &[(&str, usize)] = &[
    ("aws-session-token", 80),
    ("aws-bedrock-key", 60),
    ("google-oauth-token", 30),
    ("google-oauth-refresh-token", 40),
    ("azure-storage-key", 80),
    ("azure-client-secret", 31),
    ("fly-token", 80),
    ("render-key", 28),
    ("vercel-token", 30),
    ("cloudflare-token", 37),
    ("planetscale-credential", 32),
    ("neon-key", 60),
    ("snowflake-token", 60),
    ("hashicorp-vault-token", 24),
    ("terraform-token", 60),
    ("doppler-token", 40),
    ("onepassword-service-token", 150),
    ("tailscale-key", 20),
    ("upstash-key", 40),
    ("atlassian-token", 100),
    ("linear-key", 32),
    ("pypi-token", 50),
    ("openai-key", 20),
    ("anthropic-key", 78),
    ("pinecone-key", 50),
    ("stripe-key", 16),
    ("stripe-webhook-secret", 24),
    ("slack-token", 20),
    ("slack-app-token", 32),
    ("slack-webhook", 20),
    ("discord-webhook", 60),
    ("discord-bot-token", 27),
    ("honeycomb-key", 40),
    ("figma-token", 38),
    ("facebook-token", 90),
    ("connection-string", 5),
    ("password-in-address", 7),
    ("ado-connection-string", 7),
    ("netrc-password", 3),
    ("pgpass-password", 3),
    ("git-credentials", 3),
    ("npmrc-auth", 16),
    ("yarnrc-auth", 16),
    ("pypirc-password", 6),
    ("docker-config-auth", 12),
    ("kubeconfig-key", 60),
    ("kubernetes-service-token", 60),
    ("jwt", 25),
    ("authorization-header", 20),
];

/// A key of another length, by the same name.
const ALSO: &[(&str, usize)] = &[("azure-storage-key", 43)];

/// Their last line is a part of them that may be missing.
const SEVERAL_LINES: &[&str] = &["private-key", "putty-private-key"];

/// What people choose may have any sign in it, and so may the end of an Adyen key.
const ANY_SIGN: &[&str] = &[
    "adyen-key",
    "connection-string",
    "password-in-address",
    "ado-connection-string",
    "netrc-password",
    "pgpass-password",
    "git-credentials",
    "pypirc-password",
];

fn least(rule: &str, length: usize) -> usize {
    LEAST.iter().find(|(known, _)| *known == rule).map_or(length, |(_, least)| *least)
}

/// Filled in, the last gap with so many signs; one of them is `foreign`.
fn made(pattern: &str, length: usize, foreign: Option<(usize, char)>) -> String {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    varied(pattern, length, foreign, &mut |from| dice.pick(from))
}

#[test]
fn one_sign_less_than_the_least_is_none() {
    let mut wrong = Vec::new();
    for (rule, path, pattern) in CASES.iter().filter(|(rule, ..)| !SEVERAL_LINES.contains(rule)) {
        let found: Vec<usize> = (0..=last_gap(pattern))
            .filter(|length| finds(rule, path, &made(pattern, *length, None)))
            .collect();
        let expected =
            |length: usize| length >= least(rule, last_gap(pattern)) || ALSO.contains(&(*rule, length));
        if found != (0..=last_gap(pattern)).filter(|length| expected(*length)).collect::<Vec<_>>() {
            wrong.push(format!("(\"{rule}\", {:?}), // {found:?}", found.first()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_foreign_sign_in_it_ends_it() {
    let mut wrong = Vec::new();
    for (rule, path, pattern) in
        CASES.iter().filter(|(rule, ..)| ![SEVERAL_LINES, ANY_SIGN].concat().contains(rule))
    {
        let middle = least(rule, last_gap(pattern)) / 2;
        for foreign in ['!', '\u{e9}', '\n'] {
            let text = made(pattern, last_gap(pattern), Some((middle, foreign)));
            if finds(rule, path, &text) {
                wrong.push(format!("{rule}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a word stands, and its length.
fn places(text: &str, word: &str, fold: bool) -> Vec<(usize, usize)> {
    let word = if fold { word.to_ascii_lowercase() } else { word.to_owned() };
    text.match_indices(&word).map(|(at, word)| (at, word.len())).collect()
}

#[test]
fn one_sign_of_its_word_changed_makes_it_none() {
    let rules = Rules::own().unwrap();
    let mut wrong = Vec::new();
    for (id, path, pattern) in CASES {
        let rule = rules.all().iter().find(|rule| rule.id == *id).unwrap();
        let text = made(pattern, last_gap(pattern), None);
        let folded = if rule.fold { text.to_ascii_lowercase() } else { text.clone() };
        let words: Vec<(usize, usize)> =
            rule.keywords.iter().flat_map(|word| places(&folded, word, rule.fold)).collect();
        assert!(!words.is_empty(), "{id}: {text}");
        for sign in 0..words.iter().map(|(_, length)| *length).max().unwrap() {
            let mut bytes = text.clone().into_bytes();
            words.iter().for_each(|(at, length)| bytes[at + sign.min(length - 1)] = b'^');
            let changed = String::from_utf8(bytes).unwrap();
            if finds(id, path, &changed) {
                wrong.push(format!("{id}: {changed}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
