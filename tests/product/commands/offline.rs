//! Offline copies: off unless the policy says so, and only where nobody answers.

use serde_json::Value;

use crate::support::{Case, ONE_SERVICE, acme};

/// With an identity, and no env file in which a copy could stand.
fn case(policy: &str) -> Case {
    let derived = "[variables.DERIVED]\ngenerate = { format = \"hex\", bytes = 32 }\n[services.api]";
    let profile = ONE_SERVICE
        .replace("[sso]", &format!("[policy]\n{policy}\n[sso]"))
        .replace("env_file = \".env\"\n", "")
        .replace("[services.api]", derived)
        .replace("\"PORT\"]", "\"PORT\", \"DERIVED\"]");
    let case = Case::with_profile(&profile).on(acme()).with_key_file().signed_in();
    case.run(&["run", "-s", "api", "--", "true"]).exits(0);
    case
}

fn cell(case: &Case, arguments: &[&str]) -> Value {
    let run = case.run(&[&["status", "--json"], arguments].concat());
    run.json()["services"][0]["cells"][0].clone()
}

const GETS_IT: [&str; 7] = ["run", "-s", "api", "--", "sh", "-c", "test \"$API_KEY\" = 'from the store'"];

#[test]
fn what_was_kept_stands_in_while_nobody_answers() {
    let case = case("offline_cache = \"12h\"");
    case.run(&["status"]).exits(0);
    let offline = cell(&case, &["--offline"]);
    assert_eq!((&offline["origin"], offline["cached"].is_string()), (&"aws".into(), true));
    let run = case.run(&[&["--offline"], &GETS_IT[..]].concat()).exits(0);
    assert!(run.err.contains("from AWS Secrets Manager, copies of 20"), "{run}");
    case.run(&["status", "--offline"]).exits(0).says("aws (cached)");
    case.run(&["explain", "API_KEY", "--offline"]).exits(0).says("cached AGE ago");
    assert!(case.kept().iter().all(|(_, bytes)| !bytes.windows(14).any(|part| part == b"from the store")));

    // A store that answers is asked; one that does not is stood in for.
    assert!(cell(&case, &[])["cached"].is_null());
    let case = case.with("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:9");
    case.run(&GETS_IT).exits(0);
    let production = cell(&case, &["--env", "production"]);
    assert_eq!((&production["origin"], &production["status"]), (&Value::Null, &"blocked".into()));
}

/// The next morning, without a network: the session is over, and nobody says that it cannot be renewed.
#[test]
fn it_stands_in_when_the_session_cannot_be_renewed_either() {
    let case = case("offline_cache = \"12h\"");
    case.run(&["status"]).exits(0);
    for file in std::fs::read_dir(case.home(".aws/sso/cache")).unwrap() {
        let path = file.unwrap().path();
        let mut token: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        if token.get("accessToken").is_some() {
            token["expiresAt"] = "2026-01-01T00:00:00Z".into();
            std::fs::write(&path, token.to_string()).unwrap();
        }
    }
    let services = ["SSO", "SSO_OIDC", "SECRETS_MANAGER"];
    let case = services
        .iter()
        .fold(case, |case, name| case.with(&format!("AWS_ENDPOINT_URL_{name}"), "http://127.0.0.1:9"));
    case.run(&GETS_IT).exits(0).says("copies of 20");
}

#[test]
fn a_damaged_file_is_ignored_and_made_anew() {
    let case = case("offline_cache = \"12h\"");
    case.run(&["status"]).exits(0);
    let sealed = |case: &Case| {
        let found =
            case.kept().into_iter().find(|(path, _)| path.extension().is_some_and(|end| end == "sealed"));
        found.map(|(path, _)| path)
    };
    std::fs::write(sealed(&case).unwrap(), "no such thing").unwrap();
    let run = case.run(&[&["--offline"], &GETS_IT[..]].concat()).exits(125);
    assert!(run.err.contains("DS-STORE-29"), "{run}");
    case.run(&GETS_IT).exits(0);
    let run = case.run(&[&["--offline"], &GETS_IT[..]].concat()).exits(0);
    assert!(!run.err.contains("DS-STORE-29"), "{run}");
    case.run(&["forget", "--project", "--yes"]).exits(0).says("copies of store values, sealed");
    assert_eq!(sealed(&case), None);
}

#[test]
fn without_the_policy_nothing_is_kept() {
    let case = case("");
    case.run(&["status"]).exits(0);
    assert_eq!(cell(&case, &["--offline"])["status"], "blocked");
    assert!(!case.state("offline").exists());
}

/// Nothing is derived here, so the identity comes to be for the copies alone.
fn underived(policy: &str) -> Case {
    let profile = ONE_SERVICE
        .replace("[sso]", &format!("[policy]\n{policy}\n[sso]"))
        .replace("env_file = \".env\"\n", "");
    Case::with_profile(&profile).on(acme())
}

#[test]
fn the_first_start_keeps_copies_too() {
    let case = underived("offline_cache = \"12h\"").with_key_file().signed_in();
    case.run(&["status"]).exits(0);
    assert!(!case.state("offline").exists(), "who only looks makes no identity");
    case.run(&GETS_IT).exits(0).says("DS-IDENTITY-01");
    case.run(&[&["--offline"], &GETS_IT[..]].concat()).exits(0).says("copies of 20");
    case.write("devsecrets.toml", &case.read("devsecrets.toml").replace("offline_cache", "# offline_cache"));
    case.run(&["run", "-s", "api", "--offline", "--allow-missing", "--", "true"]).exits(0);
    assert!(case.kept().iter().all(|(path, _)| path.extension().is_none_or(|end| end != "sealed")));
}

#[test]
fn where_none_can_be_kept_it_is_told() {
    let case = underived("offline_cache = \"12h\"").signed_in();
    case.run(&GETS_IT).exits(0).says("none are kept: this keychain forgets");
}
