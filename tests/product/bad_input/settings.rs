//! Arguments, variables, and the files the program keeps for itself.

use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE, acme};

#[test]
fn a_service_nobody_declared() {
    let case = Case::of("services");
    assert_snapshot!(case.run(&["status", "--service", "backen"]).exits(2));
}

#[test]
fn an_environment_nobody_declared() {
    assert_snapshot!(Case::of("services").run(&["seed", "--env", "prod", "--yes"]).exits(2));
}

#[test]
fn a_profile_nobody_bundled() {
    assert_snapshot!(Case::empty().run(&["status", "--profile", "servces"]).exits(2));
}

/// A token must not leave for just anywhere, whoever set the variable.
#[test]
fn an_endpoint_that_is_not_safe() {
    let case = Case::with_profile(ONE_SERVICE).with("AWS_ENDPOINT_URL", "http://example.com");
    assert_snapshot!(case.run(&["login"]).exits(2));
}

#[test]
fn a_store_s_endpoint_that_is_not_safe() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    let case = case.with("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://example.com");
    assert_snapshot!(case.run(&["status"]).exits(1));
}

#[test]
fn no_home() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).without("HOME");
    assert_snapshot!("no_home_to_sign_in_from", case.run(&["login"]).exits(0));
    assert_snapshot!("no_home_to_look_from", case.run(&["status"]).exits(1));
    assert_snapshot!("no_home_to_seed_from", case.run(&["seed", "--offline", "--yes"]).exits(1));
}

#[test]
fn a_broken_token_cache_is_no_session() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    for (path, _) in case.kept().into_iter().filter(|(path, _)| path.parent().unwrap().ends_with("sso/cache"))
    {
        std::fs::write(path, "{ torn").unwrap();
    }
    case.run(&["login"]).exits(0);
    case.run(&["status"]).exits(0);
}

#[test]
fn a_broken_journal_keeps_every_value() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    case.run(&["seed", "--yes"]).exits(0);
    let before = case.digest();
    std::fs::write(case.state("journal.json"), "{ torn").unwrap();
    assert_snapshot!(case.run(&["seed", "--yes"]).exits(0));
    assert_eq!(case.digest(), before);
}

#[test]
fn a_broken_memory_of_roles_costs_one_more_choice() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    std::fs::write(case.state("roles.json"), "{ torn").unwrap();
    assert_snapshot!("no_role_chosen", case.run(&["status"]).exits(1));
    case.run(&["login"]).exits(0);
    case.run(&["status"]).exits(0);
}

/// A file where the folder should be stops even the superuser.
#[test]
fn a_state_folder_that_cannot_be_written() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    std::fs::remove_dir_all(case.state("")).unwrap();
    std::fs::write(case.home(".local/state/devsecrets"), "in the way").unwrap();
    case.run(&["login"]).exits(0);
    assert_snapshot!(case.run(&["seed", "--yes", "--offline"]).exits(1));
    assert_eq!(case.values("api/.env")["PORT"], "8080");
}

#[test]
fn a_token_cache_that_cannot_be_written() {
    let case = Case::with_profile(ONE_SERVICE).on(acme());
    std::fs::write(case.home(".aws"), "in the way").unwrap();
    assert_snapshot!(case.run(&["login"]).exits(0));
}

#[test]
fn a_keychain_nobody_knows() {
    let case = Case::of("services").with("DEVSECRETS_KEYCHAIN", "vault");
    assert_snapshot!(case.run(&["status", "--offline", "--service", "backend"]).exits(0));
    assert_snapshot!("a_keychain_nobody_knows_for_tokens", case.run(&["token", "list"]).exits(2));
}

#[test]
fn a_key_file_with_another_passphrase() {
    let case = Case::of("services").with_key_file();
    case.run(&["seed", "--offline", "--yes", "--service", "backend"]).exits(0);
    let before = case.digest();
    std::fs::write(case.home("passphrase"), "another one\n").unwrap();
    assert_snapshot!(case.run(&["seed", "--offline", "--yes", "--service", "backend"]).exits(0));
    assert_eq!(case.digest(), before);
}
