//! Secrets that cannot be had, and sessions and roles that do not hold.

use devsecrets::sandbox::{Fault, Operation, World};
use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE, Run, acme, bare_acme};

/// What `status` says of one required secret.
fn status(world: World) -> Run {
    Case::with_profile(ONE_SERVICE).on(world.auto_approve()).signed_in().run(&["status"])
}

#[test]
fn a_secret_that_is_missing() {
    assert_snapshot!(status(bare_acme()).exits(1));
}

#[test]
fn a_secret_that_is_denied() {
    assert_snapshot!(status(bare_acme().denied_secret("api/development")).exits(1));
}

#[test]
fn a_secret_that_is_deleted() {
    assert_snapshot!(status(bare_acme().deleted_secret("api/development")).exits(1));
}

#[test]
fn a_secret_that_cannot_be_decrypted() {
    assert_snapshot!(status(bare_acme().undecryptable_secret("api/development")).exits(1));
}

#[test]
fn a_secret_without_a_value() {
    assert_snapshot!(status(bare_acme().empty_secret("api/development")).exits(1));
}

#[test]
fn a_secret_that_is_no_json() {
    assert_snapshot!(status(bare_acme().secret("api/development", "canary: {")).exits(1));
}

#[test]
fn a_secret_with_nested_values() {
    assert_snapshot!(status(bare_acme().secret("api/development", r#"{"API_KEY":{"live":"x"}}"#)).exits(1));
}

#[test]
fn a_secret_in_binary() {
    assert_snapshot!(status(bare_acme().binary_secret("api/development", [0, 159, 146, 150])).exits(1));
}

#[test]
fn a_secret_that_is_too_large() {
    let large = format!(r#"{{"API_KEY":"{}"}}"#, "x".repeat(65_536));
    assert_snapshot!(status(bare_acme().secret("api/development", large)).exits(1));
}

#[test]
fn a_blank_value_counts_as_unset() {
    assert_snapshot!(status(bare_acme().secret("api/development", r#"{"API_KEY":"  "}"#)).exits(1));
}

/// Whatever `run` refuses, `status` calls not ready; a secret that only the naming asks for is needed by who lacks something.
#[test]
fn status_and_run_have_one_verdict() {
    let verdicts = |ids: &str, exported: &[&str]| {
        let ids = format!("ids = [{ids}]");
        let profile = ONE_SERVICE.replace(r#"ids = ["{service}/{environment}"]"#, &ids);
        let world = bare_acme().auto_approve().secret("good", r#"{"API_KEY":"k","PORT":"1"}"#);
        let case = Case::with_profile(&profile).on(world.secret("slip", "{\"API_KEY\": oops")).signed_in();
        let case = exported.iter().fold(case, |case, name| case.with(name, "exported-9"));
        let commands = [&["-e", "staging", "status"][..], &["-e", "staging", "run", "--", "true"]];
        commands.map(|command| case.run(command))
    };
    let codes = |runs: &[Run; 2]| [runs[0].code, runs[1].code];
    for (ids, told) in [(r#""good", "absent""#, "DS-STORE-01"), (r#""good", "slip""#, "DS-STORE-06")] {
        let runs = verdicts(ids, &["PORT"]);
        assert_eq!(codes(&runs), [Some(1), Some(125)], "{}", runs[0]);
        let says = "staging does not start without its stores";
        assert!(runs[0].out.contains("store aws") && runs[0].out.contains(says), "{}", runs[0]);
        assert!(runs[1].raw.contains(says) && runs[1].raw.contains(told), "{}", runs[1]);
    }
    let usual = r#""good", "{service}/{environment}""#;
    assert_eq!(codes(&verdicts(usual, &[])), [Some(0), Some(0)]);
    // Nobody is asked for what is at hand.
    assert_eq!(codes(&verdicts(r#""absent""#, &["PORT", "API_KEY"])), [Some(0), Some(0)]);
}

/// Many developer roles may read one by one only.
#[test]
fn without_the_batch_permission_each_is_read_alone() {
    let ids = r#"ids = ["{service}/{environment}", "shared"]"#;
    let profile = ONE_SERVICE.replace(r#"ids = ["{service}/{environment}"]"#, ids);
    let world = bare_acme().without_batch_permission().auto_approve();
    let world = world.secret("shared", r#"{"API_KEY":"k"}"#).denied_secret("api/development");
    let case = Case::with_profile(&profile).on(world).signed_in();
    case.run(&["status"]).exits(0);
    let reads = [Operation::BatchGetSecretValue, Operation::GetSecretValue].map(|o| case.stage().count(o));
    assert_eq!(reads, [1, 2]);
}

fn with_fault(operation: Operation, faults: impl IntoIterator<Item = Fault>) -> Run {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    case.stage().script(operation, faults);
    case.run(&["status"])
}

#[test]
fn role_keys_that_have_expired() {
    assert_snapshot!(with_fault(Operation::GetSecretValue, [Fault::Expired]).exits(1));
}

#[test]
fn a_store_that_throttles() {
    assert_snapshot!(with_fault(Operation::GetSecretValue, [Fault::Throttled; 3]).exits(1));
}

#[test]
fn a_store_that_is_cut_off() {
    assert_snapshot!(with_fault(Operation::GetSecretValue, [Fault::Dropped; 3]).exits(1));
}

#[test]
fn a_store_that_answers_nonsense() {
    assert_snapshot!(with_fault(Operation::GetSecretValue, [Fault::Malformed; 3]).exits(1));
}

#[test]
fn a_role_that_is_not_assigned() {
    assert_snapshot!(with_fault(Operation::GetRoleCredentials, [Fault::Denied]).exits(1));
}

#[test]
fn a_session_revoked_midway() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    case.stage().revoke_sessions();
    assert_snapshot!(case.run(&["status"]).exits(1));
    case.run(&["login"]).exits(0).says("waiting for your approval");
    case.run(&["status"]).exits(0);
}

#[test]
fn no_credentials_at_all() {
    let case =
        Case::of("platform").with("AWS_REGION", "eu-west-1").with("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    let case = case.with("AWS_SECRETS_MANAGER_SECRET_IDS", "api").with("AWS_CONFIG_FILE", "/nowhere");
    assert_snapshot!(case.run(&["status", "--service", "api", "--env", "production"]).exits(1));
}

#[test]
fn no_region() {
    let case = Case::of("platform").with("AWS_SECRETS_MANAGER_SECRET_IDS", "api");
    assert_snapshot!(case.run(&["status", "--service", "api", "--env", "production"]).exits(1));
}
