//! `set`, `reveal` and `copy`: one variable of one service, the twins of the board's keys.

use crate::support::{Case, LOCAL};

const TYPED: &str = "c4nary typed by hand, long enough";

#[test]
fn a_value_is_set_by_hand_and_kept_by_the_next_seed() {
    let case = Case::with_profile(LOCAL).with("API_KEY", "c4nary-from-the-shell");
    let shown = case.run_with(TYPED, &["set", "PEPPER", "-s", "api"]).exits(2);
    assert!(shown.err.contains("DS-SEED-06") && !case.has("api/.env"), "nobody agreed: {shown}");
    let run = case.run_with(TYPED, &["set", "PEPPER", "-s", "api", "--yes"]).exits(0);
    assert!(!run.raw.contains("c4nary"), "{run}");
    assert!(case.read("api/.env").contains(TYPED), "{}", case.read("api/.env"));
    case.run(&["seed", "--yes"]);
    assert!(case.read("api/.env").contains(TYPED), "an edit by hand is kept");
    let told = case.run(&["explain", "PEPPER", "--json"]);
    assert_eq!(told.json()["services"][0]["origin"], "file", "{told}");
    let shown = case.run(&["reveal", "PEPPER", "-s", "api", "--stdout"]).exits(0);
    assert_eq!(shown.out.trim_end(), TYPED);
}

#[test]
fn what_was_set_can_be_taken_back() {
    let case = Case::with_profile(LOCAL);
    case.run_with(TYPED, &["set", "PEPPER", "-s", "api", "--yes"]).exits(0);
    case.run(&["undo"]).exits(0);
    assert!(!case.has("api/.env"));
}

#[test]
fn what_cannot_be_set_or_shown_is_said_with_the_next_step() {
    let case = Case::with_profile(LOCAL);
    for (args, input, code) in [
        (&["set", "PEPPER", "-s", "api", "--yes"][..], "", "DS-VALUE-11"),
        (&["set", "PEPER", "-s", "api", "--yes"][..], TYPED, "DS-"),
        (&["reveal", "PEPPER", "-s", "api"][..], "", "DS-VALUE-14"),
        (&["reveal", "API_KEY", "-s", "api", "--stdout"][..], "", "DS-VALUE-10"),
    ] {
        let run = case.run_with(input, args).exits(2);
        assert!(run.err.contains(code), "{args:?}: {run}");
        assert!(!run.raw.contains("c4nary"), "{run}");
    }
}

/// The file was written for development; what is typed for another environment must not slip into it unseen.
#[test]
fn a_value_for_another_environment_warns_that_the_file_is_not_its_own() {
    let case = Case::with_profile(
        &LOCAL.replace("title", "environments = [\"development\", \"production\"]\ntitle"),
    );
    case.run(&["seed", "--yes"]);
    let run = case.run_with(TYPED, &["set", "PEPPER", "-s", "api", "-e", "production", "--yes"]).exits(0);
    let told =
        "api/.env: it was written for development, and values for production would stand in it [DS-SEED-11]";
    assert!(run.raw.contains(told), "{run}");
    let own = case.run_with(TYPED, &["set", "PEPPER", "-s", "api", "--yes"]).exits(0);
    assert!(!own.raw.contains("DS-SEED-11"), "{own}");
}
