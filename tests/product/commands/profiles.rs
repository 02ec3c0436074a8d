//! `profile`: looking at profiles, checking them, starting one.

use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE};

#[test]
fn listed() {
    assert_snapshot!(Case::empty().run(&["profile", "list"]).exits(0));
}

#[test]
fn the_project_s_own_stands_first_even_when_broken() {
    let case = Case::with_profile("schema = 1\n");
    let run = case.run(&["profile", "list"]).exits(0).says("broken: devsecrets profile lint");
    assert!(run.out.starts_with("PROJECT/devsecrets.toml "), "{run}");
}

#[test]
fn shown() {
    assert_snapshot!(Case::of("pegasus").run(&["profile", "show"]).exits(0));
}

#[test]
fn one_in_order() {
    assert_snapshot!(Case::with_profile(ONE_SERVICE).run(&["profile", "lint"]).exits(0));
}

#[test]
fn all_problems_at_once() {
    let broken = ONE_SERVICE
        .replace("required = [\"API_KEY\"", "requierd = [\"API_KEY\"")
        .replace("kind = \"aws-secrets-manager\"", "kind = \"vault\"")
        .replace("env_file = \".env\"", "env_file = \"../../outside\"");
    let case = Case::empty().file("devsecrets.toml", &broken);
    assert_snapshot!("all_problems", case.run(&["profile", "lint"]).exits(1));
    let document = case.run(&["profile", "lint", "--json"]).exits(1).json();
    assert!(document["problems"].as_array().unwrap().len() >= 3, "{document}");
    assert_snapshot!("a_broken_profile_in_use", case.run(&["status"]).exits(2));
}

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(Case::empty().run(&["profile", "lint", "nowhere.toml"]).exits(2));
}

#[test]
fn begun_and_never_overwritten() {
    let case = Case::empty();
    assert_snapshot!("begun", case.run(&["profile", "init"]).exits(0));
    case.run(&["profile", "lint"]).exits(0);
    let first = case.read("devsecrets.toml");
    assert_snapshot!("not_overwritten", case.run(&["profile", "init"]).exits(2));
    assert_eq!(case.read("devsecrets.toml"), first);
}

#[test]
fn the_schema_is_the_one_in_the_repository() {
    let run = Case::empty().run(&["profile", "schema"]).exits(0);
    let kept: serde_json::Value =
        serde_json::from_str(include_str!("../../../profiles/schema.json")).unwrap();
    assert_eq!(run.json(), kept);
}

#[test]
fn each_command_prints_one_document() {
    let case = Case::with_profile(ONE_SERVICE);
    assert_eq!(case.run(&["profile", "list", "--json"]).exits(0).json()["version"], 1);
    assert_eq!(case.run(&["profile", "show", "--json"]).exits(0).json()["schema"], 1);
    assert_eq!(case.run(&["profile", "lint", "--json"]).exits(0).json()["version"], 1);
    assert_eq!(Case::empty().run(&["profile", "init", "--json"]).exits(0).json()["version"], 1);
}

/// Picked once, meant everywhere in the repository, told each time, and behind everything that names a profile.
#[test]
fn a_picked_profile_is_remembered_and_told() {
    let case = Case::of("services").without("DEVSECRETS_PROFILE");
    case.run(&["status", "--offline"]).exits(2).says("DS-PROFILE-01");
    case.run(&["profile", "use", "servces"]).exits(2).says("services");
    case.run(&["profile", "use", "services"]).exits(0);
    let run = case.run(&["status", "--offline"]).says("profile services, remembered for this project");
    assert!(run.err.contains("profile use --none"), "{run}");
    let json = case.run(&["status", "--offline", "--json"]).json();
    assert_eq!((&json["profile"], &json["project"]["remembered"]), (&"services".into(), &true.into()));
    assert!(!case.run(&["status", "--offline", "-p", "pegasus"]).raw.contains("remembered"));
    assert!(case.run(&["profile", "show"]).says("remembered for this project").out.contains("services"));
    assert!(case.project().iter().all(|path| !path.ends_with("projects.json")), "it is kept elsewhere");
    case.run(&["profile", "use", "--none"]).exits(0);
    case.run(&["status", "--offline"]).exits(2).says("DS-PROFILE-01");
    let own = Case::with_profile(crate::support::LOCAL);
    own.run(&["profile", "use", "services"]).exits(2).says("DS-PROFILE-12");
}

/// It is ours, so it goes with all that is.
#[test]
fn forgetting_a_project_forgets_what_was_picked_for_it() {
    let case = Case::of("services").without("DEVSECRETS_PROFILE");
    case.run(&["profile", "use", "services"]).exits(0);
    case.run(&["forget", "--project", "--yes"]).says("which profile was picked");
    case.run(&["status", "--offline"]).exits(2).says("DS-PROFILE-01");
}

#[test]
fn a_second_profile_below_the_first_takes_a_person_s_word() {
    let case = Case::with_profile(ONE_SERVICE).file("api/README.md", "");
    let init = |more: &[&str]| {
        let arguments = [&["profile", "init"], more].concat();
        case.command(&arguments).current_dir(case.path("api")).output().unwrap()
    };
    let refused = init(&[]);
    let says = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{says}");
    assert!(says.contains("would hide it") && says.contains("devsecrets profile init --yes"), "{says}");
    assert!(!case.has("api/devsecrets.toml"));
    assert_eq!(init(&["--yes"]).status.code(), Some(0));
    assert!(case.has("api/devsecrets.toml"));
}
