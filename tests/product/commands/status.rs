//! `status`: the matrix before anything is done, signed in, and offline.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::{Case, ONE_SERVICE, acme};

#[test]
fn signed_out() {
    assert_snapshot!(Case::of("services").on(acme()).run(&["status"]));
}

#[test]
fn signed_in() {
    assert_snapshot!(Case::of("services").on(acme()).signed_in().run(&["status"]));
}

#[test]
fn offline_makes_no_call() {
    let case = Case::of("services").on(acme()).signed_in();
    let calls = case.stage().log().len();
    assert_snapshot!(case.run(&["status", "--offline"]));
    assert_eq!(case.stage().log().len(), calls);
}

#[test]
fn a_required_value_out_of_reach_is_blocked() {
    let case = Case::with_profile(ONE_SERVICE).on(acme());
    assert_snapshot!(case.run(&["status"]).exits(1));
}

#[test]
fn production_generates_nothing() {
    assert_snapshot!(Case::of("services").run(&["status", "--offline", "--env", "production"]).exits(1));
}

#[test]
fn a_service_without_its_folder_is_not_ready() {
    let case = Case::with_profile(ONE_SERVICE).with("API_KEY", "exported");
    case.run(&["status", "--offline"]).exits(0);
    std::fs::remove_dir(case.path("api")).unwrap();
    let run = case.run(&["status", "--offline"]).exits(1);
    let told = "folder api  the folder does not exist → check the service's `path`";
    assert!(run.out.contains(told), "{}", run.out);
    let json = case.run(&["status", "--offline", "--json"]).json();
    assert_eq!(json["services"][0]["obstacle"]["what"], "folder api", "{json:#}");
}

#[test]
fn an_exported_variable_counts() {
    let case = Case::with_profile(ONE_SERVICE).with("API_KEY", "exported");
    assert_snapshot!(case.run(&["status", "--offline"]).exits(0));
}

#[test]
fn json_is_one_versioned_document_without_values() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    let run = case.run(&["status", "--json"]).exits(0);
    let document = run.json();
    assert_eq!(document["version"], 1);
    assert_eq!(document["services"][0]["cells"][0]["origin"], "aws");
    assert_eq!(document["services"][0]["cells"][0]["at"], "api/development");
    assert_eq!(document["project"]["root"], "PROJECT");
    assert!(!run.raw.contains("from the store"), "{run}");
}

#[test]
fn an_error_is_a_document_too() {
    let run = Case::empty().run(&["status", "--json"]).exits(2);
    let document = run.json();
    assert_eq!((&document["version"], &document["error"]["code"]), (&json!(1), &json!("DS-PROFILE-01")));
}
