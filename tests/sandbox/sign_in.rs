//! Registration, the device flow, the browser flow, and renewal.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use devsecrets::sandbox::{Answer, Lifetimes, Operation, Sandbox, World};
use sha2::{Digest, Sha256};

use super::clients::{START_URL, SignIn, acme, oidc, service_error};
use super::pages::get;

#[tokio::test]
async fn a_device_walk_ends_in_tokens_once() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    assert_eq!((sign_in.device.expires_in(), sign_in.device.interval()), (600, 1));
    let page = format!("{}/device?user_code={}", sandbox.url(), sign_in.user_code());
    assert_eq!(sign_in.device.verification_uri_complete(), Some(page.as_str()));

    assert!(service_error(sign_in.poll().await.unwrap_err()).is_authorization_pending_exception());
    assert_eq!(sandbox.waiting(), [sign_in.user_code()]);
    assert!(sandbox.approve(&sign_in.user_code().to_lowercase()));
    assert!(!sandbox.approve(sign_in.user_code()), "approved twice");

    let tokens = sign_in.poll().await.unwrap();
    assert_eq!((tokens.expires_in(), tokens.token_type()), (3600, Some("Bearer")));
    assert!(tokens.access_token().is_some() && tokens.refresh_token().is_some());
    sandbox.advance(Duration::from_secs(1));
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_invalid_grant_exception());
}

#[tokio::test]
async fn the_log_counts_round_trips() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    SignIn::begin(&sandbox).await.poll().await.unwrap();
    let log = sandbox.log();
    let operations: Vec<_> = log.iter().map(|call| call.operation).collect();
    let expected = [Operation::RegisterClient, Operation::StartDeviceAuthorization, Operation::CreateToken];
    assert_eq!(operations, expected);
    assert!(log.iter().all(|call| call.answer == Answer::Good));
    assert_eq!(sandbox.count(Operation::CreateToken), 1);
}

#[tokio::test]
async fn a_refused_code_says_so() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    assert!(sandbox.deny(sign_in.user_code()));
    let error = service_error(sign_in.poll().await.unwrap_err());
    assert!(error.is_access_denied_exception());
}

#[tokio::test]
async fn a_code_expires() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    sandbox.advance(Duration::from_secs(600));
    assert!(!sandbox.approve(sign_in.user_code()), "approved after its time");
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_expired_token_exception());
}

#[tokio::test]
async fn polling_too_fast_slows_down_for_good() {
    let sandbox = Sandbox::start(acme().poll_interval(5)).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    for _ in 0..2 {
        assert!(service_error(sign_in.poll().await.unwrap_err()).is_authorization_pending_exception());
    }
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_slow_down_exception());
    sandbox.advance(Duration::from_secs(5));
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_slow_down_exception());
    sandbox.advance(Duration::from_secs(15));
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_authorization_pending_exception());
}

#[tokio::test]
async fn refresh_tokens_rotate_and_end_with_the_session() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    let first = sign_in.poll().await.unwrap().refresh_token().unwrap().to_owned();
    let renewed = sign_in.refresh(&first).await.unwrap();
    let second = renewed.refresh_token().unwrap().to_owned();
    assert_ne!(first, second);
    assert!(service_error(sign_in.refresh(&first).await.unwrap_err()).is_invalid_grant_exception());
    sandbox.advance(Duration::from_secs(8 * 3600));
    assert!(service_error(sign_in.refresh(&second).await.unwrap_err()).is_invalid_grant_exception());
}

#[tokio::test]
async fn without_the_scope_there_is_one_long_token() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let tokens = SignIn::with_scopes(&sandbox, &[]).await.poll().await.unwrap();
    assert_eq!((tokens.expires_in(), tokens.refresh_token()), (8 * 3600, None));
}

#[tokio::test]
async fn revoked_sessions_cannot_be_renewed() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    let refresh = sign_in.poll().await.unwrap().refresh_token().unwrap().to_owned();
    sandbox.revoke_sessions();
    assert!(service_error(sign_in.refresh(&refresh).await.unwrap_err()).is_invalid_grant_exception());
}

#[tokio::test]
async fn registrations_are_forgotten_or_expire() {
    let lifetimes = Lifetimes { registration: Duration::from_secs(60), ..Lifetimes::default() };
    let sandbox = Sandbox::start(acme().lifetimes(lifetimes)).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    sandbox.advance(Duration::from_secs(60));
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_invalid_client_exception());

    let sign_in = SignIn::begin(&sandbox).await;
    sandbox.forget_registrations();
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_invalid_client_exception());
}

#[tokio::test]
async fn a_start_url_the_portal_does_not_know_is_refused_without_a_word() {
    let sandbox = Sandbox::start(World::new().start_url("https://other.awsapps.com/start")).await.unwrap();
    let client = oidc(&sandbox);
    let registered = client.register_client().client_name("x").client_type("public").send().await.unwrap();
    let start = client
        .start_device_authorization()
        .client_id(registered.client_id().unwrap())
        .client_secret(registered.client_secret().unwrap());
    let error = service_error(start.clone().start_url(START_URL).send().await.unwrap_err());
    assert!(error.is_invalid_request_exception());
    start.start_url("https://other.awsapps.com/start/#/").send().await.unwrap();
}

#[tokio::test]
async fn registration_checks_its_fields() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    let client = oidc(&sandbox);
    let register = || client.register_client().client_name("x").client_type("public");
    let confidential = register().client_type("confidential").send().await.unwrap_err();
    assert!(service_error(confidential).is_invalid_client_metadata_exception());
    let scope = register().scopes("everything").send().await.unwrap_err();
    assert!(service_error(scope).is_invalid_scope_exception());
    let grant = register().grant_types("password").send().await.unwrap_err();
    assert!(service_error(grant).is_unsupported_grant_type_exception());
    let redirect = register().redirect_uris("http://localhost/oauth/callback").send().await.unwrap_err();
    assert!(service_error(redirect).is_invalid_redirect_uri_exception());
}

#[tokio::test]
async fn tokens_need_a_grant_the_client_registered() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    let error = service_error(sign_in.ask("password").send().await.unwrap_err());
    assert!(error.is_unsupported_grant_type_exception());
    let error = service_error(sign_in.ask("authorization_code").code("x").send().await.unwrap_err());
    assert!(error.is_unauthorized_client_exception());
    let error = service_error(sign_in.ask("refresh_token").send().await.unwrap_err());
    assert!(error.is_invalid_request_exception());
}

/// Authorize, callback and exchange, with PKCE, in a world that presses the button itself.
#[tokio::test]
async fn the_browser_flow_gives_tokens_for_the_right_verifier() {
    const CALLBACK: &str = "http://127.0.0.1:8400/oauth/callback";
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let client = oidc(&sandbox);
    let register = client.register_client().client_name("devsecrets").client_type("public");
    let register = register.grant_types("authorization_code").grant_types("refresh_token");
    let register = register.scopes("sso:account:access").issuer_url(START_URL);
    let registered = register.redirect_uris("http://127.0.0.1/oauth/callback").send().await.unwrap();
    let verifier = "v".repeat(64);

    for (used, good) in [("w".repeat(64), false), (verifier.clone(), true)] {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let path = format!(
            "/authorize?response_type=code&client_id={}&redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2Foauth%2Fcallback\
             &state=s-1&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&code_challenge={challenge}",
            registered.client_id().unwrap()
        );
        let reply = get(&sandbox, &path).await;
        let location = reply.header("location").unwrap();
        let code = location.strip_prefix(&format!("{CALLBACK}?code=")).unwrap();
        let code = code.strip_suffix("&state=s-1").unwrap();
        let exchange = client
            .create_token()
            .client_id(registered.client_id().unwrap())
            .client_secret(registered.client_secret().unwrap())
            .grant_type("authorization_code")
            .code(code)
            .code_verifier(used)
            .redirect_uri(CALLBACK);
        match exchange.send().await {
            Ok(tokens) => assert!(good && tokens.refresh_token().is_some()),
            Err(error) => assert!(!good && service_error(error).is_invalid_grant_exception()),
        }
    }
}
