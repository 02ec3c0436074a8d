//! Every scripted fault, as the SDK reports it.

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use devsecrets::sandbox::{Answer, Fault, Operation, Sandbox};

use super::clients::{SignIn, access_token, acme, portal, secrets, service_error};
use super::pages::get;

#[tokio::test]
async fn a_scripted_poll_fails_once_each_then_succeeds() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    let script = [
        (Fault::Pending, "AuthorizationPendingException", 400),
        (Fault::SlowDown, "SlowDownException", 400),
        (Fault::Expired, "ExpiredTokenException", 400),
        (Fault::Denied, "AccessDeniedException", 400),
        (Fault::InvalidGrant, "InvalidGrantException", 400),
        (Fault::ForgottenRegistration, "InvalidClientException", 401),
        (Fault::ServerError, "InternalServerException", 500),
        (Fault::Throttled, "TooManyRequestsException", 429),
        (Fault::Status(503, "ServiceUnavailable"), "ServiceUnavailable", 503),
    ];
    sandbox.script(Operation::CreateToken, script.map(|(fault, ..)| fault));
    for (fault, code, status) in script {
        let error = sign_in.poll().await.unwrap_err();
        assert_eq!(error.raw_response().unwrap().status().as_u16(), status, "{fault:?}");
        assert_eq!(service_error(error).code(), Some(code), "{fault:?}");
    }
    sign_in.poll().await.unwrap();
    let refused = Answer::Refused { status: 429, code: "TooManyRequestsException".to_owned() };
    assert!(sandbox.log().iter().any(|call| call.answer == refused));
}

#[tokio::test]
async fn each_service_has_its_own_words() {
    let sandbox = Sandbox::start(acme().auto_approve().secret("a", "v")).await.unwrap();
    let token = access_token(&sandbox).await;
    let portal = portal(&sandbox);
    let faults = [Fault::Expired, Fault::Denied, Fault::Throttled, Fault::ServerError];
    sandbox.script(Operation::ListAccounts, faults);
    for code in ["UnauthorizedException", "ForbiddenException", "TooManyRequestsException", "InternalFailure"]
    {
        let error = portal.list_accounts().access_token(&token).send().await.unwrap_err();
        assert_eq!(service_error(error).code(), Some(code));
    }
    let secrets = secrets(&sandbox).await;
    sandbox.script(Operation::GetSecretValue, faults);
    for code in
        ["ExpiredTokenException", "AccessDeniedException", "ThrottlingException", "InternalServiceError"]
    {
        let error = secrets.get_secret_value().secret_id("a").send().await.unwrap_err();
        assert_eq!(service_error(error).code(), Some(code));
    }
}

#[tokio::test]
async fn silence_ends_with_the_clients_own_limit() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let token = access_token(&sandbox).await;
    sandbox.script(Operation::ListAccounts, [Fault::Hang]);
    let limits = aws_sdk_sso::config::timeout::TimeoutConfig::builder()
        .operation_timeout(std::time::Duration::from_millis(200));
    let limits = aws_sdk_sso::config::Builder::new().timeout_config(limits.build());
    let call = portal(&sandbox).list_accounts().access_token(&token).customize().config_override(limits);
    assert!(matches!(call.send().await, Err(SdkError::TimeoutError(_))));
    portal(&sandbox).list_accounts().access_token(&token).send().await.unwrap();
}

/// A call that is performed although its reply is lost: the code is burnt.
#[tokio::test]
async fn a_cut_reply_burns_the_code() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    sandbox.script(Operation::CreateToken, [Fault::Dropped, Fault::Truncated]);
    assert!(matches!(sign_in.poll().await, Err(SdkError::DispatchFailure(_))));
    let cut = sign_in.poll().await;
    assert!(matches!(cut, Err(SdkError::ResponseError(_) | SdkError::DispatchFailure(_))));
    assert!(service_error(sign_in.poll().await.unwrap_err()).is_invalid_grant_exception());
    let answers: Vec<_> = sandbox.log().into_iter().skip(2).map(|call| call.answer).collect();
    assert_eq!(answers[..2], [Answer::None, Answer::Cut]);
}

#[tokio::test]
async fn a_truncated_reply_stops_half_way() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    sandbox.script(Operation::DevicePage, [Fault::Truncated]);
    let page = get(&sandbox, "/device").await;
    let declared: usize = page.header("content-length").unwrap().parse().unwrap();
    assert_eq!(page.body().len(), declared / 2);
}

#[tokio::test]
async fn bodies_can_be_broken_or_empty() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    sandbox.script(Operation::CreateToken, [Fault::Empty, Fault::Malformed]);
    assert!(sign_in.poll().await.unwrap().access_token().is_none());
    let broken = sign_in.poll().await;
    assert!(matches!(broken, Err(SdkError::ResponseError(_) | SdkError::ServiceError(_))));
}

#[tokio::test]
async fn hostile_text_arrives_as_it_was_sent() {
    let sandbox = Sandbox::start(acme().account("222233334444", "\u{1b}[31mred", "", &[]).auto_approve())
        .await
        .unwrap();
    let token = access_token(&sandbox).await;
    let list = || portal(&sandbox).list_accounts().access_token(&token).send();
    assert_eq!(list().await.unwrap().account_list()[1].account_name(), Some("\u{1b}[31mred"));
    sandbox.script(Operation::ListAccounts, [Fault::Hostile]);
    let error = service_error(list().await.unwrap_err());
    assert!(error.message().unwrap().contains("\u{1b}]52;"));
}

#[tokio::test]
async fn a_dropped_sandbox_answers_no_more() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let client = portal(&sandbox);
    client.list_accounts().access_token("x").send().await.unwrap_err();
    drop(sandbox);
    tokio::task::yield_now().await;
    let error = client.list_accounts().access_token("x").send().await.unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_)));
}
