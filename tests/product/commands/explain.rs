//! `explain`: what a code means, wherever one stands.

use insta::assert_snapshot;

use crate::support::Case;

#[test]
fn one_code() {
    assert_snapshot!(Case::empty().run(&["explain", "DS-SSO-03"]).exits(0));
}

#[test]
fn however_it_is_typed() {
    let case = Case::empty();
    let said = case.run(&["explain", "DS-SSO-03"]).out;
    assert_eq!(case.run(&["explain", "sso-3"]).exits(0).out, said);
    assert_eq!(case.run(&["explain", "ds-sso-03"]).exits(0).out, said);
}

#[test]
fn a_family() {
    assert_snapshot!(Case::empty().run(&["explain", "undo"]).exits(0));
}

#[test]
fn all_of_them() {
    let run = Case::empty().run(&["explain"]).exits(0).says("DS-STORE-02").says("DS-SSO-03");
    let json = Case::empty().run(&["explain", "--json"]).exits(0).json();
    let families = json["families"].as_array().unwrap();
    let codes = families.iter().flat_map(|family| family["codes"].as_array().unwrap());
    for code in codes {
        assert!(run.out.contains(code["code"].as_str().unwrap()), "{code}");
    }
}

#[test]
fn as_a_document() {
    let json = Case::empty().run(&["explain", "sso-3", "--json"]).exits(0).json();
    assert_eq!((json["version"].as_u64(), json["code"].as_str()), (Some(1), Some("DS-SSO-03")));
    assert_eq!(json["next"][1]["command"], "devsecrets profile lint");
}

#[test]
fn an_unknown_code() {
    assert_snapshot!("unknown_code", Case::empty().run(&["explain", "DS-STOER-02"]).exits(2));
    assert_snapshot!("no_code_at_all", Case::empty().run(&["explain", "whatever"]).exits(2));
    let hostile = Case::empty().run(&["explain", "\u{1b}[31mwhatever"]).exits(2);
    assert!(!hostile.err.contains('\u{1b}'), "{hostile}");
}

#[test]
fn it_needs_nothing() {
    let case = Case::empty()
        .file("devsecrets.toml", "broken = [")
        .without("HOME")
        .with("DEVSECRETS_PROFILE", "nowhere");
    case.run(&["explain", "DS-PROFILE-05"]).exits(0);
}

#[test]
fn a_variable_and_its_sources() {
    let case = Case::empty();
    let asked = ["explain", "JWT_SECRET", "--profile", "services", "--offline", "--service", "backend"];
    assert_snapshot!(case.run(&asked).exits(0));
    let json = case.run(&[&asked[..], &["--json"]].concat()).exits(0).json();
    let sources = json["services"][0]["sources"].as_array().unwrap();
    assert_eq!(sources.iter().filter(|step| step["verdict"] == "won").count(), 1);
}

#[test]
fn a_mistyped_variable() {
    let run = Case::empty().run(&["explain", "JWT_SECRE", "--profile", "services"]).exits(2);
    run.says("did you mean JWT_SECRET?");
}
