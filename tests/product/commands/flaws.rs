//! What is wrong with an env file as it stands: told by `seed`, `status` and `--adopt` alike, without a value.

use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE};

/// A duplicate, a line that is nothing, and a value compose and dotenv take differently.
const FLAWED: &str = "API_KEY=canary-first\nAPI_KEY=canary-second\nTODO\nMINE=canary#third\n";

const COMPOSE: &str = "services: {}\n";
const PACKAGE: &str = r#"{"dependencies":{"dotenv":"^17.0.0"}}"#;

fn flawed(text: &str) -> Case {
    Case::with_profile(ONE_SERVICE)
        .file("api/.env", text)
        .file("api/compose.yaml", COMPOSE)
        .file("api/package.json", PACKAGE)
}

/// Codes and subjects of the findings about the file's contents.
fn codes(findings: &serde_json::Value) -> Vec<String> {
    let all = findings.as_array().unwrap().iter();
    let said = all.map(|one| format!("{} {}", one["code"], one["subject"]).replace('"', ""));
    said.filter(|said| said.contains("DS-FILE-1")).collect()
}

/// Of the only env file.
fn of_file(seed: &serde_json::Value) -> Vec<String> {
    let files = seed["preview"]["files"].as_array().unwrap();
    codes(&files.iter().find(|file| file["path"] == "api/.env").unwrap()["findings"])
}

#[test]
fn seed_and_status_tell_them_and_no_value() {
    let case = flawed(FLAWED);
    let seed = case.run(&["seed", "--offline", "--dry-run"]).exits(0);
    assert_snapshot!("flaws_seed", seed);
    let status = case.run(&["status", "--offline"]).exits(0);
    assert_snapshot!("flaws_status", status);
    for run in [seed, status, case.run(&["seed", "--offline", "--adopt"])] {
        assert!(!format!("{}{}", run.out, run.err).contains("canary"));
    }
}

#[test]
fn json_has_them_too() {
    let case = flawed(FLAWED);
    let expected = ["DS-FILE-13 api/.env: API_KEY", "DS-FILE-14 api/.env:3", "DS-FILE-16 api/.env: MINE"];
    let seed = case.run(&["seed", "--offline", "--dry-run", "--json"]).json();
    let status = case.run(&["status", "--offline", "--json"]).json();
    assert_eq!(of_file(&seed), expected);
    assert_eq!(codes(&status["findings"]), expected);
}

#[test]
fn a_good_file_has_none() {
    let case = flawed("# fine\nMINE='x y'\n");
    let seed = case.run(&["seed", "--offline", "--dry-run", "--json"]).json();
    assert_eq!(of_file(&seed), Vec::<String>::new());
}
