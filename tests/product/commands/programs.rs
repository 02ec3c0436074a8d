//! Stores that are programs: consent first, and the exact call it was given for.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};

use crate::program_store::{Lingering, PRINTS, PROFILE, script};
use crate::support::{Case, heard};

fn case() -> Case {
    let case = Case::with_profile(PROFILE);
    script(&case.path(""), PRINTS);
    case
}

/// A cloned repository cannot run a program, whatever is done with it and however it is agreed to on the way.
#[test]
fn nothing_runs_before_consent() {
    let case = case();
    let commands: [&[&str]; 7] = [
        &["status"],
        &["status", "--json"],
        &["seed", "--yes"],
        &["doctor"],
        &["explain", "API_KEY"],
        &["profile", "lint"],
        &["run", "--yes", "-s", "api", "--", "true"],
    ];
    for command in commands {
        case.run(command);
        assert!(!case.has("ran"), "{command:?}");
    }
    let run = case.run(&["run", "-s", "api", "--", "true"]).exits(125);
    assert!(run.err.contains("nobody has agreed yet that this project runs ./print.sh"), "{run}");
    assert!(run.err.contains("devsecrets profile trust"), "{run}");
    let run = case.run(&["profile", "trust"]).exits(2);
    assert!(run.out.contains("./print.sh {service}") && run.err.contains("DS-PROFILE-10"), "{run}");
}

#[test]
fn consent_holds_for_the_exact_call() {
    let case = case();
    case.run(&["profile", "trust", "--yes"]).exits(0);
    let run = case.run(&["run", "-s", "api", "--", "sh", "-c", "test $API_KEY = c4nary-api"]).exits(0);
    assert!(!run.raw.contains("c4nary"), "{run}");
    let status = case.run(&["status", "--json"]).exits(0).json();
    assert_eq!(status["services"][0]["cells"][0]["origin"], "own");

    script(&case.path(""), "#!/bin/sh\necho API_KEY=other\n");
    case.run(&["status"]).exits(1).says("not asked: ./print.sh, or how it is called, has changed");
    case.run(&["profile", "trust", "--yes"]).exits(0);
    case.run(&["status"]).exits(0);
    case.write("devsecrets.toml", &PROFILE.replace("\"{service}\"]", "\"{service}\", \"x\"]"));
    case.run(&["status"]).exits(1).says("has changed since this project was allowed to run it");
}

#[test]
fn consent_can_be_withdrawn_and_is_forgotten() {
    let case = case();
    case.run(&["profile", "trust", "--yes"]).exits(0);
    case.run(&["profile", "trust", "--withdraw"]).exits(0).says("not allowed");
    case.run(&["status"]).exits(1);
    case.run(&["profile", "trust", "--yes"]).exits(0);
    let run = case.run(&["forget", "--project", "--yes"]).exits(0);
    assert!(run.out.contains("its leave to run the programs of its stores"), "{run}");
    assert!(run.out.contains("removed  commands.json: "), "{run}");
    case.run(&["status"]).exits(1).says("nobody has agreed yet");
}

/// A vendor's program that is not installed needs no consent, and is named.
#[test]
fn a_program_that_is_not_there_is_named() {
    let profile = PROFILE
        .replace("command = [\"./print.sh\", \"{service}\"]\noutput = \"dotenv\"", "preset = \"vault\"");
    let case = Case::with_profile(&profile).with("PATH", "/nowhere");
    case.run(&["status"]).exits(1).says("there is no program vault here");
}

/// The terminal's keys do not reach such a program, and nobody else would hold it to its time limit.
#[test]
fn a_program_does_not_outlive_us() {
    for arguments in [&["status"][..], &["run", "--", "true"], &["run", "--watch", "--", "true"]] {
        let signals = [("-TERM", 15), ("-INT", 2), ("-HUP", 1)];
        for (signal, number) in signals.into_iter().filter(|(signal, _)| heard(signal)) {
            let case = case();
            let (mut asking, store) = Lingering::program(&case.path(""), || {
                case.run(&["profile", "trust", "--yes"]).exits(0);
                case.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
            });
            assert!(
                Command::new("kill").args([signal, &asking.id().to_string()]).status().unwrap().success()
            );
            let ended = asking.wait().unwrap();
            let as_asked = ended.signal() == Some(number) || ended.code() == Some(128 + number);
            assert!(as_asked, "{arguments:?} {signal}: {ended}");
            assert_eq!(store.last_words(), "", "{arguments:?} {signal}");
        }
    }
}
