//! `demo`: the sandbox as a person starts it, and what is left of it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use insta::assert_snapshot;

use crate::support::Case;

/// A case whose temporary files are its own, so that no real demo is removed.
fn case() -> Case {
    let case = Case::empty();
    std::fs::create_dir(case.home("tmp")).unwrap();
    let tmp = case.home("tmp").display().to_string();
    case.with("TMPDIR", &tmp)
}

#[test]
fn nothing_to_clean() {
    assert_snapshot!(case().run(&["demo", "--clean"]).exits(0));
}

#[test]
fn only_what_demos_left_is_removed() {
    let case = case();
    for name in ["devsecrets-demo-one", "other"] {
        std::fs::create_dir_all(case.home("tmp").join(name).join("shop")).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(case.home("tmp/other"), case.home("tmp/devsecrets-demo-link")).unwrap();
    assert_snapshot!(case.run(&["demo", "--clean"]).exits(0));
    assert!(case.home("tmp/other/shop").exists() && !case.home("tmp/devsecrets-demo-one").exists());
    assert_eq!(case.run(&["demo", "--clean", "--json"]).exits(0).json()["version"], 1);
}

/// A demo that serves until it is dropped.
struct Serving {
    child: Child,
    script: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(case: &Case) -> Serving {
    let mut serving = started(case, "--serve");
    let mut script = String::new();
    BufReader::new(serving.child.stdout.as_mut().unwrap()).read_line(&mut script).unwrap();
    script.trim().clone_into(&mut serving.script);
    serving
}

fn started(case: &Case, option: &str) -> Serving {
    let mut command = Command::new(env!("CARGO_BIN_EXE_devsecrets"));
    command.args(["demo", option]).env_clear().current_dir(case.path(""));
    command
        .env("HOME", case.home(""))
        .env("TMPDIR", case.home("tmp"))
        .env("PATH", std::env::var("PATH").unwrap());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    Serving { child, script: String::new() }
}

#[test]
fn a_script_is_told_the_place_as_a_document() {
    let case = case();
    let mut serving = started(&case, "--json");
    let mut document = serde_json::Deserializer::from_reader(serving.child.stdout.as_mut().unwrap());
    let told: serde_json::Value = serde::Deserialize::deserialize(&mut document).unwrap();
    assert!(std::path::Path::new(told["script"].as_str().unwrap()).exists(), "{told}");
}

#[test]
#[cfg(unix)]
fn another_shell_uses_the_served_sandbox() {
    let case = case();
    let serving = serve(&case);
    let steps =
        ". \"$1\" && \"$2\" login -p services && \"$2\" seed -p services --yes && \"$2\" seed -p services";
    let mut shell = Command::new("sh");
    shell.args(["-c", steps, "sh", &serving.script, env!("CARGO_BIN_EXE_devsecrets")]);
    shell.env_clear().env("PATH", std::env::var("PATH").unwrap());
    let output = shell.output().unwrap();
    let text = [&output.stdout[..], &output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    // Two accounts, and nobody to ask which.
    assert!(text.contains("login --account ID|NAME --role NAME"), "{text}");
    assert!(!case.home("").join(".aws").exists(), "a demo touched the home folder");
}

/// The repository of the demo is committed, with one key that somebody left, so that the leak scan has something to show.
#[test]
#[cfg(unix)]
fn the_leak_scan_finds_the_one_key_that_was_left() {
    let case = case();
    let serving = serve(&case);
    let mut shell = Command::new("sh");
    shell.args([
        "-c",
        ". \"$1\" && \"$2\" audit --json",
        "sh",
        &serving.script,
        env!("CARGO_BIN_EXE_devsecrets"),
    ]);
    let output = shell.env_clear().env("PATH", std::env::var("PATH").unwrap()).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = told["findings"].as_array().unwrap();
    assert_eq!((found.len(), &found[0]["path"]), (1, &"docs/release.md".into()), "{told:#}");
    assert_eq!(told["files"], 13, "all but the env file");
}
