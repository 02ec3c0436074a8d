//! `run --redact` into a pipe: what a command left in the background goes on writing there.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use crate::support::{Case, LOCAL};

fn case() -> Case {
    Case::with_profile(LOCAL).file("api/.env", "API_KEY=canary-881212\n")
}

/// As whoever reads a pipe waits for all who write to it.
#[test]
fn what_comes_after_the_childs_end_is_passed_on_to_a_pipe() {
    let script = "(sleep 0.4; echo \"late $API_KEY\") & echo at once; exit 3";
    let run = case().run(&["run", "--redact", "--", "sh", "-c", script]).exits(3);
    assert_eq!(run.out, "at once\nlate *************\n");
}

#[test]
fn a_signal_ends_the_waiting_for_what_was_left_behind() {
    let case = case();
    let script = "(sleep 6; echo left) & echo gone >&2";
    let mut command = case.command(&["run", "--redact", "--", "sh", "-c", script]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said, "gone\n");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    // Its own code, had the signal come before its end was seen.
    assert!([Some(0), Some(143)].contains(&ended.status.code()) && ended.stdout.is_empty(), "{ended:?}");
}
