//! What the process keeps to itself: its memory, and the descriptor its passphrase comes in.

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

#[test]
fn a_descriptor_opens_the_key_file_and_no_child_gets_it() {
    let case = Case::with_profile(SHOP).with("DEVSECRETS_KEYCHAIN", "file");
    std::fs::write(case.home("words"), "correct horse\nnot ours\n").unwrap();
    let through = |script: &str| {
        let inner = case.command(&[]);
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "sh", env!("CARGO_BIN_EXE_devsecrets")]);
        shell.arg(case.home("words")).env_clear();
        shell.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = shell.current_dir(case.path("")).output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage \
                          worth useful legal winner thank year wave sausage worth title";
    let made = through(&format!(
        "echo '{PHRASE}' | DEVSECRETS_PASSPHRASE_FD=3 \"$1\" identity import --yes 3<\"$2\""
    ));
    assert!(case.state("keychain.age").exists(), "{made}");
    let shown = through(
        "DEVSECRETS_PASSPHRASE_FD=3 \"$1\" run -- sh -c 'echo \"[$DEVSECRETS_PASSPHRASE_FD] ${#JWT_SECRET}\"; cat <&3' 3<\"$2\"",
    );
    assert!(shown.contains("[] 64"), "{shown}");
    assert!(!shown.contains("not ours"), "{shown}");
    let path = "DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE=/dev/fd/3 \"$1\" run -- sh -c 'echo \"${#JWT_SECRET}\"; cat <&3' 3<\"$2\"";
    let shown = through(path);
    assert!(shown.contains("64") && !shown.contains("not ours") && !shown.contains("correct"), "{shown}");
    let closed = through("DEVSECRETS_PASSPHRASE_FD=3 \"$1\" identity show");
    assert!(closed.contains("DEVSECRETS_PASSPHRASE_FD"), "{closed}");
}
