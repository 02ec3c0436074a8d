//! Canary values in every place a secret may stand; no command, in any trouble, may repeat one.
//!
//! DESIGN.md §9: no value in logs, errors, JSON or panic text. A canary is looked for as it is and as it would
//! look in JSON, in a URL, in base64 and in hex.

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use devsecrets::sandbox::{Fault, Operation, World};
use regex_lite::Regex;
use serde_json::Value;

use crate::support::{Case, ONE_SERVICE, Run, bare_acme};

const IN_STORE: &str = "c4nary store \"quoted\" +/é";
const IN_STORE_TEXT: &str = "c4nary-text-0f3b9";
const IN_FILE: &str = "c4nary-file-77aa01";
const IN_SHELL: &str = "c4nary-shell-5be2";
const PASSPHRASE: &str = "c4nary passphrase";

fn token() -> String {
    format!("lin_api_{}", "C4nary7".repeat(5) + "Q1w2e")
}

fn profile() -> String {
    let more = r#"
[variables.NOTE]
about = "A secret that is no JSON"
[variables.MINE]
about = "Edited by hand"
[variables.SHELL_KEY]
about = "Exported"
[variables.DERIVED]
generate = { format = "base64url", bytes = 32 }
[variables.LINEAR]
token = "linear"

[tokens.linear]
title = "Linear API key"
shape = 'lin_api_[A-Za-z0-9]{40}'
file = ".env.linear"
"#;
    let needs = r#"required = ["API_KEY", "PORT", "NOTE", "MINE", "SHELL_KEY", "DERIVED", "LINEAR"]"#;
    let ids = r#"ids = ["{service}/{environment}", "team/note", "team/binary", "team/broken"]"#;
    let base = ONE_SERVICE.replace(r#"required = ["API_KEY", "PORT"]"#, needs);
    base.replace(r#"ids = ["{service}/{environment}"]"#, ids) + more
}

fn world() -> World {
    let secret = serde_json::json!({ "API_KEY": IN_STORE, "OTHER": [IN_STORE_TEXT] });
    let broken = format!(r#"{{"API_KEY": "{IN_STORE_TEXT}", "#);
    bare_acme()
        .auto_approve()
        .secret("api/development", secret)
        .secret("team/note", IN_STORE_TEXT)
        .binary_secret("team/binary", IN_STORE_TEXT.bytes().chain([0xff]).collect::<Vec<_>>())
        .secret("team/broken", broken)
}

/// The whole world with canaries in it, and every variable set that makes programs talkative.
fn case() -> Case {
    let case = Case::with_profile(&profile()).on(world()).with_key_file();
    std::fs::write(case.home("passphrase"), PASSPHRASE).unwrap();
    case.file("api/.env", &format!("MINE={IN_FILE}\n"))
        .with("SHELL_KEY", IN_SHELL)
        .with("RUST_LOG", "trace")
        .with("RUST_BACKTRACE", "full")
}

/// The canaries known beforehand, and those this world minted: session tokens, client secrets, derived values.
fn canaries(case: &Case) -> Vec<String> {
    let known = [IN_STORE, IN_STORE_TEXT, IN_FILE, IN_SHELL, PASSPHRASE];
    let mut all: Vec<String> = known.iter().map(|canary| (*canary).to_owned()).collect();
    all.push(token());
    for (_, bytes) in case.kept().iter().filter(|(path, _)| path.to_string_lossy().contains("sso/cache")) {
        let Ok(Value::Object(kept)) = serde_json::from_slice(bytes) else { continue };
        let secret = ["accessToken", "refreshToken", "clientSecret"];
        all.extend(secret.iter().filter_map(|name| Some(kept.get(*name)?.as_str()?.to_owned())));
    }
    if case.has("api/.env") {
        all.extend(case.values("api/.env").remove("DERIVED"));
    }
    all
}

/// A canary as other programs would write it.
fn disguises(canary: &str) -> Vec<String> {
    let escaped = |byte: u8| match char::from(byte) {
        letter if letter.is_ascii_alphanumeric() || "-_.".contains(letter) => letter.to_string(),
        _ => format!("%{byte:02X}"),
    };
    let url: String = canary.bytes().map(escaped).collect();
    let json = Value::from(canary).to_string();
    let hex: String = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
    let debug = format!("{canary:?}");
    let unquoted = |text: &str| text[1..text.len() - 1].to_owned();
    vec![
        canary.to_owned(),
        url,
        unquoted(&json),
        unquoted(&debug),
        BASE64_STANDARD.encode(canary),
        BASE64_URL_SAFE_NO_PAD.encode(canary),
        hex.to_uppercase(),
        hex,
    ]
}

#[track_caller]
fn assert_silent(what: &str, text: &str, canaries: &[String]) {
    for canary in canaries {
        for disguise in disguises(canary) {
            assert!(!text.contains(&disguise), "{what} tells {disguise:?}");
        }
    }
    // Role keys are minted anew for each call, so they are known by their shape alone.
    for shape in [r"ASIA[A-Z2-7]{16}", "IQoJb3JpZ2luX2Vj", "aoaAAAAA", "aorAAAAA", r"eyJ[A-Za-z0-9_-]{40}"] {
        assert!(!Regex::new(shape).unwrap().is_match(text), "{what} tells something like {shape}");
    }
}

#[track_caller]
fn silent(case: &Case, run: &Run) {
    assert_silent(&format!("`{}`", run.command), &run.raw, &canaries(case));
    assert!(!run.raw.contains("panicked"), "{}", run.raw);
}

/// `env` prints values, since that is what it is for: on standard output, and nowhere else.
#[test]
fn env_tells_its_standard_output_alone() {
    let case = case();
    case.run(&["login"]);
    case.run(&["seed", "--yes"]);
    for format in ["shell", "dotenv", "json", "github", "docker"] {
        let mut command = case.command(&["env", "--allow-missing", "--format", format, "-s", "api"]);
        command.env("GITHUB_ENV", "/dev/null").env("LINEAR", token());
        let output = command.output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && out.contains(IN_FILE), "{format}: {err}");
        let known = [IN_STORE, IN_STORE_TEXT, IN_FILE, IN_SHELL, PASSPHRASE].map(str::to_owned);
        assert_silent(&format!("env --format {format}, on standard error,"), &err, &known);
    }
}

/// Every command in turn, as text and as JSON.
#[test]
fn no_command_repeats_a_value() {
    let case = case();
    let commands: [&[&str]; 22] = [
        &["login"],
        &["status"],
        &["seed"],
        &["seed", "--dry-run"],
        &["seed", "--dry-run", "--from-env"],
        &["seed", "--yes"],
        &["seed", "--yes", "--from-env"],
        &["seed", "--yes", "--offline"],
        &["status", "--offline"],
        &["status", "--env", "production"],
        &["doctor"],
        &["doctor", "--bundle"],
        &["doctor", "--env", "production", "--offline"],
        &["token", "list"],
        &["token", "verify"],
        &["token", "share", "linear"],
        &["token", "reveal", "linear"],
        &["token", "copy", "linear"],
        &["forget", "--dry-run"],
        &["profile", "show"],
        &["profile", "lint"],
        &["login", "--account", "111122223333", "--role", "Admin"],
    ];
    silent(&case, &case.run_with(&format!("{}\n", token()), &["token", "set", "linear"]).exits(0));
    for command in commands {
        silent(&case, &case.run(command));
        silent(&case, &case.run(&[command, &["--json"]].concat()));
    }
    values_stand_where_they_belong(&case);
}

/// Values are in the env files, the token's file, and the AWS CLI's own cache; nowhere else.
#[track_caller]
fn values_stand_where_they_belong(case: &Case) {
    let (values, all) = (case.values("api/.env"), canaries(case));
    assert_eq!((values["API_KEY"].as_str(), values["NOTE"].as_str()), (IN_STORE, IN_STORE_TEXT));
    assert_eq!(values["LINEAR"], token());
    for path in case.project() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if ![".env", ".env.linear"].contains(&name.as_str()) {
            assert_silent(&name, &std::fs::read_to_string(&path).unwrap(), &all);
        }
    }
    for (path, bytes) in case.kept() {
        let ours =
            ["sso/cache", "home/passphrase"].iter().any(|place| path.to_string_lossy().contains(place));
        if !ours {
            assert_silent(&path.display().to_string(), &String::from_utf8_lossy(&bytes), &all);
        }
    }
}

#[test]
fn a_refused_token_is_not_repeated() {
    let case = case();
    for paste in [format!("{}!", token()), token().repeat(2), format!("{}\n{}", token(), token())] {
        for arguments in [&["token", "set", "linear"][..], &["token", "set", "linear", "--json"]] {
            silent(&case, &case.run_with(&paste, arguments).exits(2));
        }
    }
}

/// Broken replies that carry what they should have given: tokens, keys, secrets.
const TELLING: [Fault; 4] = [Fault::Malformed, Fault::Truncated, Fault::Empty, Fault::Hostile];

#[test]
fn a_broken_sign_in_repeats_nothing() {
    let operations = [
        Operation::RegisterClient,
        Operation::StartDeviceAuthorization,
        Operation::CreateToken,
        Operation::ListAccounts,
        Operation::ListAccountRoles,
        Operation::GetRoleCredentials,
    ];
    for operation in operations {
        for fault in TELLING {
            let case = case();
            case.stage().script(operation, [fault; 3]);
            silent(&case, &case.run(&["login", "--json"]));
        }
    }
}

#[test]
fn a_broken_store_repeats_nothing() {
    let case = case().signed_in();
    for operation in
        [Operation::BatchGetSecretValue, Operation::GetSecretValue, Operation::GetRoleCredentials]
    {
        for fault in TELLING {
            case.stage().script(operation, [fault; 3]);
            for arguments in [&["status"][..], &["seed", "--dry-run", "--json"]] {
                silent(&case, &case.run(arguments));
            }
        }
    }
}

/// A net with a hole would pass every test above.
#[test]
fn the_net_catches_every_disguise() {
    for canary in [IN_STORE, PASSPHRASE] {
        for disguise in disguises(canary) {
            let text = format!("error: {disguise} is wrong");
            let caught = std::panic::catch_unwind(|| assert_silent("it", &text, &[canary.to_owned()]));
            assert!(caught.is_err(), "{disguise}");
        }
    }
}
