//! `undo`: all of it, or what can be, and never an env file that git would not ignore.

use crate::support::Case;

/// Two services with an env file each, and values that need nothing but this machine.
const PAIR: &str = r#"
schema = 1
name = "pair"
title = "Pair"
[variables.PORT]
secret = false
default = "8080"
[services.api]
path = "api"
env_file = ".env"
required = ["PORT"]
[services.web]
path = "web"
env_file = ".env"
required = ["PORT"]
"#;

fn seeded() -> Case {
    let case = Case::with_profile(PAIR).file("api/.env", "MINE=1\n").with_key_file();
    case.run(&["identity", "create", "--yes"]);
    case.run(&["seed", "--yes"]).exits(0);
    assert!(case.read(".gitignore").contains(".env"), "{}", case.read(".gitignore"));
    case
}

/// What was sealed under an identity that is not there cannot be opened, so nothing else is touched either.
#[test]
fn without_the_identity_nothing_is_touched() {
    let case = seeded().with("DEVSECRETS_KEYCHAIN", "memory");
    let before = case.digest();
    let run =
        case.run(&["undo"]).exits(1).says("DS-UNDO-03").says("the identity that sealed it is not there");
    assert_eq!(case.digest(), before, "{run}");
    assert!(!run.out.contains("restored"), "{run}");
    let case = case.with("DEVSECRETS_KEYCHAIN", "file");
    case.run(&["undo"]).exits(0);
    assert_eq!(case.read("api/.env"), "MINE=1\n");
    assert!(!case.has("web/.env") && !case.has(".gitignore"));
}

/// An edit wins and is named; `.gitignore` stays as long as an env file does, and the rest can be taken back later.
#[test]
fn gitignore_stays_until_every_env_file_is_back() {
    let case = seeded();
    let (ignore, written) = (case.read(".gitignore"), case.read("web/.env"));
    case.write("web/.env", &format!("{written}MINE=2\n"));
    let run = case.run(&["undo"]).exits(1).says("DS-UNDO-02").says("env files that could not be taken back");
    assert_eq!((case.read("api/.env"), case.read(".gitignore")), ("MINE=1\n".to_owned(), ignore), "{run}");
    case.write("web/.env", &written);
    case.run(&["undo"]).exits(0);
    assert!(!case.has("web/.env") && !case.has(".gitignore"));
    assert_eq!(case.read("api/.env"), "MINE=1\n");
    case.run(&["undo"]).exits(2).says("DS-UNDO-01");
}

/// Which seed is meant is said, since one that could not be kept for undoing is not it. What is gone already stays so.
#[test]
fn what_is_taken_back_is_named_and_what_was_gone_is_not_removed() {
    let case = seeded();
    std::fs::remove_file(case.path("web/.env")).unwrap();
    let run = case.run(&["undo"]).exits(0).says("taking back what was written at");
    assert!(run.out.contains("web/.env    unchanged") && run.out.contains("restored"), "{run}");
}
