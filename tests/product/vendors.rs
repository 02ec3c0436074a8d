//! Presets of stores held against the vendor's own program, where this machine has it.

use std::process::Command;

use crate::parts;
use crate::stand_in::{StandIn, good, reply};
use crate::support::Case;

const PROFILE: &str = r#"
schema = 1
name = "shop"
title = "Shop"
[store.google]
kind = "command"
preset = "gcloud"
ids = ["api-key", "locked", "gone"]
[variables.API_KEY]
[variables.LOCKED]
[variables.GONE]
[services.api]
path = "."
required = ["API_KEY"]
optional = ["LOCKED", "GONE"]
"#;

/// As Google's Secret Manager answers `versions.access`:
/// <https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access>.
fn secret_manager(request: &str) -> Vec<u8> {
    let error = |code: u16, status: &str| {
        let body =
            format!(r#"{{"error": {{"code": {code}, "message": "Told by a test.", "status": "{status}"}}}}"#);
        reply(&code.to_string(), "content-type: application/json\r\n", &body)
    };
    match request.split("/secrets/").nth(1).and_then(|rest| rest.split('/').next()) {
        // "c4nary-google" in base64.
        Some("api-key") => good(r#"{"name": "x", "payload": {"data": "YzRuYXJ5LWdvb2dsZQ=="}}"#),
        Some("locked") => error(403, "PERMISSION_DENIED"),
        _ => error(404, "NOT_FOUND"),
    }
    .into_bytes()
}

#[test]
fn gcloud_itself_is_asked_and_understood() {
    if !Command::new("gcloud").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return parts::skipped("gcloud");
    }
    let google = StandIn::answering(secret_manager);
    let case = Case::with_profile(PROFILE);
    case.write("token", "made-up");
    let case = case
        .with("CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER", &format!("{}/", google.url))
        .with("CLOUDSDK_CORE_DISABLE_PROMPTS", "1")
        .with("CLOUDSDK_CORE_PROJECT", "shop");
    case.run(&["profile", "trust", "--yes"]).exits(0);
    case.run(&["status"]).exits(1).says("sign in to it: gcloud auth login");

    let token = case.path("token").display().to_string();
    let case = case.with("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", &token);
    let run = case.run(&["run", "-s", "api", "--", "sh", "-c", "test \"$API_KEY\" = c4nary-google"]).exits(0);
    assert!(!run.raw.contains("c4nary"), "{run}");
    let status = case.run(&["status", "--json"]).exits(0).json();
    let told = |at: usize| status["services"][0]["cells"][at]["tried"].to_string();
    assert!(told(1).contains("locked") && told(1).contains("denied"), "{status:#}");
    assert!(told(2).contains("no secret gone"), "{status:#}");
}
