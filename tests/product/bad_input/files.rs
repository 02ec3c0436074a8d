//! Env files that may not, or cannot, be written.

use devsecrets::onboard::Session;
use devsecrets::seed::{FileOutcome, Report};
use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE, Run, SHARED_FILE};

fn one_service() -> Case {
    Case::with_profile(ONE_SERVICE)
}

fn seed(case: &Case) -> Run {
    case.run(&["seed", "--offline", "--yes"])
}

#[test]
fn a_service_without_its_folder() {
    let case = one_service();
    std::fs::remove_dir(case.path("api")).unwrap();
    assert_snapshot!(seed(&case).exits(1));
}

/// A file in the folder's place stops even the superuser.
#[test]
fn a_file_where_the_folder_should_be() {
    let case = one_service();
    std::fs::remove_dir(case.path("api")).unwrap();
    case.write("api", "in the way");
    assert_snapshot!(seed(&case).exits(1));
    assert_eq!(case.read("api"), "in the way");
}

#[test]
fn a_folder_where_the_file_should_be() {
    let case = one_service();
    std::fs::create_dir(case.path("api/.env")).unwrap();
    assert_snapshot!(seed(&case).exits(1));
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = one_service();
    std::fs::set_permissions(case.path("api"), std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(case.path("api/probe"), "").is_ok() {
        return crate::support::skipped("a_folder_that_cannot_be_written: this user can write anywhere");
    }
    assert_snapshot!(seed(&case).exits(1));
}

#[test]
fn a_file_tracked_by_git() {
    let case = one_service().file("api/.env", "OLD=1\n");
    case.git(&["add", "--force", "api/.env"]);
    assert_snapshot!(seed(&case).exits(1));
    assert_eq!(case.read("api/.env"), "OLD=1\n");
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_project() {
    let case = one_service();
    std::fs::write(case.home("outside"), "OLD=1\n").unwrap();
    std::os::unix::fs::symlink(case.home("outside"), case.path("api/.env")).unwrap();
    assert_snapshot!(seed(&case).exits(1));
    assert_eq!(std::fs::read_to_string(case.home("outside")).unwrap(), "OLD=1\n");
}

#[test]
fn a_gitignore_that_cannot_be_changed() {
    let case = one_service();
    std::fs::create_dir(case.path(".gitignore")).unwrap();
    assert_snapshot!(seed(&case).exits(1));
    assert!(!case.has("api/.env"));
}

#[test]
fn a_file_in_utf_16_is_left_alone() {
    let case = one_service();
    let text: Vec<u8> = "OLD=1\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = [&[0xff, 0xfe], &text[..]].concat();
    std::fs::write(case.path("api/.env"), &bytes).unwrap();
    assert_snapshot!(seed(&case).exits(1));
    assert_eq!(std::fs::read(case.path("api/.env")).unwrap(), bytes);
}

#[test]
fn without_git_it_is_a_note() {
    let case = Case::with_profile(SHARED_FILE);
    std::fs::remove_dir_all(case.path(".git")).unwrap();
    assert_snapshot!(seed(&case).exits(0));
}

/// A NUL no environment can hold, and a carriage return no shell form can write beside others.
#[test]
fn a_value_no_form_can_hold_is_refused_alone() {
    let case = one_service().with("AWS_REGION", "eu-west-2");
    let world = crate::support::bare_acme().auto_approve();
    let case = case.on(world.secret("api/development", r#"{"API_KEY":"it's\u0000"}"#)).signed_in();
    assert_snapshot!(case.run(&["seed", "--yes"]).exits(1));
    assert_eq!(case.read("api/.env").matches("PORT=8080").count(), 1);
    assert!(!case.read("api/.env").contains("API_KEY"));
}

/// Shows the plan, does `meanwhile`, then applies what was shown.
fn seed_while(case: &Case, meanwhile: impl FnOnce()) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut session: Session = case.session();
        session.preferred().unwrap().unwrap();
        let preview = session.plan(false).await.unwrap();
        meanwhile();
        session.apply(&preview).unwrap()
    })
}

#[test]
fn a_file_that_changes_after_the_preview_is_left_alone() {
    let case = Case::with_profile(SHARED_FILE).file(".env", "LEFT=mine\n");
    let report = seed_while(&case, || case.write(".env", "LEFT=mine\nNEW=1\n"));
    let file = report.files.iter().find(|file| file.path == ".env").unwrap();
    assert_eq!((file.outcome, file.finding.as_ref().unwrap().code), (FileOutcome::Failed, "DS-FILE-11"));
    assert_eq!(case.read(".env"), "LEFT=mine\nNEW=1\n");
}

#[test]
fn a_file_that_appears_after_the_preview_is_left_alone() {
    let case = Case::with_profile(SHARED_FILE);
    let report = seed_while(&case, || case.write(".env", "LEFT=mine\n"));
    assert!(!report.is_clean());
    assert_eq!(case.read(".env"), "LEFT=mine\n");
}

/// Where `.gitignore` could not be written, neither are the files it was to cover.
#[test]
fn an_ignore_file_that_changes_after_the_preview_stops_the_rest() {
    let case = Case::with_profile(SHARED_FILE);
    let report = seed_while(&case, || case.write(".gitignore", "other\n"));
    assert_eq!(report.count(FileOutcome::Failed), 2);
    assert!(!case.has(".env"));
}
