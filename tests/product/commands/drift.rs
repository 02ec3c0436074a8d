//! `seed --check`, `--prune` and `--adopt`: what differs from the profile, and what is done about it.

use crate::support::{Case, SHARED_FILE};

#[test]
fn check_tells_drift_by_its_exit_code_and_writes_nothing() {
    let case = Case::with_profile(SHARED_FILE).with_key_file();
    let before = case.digest();
    case.run(&["seed", "--check"]).exits(1);
    assert_eq!(case.digest(), before);
    case.run(&["seed", "--yes"]).exits(0);
    let seeded = case.digest();
    case.run(&["seed", "--check"]).exits(0);
    let changed = SHARED_FILE.replace("default = \"l\"", "default = \"other\"");
    case.write("devsecrets.toml", &changed);
    case.run(&["seed", "--check"]).exits(1);
    assert!(!case.read(".env").contains("other"));
    assert_eq!(case.digest()[".env"], seeded[".env"]);
}

#[test]
fn what_the_profile_drops_goes_only_on_request() {
    let case = Case::with_profile(SHARED_FILE);
    case.run(&["seed", "--yes"]).exits(0);
    let with_comment = format!("# mine\n{}", case.read(".env"));
    case.write(".env", &with_comment);
    case.write("devsecrets.toml", &SHARED_FILE.replace("[\"LEFT\", \"BOTH\"]", "[\"BOTH\"]"));
    case.run(&["seed", "--yes"]).exits(0);
    assert_eq!(case.values(".env")["LEFT"], "l");
    case.run(&["seed", "--yes", "--prune"]).exits(0);
    assert!(!case.values(".env").contains_key("LEFT"));
    assert!(case.read(".env").starts_with("# mine\n"));
}

#[test]
fn adopting_says_what_each_side_lacks_and_touches_no_byte() {
    let case = Case::with_profile(SHARED_FILE).file(".env", "LEFT=l\nRIGHT=mine\nEXTRA=1\n");
    let before = case.digest();
    let adopted = case.run(&["seed", "--adopt", "--json"]).exits(0).json();
    let file = &adopted["files"][0];
    for (list, name) in [("same", "LEFT"), ("kept", "RIGHT"), ("unknown", "EXTRA"), ("lacking", "BOTH")] {
        assert_eq!(file[list], serde_json::json!([name]), "{list}");
    }
    assert_eq!(case.digest(), before);
}

/// Two services share the file; BOTH counts once. What `status` calls in step, `seed --check` does.
#[test]
fn status_tells_what_no_file_says_yet() {
    let case = Case::with_profile(SHARED_FILE).with_key_file();
    let told = |exit: i32| {
        case.run(&["seed", "--check"]).exits(exit);
        case.run(&["status", "--json"]).exits(0).json()["readiness"]["lag"]["says"].clone()
    };
    assert_eq!(told(1), "3 not in the env files yet");
    let text = case.run(&["status"]).exits(0).out;
    assert!(
        text.contains("variables: 3 not in the env files yet → devsecrets seed\n2 of 2 services ready"),
        "{text}"
    );
    case.run(&["seed", "--yes"]).exits(0);
    assert_eq!(told(0), serde_json::Value::Null);
    case.write("devsecrets.toml", &SHARED_FILE.replace("default = \"l\"", "default = \"other\""));
    assert_eq!(told(1), "1 out of date in the env files");
    case.write(".env", &case.read(".env").replace("RIGHT=r\n", ""));
    assert_eq!(told(1), "1 not in the env files yet, 1 out of date");
}
