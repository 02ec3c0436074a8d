//! One question for all says what a question for each would, in every kind of repository.

use super::*;

/// Runs git as somebody with a name and no settings.
fn run(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args([
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.com",
        "-c",
        "protocol.file.allow=always",
    ]);
    let status = git.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "git {arguments:?}");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    crate::envfile::tests::write(path, text);
}

/// A repository with one commit that ignores `.env` and tracks `kept/.env`.
fn repository(root: &Path) {
    fs::create_dir_all(root).unwrap();
    run(root, &["init", "--quiet"]);
    write(&root.join(".gitignore"), ".env\n");
    write(&root.join("kept/.env"), "A=1\n");
    run(root, &["add", "--force", "."]);
    run(root, &["commit", "--quiet", "--message", "first"]);
}

/// What both ways say of the files, which must be the same.
fn standings(root: &Path, files: &[&str]) -> Vec<Standing> {
    let paths: Vec<PathBuf> = files.iter().map(|file| root.join(file)).collect();
    let git = Git::ask(paths.iter().map(PathBuf::as_path));
    let resolved: Vec<PathBuf> = paths.iter().map(|path| resolved(path).unwrap()).collect();
    assert!(resolved.iter().all(|path| git.0.contains_key(path)), "each was asked about");
    let all: Vec<Standing> = resolved.iter().map(|path| git.standing(path)).collect();
    let each: Vec<Standing> = resolved.iter().map(|path| alone(path)).collect();
    assert_eq!(all, each);
    all
}

#[test]
fn every_repository_is_asked_about_its_own_files() {
    use Standing::{Exposed, Ignored, Tracked};
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    repository(&root.join("other"));
    repository(root);
    // A nested repository, a submodule, a worktree and a `.git` that is none.
    repository(&root.join("nested"));
    fs::remove_file(root.join("nested/.gitignore")).unwrap();
    run(root, &["submodule", "--quiet", "add", &root.join("other").display().to_string(), "module"]);
    run(root, &["worktree", "add", "--quiet", "--detach", "tree"]);
    fs::create_dir_all(root.join("odd/.git")).unwrap();
    let files = [
        ".env",
        "kept/.env",
        "plain.txt",
        "nested/.env",
        "nested/kept/.env",
        "module/.env",
        "module/kept/.env",
        "tree/.env",
        "tree/kept/.env",
        "odd/.env",
        "odd/x",
    ];
    let expected =
        [Ignored, Tracked, Exposed, Exposed, Tracked, Ignored, Tracked, Ignored, Tracked, Ignored, Exposed];
    assert_eq!(standings(root, &files), expected);
}

#[test]
fn where_git_refuses_one_path_the_others_have_their_answer() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let other = tempfile::tempdir().unwrap();
    repository(other.path());
    repository(root);
    run(root, &["submodule", "--quiet", "add", &other.path().display().to_string(), "module"]);
    // Without its `.git` the submodule's files are in no repository at all.
    fs::remove_file(root.join("module/.git")).unwrap();
    let found = standings(root, &[".env", "module/.env", "kept/.env"]);
    assert_eq!((found[0], found[2]), (Standing::Ignored, Standing::Tracked));
    assert!(!matches!(found[1], Standing::Ignored | Standing::Tracked), "{found:?}");
}

#[test]
fn odd_names_and_links_are_asked_about_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    repository(root);
    write(&root.join("a[b]*/.env x"), "");
    write(&root.join("ab/.env x"), "");
    run(root, &["add", "ab/.env x"]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("kept/.env", root.join("link")).unwrap();
    let found = standings(root, &["a[b]*/.env x", "ab/.env x", "link", "kept/ü\n.env"]);
    assert_eq!(found, [Standing::Exposed, Standing::Tracked, Standing::Tracked, Standing::Exposed]);
}

#[test]
fn without_a_repository_nobody_can_tell() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(standings(folder.path(), &[".env", "x"]), [Standing::NoRepository; 2]);
}
