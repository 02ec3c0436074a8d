//! The AWS config file that `login` writes and the keys that `credential-process` prints, as real programs read them:
//! boto3, the AWS CLI, and the SDK for Rust, which is inside devsecrets itself for profiles without a sign-in.

use std::path::PathBuf;
use std::process::Command;

use devsecrets::sandbox::{Operation, World};
use serde_json::Value;

use crate::parts;
use crate::support::{Case, acme};

/// A project without a sign-in: whatever credentials its environment has are used.
const AMBIENT: &str = r#"
schema = 1
name = "ambient"
title = "Ambient"
[store.aws]
kind = "aws-secrets-manager"
region = "eu-west-2"
ids = ["{service}/{environment}"]
[variables.API_KEY]
[services.api]
path = "api"
env_file = ".env"
required = ["API_KEY"]
"#;

/// The folder of the Python programs, or `None` after saying why.
fn bin() -> Option<PathBuf> {
    let bin = parts::folder().join("venv/bin");
    let there = bin.join("aws").exists() && bin.join("python").exists();
    if !there {
        parts::skipped("awscli");
    }
    there.then_some(bin)
}

fn config(case: &Case) -> PathBuf {
    case.home(".aws/config")
}

fn text(case: &Case) -> String {
    std::fs::read_to_string(config(case)).unwrap()
}

fn with_config(case: &Case, text: &str) {
    std::fs::create_dir_all(case.home(".aws")).unwrap();
    std::fs::write(config(case), text).unwrap();
}

/// Runs a Python program in the case's home, led to the sandbox by its variables alone.
#[track_caller]
fn python(case: &Case, program: &str, arguments: &[&str]) -> Value {
    let mut command = Command::new(bin().unwrap().join(program));
    command.args(arguments).env_clear().envs(case.stage().environment());
    command.env("HOME", case.home("")).env("PATH", std::env::var("PATH").unwrap());
    let output = command.env("AWS_EC2_METADATA_DISABLED", "true").output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What boto3 makes of a profile, and whether it reads a secret with it.
#[track_caller]
fn boto3(case: &Case, profile: &str) -> Value {
    const SCRIPT: &str = "
import boto3, json, sys
session = boto3.Session(profile_name=sys.argv[1])
secret = session.client('secretsmanager').get_secret_value(SecretId='media/development')
keys = session.get_credentials()
print(json.dumps({
    'profiles': session.available_profiles,
    'config': session._session.get_scoped_config(),
    'region': session.region_name,
    'method': keys.method,
    'secret': secret['Name'],
}))";
    python(case, "python", &["-c", SCRIPT, profile])
}

fn get_secret(profile: &str) -> [&str; 6] {
    ["secretsmanager", "get-secret-value", "--profile", profile, "--secret-id", "media/development"]
}

/// The SDK for Rust's own walk: config file, token cache, portal, store.
fn rust_reads(case: Case, profile: &str) -> Case {
    case.write("devsecrets.toml", AMBIENT);
    std::fs::create_dir_all(case.path("api")).unwrap();
    let case = case.without("DEVSECRETS_PROFILE").with("AWS_PROFILE", profile);
    let status = case.run(&["status", "--json"]).exits(0).json();
    assert_eq!(status["services"][0]["cells"][0]["origin"], "aws", "{status}");
    case
}

#[test]
fn every_sdk_signs_in_with_what_login_wrote() {
    if bin().is_none() {
        return;
    }
    let case = Case::of("services").on(acme());
    with_config(&case, "# mine\n[default]\nregion = us-east-1\n");
    case.run(&["login", "--yes"]).exits(0).says("aws --profile services now works");
    let seen = boto3(&case, "services");
    assert_eq!(seen["profiles"], serde_json::json!(["default", "services"]));
    assert_eq!((&seen["region"], &seen["method"]), (&"eu-west-2".into(), &"sso".into()));
    assert_eq!(seen["config"]["sso_role_name"], "Developer");
    assert_eq!(python(&case, "aws", &get_secret("services"))["Name"], "media/development");
    let before = text(&case);
    case.run(&["login", "--yes"]).exits(0);
    assert_eq!(text(&case), before, "a second run changes nothing");
    assert!(before.starts_with("# mine\n[default]\nregion = us-east-1\n\n[sso-session services]\n"));
    rust_reads(case, "services");
}

/// Beside sections in every form the AWS CLI takes, ours are still read, and theirs as before.
#[test]
fn sections_of_others_are_read_as_before() {
    if bin().is_none() {
        return;
    }
    let others = "[profile 'my dev']\r\nregion = eu-west-1\r\ns3 =\r\n  max_queue_size = 10\r\n\r\n\
                  [services local]\r\nsecretsmanager = \r\n  endpoint_url = http://127.0.0.1:1\r\n[preview]\r\na = b";
    let case = Case::of("services").on(acme());
    with_config(&case, others);
    case.run(&["login", "--yes"]).exits(0);
    assert!(text(&case).starts_with(&format!("{others}\r\n\r\n[sso-session services]\r\n")));
    let seen = boto3(&case, "services");
    assert_eq!(seen["profiles"], serde_json::json!(["my dev", "services"]));
    assert_eq!(python(&case, "aws", &get_secret("services"))["Name"], "media/development");
    rust_reads(case, "services");
}

#[test]
fn a_profile_of_another_name_works_where_ours_is_taken() {
    if bin().is_none() {
        return;
    }
    let case = Case::of("services").on(acme());
    with_config(
        &case,
        "[profile services]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = default\n",
    );
    case.run(&["login", "--yes"])
        .exits(0)
        .says("DS-CONFIG-07")
        .says("Developer-111122223333 instead of services");
    assert_eq!(boto3(&case, "Developer-111122223333")["secret"], "media/development");
    case.run(&["login", "--yes"]).exits(0);
    let seen = text(&case);
    assert_eq!(seen.matches("[profile Developer-111122223333]").count(), 1, "{seen}");
    rust_reads(case, "Developer-111122223333");
}

/// `credential_process` lines run in a shell of the program's own, so the case's world stands in the line itself.
#[test]
fn every_sdk_takes_keys_from_credential_process() {
    if bin().is_none() {
        return;
    }
    let case = Case::of("services").on(acme());
    case.run(&["login", "--no-config"]).exits(0);
    let world: Vec<String> =
        case.stage().environment().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let line = format!(
        "env HOME={} DEVSECRETS_KEYCHAIN=memory {} {} credential-process -p services",
        case.home("").display(),
        world.join(" "),
        env!("CARGO_BIN_EXE_devsecrets"),
    );
    with_config(&case, &format!("[profile piped]\nregion = eu-west-2\ncredential_process = {line}\n"));
    let seen = boto3(&case, "piped");
    assert_eq!((&seen["method"], &seen["secret"]), (&"custom-process".into(), &"media/development".into()));
    assert_eq!(python(&case, "aws", &get_secret("piped"))["Name"], "media/development");
    rust_reads(case, "piped");
}

#[test]
fn credential_process_prints_the_one_document() {
    let case = Case::of("services").on(acme()).signed_in();
    let run = case.run(&["credential-process", "--account", "acme development"]).exits(0);
    let keys = run.json();
    let fields: Vec<&str> = keys.as_object().unwrap().keys().map(String::as_str).collect();
    let all = ["Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "AccountId"];
    assert_eq!((fields.as_slice(), &keys["Version"]), (&all[..], &Value::from(1)));
    assert_eq!((run.err.as_str(), &keys["AccountId"]), ("", &Value::from("111122223333")));
}

#[test]
fn credential_process_never_asks_and_never_answers_half() {
    let case = Case::of("services").on(acme());
    let signed_out = case.run(&["credential-process"]).exits(2).says("DS-CONFIG-14");
    assert_eq!(signed_out.out, "");
    assert_eq!(case.stage().count(Operation::StartDeviceAuthorization), 0);
    let case = case.signed_in();
    let refused = ["credential-process", "--account", "111122223333", "--role", "Admin"];
    assert_eq!(case.run(&refused).exits(2).says("DS-SSO-05").out, "");
    assert_eq!(case.run(&["credential-process", "--offline"]).exits(2).out, "");
    case.stage().revoke_sessions();
    assert_eq!(case.run(&["credential-process"]).exits(2).says("DS-SSO-04").out, "");
}

#[test]
fn nothing_is_written_unless_somebody_agrees() {
    let case = Case::of("services").on(acme());
    case.run(&["login"]).exits(0).says("~/.aws/config is not written");
    case.run(&["login", "--no-config", "--yes"]).exits(0);
    assert!(!config(&case).exists());
    let elsewhere = case.home("elsewhere/config");
    let case = case.with("AWS_CONFIG_FILE", &elsewhere.display().to_string());
    let document = case.run(&["login", "--json", "--write-config"]).exits(0).json();
    assert_eq!(document["config"]["written"]["aws_profile"], "services");
    assert!(elsewhere.exists() && !config(&case).exists());
}

#[test]
fn a_config_file_that_cannot_be_used_costs_no_sign_in() {
    let case = Case::of("services").on(acme());
    with_config(&case, "nonsense\n");
    case.run(&["login", "--yes"]).exits(0).says("DS-CONFIG-02").says("signed in");
    assert_eq!(text(&case), "nonsense\n");
}

fn large() -> World {
    let roles: Vec<String> = (0..120).map(|n| format!("Role{n:03}")).collect();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let start = acme().account("000000000000", "Empty", "", &[]);
    (1..=230).fold(start, |world, n| {
        world.account(&format!("{:012}", 700_000 + n), &format!("Team {n:03}"), "", &roles)
    })
}

/// The whole list is walked: 232 accounts in three pages, 120 roles in two.
#[test]
fn the_last_of_many_accounts_and_roles_is_found_by_name() {
    let case = Case::of("services").on(large());
    case.run(&["login", "--account", "team 230", "--role", "Role119"])
        .exits(0)
        .says("as Role119 in Team 230");
    let counted = [Operation::ListAccounts, Operation::ListAccountRoles];
    assert_eq!(counted.map(|operation| case.stage().count(operation)), [3, 2]);
    case.run(&["login", "--account", "taem 230"]).exits(2).says("did you mean 000000700230 (Team 230)?");
    case.run(&["login", "--account", "Team 230", "--role", "role119"]).exits(2).says("did you mean Role119?");
    case.run(&["login", "--account", "Empty"]).exits(2).says("DS-SSO-13");
}
