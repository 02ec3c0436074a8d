//! Accounts, roles, role keys and logout.

use std::time::Duration;

use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use devsecrets::sandbox::{Operation, Sandbox, World};

use super::clients::{ACCOUNT, ROLE, access_token, acme, portal, service_error};

#[tokio::test]
async fn accounts_come_in_pages_that_join_up() {
    let world = (0..7)
        .fold(acme(), |world, n| world.account(&format!("22223333444{n}"), &format!("Acme {n}"), "", &[]));
    let sandbox = Sandbox::start(world.auto_approve()).await.unwrap();
    let token = access_token(&sandbox).await;
    let pages = portal(&sandbox).list_accounts().access_token(token).max_results(3).into_paginator();
    let accounts: Vec<_> = pages.items().send().try_collect().await.unwrap();
    assert_eq!(sandbox.count(Operation::ListAccounts), 3);
    assert_eq!(accounts.len(), 8);
    assert_eq!(accounts[0].account_id(), Some(ACCOUNT));
    assert_eq!(accounts[0].email_address(), Some("dev@example.com"));
    assert_eq!((accounts[7].account_name(), accounts[7].email_address()), (Some("Acme 6"), None));
}

#[tokio::test]
async fn roles_come_in_pages_too() {
    let names: Vec<String> = (0..5).map(|n| format!("Role{n}")).collect();
    let roles: Vec<&str> = names.iter().map(String::as_str).collect();
    let world = World::new().start_url(super::clients::START_URL).page_size(2);
    let sandbox = Sandbox::start(world.account(ACCOUNT, "", "", &roles).auto_approve()).await.unwrap();
    let token = access_token(&sandbox).await;
    let pages = portal(&sandbox).list_account_roles().access_token(token).account_id(ACCOUNT);
    let found: Vec<_> = pages.into_paginator().items().send().try_collect().await.unwrap();
    assert_eq!(found.iter().filter_map(|role| role.role_name()).collect::<Vec<_>>(), roles);
    assert_eq!(sandbox.count(Operation::ListAccountRoles), 3);
}

#[tokio::test]
async fn bad_pages_are_refused() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let token = access_token(&sandbox).await;
    let list = portal(&sandbox).list_accounts().access_token(token);
    let error = service_error(list.clone().max_results(101).send().await.unwrap_err());
    assert!(error.is_invalid_request_exception());
    let error = service_error(list.next_token("nonsense").send().await.unwrap_err());
    assert!(error.is_invalid_request_exception());
}

#[tokio::test]
async fn role_keys_expire_in_milliseconds_from_the_epoch() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let token = access_token(&sandbox).await;
    let ask = portal(&sandbox).get_role_credentials().access_token(token);
    let reply = ask.account_id(ACCOUNT).role_name(ROLE).send().await.unwrap();
    let keys = reply.role_credentials().unwrap();
    let left = keys.expiration() - time::OffsetDateTime::now_utc().unix_timestamp() * 1000;
    assert!((3_590_000..=3_601_000).contains(&left), "{left}");
    assert!(keys.access_key_id().unwrap().starts_with("ASIA"));
    assert!(keys.session_token().unwrap().len() > 500);
}

#[tokio::test]
async fn what_is_not_assigned_is_forbidden() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let token = access_token(&sandbox).await;
    let client = portal(&sandbox);
    for (account, role) in [(ACCOUNT, "AdministratorAccess"), ("999999999999", ROLE)] {
        let ask = client.get_role_credentials().access_token(&token).account_id(account).role_name(role);
        let error = service_error(ask.send().await.unwrap_err());
        assert_eq!((error.code(), error.message()), (Some("ForbiddenException"), Some("No access")));
    }
}

#[tokio::test]
async fn dead_tokens_are_unauthorized() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let (expired, revoked) = (access_token(&sandbox).await, access_token(&sandbox).await);
    let client = portal(&sandbox);
    let list = |token: &str| client.list_accounts().access_token(token).send();
    list(&expired).await.unwrap();
    sandbox.advance(Duration::from_secs(3600));
    assert!(service_error(list(&expired).await.unwrap_err()).is_unauthorized_exception());
    sandbox.revoke_sessions();
    assert!(service_error(list(&revoked).await.unwrap_err()).is_unauthorized_exception());
    assert!(service_error(list("made up").await.unwrap_err()).is_unauthorized_exception());
}

#[tokio::test]
async fn logout_ends_the_session() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let token = access_token(&sandbox).await;
    let client = portal(&sandbox);
    client.logout().access_token(&token).send().await.unwrap();
    let error = client.list_accounts().access_token(&token).send().await.unwrap_err();
    assert!(service_error(error).is_unauthorized_exception());
    assert!(client.logout().access_token(&token).send().await.is_err());
}
