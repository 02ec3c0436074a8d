//! The hook is where git runs it, looks at what is staged, and touches nobody else's.

use super::super::tests::{Repository, git};
use super::*;

fn hook(repository: &Repository) -> Hook {
    Hook::of(repository.root(), Some(Path::new("/opt/it's/devsecrets"))).unwrap()
}

#[test]
fn it_is_written_once_and_taken_away() {
    let repository = Repository::new();
    let first = hook(&repository);
    assert_eq!(first.state, State::Free);
    assert!(first.path.ends_with(".git/hooks/pre-commit"));
    first.install().unwrap();
    assert_eq!(hook(&repository).state, State::Ours);
    assert_eq!(std::fs::read_to_string(&first.path).unwrap(), first.text());
    let elsewhere = Hook::of(repository.root(), None).unwrap();
    assert_eq!(elsewhere.state, State::Older);
    elsewhere.install().unwrap();
    assert_eq!(hook(&repository).state, State::Older);
    elsewhere.remove().unwrap();
    assert!(!first.path.exists() && hook(&repository).state == State::Free);
    assert!(elsewhere.remove().is_err(), "there is nothing to take away");
}

#[cfg(unix)]
#[test]
fn it_can_be_run_and_stops_a_commit_that_nobody_looked_at() {
    use std::os::unix::fs::PermissionsExt as _;
    let repository = Repository::new();
    hook(&repository).install().unwrap();
    let path = hook(&repository).path;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o755);
    let output = std::process::Command::new(&path).env("PATH", "/nowhere").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nobody looked"), "{output:?}");
}

#[test]
fn git_says_where_hooks_are() {
    let repository = Repository::new();
    repository.write("a", "x").commit();
    repository.git(&["config", "core.hooksPath", "our hooks"]);
    let here = hook(&repository);
    assert!(here.path.ends_with("our hooks/pre-commit"));
    assert!(!here.text().contains("/opt"), "what may be committed names no place of this machine");
    std::fs::create_dir(repository.root().join("sub")).unwrap();
    assert_eq!(Hook::of(&repository.root().join("sub"), None).unwrap().path, here.path);
    repository.git(&["config", "--unset", "core.hooksPath"]);
    let place = tempfile::tempdir().unwrap();
    let there = place.path().join("w");
    git(repository.root(), &["worktree", "add", "--quiet", &there.display().to_string()]);
    let shared = Hook::of(&there, None).unwrap();
    shared.install().unwrap();
    assert_eq!(Hook::of(repository.root(), None).unwrap().state, State::Ours, "worktrees share their hooks");
}

#[test]
fn nobody_elses_hook_is_touched() {
    for (path, text, config) in [
        (".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n", None),
        ("lefthook.yml", "pre-commit:\n", None),
        (".pre-commit-config.yaml", "repos: []\n", None),
        (".husky/pre-commit", "npm test\n", Some(".husky/_")),
    ] {
        let repository = Repository::new();
        repository.write(path, text);
        if let Some(folder) = config {
            repository.git(&["config", "core.hooksPath", folder]);
        }
        let found = hook(&repository);
        let State::Taken(keeper) = &found.state else { panic!("{path}: {:?}", found.state) };
        let told = found.kept(keeper);
        assert!(told.subject.ends_with(path), "{told:?}");
        let lines = told.remedy.command.unwrap();
        // Whoever does as told is not told again.
        repository.write(path, format!("{text}{lines}\n"));
        let State::Called(_) = hook(&repository).state else { panic!("{path} with {lines}") };
        repository.write(path, format!("{text}# {}\n", lines.replace('\n', "\n# ")));
        let State::Taken(_) = hook(&repository).state else { panic!("{path}, commented out") };
    }
    let repository = Repository::new();
    let before = hook(&repository);
    repository.write(".git/hooks/pre-commit", "#!/bin/sh\n");
    assert!(before.install().is_err(), "it came to be there between looking and writing");
    assert!(before.remove().is_err());
    let changed = format!("{}make lint\n", before.text());
    repository.write(".git/hooks/pre-commit", &changed);
    assert!(matches!(hook(&repository).state, State::Called(Keeper::Script)), "ours, and changed by hand");
}
