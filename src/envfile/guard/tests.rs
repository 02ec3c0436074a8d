//! What may be written where, in real folders with a real git.

use std::os::unix::fs::{PermissionsExt, symlink};

use std::process::Command;

use super::*;
use crate::envfile::tests::write;
use crate::finding::Severity;

struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("api")).unwrap();
        Self(folder)
    }

    fn in_git() -> Self {
        let project = Self::new();
        project.git(&["init", "--quiet"]);
        project
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git").arg("-C").arg(self.0.path()).args(arguments).status().unwrap();
        assert!(status.success());
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn codes(&self) -> Vec<&'static str> {
        self.inspect().iter().map(|finding| finding.code).collect()
    }

    fn inspect(&self) -> Vec<Finding> {
        inspect(&Git::default(), self.0.path(), &self.path("api"), &self.path("api/.env"))
    }
}

fn private(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn the_offered_line_makes_it_right() {
    let project = Project::in_git();
    let found = project.inspect();
    assert_eq!(found[0].code, NOT_IGNORED);
    assert!(found[0].remedy.says.contains("`/api/.env`"), "{}", found[0].remedy);
    write(&project.path(".gitignore"), &String::from_utf8(gitignore::add_line(b"", "/api/.env")).unwrap());
    assert_eq!(project.codes(), Vec::<&str>::new());
}

#[test]
fn a_tracked_file_is_an_error_even_when_ignored() {
    let project = Project::in_git();
    write(&project.path("api/.env"), "A=1\n");
    private(&project.path("api/.env"));
    project.git(&["add", "api/.env"]);
    write(&project.path(".gitignore"), ".env\n");
    let found = project.inspect();
    assert_eq!((found[0].code, found[0].severity), (TRACKED, Severity::Error));
    assert_eq!(found[0].remedy.command.as_deref(), Some("git rm --cached -- api/.env"));
}

#[test]
fn links_out_of_the_project_are_errors() {
    let (project, elsewhere) = (Project::new(), tempfile::tempdir().unwrap());
    write(&elsewhere.path().join("real.env"), "");
    symlink(elsewhere.path().join("real.env"), project.path("api/.env")).unwrap();
    assert_eq!(project.codes(), [OUTSIDE]);
    fs::remove_file(project.path("api/.env")).unwrap();
    fs::remove_dir(project.path("api")).unwrap();
    symlink(elsewhere.path(), project.path("api")).unwrap();
    assert_eq!(project.codes(), [OUTSIDE]);
}

#[test]
fn links_out_of_the_service_are_errors_too() {
    let project = Project::new();
    write(&project.path("shared.env"), "");
    symlink("../shared.env", project.path("api/.env")).unwrap();
    assert_eq!(project.inspect()[0].says, "it leads out of the service's folder");
    let up =
        inspect(&Git::default(), project.0.path(), &project.path("api"), &project.path("api/../../x.env"));
    assert_eq!(up[0].says, "it leads out of the project");
}

#[test]
fn what_stands_in_the_way_is_told() {
    let project = Project::new();
    symlink("nowhere", project.path("api/.env")).unwrap();
    assert_eq!(project.codes(), [NOT_A_FILE]);
    fs::remove_file(project.path("api/.env")).unwrap();
    fs::create_dir(project.path("api/.env")).unwrap();
    assert_eq!(project.codes(), [NOT_A_FILE]);
    fs::remove_dir_all(project.path("api")).unwrap();
    assert_eq!(project.codes(), [FOLDER]);
}

#[test]
fn outside_git_there_is_only_a_note() {
    let project = Project::new();
    let found = project.inspect();
    assert_eq!((found.len(), found[0].code, found[0].severity), (1, NO_GIT, Severity::Note));
}

#[test]
fn open_modes_and_half_written_files_are_warnings() {
    let project = Project::new();
    write(&project.path("api/.env"), "");
    fs::set_permissions(project.path("api/.env"), fs::Permissions::from_mode(0o644)).unwrap();
    write(&project.path("api/.env.devsecrets-a"), "");
    assert_eq!(project.codes(), [NO_GIT, READABLE, LEFTOVER]);
}
