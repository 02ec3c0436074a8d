//! `token`: personal tokens, from standard input into the keychain and a file of their own.

use insta::assert_snapshot;

use crate::support::Case;

/// The shape the profile asks for: `lin_api_` and forty letters or digits.
fn linear() -> String {
    format!("lin_api_{}", "Ab3".repeat(13) + "Z")
}

#[test]
fn kept_and_in_a_file_of_its_own() {
    let case = Case::of("services");
    assert_snapshot!(case.run_with(&format!("{}\n", linear()), &["token", "set", "linear"]).exits(0));
    assert_eq!(case.read(".env.linear"), format!("{}\n", linear()));
    case.git(&["check-ignore", "--quiet", ".env.linear"]);
}

/// The file holds the token as it was kept, not as it was pasted.
#[test]
fn a_paste_is_cleaned_in_the_file_too() {
    let case = Case::of("services");
    case.run_with(&format!("  \"{}\" \r\n\n", linear()), &["token", "set", "linear"]).exits(0);
    assert_eq!(case.read(".env.linear"), format!("{}\n", linear()));
}

#[test]
fn another_token_takes_its_place() {
    let case = Case::of("services");
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    let second = linear().replace('Z', "Y");
    case.run_with(&second, &["token", "set", "linear"]).exits(0);
    assert_eq!(case.read(".env.linear"), format!("{second}\n"));
}

#[test]
fn the_wrong_shape() {
    let case = Case::of("services");
    assert_snapshot!(case.run_with("lin_api_short", &["token", "set", "linear"]).exits(2));
    assert!(!case.has(".env.linear"));
}

#[test]
fn another_vendor_s_token() {
    let run = Case::of("services").run_with("ghp_canary0123", &["token", "set", "linear"]).exits(2);
    assert!(!run.raw.contains("canary"), "{run}");
    assert_snapshot!(run);
}

#[test]
fn nothing_on_standard_input() {
    assert_snapshot!(Case::of("services").run(&["token", "set", "linear"]).exits(2));
}

#[test]
fn a_token_the_profile_does_not_know() {
    assert_snapshot!(Case::of("services").run_with(&linear(), &["token", "set", "liner"]).exits(2));
}

#[test]
fn a_profile_without_tokens() {
    let case = Case::of("platform");
    assert_snapshot!("no_tokens_to_set", case.run_with("x", &["token", "set", "linear"]).exits(2));
    assert_snapshot!("no_tokens_to_list", case.run(&["token", "list"]).exits(0));
}

#[test]
fn tracked_by_git_the_file_is_not_written() {
    let case = Case::of("services").file(".env.linear", "old\n");
    case.git(&["add", "--force", ".env.linear"]);
    assert_snapshot!(case.run_with(&linear(), &["token", "set", "linear"]).exits(1));
    assert_eq!(case.read(".env.linear"), "old\n");
}

#[test]
fn listed_and_forgotten() {
    let case = Case::of("services").with_key_file();
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    assert_snapshot!("a_kept_token", case.run(&["token", "list"]).exits(0));
    assert_snapshot!("a_forgotten_token", case.run(&["token", "remove", "linear"]).exits(0));
    assert_snapshot!("no_token_left", case.run(&["token", "remove", "linear"]).exits(0));
}

#[test]
fn each_command_prints_one_versioned_document() {
    let case = Case::of("services");
    let set = case.run_with(&linear(), &["token", "set", "linear", "--json"]).exits(0).json();
    assert_eq!((&set["version"], &set["file"]), (&1.into(), &".env.linear".into()));
    assert_eq!(case.run(&["token", "list", "--json"]).exits(0).json()["version"], 1);
    let removed = case.run(&["token", "remove", "linear", "--json"]).exits(0).json();
    assert_eq!((&removed["version"], &removed["removed"]), (&1.into(), &false.into()));
}
