//! What the process keeps to itself: its memory.

use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitStatus, Stdio};

use crate::support::{Case, skipped};

const SHOP: &str = r#"schema = 1
name = "shop"
title = "Shop"
[variables.JWT_SECRET]
generate = { format = "hex", bytes = 32 }
[services.api]
path = "api"
required = ["JWT_SECRET"]
"#;

/// Runs `program` with core dumps as large as they like, and ends it with a signal that makes one.
fn aborted(case: &Case, program: &[&str]) -> ExitStatus {
    let inner = case.command(&[]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -c unlimited && exec \"$@\"", "sh"]).args(program);
    shell.env_clear().envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(case.home("")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = shell.spawn().unwrap();
    // It has begun once it says something, and then waits for its input or for ever.
    let _ = child.stdout.as_mut().unwrap().read(&mut [0; 16]);
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::ABORT).unwrap();
    child.wait().unwrap()
}

#[test]
fn no_core_dump_is_left() {
    let case = Case::empty();
    if !aborted(&case, &["sh", "-c", "echo ready; exec cat"]).core_dumped() {
        return skipped("this system leaves no core dump of any program");
    }
    let ended = aborted(&case, &[env!("CARGO_BIN_EXE_devsecrets"), "demo", "--serve"]);
    assert_eq!((ended.signal(), ended.core_dumped()), (Some(6), false));
}

#[test]
fn what_it_starts_may_leave_one() {
    let case = Case::with_profile(SHOP);
    if !aborted(&case, &["sh", "-c", "echo ready; exec cat"]).core_dumped() {
        return skipped("this system leaves no core dump of any program");
    }
    let binary = env!("CARGO_BIN_EXE_devsecrets");
    let project = case.path("").display().to_string();
    let script = r#"cd "$1" && exec "$2" run --allow-missing -- sh -c 'echo ready; exec cat'"#;
    assert!(aborted(&case, &["sh", "-c", script, "sh", &project, binary]).core_dumped());
}
