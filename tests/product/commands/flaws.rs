//! What is wrong with an env file as it stands: told by `seed`, `status` and `--adopt` alike, without a value.

use insta::assert_snapshot;

use crate::support::{Case, LOCAL, ONE_SERVICE};

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

/// An edit in it would win over every other source, so nobody goes on without it unawares.
#[test]
fn a_file_that_cannot_be_read_is_not_taken_for_none() {
    let case = Case::with_profile(LOCAL);
    std::fs::create_dir(case.path("api/.env")).unwrap();
    case.run(&["status"]).exits(1).says("DS-FILE-09").says("api/.env cannot be read");
    case.run(&["explain", "API_KEY", "-s", "api"]).says("api/.env cannot be read");
    let case = case.with("API_KEY", "key-of-api");
    case.run(&["run", "--", "true"]).exits(125).says("DS-FILE-09");
    case.run(&["run", "--allow-missing", "--", "true"]).exits(0).says("DS-FILE-09");
    case.run(&["status"]).exits(1).says("DS-FILE-09").says("file api/.env");
}

#[test]
fn letters_that_are_no_utf8_are_told() {
    let case = Case::with_profile(LOCAL);
    std::fs::write(case.path("api/.env"), b"PORT=1\nAPI_KEY=canary-\xe9\n").unwrap();
    for command in [&["status"][..], &["run", "--", "true"]] {
        let run = case.run(command).exits(0).says("api/.env:2: it is not UTF-8").says("DS-FILE-17");
        assert!(!run.raw.contains("canary"), "{run}");
    }
}

/// What is copied starts what was looked at.
#[test]
fn commands_to_copy_mean_the_same_environment_and_profile() {
    let profile = LOCAL
        .replace("title = \"Local\"", "title = \"Local\"\nenvironments = [\"development\", \"staging\"]")
        .replace("path = \"api\"", "path = \"api\"\nstart = \"npm start\"");
    let case = Case::with_profile(&profile).with("API_KEY", "key-of-api");
    case.run(&["status", "-e", "staging", "-s", "api"])
        .exits(0)
        .says("devsecrets -e staging run -s api -- npm start");
    let run = case.run(&["status", "-s", "api"]).exits(0);
    assert!(run.out.contains(" devsecrets run -s api -- npm start"), "{run}");
    std::fs::rename(case.path("devsecrets.toml"), case.path("other.toml")).unwrap();
    case.run(&["status", "-p", "other.toml", "-s", "api"]).says("devsecrets -p other.toml run -s api");
    case.run(&["-p", "other.toml", "run", "-s", "api", "--", "true"]).exits(0);
}
