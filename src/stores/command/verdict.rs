//! A program that ended badly: what its exit code and its words mean.
//!
//! Programs word their refusals as they like, so the kind is read off words that the vendors' own messages hold; what none
//! of them explains stays a failure of the program. Of what it said, the first line is shown, without control sequences,
//! without anything it printed or was given as a secret, and without whatever looks like a token.

use std::process::ExitStatus;

use zeroize::Zeroizing;

use super::child::Ran;
use crate::profile::Store;
use crate::secret::plain;
use crate::stores::Miss;

/// Longest line shown, in characters.
const LONGEST: usize = 200;

/// Words of a refusal, all lower case. Sources: messages of vault 1.15, op 2.30, doppler 3.68, gcloud 490 and az 2.60 as
/// documented by their vendors.
const NOT_SIGNED_IN: &[&str] = &[
    "not currently signed in",
    "not signed in",
    "no account found",
    "missing client token",
    "invalid token",
    "token expired",
    "must provide a token",
    "invalid auth token",
    "az login",
    "gcloud auth login",
    "unauthenticated",
    "not have an active account",
    "not logged in",
    "session expired",
    "reauthentication",
];
const DENIED: &[&str] =
    &["permission denied", "permission_denied", "forbidden", "access denied", "not authorized"];
const NOT_THERE: &[&str] = &[
    "no value found",
    "isn't an item",
    "isn't a vault",
    "could not find",
    "secretnotfound",
    "not_found",
    "not found",
    "does not exist",
    "no such secret",
];

/// Why `id` could not be had. `secrets` is what the program was given.
pub(super) fn miss<'a>(store: &Store, id: &str, ran: &Ran, secrets: impl Iterator<Item = &'a str>) -> Miss {
    let (program, status) = (store.program().to_owned(), ran.status);
    let told = String::from_utf8_lossy(&ran.err).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| told.contains(word));
    let out = Zeroizing::new(String::from_utf8_lossy(&ran.out).into_owned());
    let mut hidden: Vec<&str> = out.lines().map(str::trim).collect();
    // One by one, since they live longer than what it printed.
    for secret in secrets {
        hidden.push(secret);
    }
    let says = first_line(&ran.err, &hidden);
    let id = id.to_owned();
    if has(NOT_SIGNED_IN) {
        return Miss::NotSignedIn { next: store.sign_in(), program };
    }
    if has(DENIED) {
        return Miss::Denied { id, reason: says, permission: "leave to read" };
    }
    match has(NOT_THERE) && code(status).is_none_or(|code| code < 126) {
        true => Miss::NotThere { id, place: program },
        false => Miss::Failed { program, how: ended(status), says },
    }
}

fn code(status: ExitStatus) -> Option<i32> {
    status.code()
}

/// How a program ended, in words (POSIX.1-2024, 2.8.2).
fn ended(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was ended by signal {signal}");
    }
    match code(status) {
        Some(126) => "ended with 126: something it needs may not be executed".to_owned(),
        Some(127) => "ended with 127: a program it needs was not found".to_owned(),
        Some(code @ 129..=192) => format!("ended with {code}: signal {}", code - 128),
        Some(code) => format!("ended with {code}"),
        None => "was ended".to_owned(),
    }
}

fn first_line(err: &[u8], hidden: &[&str]) -> String {
    let text = String::from_utf8_lossy(err);
    let line = text.lines().map(plain).map(|line| line.trim().to_owned()).find(|line| !line.is_empty());
    // Short words stand in any sentence; hiding them would hide the sentence.
    let telling = hidden.iter().filter(|word| word.len() >= 4);
    let line = telling.fold(line.unwrap_or_default(), |line, word| line.replace(word, "***"));
    let words: Vec<&str> = line.split(' ').map(|word| if is_token(word) { "***" } else { word }).collect();
    words.join(" ").chars().take(LONGEST).collect()
}

/// Long, and letters mixed with digits: no word of a sentence, no name people give.
fn is_token(word: &str) -> bool {
    let run = word.split(['/', ':', '=', '"', '\'', ',']).map(str::len).max().unwrap_or(0);
    let has = |what: fn(&u8) -> bool| word.as_bytes().iter().any(what);
    run >= 20 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, hidden: &[&str]) -> String {
        first_line(text.as_bytes(), hidden)
    }

    #[test]
    fn one_line_without_what_a_terminal_obeys() {
        assert_eq!(line("\n \u{1b}[31mError:\u{1b}[0m no\nmore", &[]), "Error: no");
        assert_eq!(line(&"x ".repeat(300), &[]).chars().count(), LONGEST);
        assert_eq!(line("", &[]), "");
    }

    #[test]
    fn what_is_secret_or_looks_so_is_hidden() {
        assert_eq!(line("bad key s3cr in request", &["s3cr", "in"]), "bad key *** in request");
        assert_eq!(line("token=hvs.CAESIJ1234567890abcdefgh is bad", &[]), "*** is bad");
        assert_eq!(
            line("no secret at kv/data/backend/development-2", &[]),
            "no secret at kv/data/backend/development-2"
        );
    }
}
