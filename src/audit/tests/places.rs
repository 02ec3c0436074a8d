//! Where bytes come from, and what is left out: the index, history, links, submodules, worktrees, what cannot be read.

use super::*;

#[test]
fn the_index_counts_and_not_what_is_on_disk() {
    let repository = Repository::new();
    repository.write("a.txt", "x").commit();
    repository.write("a.txt", token()).git(&["add", "a.txt"]);
    repository.write("a.txt", "clean again");
    assert_eq!(repository.found(Source::Staged), ["a.txt:1:1 40"], "staged, then taken out on disk");
    fs::remove_file(repository.root().join("a.txt")).unwrap();
    assert_eq!(repository.found(Source::Staged), ["a.txt:1:1 40"], "staged, then deleted on disk");
    assert_eq!(repository.found(Source::Tracked), ["a.txt:1:1 40"], "what is gone is read from the index");
    repository.git(&["rm", "--quiet", "--cached", "--force", "a.txt"]);
    repository.write("b.txt", "x").git(&["add", "b.txt"]);
    assert!(repository.found(Source::Staged).is_empty(), "what goes is not looked at");
}

#[test]
fn a_first_commit_is_compared_with_nothing() {
    let repository = Repository::new();
    repository.write("a.txt", token()).git(&["add", "."]);
    assert_eq!(repository.found(Source::Staged), ["a.txt:1:1 40"]);
}

#[test]
fn ignored_but_tracked_files_are_looked_at_from_any_folder() {
    let repository = Repository::new();
    repository.write(".gitignore", "*.log\n").write("x/run.log", token()).write("y/z.txt", "").commit();
    assert_eq!(
        audit_from(&repository.root().join("y"), &Source::Tracked).unwrap().leaks[0].path,
        "x/run.log"
    );
}

#[test]
fn history_keeps_what_was_removed() {
    let repository = Repository::new();
    repository.write("a.txt", token()).commit();
    repository.write("a.txt", "clean").commit();
    repository.git(&["switch", "--quiet", "--create", "side", "HEAD~1"]);
    repository.write("b.txt", format!("x {}", token())).commit();
    repository.git(&["switch", "--quiet", "main"]);
    assert!(repository.found(Source::Tracked).is_empty());
    assert_eq!(repository.found(Source::History), ["a.txt:1:1 40", "b.txt:1:3 40"]);
    assert_eq!(repository.found(Source::Commits("main..side".to_owned())), ["b.txt:1:3 40"]);
    assert!(repository.audit(Source::History).leaks[0].commit.is_some());
    for range in ["--all", "-x", "nowhere..main"] {
        let answer = audit_from(repository.root(), &Source::Commits(range.to_owned()));
        assert!(range == "--all" || matches!(answer, Err(AuditError::Range { .. })), "{range}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_looked_at_by_its_name_and_never_followed() {
    let (repository, elsewhere) = (Repository::new(), tempfile::tempdir().unwrap());
    put(&elsewhere.path().join("secret"), token().as_bytes());
    for (target, name) in
        [(elsewhere.path().join("secret"), "out"), (token().into(), "named"), (".".into(), "loop")]
    {
        std::os::unix::fs::symlink(target, repository.root().join(name)).unwrap();
    }
    repository.git(&["add", "--all"]);
    for source in [Source::Paths(vec![".".into()]), Source::Tracked, Source::Staged] {
        assert_eq!(repository.found(source.clone()), ["named:1:1 40"], "{source:?}");
    }
    repository.commit();
    assert_eq!(repository.found(Source::History), ["named:1:1 40"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_listed_as_left_out() {
    let repository = Repository::new();
    let _socket = std::os::unix::net::UnixListener::bind(repository.root().join("socket")).unwrap();
    repository.write("a.txt", "x");
    let audit = repository.audit(Source::Paths(vec![".".into()]));
    let left: Vec<(&str, bool)> =
        audit.skipped.iter().map(|skipped| (skipped.path.as_str(), skipped.failed)).collect();
    assert_eq!((audit.files, left), (1, vec![(".git", false), ("socket", false)]));
    assert!(audit.flaws().is_empty());
}

#[test]
fn submodules_are_listed_as_left_out() {
    let (inner, outer) = (Repository::new(), Repository::new());
    inner.write("a.txt", token()).commit();
    let from = inner.root().display().to_string();
    outer.git(&["submodule", "--quiet", "add", &from, "lib"]);
    for source in [Source::Tracked, Source::Staged] {
        let audit = outer.audit(source);
        assert!(audit.leaks.is_empty());
        assert_eq!(audit.skipped[0].path, "lib");
        assert!(!audit.skipped[0].failed && audit.flaws().is_empty());
    }
    assert_eq!(audit_from(&outer.root().join("lib"), &Source::Tracked).unwrap().leaks.len(), 1);
}

#[test]
fn a_worktree_has_its_own_index() {
    let (repository, place) = (Repository::new(), tempfile::tempdir().unwrap());
    repository.write("a.txt", "x").commit();
    let there = place.path().join("w");
    repository.git(&["worktree", "add", "--quiet", &there.display().to_string()]);
    put(&there.join("b.txt"), token().as_bytes());
    git(&there, &["add", "."]);
    let staged = audit_from(&there, &Source::Staged).unwrap();
    assert_eq!((staged.files, staged.leaks.len()), (1, 1));
    assert!(repository.found(Source::Staged).is_empty());
}

#[test]
fn files_that_should_not_be_there_are_told_once_git_keeps_them() {
    let repository = Repository::new();
    repository
        .write(".env", "PORT=8080\n")
        .write(".env.example", "PORT=\n")
        .write("secrets.json", "{\"a\": 1}");
    assert!(repository.found(Source::Paths(vec![".".into()])).is_empty());
    repository.git(&["add", "--all"]);
    let codes: Vec<_> = repository.audit(Source::Staged).leaks.iter().map(|leak| leak.code).collect();
    assert_eq!(codes, [ENV_FILE, SECRET_FILE]);
}

#[test]
fn nothing_read_and_not_all_read_are_told() {
    let repository = Repository::new();
    let audit = repository.audit(Source::Tracked);
    assert_eq!(audit.flaws()[0].code, NOTHING);
    repository.write("a.txt", "x").commit();
    assert!(repository.audit(Source::Tracked).flaws().is_empty());
    // A blob that is not there is what a partial clone looks like.
    fs::remove_dir_all(repository.root().join(".git/objects")).unwrap();
    fs::create_dir(repository.root().join(".git/objects")).unwrap();
    fs::remove_file(repository.root().join("a.txt")).unwrap();
    let audit = repository.audit(Source::Tracked);
    assert!(audit.skipped[0].failed, "{audit:?}");
    assert_eq!(audit.flaws()[0].code, NOT_ALL);
}

#[test]
fn without_a_repository_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for source in [Source::Tracked, Source::Staged, Source::History] {
        assert!(matches!(audit_from(folder.path(), &source), Err(AuditError::NoRepository)), "{source:?}");
    }
    let missing = audit_from(folder.path(), &Source::Paths(vec!["nowhere".into()]));
    assert!(matches!(missing, Err(AuditError::Unreadable { .. })));
}
