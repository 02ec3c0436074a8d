//! `doctor`: the same findings as text, as JSON that keeps its schema, and in a report to share.

use devsecrets::doctor::{checks, json_schema};
use insta::assert_snapshot;

use crate::support::{Case, Run, misfit};

const PROFILE: &str = r#"schema = 1
name = "shop"
title = "A small shop"

[variables.JWT_SECRET]
generate = { format = "base64url", bytes = 48 }
min_length = 32
[variables.PEPPER]
generate = { format = "base64url", bytes = 48 }
[variables.API_KEY]
[variables.MODE]
secret = false
default = "plain"

[services.api]
path = "api"
env_file = ".env"
readers = ["shell", "node-dotenv"]
required = ["JWT_SECRET", "PEPPER", "MODE"]
optional = ["API_KEY"]

[deploy.render]
file = "render.yaml"
"#;

const FLAWED: &str = "MODE=plain\r\nMODE=plain\r\nPEPPER=canary-short\r\nJWT_SECRET=<your secret>\r\n\
                      API_KEY=canary-key-4f\r\n--- end ---\r\n";
const RENDER: &str = "services:\n  - envVars:\n      - key: API_KEY\n        value: canary-in-clear\n";

/// Half a dozen troubles at once.
fn flawed() -> Case {
    let case = Case::with_profile(PROFILE).file(".gitignore", "api/.env\n").file("render.yaml", RENDER);
    case.file("api/.env", FLAWED).with_key_file()
}

fn doctor(case: &Case, more: &[&str]) -> Run {
    let run = case.run(&[&["doctor", "--offline"], more].concat());
    assert!(!run.raw.contains("canary"), "{}", run.raw);
    run
}

fn valid(run: &Run) -> serde_json::Value {
    let document = run.json();
    assert_eq!(misfit(&json_schema(), &document), None, "{document:#}");
    document
}

#[test]
fn text_and_json_say_the_same() {
    let case = flawed();
    let text = doctor(&case, &["--skip", "machine"]).exits(1);
    let json = valid(&doctor(&case, &["--skip", "machine", "--json"]).exits(1));
    for checked in json["checks"].as_array().unwrap() {
        for problem in checked["problems"].as_array().into_iter().flatten() {
            let step = problem["fix"].as_str().or(problem["remedy"]["says"].as_str()).unwrap();
            for part in [problem["subject"].as_str().unwrap(), problem["says"].as_str().unwrap(), step] {
                assert!(text.out.contains(part), "{part} is missing in\n{}", text.out);
            }
        }
    }
    assert_snapshot!("found", text);
}

#[test]
fn fixing_twice_changes_nothing_more() {
    let case = flawed();
    assert_snapshot!("fixed", doctor(&case, &["--skip", "machine", "--fix", "--yes"]).exits(1));
    valid(&doctor(&case, &["--fix", "--yes", "--json"]));
    let before = case.digest();
    let again = doctor(&case, &["--skip", "machine", "--fix", "--yes"]);
    assert_eq!(case.digest(), before, "{}", again.out);
    assert!(!again.out.contains("can be fixed"), "{}", again.out);
    case.run(&["undo", "--yes"]).exits(0);
}

/// A file nobody can read hides what else is wrong with it.
#[test]
fn what_shows_only_after_a_fix_is_fixed_too() {
    let case = flawed();
    let utf16: Vec<u8> = FLAWED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(case.path("api/.env"), [&[0xff, 0xfe], utf16.as_slice()].concat()).unwrap();
    let fixed = doctor(&case, &["--skip", "machine", "--fix", "--yes"]).exits(1);
    assert_eq!(fixed.out.matches("after that").count(), 2, "{}", fixed.out);
    let (_, last) = fixed.out.rsplit_once("after that").unwrap();
    assert!(!last.contains("can be fixed"), "{}", fixed.out);
}

#[test]
fn a_report_to_share_holds_neither_values_nor_places() {
    let case = flawed().with("AWS_PROFILE", "canary-profile").with("API_KEY", "canary-exported");
    let printed = doctor(&case, &["--bundle"]).exits(1);
    for wanted in
        ["devsecrets doctor: a report to share", "API_KEY", "AWS_PROFILE", "DS-DEPLOY-01", "verdict"]
    {
        assert!(printed.out.contains(wanted), "{wanted} is missing in\n{}", printed.out);
    }
    let home = case.home("").display().to_string();
    assert!(!printed.raw.contains(home.trim_end_matches('/')), "{}", printed.raw);
    doctor(&case, &["--bundle", "report.txt"]).exits(1);
    doctor(&case, &["--bundle", "report.txt"]).exits(1);
    assert_eq!(case.read("report.txt"), printed.out);
    let both = doctor(&case, &["--json", "--bundle", "report.txt"]).exits(1).json();
    assert_eq!(both["version"], 1);
    doctor(&case, &["--json", "--bundle"]).exits(2).says("DS-DOCTOR-04");
    let refused = doctor(&case, &["--bundle", "render.yaml"]).exits(2);
    assert!(refused.err.contains("DS-DOCTOR-04"), "{}", refused.err);
    assert_eq!(case.read("render.yaml"), RENDER);
}

#[test]
fn it_works_whatever_is_broken() {
    for (file, text) in [("devsecrets.toml", "schema = 1\nname = "), ("devsecrets.local.toml", "x = ")] {
        let case = flawed().file(file, text);
        let json = valid(&doctor(&case, &["--json"]).exits(1));
        let found = json.to_string();
        assert!(found.contains("DS-PROFILE-05") && found.contains("not-checked"), "{json:#}");
    }
    let nobody = Case::empty().with("DEVSECRETS_KEYCHAIN", "broken").with("HOME", "/nowhere");
    valid(&doctor(&nobody, &["--json"]).exits(1));
}

#[test]
fn most_of_what_fails_here_can_be_fixed_from_here() {
    let listed = Case::empty().run(&["doctor", "--list", "--json"]).exits(0).json();
    assert_eq!(listed.as_array().unwrap().len(), checks::ALL.len());
    assert!(checks::ALL.len() >= 40);
    let here: Vec<_> = checks::ALL.iter().filter(|check| check.fails_here()).collect();
    let fixed = here.iter().filter(|check| check.cures).count();
    assert!(fixed * 100 >= here.len() * 80, "{fixed} of {}", here.len());
}

#[test]
fn the_schema_is_printed() {
    assert_eq!(Case::empty().run(&["doctor", "--schema"]).exits(0).json(), json_schema());
}

/// What is wrong about one variable, and exactly that is mended: every other byte stays, other hand edits too.
#[test]
fn one_variable_is_mended_alone() {
    let text = "# mine\nKEY=changeme\nPORT=1\nOTHER=changeme\n";
    let case =
        Case::with_profile(TWO_KEYS).file("api/.env", text).file(".gitignore", ".env\n").with_key_file();
    let found = doctor(&case, &["--only", "api/KEY"]).exits(1);
    assert!(found.out.contains("seed api/KEY --take api/KEY"), "{found}");
    assert!(!found.out.contains("OTHER"), "{found}");
    doctor(&case, &["--only", "api/KEY", "--fix"]).exits(2).says("DS-DOCTOR-03");
    assert_eq!(case.read("api/.env"), text);
    doctor(&case, &["--only", "api/KEY", "--fix", "--yes"]).exits(0);
    let line = "KEY=from the profile, long enough";
    assert_eq!(case.read("api/.env").replace(['"', '\''], ""), text.replacen("KEY=changeme", line, 1));
    doctor(&case, &["--only", "api/KEYS"]).exits(2).says("DS-PROFILE-09");
    case.run(&["undo"]).exits(0);
    assert_eq!(case.read("api/.env"), text);
}

const TWO_KEYS: &str = r#"
schema = 1
name = "two"
title = "Two"
[variables.KEY]
default = "from the profile, long enough"
[variables.OTHER]
default = "from the profile, long enough too"
[variables.PORT]
secret = false
default = "8080"
[services.api]
path = "api"
env_file = ".env"
required = ["KEY", "PORT", "OTHER"]
"#;
