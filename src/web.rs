//! One bounded question to a service over the web, and the connections all our traffic uses.
//!
//! The rule: keys leave for https or for this machine and nowhere else; a redirect is an answer, not a way; every
//! question has a time limit, every answer a size limit. What came back may repeat a key, so it is held as one. The HTTP
//! and TLS stack is the one beneath the AWS SDK: proxies and company certificates hold for everything alike.

mod advice;
mod client;
mod reach;
mod route;

use std::time::Duration;

use aws_smithy_runtime_api::client::http::HttpConnector as _;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::Format;
use http_body_util::{BodyExt as _, Limited};
use time::OffsetDateTime;

pub use advice::Advice;
pub use client::{https_client, loopback_client};
pub use reach::{ProxySays, Reach, Unreached};
pub use route::{Proxy, RouteError, Trust};

use crate::secret::SecretValue;
use crate::settings::Settings;

/// From the first byte sent to the last one read.
const PATIENCE: Duration = Duration::from_secs(15);

/// Longest answer read, in bytes. Who somebody is takes a few hundred.
const LARGEST: usize = 64 * 1024;

/// What is asked. Headers may hold keys.
#[derive(Debug)]
pub struct Question {
    pub url: String,
    pub headers: Vec<(String, SecretValue)>,
    /// JSON to send; without it the question is a GET.
    pub json: Option<String>,
}

/// What came back, whatever its status.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, SecretValue)>,
    pub body: SecretValue,
}

impl Answer {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&SecretValue> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// What time it is where the answer came from, to the second (RFC 9110, `Date`).
    pub fn date(&self) -> Option<OffsetDateTime> {
        let date = self.header("date")?.expose_to(|text| DateTime::from_str(text, Format::HttpDate)).ok()?;
        OffsetDateTime::from_unix_timestamp(date.secs()).ok()
    }
}

/// There is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is neither https nor on this machine")]
    Unsafe(String),
    #[error("the key holds characters that no header can carry")]
    NoHeader,
    #[error(transparent)]
    Route(#[from] RouteError),
    #[error("{host}: no answer within {} seconds", PATIENCE.as_secs())]
    TimedOut { host: String },
    #[error("{host}: {reach}")]
    NotReached { host: String, reach: Reach },
    #[error("{host}: the answer is longer than {} KiB", LARGEST / 1024)]
    TooLong { host: String },
    #[error("{host}: the answer is not text")]
    NotText { host: String },
}

impl Error {
    /// Code and next step, where something stands between us and the host; `None` when it was reached.
    pub fn advice(&self) -> Option<Advice> {
        match self {
            Self::Route(error) => Some(error.advice()),
            Self::TimedOut { .. } => Some(Advice::timed_out()),
            Self::NotReached { host, reach } => Some(reach.advice(host)),
            Self::Unsafe(_) | Self::NoHeader | Self::TooLong { .. } | Self::NotText { .. } => None,
        }
    }
}

/// Asks once.
///
/// # Errors
/// When the address is not allowed, nobody answers in time, or the answer is no short text.
pub async fn ask(settings: &Settings, question: &Question) -> Result<Answer, Error> {
    if !is_safe(&question.url) {
        return Err(Error::Unsafe(crate::secret::plain(&question.url)));
    }
    let host = host(&question.url);
    let connector = client::connector(settings, &question.url)?;
    let request = request(question).ok_or(Error::NoHeader)?;
    let exchange = async {
        let answer = connector.call(request).await.map_err(|error| {
            let reach = Unreached::within(&error).map_or(Reach::Cut, |cause| cause.reach.clone());
            Error::NotReached { host: host.clone(), reach }
        })?;
        read(answer, &host).await
    };
    let timed_out = |_| Error::TimedOut { host: host.clone() };
    tokio::time::timeout(PATIENCE, exchange).await.map_err(timed_out)?
}

fn request(question: &Question) -> Option<HttpRequest> {
    let body = question.json.as_deref().map_or_else(SdkBody::empty, SdkBody::from);
    let mut request = HttpRequest::new(body);
    request.set_uri(question.url.as_str()).ok()?;
    let headers = request.headers_mut();
    headers.try_insert("user-agent", concat!("devsecrets/", env!("CARGO_PKG_VERSION"))).ok()?;
    headers.try_insert("accept", "application/json").ok()?;
    for (name, value) in &question.headers {
        value.expose_to(|value| headers.try_insert(name.clone(), value.to_owned()).map(drop)).ok()?;
    }
    if question.json.is_some() {
        request.headers_mut().try_insert("content-type", "application/json").ok()?;
        request.set_method("POST").ok()?;
    }
    Some(request)
}

async fn read(answer: HttpResponse, host: &str) -> Result<Answer, Error> {
    let status = answer.status().as_u16();
    let headers = answer.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_owned(), SecretValue::new(value))).collect();
    let body = Limited::new(answer.into_body(), LARGEST).collect().await.map_err(|error| {
        match error.downcast_ref::<http_body_util::LengthLimitError>() {
            Some(_) => Error::TooLong { host: host.to_owned() },
            None => Error::NotReached { host: host.to_owned(), reach: Reach::Cut },
        }
    })?;
    let text = String::from_utf8(body.to_bytes().into());
    let text = text.map_err(|_| Error::NotText { host: host.to_owned() })?;
    Ok(Answer { status, headers, body: SecretValue::new(text) })
}

/// Host and port of an address, without whatever else stands in it. For sentences.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    crate::secret::plain(authority.rsplit_once('@').map_or(authority, |(_, host)| host))
}

/// https, or this machine.
pub fn is_safe(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return url.starts_with("https://") };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !authority.contains('@') && is_this_machine(authority)
}

/// Of a host with or without a port.
pub fn is_this_machine(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_loopback_receive_tokens() {
        for url in ["https://example.com", "http://127.0.0.1:9", "http://[::1]:9/x", "http://localhost"] {
            assert!(is_safe(url), "{url}");
        }
        for url in [
            "http://example.com",
            "http://localhost.example.com",
            "http://localhost@example.com",
            "ftp://x",
            "http://10.0.0.1",
        ] {
            assert!(!is_safe(url), "{url}");
        }
    }

    #[tokio::test]
    async fn an_unsafe_address_is_not_asked() {
        let settings = Settings::bare("/", std::path::Path::new("/h"));
        let question = Question { url: "http://example.com/x".into(), headers: Vec::new(), json: None };
        let error = ask(&settings, &question).await.unwrap_err();
        assert_eq!(error.to_string(), "http://example.com/x is neither https nor on this machine");
    }

    #[tokio::test]
    async fn a_closed_port_is_a_refused_connection() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = Settings::bare("/", std::path::Path::new("/h"));
        let url = format!("http://127.0.0.1:{port}/");
        let error = ask(&settings, &Question { url, headers: Vec::new(), json: None }).await.unwrap_err();
        assert!(matches!(error, Error::NotReached { reach: Reach::Refused, .. }), "{error}");
    }

    #[tokio::test]
    async fn a_proxy_is_told_by_its_address_and_not_by_its_password() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let proxy = format!("http://me:canary-4@127.0.0.1:{port}");
        let settings = Settings::bare("/", std::path::Path::new("/h")).with("HTTPS_PROXY", proxy);
        let question =
            Question { url: "https://me:canary-5@x.example/".into(), headers: Vec::new(), json: None };
        let error = ask(&settings, &question).await.unwrap_err();
        assert!(matches!(error, Error::NotReached { reach: Reach::Proxy(_, ProxySays::Nothing), .. }));
        assert_eq!(
            error.to_string(),
            format!("x.example: the proxy 127.0.0.1:{port}, named by HTTPS_PROXY, cannot be reached")
        );
    }

    #[test]
    fn a_key_that_breaks_the_line_is_no_header() {
        let headers = vec![("authorization".to_owned(), SecretValue::new("a\r\nx-evil: b"))];
        assert!(request(&Question { url: "https://x".into(), headers, json: None }).is_none());
    }
}
