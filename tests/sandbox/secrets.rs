//! The four reading calls of Secrets Manager.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_secretsmanager::config::Credentials;
use aws_sdk_secretsmanager::types::{Filter, FilterNameStringType};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use devsecrets::sandbox::{Operation, Sandbox, StoredSecret, World};

use super::clients::{ACCOUNT, REGION, acme, role_keys, secrets, secrets_with, service_error};

fn world() -> World {
    acme()
        .auto_approve()
        .secret("backend/development", serde_json::json!({ "PORT": "8080" }))
        .secret("media/development", "plain")
        .binary_secret("keys/signing", [0, 159, 146, 150])
        .deleted_secret("old/development")
        .denied_secret("backend/production")
        .undecryptable_secret("vault/development")
        .empty_secret("empty/development")
}

fn named(prefix: &str) -> Filter {
    Filter::builder().key(FilterNameStringType::Name).values(prefix).build()
}

#[tokio::test]
async fn values_are_text_or_bytes() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = secrets(&sandbox).await;
    let text = client.get_secret_value().secret_id("backend/development").send().await.unwrap();
    assert_eq!(text.secret_string(), Some(r#"{"PORT":"8080"}"#));
    assert_eq!(text.version_stages(), ["AWSCURRENT"]);
    assert!(text.secret_binary().is_none() && text.created_date().is_some());
    let bytes = client.get_secret_value().secret_id("keys/signing").send().await.unwrap();
    assert_eq!(bytes.secret_binary().unwrap().as_ref(), [0, 159, 146, 150]);
    assert!(bytes.secret_string().is_none());
}

#[tokio::test]
async fn a_secret_is_found_by_name_and_by_either_arn() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = secrets(&sandbox).await;
    let get = |id: &str| client.get_secret_value().secret_id(id).send();
    let arn = get("backend/development").await.unwrap().arn().unwrap().to_owned();
    let stem = format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:backend/development");
    assert!(arn.starts_with(&stem) && arn.len() == stem.len() + 7, "{arn}");
    assert_eq!(get(&arn).await.unwrap().name(), Some("backend/development"));
    assert_eq!(get(&stem).await.unwrap().name(), Some("backend/development"));
    let name_with_suffix = arn.split(':').next_back().unwrap();
    assert!(service_error(get(name_with_suffix).await.unwrap_err()).is_resource_not_found_exception());
    let elsewhere = arn.replace(ACCOUNT, "999999999999");
    assert_eq!(service_error(get(&elsewhere).await.unwrap_err()).code(), Some("AccessDeniedException"));
}

#[tokio::test]
async fn each_reason_not_to_answer_has_its_code() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = secrets(&sandbox).await;
    let long = "x".repeat(2049);
    for (id, code) in [
        ("absent", "ResourceNotFoundException"),
        ("empty/development", "ResourceNotFoundException"),
        ("old/development", "InvalidRequestException"),
        ("backend/production", "AccessDeniedException"),
        ("vault/development", "DecryptionFailure"),
        ("two words", "ValidationException"),
        (long.as_str(), "ValidationException"),
    ] {
        let error = service_error(client.get_secret_value().secret_id(id).send().await.unwrap_err());
        assert_eq!(error.code(), Some(code), "{id}");
    }
}

#[tokio::test]
async fn denial_names_the_action_and_the_arn() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let get = secrets(&sandbox).await.get_secret_value().secret_id("backend/production");
    let error = service_error(get.send().await.unwrap_err());
    let message = error.message().unwrap();
    assert!(
        message.contains("not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:")
    );
    assert!(message.contains("assumed-role/AWSReservedSSO_DeveloperAccess_"));
}

#[tokio::test]
async fn stages_and_versions_choose_the_value() {
    let history = StoredSecret::new("rotating", "now").previously("before").pending("next");
    let sandbox = Sandbox::start(acme().auto_approve().with(history)).await.unwrap();
    let client = secrets(&sandbox).await;
    let get = || client.get_secret_value().secret_id("rotating");
    for (stage, value) in [("AWSCURRENT", "now"), ("AWSPREVIOUS", "before"), ("AWSPENDING", "next")] {
        let reply = get().version_stage(stage).send().await.unwrap();
        assert_eq!(reply.secret_string(), Some(value));
        let same = get().version_id(reply.version_id().unwrap()).send().await.unwrap();
        assert_eq!(same.secret_string(), Some(value));
        let both = get().version_id(reply.version_id().unwrap()).version_stage("AWSOTHER").send().await;
        assert!(service_error(both.unwrap_err()).is_invalid_parameter_exception());
    }
    let absent = get().version_stage("AWSOTHER").send().await.unwrap_err();
    assert!(service_error(absent).is_resource_not_found_exception());
    assert!(sandbox.put_secret("rotating", "newest"));
    let previous = get().version_stage("AWSPREVIOUS").send().await.unwrap();
    assert_eq!(previous.secret_string(), Some("now"));
}

#[tokio::test]
async fn a_batch_is_good_even_when_some_of_it_is_not() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let ids = ["backend/development", "absent", "backend/production", "media/development", "old/development"];
    let batch = secrets(&sandbox).await.batch_get_secret_value();
    let reply = batch.set_secret_id_list(Some(ids.map(str::to_owned).to_vec())).send().await.unwrap();
    let names: Vec<_> = reply.secret_values().iter().filter_map(|entry| entry.name()).collect();
    assert_eq!(names, ["media/development", "backend/development"]);
    let errors: BTreeMap<_, _> = reply
        .errors()
        .iter()
        .map(|error| (error.secret_id().unwrap(), error.error_code().unwrap()))
        .collect();
    let expected = BTreeMap::from([
        ("absent", "ResourceNotFoundException"),
        ("backend/production", "AccessDeniedException"),
        ("old/development", "InvalidRequestException"),
    ]);
    assert_eq!(errors, expected);
    assert_eq!(sandbox.count(Operation::BatchGetSecretValue), 1);
}

#[tokio::test]
async fn a_batch_has_bounds() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = secrets(&sandbox).await;
    let ids = |count: usize| Some((0..count).map(|n| format!("s{n}")).collect());
    client.batch_get_secret_value().set_secret_id_list(ids(20)).send().await.unwrap();
    let many = client.batch_get_secret_value().set_secret_id_list(ids(21)).send().await.unwrap_err();
    assert_eq!(service_error(many).code(), Some("ValidationException"));
    let both = client.batch_get_secret_value().secret_id_list("a").filters(named("a")).send().await;
    assert!(service_error(both.unwrap_err()).is_invalid_parameter_exception());
    let neither = client.batch_get_secret_value().send().await.unwrap_err();
    assert!(service_error(neither).is_invalid_parameter_exception());
}

#[tokio::test]
async fn a_batch_by_filter_comes_in_pages() {
    let world = (0..5).fold(acme().auto_approve(), |world, n| world.secret(&format!("app/{n}"), "v"));
    let sandbox = Sandbox::start(world.secret("other", "v")).await.unwrap();
    let batch = secrets(&sandbox).await.batch_get_secret_value().filters(named("app/")).max_results(2);
    let pages = batch.into_paginator().send().try_collect().await.unwrap();
    let sizes: Vec<_> = pages.iter().map(|page| page.secret_values().len()).collect();
    assert_eq!(sizes, [2, 2, 1]);
}

#[tokio::test]
async fn roles_may_lack_the_batch_or_the_list() {
    let world = world().without_batch_permission().without_list_permission();
    let sandbox = Sandbox::start(world).await.unwrap();
    let client = secrets(&sandbox).await;
    let batch = client.batch_get_secret_value().secret_id_list("backend/development").send().await;
    let error = service_error(batch.unwrap_err());
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert!(error.message().unwrap().contains("secretsmanager:BatchGetSecretValue"));
    let list = client.list_secrets().send().await.unwrap_err();
    assert_eq!(service_error(list).code(), Some("AccessDeniedException"));
    client.get_secret_value().secret_id("backend/development").send().await.unwrap();
}

#[tokio::test]
async fn describing_shows_everything_but_the_value() {
    let aged = StoredSecret::new("aged", "v").aged(120).rotated(90).tagged("team", "core");
    let sandbox = Sandbox::start(world().with(aged)).await.unwrap();
    let client = secrets(&sandbox).await;
    let described = client.describe_secret().secret_id("aged").send().await.unwrap();
    let changed = described.last_changed_date().unwrap().secs();
    let days = (time::OffsetDateTime::now_utc().unix_timestamp() - changed) / 86_400;
    assert_eq!((days, described.rotation_enabled()), (120, Some(true)));
    let next = described.next_rotation_date().unwrap().secs();
    assert_eq!((next - described.last_rotated_date().unwrap().secs()) / 86_400, 90);
    assert_eq!(described.tags()[0].value(), Some("core"));
    assert_eq!(described.version_ids_to_stages().unwrap().len(), 1);
    let deleted = client.describe_secret().secret_id("old/development").send().await.unwrap();
    assert!(deleted.deleted_date().is_some());
    let never = client.describe_secret().secret_id("media/development").send().await.unwrap();
    assert!(never.rotation_enabled().is_none() && never.last_rotated_date().is_none());
}

#[tokio::test]
async fn lists_page_filter_and_hide_the_deleted() {
    let sandbox = Sandbox::start(world().page_size(2)).await.unwrap();
    let client = secrets(&sandbox).await;
    let pages = client.list_secrets().into_paginator().send().try_collect().await.unwrap();
    let names: Vec<_> = pages.iter().flat_map(|page| page.secret_list()).filter_map(|s| s.name()).collect();
    assert_eq!((pages.len(), names.len()), (3, 6));
    assert!(!names.contains(&"old/development"));
    let all = client.list_secrets().include_planned_deletion(true).max_results(100).send().await.unwrap();
    assert_eq!(all.secret_list().len(), 7);
    let backend = client.list_secrets().filters(named("backend/")).send().await.unwrap();
    assert_eq!(backend.secret_list().len(), 2);
}

#[tokio::test]
async fn secrets_belong_to_an_account_and_a_region() {
    let abroad = StoredSecret::new("abroad", "v").in_region("us-east-1");
    let world = acme().auto_approve().with(abroad).secret_in("999999999999", "theirs", "v");
    let sandbox = Sandbox::start(world).await.unwrap();
    let keys = role_keys(&sandbox).await;
    let at_home = secrets_with(&sandbox, REGION, keys.clone());
    for id in ["abroad", "theirs"] {
        let error = at_home.get_secret_value().secret_id(id).send().await.unwrap_err();
        assert!(service_error(error).is_resource_not_found_exception(), "{id}");
    }
    let there = secrets_with(&sandbox, "us-east-1", keys);
    there.get_secret_value().secret_id("abroad").send().await.unwrap();
}

#[tokio::test]
async fn only_living_role_keys_are_let_in() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let keys = role_keys(&sandbox).await;
    let invented = Credentials::new("AKIAINVENTED", "x", None, None, "test");
    let other_token =
        Credentials::new(keys.access_key_id(), keys.secret_access_key(), Some("x".to_owned()), None, "test");
    let get =
        |keys| secrets_with(&sandbox, REGION, keys).get_secret_value().secret_id("media/development").send();
    for bad in [invented, other_token] {
        assert_eq!(service_error(get(bad).await.unwrap_err()).code(), Some("UnrecognizedClientException"));
    }
    get(keys.clone()).await.unwrap();
    sandbox.advance(Duration::from_secs(3600));
    assert_eq!(service_error(get(keys).await.unwrap_err()).code(), Some("ExpiredTokenException"));
}
