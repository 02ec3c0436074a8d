//! `status` over several environments: what each says, what could not be asked, and that nothing is written.

use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE, acme};

fn shop() -> Case {
    Case::of("services")
        .on(acme())
        .file("backend/.env", "JWT_SECRET=c4nary-written-by-hand-for-development-only\n")
}

#[test]
fn side_by_side_signed_in() {
    let case = shop().signed_in();
    let before = case.digest();
    let run = case.run(&["status", "--all-environments", "-s", "backend"]).exits(1);
    assert!(!run.raw.contains("c4nary"), "{run}");
    assert_snapshot!(run);
    assert_eq!(case.digest(), before);
    assert!(!case.state("journal.json").exists());
}

/// Nobody signed in: what stores would know is open, and neither missing nor taken from this machine's files.
#[test]
fn what_nobody_may_ask_is_not_missing() {
    let case = shop();
    let calls = case.stage().log().len();
    assert_snapshot!(case.run(&["status", "-e", "development", "-e", "staging", "-s", "backend"]).exits(1));
    assert_eq!(case.stage().log().len(), calls, "without a session there is nobody to ask");
}

#[test]
fn each_is_told_as_status_tells_it_alone() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    let both = case.run(&["status", "--json", "-e", "development", "-e", "staging"]).json();
    assert_eq!((&both["version"], &both["project"]["root"]), (&1.into(), &"PROJECT".into()));
    for (at, name) in ["development", "staging"].into_iter().enumerate() {
        let alone = case.run(&["status", "--json", "-e", name]).json();
        for part in ["environment", "services", "ready", "readiness"] {
            assert_eq!(both["environments"][at][part], alone[part], "{name}: {part}");
        }
    }
}

/// A role elsewhere does not see the production account's secrets, which is no proof that there are none.
#[test]
fn a_role_of_another_account_proves_nothing() {
    let policy = "[policy]\nproduction_accounts = [\"999900009999\"]\n[sso]";
    let case = Case::with_profile(&ONE_SERVICE.replacen("[sso]", policy, 1)).on(acme()).signed_in();
    let run = case.run(&["status", "--all-environments"]).exits(1).says("other account");
    let run = run.says("choose a role in 999900009999");
    let production = case.run(&["status", "--all-environments", "--json"]).json()["environments"][2].clone();
    assert_eq!(production["services"][0]["cells"][0]["status"], "blocked", "{run}");
}

#[test]
fn only_status_looks_at_several() {
    let case = Case::with_profile(ONE_SERVICE);
    case.run(&["seed", "-e", "development", "-e", "staging"]).exits(2).says("status takes several");
    case.run(&["run", "-e", "development", "-e", "staging", "--", "true"]).exits(125);
    case.run(&["status", "-e", "development", "-e", "nowhere", "--offline"]).exits(2).says("DS-PROFILE-07");
}

const TWO: &str = r#"schema = 1
name = "shop"
title = "Shop"
environments = ["development", "staging"]
[variables.LEVEL]
secret = false
default = { development = "debug", staging = "info" }
[variables.COOKIE_KEY]
generate = { format = "hex", bytes = 16 }
[services.api]
path = "api"
env_file = ".env"
required = ["LEVEL"]
optional = ["COOKIE_KEY"]
"#;

/// Nobody could tell afterwards which line is whose.
#[test]
fn a_file_seeded_for_another_environment_keeps_nothing_of_the_first_but_what_was_edited() {
    let case = Case::with_profile(TWO).with_key_file();
    case.run(&["seed", "--yes"]).exits(0);
    let written = case.read("api/.env");
    assert!(written.starts_with("# api · development · ") && written.contains("COOKIE_KEY="), "{written}");
    let case = case.file("api/.env", &format!("{written}MINE=1\n"));
    case.run(&["seed", "-e", "staging", "--yes"]).exits(0).says("written for development");
    let text = case.read("api/.env");
    assert!(text.starts_with("# api · staging · "), "{text}");
    let values = case.values("api/.env");
    assert_eq!((values["LEVEL"].as_str(), values["MINE"].as_str()), ("info", "1"));
    assert!(!values.contains_key("COOKIE_KEY"), "{:?}", values.keys());
    case.run(&["seed", "--yes"]).exits(0);
    assert_eq!(case.values("api/.env")["LEVEL"], "debug");
}
