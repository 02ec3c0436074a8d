//! `login`: the device flow against a sandbox, with everything that can come between.

use std::time::{Duration, Instant};

use devsecrets::sandbox::{Fault, Operation, World};
use insta::assert_snapshot;

use crate::support::{Case, Run, acme, acme_that_asks};

fn with_fault(operation: Operation, faults: impl IntoIterator<Item = Fault>) -> Run {
    let case = Case::of("services").on(acme());
    case.stage().script(operation, faults);
    case.run(&["login"])
}

/// Runs `login` while somebody answers the code.
fn while_somebody(case: &Case, answer: impl Fn(&str) -> bool + Sync) -> Run {
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let began = Instant::now();
            while began.elapsed() < Duration::from_secs(20) {
                if case.stage().waiting().iter().any(|code| answer(code)) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        case.run(&["login"])
    })
}

#[test]
fn approved() {
    let case = Case::of("services").on(acme_that_asks());
    assert_snapshot!(while_somebody(&case, |code| case.stage().approve(code)).exits(0));
}

#[test]
fn denied() {
    let case = Case::of("services").on(acme_that_asks());
    assert_snapshot!(while_somebody(&case, |code| case.stage().deny(code)).exits(2));
}

#[test]
fn the_code_expires() {
    assert_snapshot!(with_fault(Operation::CreateToken, [Fault::Expired]).exits(2));
}

#[test]
fn no_such_start_url() {
    let elsewhere = World::new().start_url("https://other.awsapps.com/start").auto_approve();
    assert_snapshot!(Case::of("services").on(elsewhere).run(&["login"]).exits(2));
}

#[test]
fn throttled_for_good() {
    assert_snapshot!(with_fault(Operation::RegisterClient, [Fault::Throttled; 3]).exits(2));
}

#[test]
fn the_service_is_broken() {
    assert_snapshot!(with_fault(Operation::StartDeviceAuthorization, [Fault::ServerError; 3]).exits(2));
}

#[test]
fn the_connection_is_cut() {
    assert_snapshot!(with_fault(Operation::RegisterClient, [Fault::Dropped; 3]).exits(2));
}

#[test]
fn nobody_listens() {
    let case = Case::of("services").with("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    assert_snapshot!(case.run(&["login"]).exits(2));
}

#[test]
fn an_answer_that_lacks_everything() {
    assert_snapshot!(with_fault(Operation::StartDeviceAuthorization, [Fault::Empty]).exits(2));
}

#[test]
fn an_answer_full_of_escape_sequences() {
    let run = with_fault(Operation::RegisterClient, [Fault::Hostile]).exits(2);
    assert!(!run.raw.contains('\u{1b}') && !run.raw.contains('\u{202e}'), "{run}");
    assert_snapshot!(run);
}

#[test]
fn a_busy_moment_while_waiting_is_waited_out() {
    with_fault(Operation::CreateToken, [Fault::ServerError]).exits(0);
}

#[test]
fn a_second_login_asks_for_no_code() {
    let case = Case::of("services").on(acme()).signed_in();
    assert_snapshot!(case.run(&["login"]).exits(0));
    let counted = [Operation::RegisterClient, Operation::StartDeviceAuthorization, Operation::CreateToken];
    assert_eq!(counted.map(|operation| case.stage().count(operation)), [1, 1, 1]);
}

/// The first: three calls of the protocol, two lists to choose from, keys to prove the role. The second: nothing.
#[test]
fn a_valid_session_costs_no_call() {
    let case = Case::of("services").on(acme()).signed_in();
    let calls = case.stage().log().len();
    assert_eq!(calls, 6, "{:?}", case.stage().log());
    case.run(&["login"]).exits(0);
    case.run(&["login", "--status"]).exits(0);
    assert_eq!(case.stage().log().len(), calls, "{:?}", case.stage().log());
}

#[test]
fn status_tells_a_script_and_a_person() {
    let case = Case::of("services").on(acme());
    assert_snapshot!("status_signed_out", case.run(&["login", "--status"]).exits(1));
    assert_eq!(
        case.run(&["login", "--status", "--json"]).exits(1).json()["session"],
        serde_json::Value::Null
    );
    let case = case.signed_in();
    assert_snapshot!("status_signed_in", case.run(&["login", "--status"]).exits(0));
    let document = case.run(&["login", "--status", "--json"]).exits(0).json();
    assert_eq!(
        (&document["session"]["renews"], &document["role"]["role_name"]),
        (&true.into(), &"Developer".into())
    );
    case.stage().revoke_sessions();
    case.run(&["status"]);
    case.run(&["login", "--status"]).exits(1);
}

#[test]
fn a_forgotten_registration_is_made_anew() {
    let case = Case::of("services").on(acme()).signed_in();
    case.stage().forget_registrations();
    std::fs::remove_file(token_file(&case)).unwrap();
    case.run(&["login"]).exits(0);
    assert_eq!(case.stage().count(Operation::RegisterClient), 2);
}

/// The one file of the cache that holds a token.
fn token_file(case: &Case) -> std::path::PathBuf {
    let files = case.kept().into_iter();
    let tokens = files.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("accessToken"));
    tokens.map(|(path, _)| path).next().unwrap()
}

fn two_accounts() -> World {
    acme().account("444455556666", "Acme Staging", "", &["Developer", "ReadOnly"])
}

#[test]
fn several_accounts_and_nobody_to_ask() {
    assert_snapshot!(Case::of("services").on(two_accounts()).run(&["login"]).exits(2));
}

/// Who is signed in is no worse off for it than who is not: what can be had is written.
#[test]
fn a_seed_without_a_role_writes_what_it_can() {
    let case = Case::of("services").on(two_accounts()).with_key_file();
    case.run(&["login"]).exits(2);
    let run = case.run(&["seed", "--yes"]).exits(0).says("DS-SSO-14");
    assert!(run.out.contains("created"), "{run}");
}

#[test]
fn a_role_is_named_and_remembered() {
    let case = Case::of("services").on(two_accounts());
    let named = ["login", "--account", "444455556666", "--role", "ReadOnly"];
    assert_snapshot!("a_role_is_named", case.run(&named).exits(0));
    assert_snapshot!("a_role_is_remembered", case.run(&["login"]).exits(0));
}

#[test]
fn a_role_name_that_is_nearly_right() {
    let case = Case::of("services").on(two_accounts());
    let near = ["login", "--account", "444455556666", "--role", "Readonly"];
    assert_snapshot!(case.run(&near).exits(2));
}

#[test]
fn an_account_that_is_not_assigned() {
    let case = Case::of("services").on(two_accounts());
    assert_snapshot!(case.run(&["login", "--account", "999999999999"]).exits(2));
}

#[test]
fn nothing_is_assigned() {
    let nobody = World::new().start_url("https://acme.awsapps.com/start").auto_approve();
    assert_snapshot!(Case::of("services").on(nobody).run(&["login"]).exits(2));
}

#[test]
fn a_profile_without_a_sign_in() {
    assert_snapshot!(Case::of("platform").run(&["login"]).exits(0));
}

#[test]
fn json_names_session_and_role() {
    let document = Case::of("services").on(acme()).run(&["login", "--json"]).exits(0).json();
    assert_eq!(document["version"], 1);
    assert_eq!(document["role"]["role_name"], "Developer");
}

#[test]
fn a_remembered_role_that_was_taken_away_is_told() {
    let case = Case::of("services").on(acme()).signed_in();
    let roles = case.state("roles.json");
    let text = std::fs::read_to_string(&roles).unwrap().replace("Developer", "Admin");
    std::fs::write(&roles, text).unwrap();
    assert_snapshot!(case.run(&["login", "--force"]).exits(2));
}

/// The date on the token says it lives; only the portal knows that it does not, and the first call it hears of it.
#[test]
fn a_session_ended_elsewhere_is_begun_anew() {
    let case = Case::of("services").on(acme()).signed_in();
    case.stage().revoke_sessions();
    case.run(&["status"]);
    case.run(&["login"]).exits(0);
    assert_eq!(case.stage().count(Operation::StartDeviceAuthorization), 2);
    case.stage().revoke_sessions();
    assert_snapshot!(case.run(&["login", "--choose"]).exits(0));
    assert_eq!(case.stage().count(Operation::StartDeviceAuthorization), 3);
}
