//! The contract of the platform's own loader, as its document words it, and the naming of the standard.

use devsecrets::sandbox::Operation;

use crate::support::{Case, ONE_SERVICE, Run, bare_acme};

/// The platform's project: static keys, no sign-in.
fn platform() -> Case {
    let world =
        bare_acme().secret("platform/api", r#"{"OPENAI_API_KEY":"sk-canary-1","JWT_SECRET":"short"}"#);
    Case::of("platform")
        .on(world.static_key("AKIAEXAMPLE"))
        .with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .with("AWS_SECRET_ACCESS_KEY", "example")
        .with("AWS_REGION", "eu-west-2")
        .with("AWS_SECRETS_MANAGER_SECRET_IDS", "platform/api")
}

fn reads(case: &Case) -> usize {
    case.stage().count(Operation::GetSecretValue) + case.stage().count(Operation::BatchGetSecretValue)
}

/// Status of `variable` of the api as JSON.
#[track_caller]
fn cell(run: &Run, variable: &str) -> serde_json::Value {
    let services = run.json()["services"].clone();
    let cells = services[0]["cells"].as_array().unwrap().clone();
    cells.into_iter().find(|cell| cell["variable"] == variable).unwrap()
}

/// "`SECRET_MANAGER_PROVIDER=aws` activates the AWS loader."
#[test]
fn seed_000_without_the_provider_variable_no_call_is_made() {
    let case = platform();
    let run = case.run(&["status", "-s", "api", "--json"]);
    assert_eq!(cell(&run, "OPENAI_API_KEY")["origin"], serde_json::Value::Null);
    assert_eq!(reads(&case), 0);
    let case = case.with("SECRET_MANAGER_PROVIDER", "aws");
    let run = case.run(&["status", "-s", "api", "--json"]);
    assert_eq!(cell(&run, "OPENAI_API_KEY")["origin"], "aws");
    assert_eq!(reads(&case), 1);
}

/// The switch may stand in the file that the service itself reads, too.
#[test]
fn seed_000_the_provider_variable_counts_in_an_env_file() {
    let file = "SECRET_MANAGER_PROVIDER=aws\n";
    let run = platform().file("api/.env.local", file).run(&["status", "-s", "api", "--json"]);
    assert_eq!(cell(&run, "OPENAI_API_KEY")["origin"], "aws");
}

/// "Local contributors can continue to use `.env.development` or `.env.local` files."
#[test]
fn seed_000_both_local_files_are_read_the_nearer_first() {
    let case = platform()
        .file("api/.env.development", "OPENAI_API_KEY=far\nQUEUE_REDIS_USERNAME=far\n")
        .file("api/.env.local", "OPENAI_API_KEY=near\n");
    let run = case.run(&["status", "-s", "api", "--json"]);
    assert_eq!(cell(&run, "OPENAI_API_KEY")["at"], "api/.env.local");
    assert_eq!(cell(&run, "QUEUE_REDIS_USERNAME")["at"], "api/.env.development");
    let production = case.run(&["status", "-s", "api", "--json", "--env", "production"]);
    assert_eq!(cell(&production, "QUEUE_REDIS_USERNAME")["origin"], serde_json::Value::Null);
}

/// "Missing values for `JWT_SECRET` and `ENCRYPTION_MASTER_KEY` are generated deterministically and written to
/// `.env.local`": what another file has is not missing.
#[test]
fn seed_000_missing_values_are_written_and_others_are_not() {
    let long = "x".repeat(40);
    let case = platform().file("api/.env.development", &format!("JWT_SECRET={long}\n"));
    case.run(&["seed", "--yes", "-s", "api"]);
    let values = case.values("api/.env.local");
    assert!(!values.contains_key("JWT_SECRET"), "{:?}", values.keys());
    assert_eq!(values["ENCRYPTION_MASTER_KEY"].len(), 64);
    assert_eq!(case.read("api/.env.development"), format!("JWT_SECRET={long}\n"));
}

/// "The loader honours per-region overrides (`QUEUE_REDIS_<REGION>_*`)".
#[test]
fn seed_000_redis_keys_of_every_region_come_out_of_one_secret() {
    let names = ["HOST", "PORT", "DB", "USERNAME", "PASSWORD", "TLS"];
    let keys =
        ["", "EU_", "US_"].iter().flat_map(|region| names.map(|name| format!("QUEUE_REDIS_{region}{name}")));
    let keys: Vec<String> = keys.collect();
    let body: Vec<String> = keys.iter().map(|key| format!("{key:?}: \"v-{key}\"")).collect();
    let world = bare_acme().static_key("AKIAEXAMPLE").secret("redis", format!("{{{}}}", body.join(",")));
    let case = platform().on(world).with("SECRET_MANAGER_PROVIDER", "aws");
    let case = case.with("AWS_SECRETS_MANAGER_SECRET_IDS", "redis");
    case.run(&["seed", "--yes", "-s", "api"]);
    let values = case.values("api/.env.local");
    for key in &keys {
        assert_eq!(values[key], format!("v-{key}"));
    }
}

/// "The loader records the origin of each sensitive value (`aws`, `environment`, or `generated`)."
#[test]
fn seed_000_origins_have_the_documents_words() {
    let case = platform().with("SECRET_MANAGER_PROVIDER", "aws").with("QUEUE_REDIS_USERNAME", "me");
    let run = case.run(&["status", "-s", "api", "--json"]);
    assert_eq!(cell(&run, "OPENAI_API_KEY")["origin"], "aws");
    assert_eq!(cell(&run, "QUEUE_REDIS_USERNAME")["origin"], "environment");
    assert_eq!(cell(&run, "ENCRYPTION_MASTER_KEY")["origin"], "generated");
}

/// Seed 003: "`{service}/{environment}`", for example `api/production`.
#[test]
fn seed_003_each_service_and_environment_has_a_secret_of_its_own_name() {
    let world = bare_acme().auto_approve().secret("api/production", r#"{"API_KEY":"p"}"#);
    let case = Case::with_profile(crate::support::ONE_SERVICE).on(world).signed_in();
    let run = case.run(&["status", "--json", "--env", "production"]);
    assert_eq!(cell(&run, "API_KEY")["at"], "api/production");
    let staging = case.run(&["status", "--json", "--env", "staging"]);
    assert_eq!(cell(&staging, "API_KEY")["origin"], serde_json::Value::Null);
}

/// One secret that every service reads is asked for once.
#[test]
fn a_shared_secret_is_asked_for_once() {
    let case = platform().with("SECRET_MANAGER_PROVIDER", "aws");
    case.run(&["status"]);
    assert_eq!(reads(&case), 1);
}

/// Signed in or not: nobody is asked for what no store holds.
#[test]
fn a_profile_whose_stores_are_idle_touches_no_network() {
    let text = crate::support::ONE_SERVICE.replace("ids = [\"{service}/{environment}\"]", "ids = []");
    let case = Case::with_profile(&text).on(bare_acme().auto_approve()).signed_in();
    let before = case.stage().log().len();
    case.run(&["status"]);
    assert_eq!(case.stage().log().len(), before);
}

/// "Failures in production short-circuit startup; in development a warning is emitted and the loader falls back to local `.env`
/// entries", without a word of the profile about these files.
#[test]
fn seed_000_local_files_stand_in_for_a_store_that_fails_in_development_alone() {
    const GETS: [&str; 5] = ["--", "sh", "-c", "echo \"$API_KEY\"", "sh"];
    let run = |case: &Case, flags: &[&str]| case.run(&[&["run"], flags, &GETS[..]].concat());
    let case = Case::with_profile(ONE_SERVICE)
        .file("api/.env.development", "API_KEY=from-env-development\n")
        .file("api/.env.production", "API_KEY=from-env-production\n");
    let told = run(&case, &[]).exits(0).says("not signed in; in its place: api/.env.development");
    assert_eq!(told.out, "from-env-development\n");
    let case = case.file("api/.env.local", "API_KEY=from-env-local\n");
    assert_eq!(run(&case, &[]).exits(0).out, "from-env-local\n");
    case.run(&["explain", "API_KEY"]).exits(0).says("in use · api/.env.local");
    for environment in ["staging", "production"] {
        assert_eq!(run(&case, &["-e", environment, "--allow-missing"]).exits(125).out, "", "{environment}");
        let status = case.run(&["status", "-e", environment, "--json"]);
        assert_eq!(cell(&status, "API_KEY")["origin"], serde_json::Value::Null);
    }
}

/// What a store answers is not outdone by a forgotten file.
#[test]
fn seed_000_local_files_are_left_alone_while_the_store_answers() {
    let world = bare_acme().auto_approve().secret("api/development", r#"{"OTHER":"x"}"#);
    let case = Case::with_profile(ONE_SERVICE).on(world).signed_in();
    case.write("api/.env.local", "API_KEY=forgotten\n");
    assert_eq!(cell(&case.run(&["status", "--json"]), "API_KEY")["status"], "missing");
}
