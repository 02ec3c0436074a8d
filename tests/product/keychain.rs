//! `keychain status` and `keychain migrate` without a keychain of the system: what is told, and what is refused.

use insta::assert_snapshot;

use crate::support::{Case, SHARED_FILE};

fn with_an_identity() -> Case {
    let case = Case::with_profile(SHARED_FILE).with_key_file();
    case.run(&["seed", "--yes"]).exits(0);
    case
}

#[test]
fn the_status_counts_and_tells_why() {
    let case = with_an_identity();
    assert_snapshot!("keychain_status_file", case.run(&["keychain", "status"]).exits(0));
    assert_snapshot!("keychain_status_json", case.run(&["keychain", "status", "--json"]).exits(0));
    let memory = Case::empty();
    assert_snapshot!("keychain_status_memory", memory.run(&["keychain", "status"]).exits(0));
}

#[test]
fn a_status_that_cannot_count_still_tells_which() {
    let case = with_an_identity();
    std::fs::write(case.home("passphrase"), "another\n").unwrap();
    let said = case.run(&["keychain", "status"]).exits(1);
    assert_snapshot!("keychain_status_wrong_passphrase", said);
}

/// Elsewhere the system's keychain always answers, and a test has no business in it.
#[cfg(target_os = "linux")]
#[test]
fn a_move_to_a_keychain_that_is_not_there_changes_nothing() {
    let case = with_an_identity();
    let before = case.kept();
    assert_snapshot!(
        "keychain_migrate_nowhere",
        case.run(&["keychain", "migrate", "--to", "os", "--yes"]).exits(2)
    );
    assert!(before == case.kept());
}

/// Deciding for the file on a machine that has nothing else means that a keychain which appears later is not taken.
#[cfg(target_os = "linux")]
#[test]
fn a_decision_for_the_file_is_kept() {
    let case = with_an_identity().without("DEVSECRETS_KEYCHAIN");
    assert_snapshot!("keychain_migrate_nothing", case.run(&["keychain", "migrate", "--to", "file"]).exits(0));
    let decided = case.run(&["keychain", "status"]).exits(0);
    assert!(decided.out.contains("because   everything was moved there"), "{decided}");
    std::fs::write(case.state("keychain.json"), "{").unwrap();
    assert_snapshot!("keychain_decision_damaged", case.run(&["keychain", "status"]).exits(2));
    case.run(&["keychain", "migrate", "--to", "file"]).exits(0);
    case.run(&["keychain", "status"]).exits(0);
}
