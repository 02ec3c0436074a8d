//! `audit --install-hook`: git runs it before a commit, on what is staged, however the commit is made.

use std::process::{Command, Output};

use insta::assert_snapshot;

use crate::support::Case;

fn token() -> String {
    ["gh", "p_", "A1b2C3d4E5f6G7h8I9", "j0K1l2M3n4O5p6Q7r8"].concat()
}

fn git(case: &Case, arguments: &[&str]) -> Output {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=A", "-c", "user.email=a@acme.io", "-c", "commit.gpgsign=false"])
        .args(arguments);
    // The hook finds the program by the place it was installed from.
    git.env_clear().env("PATH", std::env::var("PATH").unwrap()).env("HOME", case.home(""));
    git.current_dir(case.path("")).output().unwrap()
}

/// Whether a commit was made; what was said holds no value.
fn commits(case: &Case, arguments: &[&str]) -> bool {
    let output = git(case, &[&["commit", "--message", "x"], arguments].concat());
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(!said.contains(&token()[4..16]), "{said}");
    if !output.status.success() {
        assert!(said.contains("github-token"), "{said}");
    }
    output.status.success()
}

fn installed() -> Case {
    let case = Case::empty().file("clean.txt", "nothing\n");
    case.run(&["audit", "--install-hook", "--yes"]).exits(0);
    case.git(&["add", "."]);
    assert!(commits(&case, &[]));
    case
}

#[test]
fn it_is_shown_first_and_written_once() {
    let case = Case::empty();
    let shown = case.run(&["audit", "--install-hook"]).exits(2).to_string();
    assert_snapshot!("hook_not_agreed", shown.replace(env!("CARGO_BIN_EXE_devsecrets"), "PROGRAM"));
    assert!(!case.has(".git/hooks/pre-commit"));
    case.run(&["audit", "--install-hook", "--yes"]).exits(0).says("each commit is looked at");
    let first = case.read(".git/hooks/pre-commit");
    case.run(&["audit", "--install-hook"]).exits(0).says("there already");
    assert_eq!(case.read(".git/hooks/pre-commit"), first);
    assert_eq!(
        case.run(&["audit", "--uninstall-hook", "--yes", "--json"]).exits(0).json()["done"],
        "removed"
    );
    assert!(!case.has(".git/hooks/pre-commit"));
    case.run(&["audit", "--uninstall-hook"]).exits(0).says("no hook of ours");
}

#[test]
fn a_secret_that_is_staged_is_not_committed() {
    let case = installed();
    case.write("a.txt", &token());
    case.git(&["add", "a.txt"]);
    assert!(!commits(&case, &[]), "staged");
    std::fs::remove_file(case.path("a.txt")).unwrap();
    assert!(!commits(&case, &[]), "staged, then deleted from disk");
    case.git(&["reset", "--quiet"]);
    case.write("clean.txt", &token());
    assert!(!commits(&case, &["--all"]), "all that changed");
    assert!(!commits(&case, &["clean.txt"]), "a file by its name");
    case.write("clean.txt", "else\n");
    case.write("b.txt", &token());
    assert!(commits(&case, &["--all"]), "what is not staged is no part of it");
}

/// What stood in the repository before the hook came is not this commit's.
#[test]
fn a_commit_that_brings_nothing_is_made() {
    let case = installed();
    case.write("old.txt", &token());
    case.git(&["add", "old.txt"]);
    assert!(commits(&case, &["--no-verify"]));
    assert!(commits(&case, &["--amend"]), "another message");
    assert!(commits(&case, &["--allow-empty"]));
    case.git(&["rm", "--quiet", "clean.txt"]);
    assert!(commits(&case, &[]), "only a file less");
    case.run(&["audit", "--staged"]).exits(1).says("nothing is staged");
}

#[test]
fn what_is_there_stays_as_it_is() {
    let case = Case::empty().file(".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n");
    assert_snapshot!("hook_taken", case.run(&["audit", "--install-hook", "--yes"]).exits(2));
    assert_eq!(case.read(".git/hooks/pre-commit"), "#!/bin/sh\nmake lint\n");
    case.run(&["audit", "--uninstall-hook", "--yes"]).exits(0);
    assert!(case.has(".git/hooks/pre-commit"));
    let case = Case::empty().file(".pre-commit-config.yaml", "repos: []\n");
    let run = case.run(&["audit", "--install-hook", "--yes"]).exits(2).says("pre-commit runs the hooks here");
    assert!(run.err.contains("\n    - repo: local\n      hooks:\n        - id: devsecrets\n"), "{run}");
    let case = Case::empty();
    std::fs::write(case.home(".gitconfig"), "[core]\n\thooksPath = ~/hooks\n").unwrap();
    case.run(&["audit", "--install-hook", "--yes"]).exits(2).says("all your repositories");
    assert!(!case.home("hooks/pre-commit").exists());
}

#[test]
fn the_definition_for_pre_commit_names_what_there_is() {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.pre-commit-hooks.yaml")).unwrap();
    let entries: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("entry: devsecrets ")).collect();
    assert_eq!(entries.len(), 2);
    let case = installed();
    for entry in entries {
        let arguments: Vec<&str> = entry.split(' ').collect();
        // Nothing is staged, as under `pre-commit run --all-files`.
        case.run(&arguments).exits(0).says("1 file");
    }
}
