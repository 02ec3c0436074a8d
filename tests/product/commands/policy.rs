//! What the profile's policy says of AWS accounts and keys, where there is no sign-in that could choose them.

use crate::support::{Case, bare_acme};

const PROFILE: &str = r#"schema = 1
name = "shop"
title = "Shop"
[policy]
POLICY
[store.aws]
kind = "aws-secrets-manager"
region = "eu-west-2"
ids = ["shared"]
[variables.API_KEY]
[services.api]
path = "api"
env_file = ".env"
required = ["API_KEY"]
"#;

/// A shop whose keys stand in the environment, and whose secret is in the sandbox's account.
fn shop(policy: &str) -> Case {
    let world = bare_acme().static_key("AKIAEXAMPLE").secret("shared", r#"{"API_KEY":"canary-1"}"#);
    Case::with_profile(&PROFILE.replace("POLICY", policy))
        .file(".gitignore", ".env\n")
        .on(world)
        .with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .with("AWS_SECRET_ACCESS_KEY", "example")
}

#[test]
fn developer_files_are_never_made_of_a_production_account_whoever_s_keys_lead_there() {
    let case = shop(r#"production_accounts = ["111122223333"]"#);
    let run = case.run(&["seed", "--yes"]);
    insta::assert_snapshot!(run);
    assert!(!case.has("api/.env"));
    let free = shop(r#"production_accounts = ["444455556666"]"#);
    free.run(&["seed", "--yes"]);
    assert_eq!(free.values("api/.env")["API_KEY"], "canary-1");
}

#[test]
fn long_lived_keys_open_no_store_where_the_policy_forbids_them() {
    let case = shop(r#"static_credentials = "forbidden""#);
    insta::assert_snapshot!(case.run(&["run", "-s", "api", "--", "true"]));
    let temporary = shop(r#"static_credentials = "forbidden""#).with("AWS_SESSION_TOKEN", "made-up");
    temporary.run(&["run", "-s", "api", "--", "true"]).exits(0);
}
