//! Each thing that may stand between us and AWS, met for real on this machine: what it is told as.

use aws_config::retry::RetryConfig;
use aws_sdk_ssooidc::Client;
use aws_sdk_ssooidc::config::Builder;

use super::servers::{Authority, closed, plain, proxy};
use super::*;

const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\nConnection: close\r\n\r\n{\"clientId\":\"c\"}";

fn world(endpoint: &str) -> Settings {
    Settings::bare("/", Path::new("/h")).with("AWS_ENDPOINT_URL", endpoint)
}

/// One call, tried once.
async fn call(settings: &Settings) -> Result<(), CallError> {
    let config = connect(settings, Service::SsoOidc, "eu-west-2").unwrap();
    let client = Client::from_conf(Builder::from(&config).retry_config(RetryConfig::disabled()).build());
    let asked = client.register_client().client_name("x").client_type("public").send().await;
    asked.map(|_| ()).map_err(|error| CallError::from_sdk("RegisterClient", &error))
}

/// Code and sentence of a call that fails.
async fn told(settings: &Settings) -> (&'static str, String) {
    let error = call(settings).await.unwrap_err();
    let advice = error.advice().unwrap();
    assert!(!advice.remedy.says.contains("canary") && !error.to_string().contains("canary"), "{error}");
    (advice.code, error.to_string())
}

#[tokio::test]
async fn a_closed_port() {
    let port = closed().await;
    let (code, says) = told(&world(&format!("http://127.0.0.1:{port}"))).await;
    assert_eq!(code, "DS-NET-03");
    assert_eq!(says, format!("RegisterClient: the connection was refused (127.0.0.1:{port})"));
}

#[tokio::test]
async fn a_name_that_cannot_be_resolved() {
    let (code, says) = told(&world("https://oidc.eu-west-9.invalid")).await;
    // Without a network there is no name server to say so.
    assert!(["DS-NET-01", "DS-NET-02"].contains(&code), "{says}");
    assert!(says.ends_with("(oidc.eu-west-9.invalid)"), "{says}");
}

#[tokio::test]
async fn a_certificate_signed_by_nobody_we_know_and_then_by_somebody_we_do() {
    let authority = Authority::new();
    let port = authority.serve("localhost", false, GOOD).await;
    let settings = world(&format!("https://localhost:{port}"));
    let (code, says) = told(&settings).await;
    assert_eq!(code, "DS-NET-07");
    assert!(says.contains("signed by nobody in the system's list"), "{says}");
    let (other, own) = (Authority::new().file(), authority.file());
    let bundle = |file: &tempfile::NamedTempFile| {
        settings.clone().with("AWS_CA_BUNDLE", file.path().display().to_string())
    };
    assert!(told(&bundle(&other)).await.1.contains("named by AWS_CA_BUNDLE"));
    call(&bundle(&own)).await.unwrap();
}

#[tokio::test]
async fn a_certificate_whose_time_is_over_speaks_of_the_clock() {
    let authority = Authority::new();
    let (port, file) = (authority.serve("localhost", true, GOOD).await, authority.file());
    let settings =
        world(&format!("https://localhost:{port}")).with("AWS_CA_BUNDLE", file.path().display().to_string());
    assert_eq!(told(&settings).await.0, "DS-NET-08");
}

#[tokio::test]
async fn a_certificate_for_another_host_and_no_tls_at_all() {
    let authority = Authority::new();
    let (port, file) = (authority.serve("elsewhere.example", false, GOOD).await, authority.file());
    let settings =
        world(&format!("https://localhost:{port}")).with("AWS_CA_BUNDLE", file.path().display().to_string());
    assert_eq!(told(&settings).await.0, "DS-NET-09");
    let port = plain("HTTP/1.1 400 Bad Request\r\n\r\nplain http here".to_owned()).await;
    assert_eq!(told(&world(&format!("https://localhost:{port}"))).await.0, "DS-NET-09");
}

#[tokio::test]
async fn a_proxy_that_wants_a_name_or_says_no_or_is_not_there() {
    let behind = |port: u16| {
        world("https://oidc.example").with("HTTPS_PROXY", format!("http://me:canary-5@127.0.0.1:{port}"))
    };
    let asks = plain("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".to_owned()).await;
    let (code, says) = told(&behind(asks)).await;
    assert_eq!(code, "DS-NET-10");
    assert!(
        says.contains(&format!("the proxy 127.0.0.1:{asks}, named by HTTPS_PROXY, asks for a name")),
        "{says}"
    );
    let no = plain("HTTP/1.1 403 Forbidden\r\n\r\n".to_owned()).await;
    assert_eq!(told(&behind(no)).await.0, "DS-NET-11");
    assert_eq!(told(&behind(closed().await)).await.0, "DS-NET-12");
}

#[tokio::test]
async fn through_a_proxy_and_past_it() {
    let authority = Authority::new();
    let (port, file) = (authority.serve("localhost", false, GOOD).await, authority.file());
    // "me:secret"
    let proxy = proxy("bWU6c2VjcmV0").await;
    let settings = world(&format!("https://localhost:{port}"))
        .with("AWS_CA_BUNDLE", file.path().display().to_string())
        .with("https_proxy", format!("me:secret@127.0.0.1:{proxy}"));
    call(&settings).await.unwrap();
    let past = settings.with("https_proxy", format!("127.0.0.1:{}", closed().await));
    assert_eq!(told(&past).await.0, "DS-NET-12");
    call(&past.with("NO_PROXY", "localhost")).await.unwrap();
}

/// A reply of the real service's form.
fn refusal(date: &str, status: &str, code: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nDate: {date}\r\nx-amzn-ErrorType: {code}:http://internal\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn clocks_that_differ() {
    let reply = refusal("Mon, 01 Jan 2001 00:00:00 GMT", "403 Forbidden", "InvalidSignatureException", "{}");
    let port = plain(reply).await;
    let (code, says) = told(&world(&format!("http://127.0.0.1:{port}"))).await;
    assert_eq!(code, "DS-NET-13");
    assert!(
        says.contains("this machine's clock is") && says.ends_with("min ahead of the service's"),
        "{says}"
    );
}

#[tokio::test]
async fn an_answer_from_somebody_else() {
    let port = plain("HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\n<h1>no</h1>".to_owned()).await;
    let (code, says) = told(&world(&format!("http://127.0.0.1:{port}"))).await;
    assert_eq!(code, "DS-NET-06");
    assert!(!says.contains("<h1>"), "{says}");
}

#[tokio::test]
async fn a_key_of_the_customers_that_is_switched_off() {
    let body = r#"{"error":"access_denied","error_description":"key \u001b[2J off","reason":"KMS_DisabledException"}"#;
    let port = plain(refusal("", "400 Bad Request", "AccessDeniedException", body)).await;
    let error = call(&world(&format!("http://127.0.0.1:{port}"))).await.unwrap_err();
    assert_eq!(error.to_string(), "RegisterClient: AccessDeniedException: key  off (KMS_DisabledException)");
    assert!(
        matches!(error, CallError::Refused { kms: Some(reason), .. } if reason == "KMS_DisabledException")
    );
}

#[test]
fn a_signature_is_a_matter_of_time_only_with_a_second_witness() {
    let refused = |code: &str, message: &str, skew| CallError::Refused {
        operation: "GetSecretValue",
        status: 403,
        code: code.to_owned(),
        message: message.to_owned(),
        skew,
        kms: None,
    };
    let code = |error: CallError| error.advice().map(|advice| advice.code);
    assert_eq!(code(refused("InvalidSignatureException", "", None)), None);
    assert_eq!(code(refused("AccessDeniedException", "", Some(900))), None);
    assert_eq!(code(refused("InvalidSignatureException", "", Some(900))), Some("DS-NET-13"));
    assert_eq!(code(refused("SignatureDoesNotMatch", "Signature expired: …", None)), Some("DS-NET-13"));
    assert_eq!(code(refused("RequestExpired", "", None)), Some("DS-NET-13"));
    assert_eq!(code(refused("ThrottlingException", "", None)), Some("DS-NET-14"));
}

mod property {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Whatever a server writes into code, message, description or reason, a terminal obeys none of it.
        #[test]
        fn nothing_a_server_says_reaches_the_terminal(
            message in "\\PC{0,20}[\u{0}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}\u{2066}-\u{2069}]{1,8}\\PC{0,20}",
            code in "[A-Za-z\u{1b}\u{9b}\u{202e}]{1,20}",
            name in prop::sample::select(vec!["message", "Message", "error_description", "reason"]),
        ) {
            let body = serde_json::json!({ "__type": code, name: format!("KMS_{message}") }).to_string();
            let reply = refusal("", "400 Bad Request", "X", &body).replace("x-amzn-ErrorType: X:http://internal\r\n", "");
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let error = runtime.block_on(async {
                let port = plain(reply).await;
                call(&world(&format!("http://127.0.0.1:{port}"))).await.unwrap_err()
            });
            let shown = format!("{error} {error:?} {:?}", error.advice());
            prop_assert_eq!(crate::secret::plain(&error.to_string()), error.to_string());
            prop_assert!(!shown.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{shown:?}");
        }
    }
}
