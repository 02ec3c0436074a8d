//! What goes back over the wire: JSON in one of three dialects, pages, and replies cut short.
//!
//! Owns the error format of each service: field names, headers and content types differ, and
//! clients decide by them which typed error they raise.

use std::io;

use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use http_body_util::StreamBody;
use hyper::body::{Bytes, Frame};
use serde_json::{Value, json};

use super::operation::Dialect;

pub(super) type Body = StreamBody<BoxStream<'static, io::Result<Frame<Bytes>>>>;

/// An error as the service would word it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    /// `AuthorizationPendingException`, …
    pub(super) code: String,
    pub(super) message: String,
}

impl Refusal {
    /// Most refusals of all three services are HTTP 400.
    pub(super) fn new(code: &str, message: impl Into<String>) -> Self {
        Self::with_status(400, code, message)
    }

    pub(super) fn with_status(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into() }
    }

    fn body(&self, dialect: Dialect) -> Value {
        let (code, message) = (&self.code, &self.message);
        match dialect {
            Dialect::Oidc => json!({ "error": oauth_name(code), "error_description": message }),
            Dialect::Portal => {
                json!({ "message": message, "__type": format!("com.amazonaws.switchboard.portal#{code}") })
            }
            // Secrets Manager itself writes `Message`, the signature check before it `message`.
            Dialect::Json11 => json!({ "__type": code, "Message": message, "message": message }),
        }
    }
}

/// RFC 6749 and RFC 8628 spelling: `AuthorizationPendingException` is `authorization_pending`.
fn oauth_name(code: &str) -> String {
    let stem = code.strip_suffix("Exception").unwrap_or(code);
    let mut name = String::with_capacity(stem.len() + 4);
    for (at, letter) in stem.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

pub(super) struct Reply {
    pub(super) status: u16,
    /// The error code, for the log.
    pub(super) code: Option<String>,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// Send half of the body, then cut the connection.
    cut: bool,
}

impl Reply {
    fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self { status, code: None, headers, body: body.into(), cut: false }
    }

    pub(super) fn json(dialect: Dialect, outcome: Result<Value, Refusal>) -> Self {
        match outcome {
            Ok(value) => Self::new(200, content_type(dialect), value.to_string()),
            Err(refusal) => Self::refusal(dialect, refusal),
        }
    }

    fn refusal(dialect: Dialect, refusal: Refusal) -> Self {
        let body = refusal.body(dialect).to_string();
        let reply = Self::new(refusal.status, content_type(dialect), body);
        let tail = if dialect == Dialect::Oidc { ":http://internal.amazon.com/coral/" } else { "" };
        let error_type = format!("{}{tail}", refusal.code);
        Self { code: Some(refusal.code), ..reply.header("x-amzn-errortype", error_type) }
    }

    /// A web page that runs no script, loads nothing and cannot be framed.
    pub(super) fn page(status: u16, html: String) -> Self {
        const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; \
                              form-action 'self' http://127.0.0.1:*; base-uri 'none'";
        Self::new(status, "text/html; charset=utf-8", html)
            .header("content-security-policy", POLICY)
            .header("cache-control", "no-store")
            .header("referrer-policy", "no-referrer")
            .header("x-content-type-options", "nosniff")
    }

    pub(super) fn redirect(location: String) -> Self {
        Self::new(303, "text/plain", "").header("location", location)
    }

    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// An empty 200.
    pub(super) fn nothing(dialect: Dialect) -> Self {
        Self::new(200, content_type(dialect), "")
    }

    #[must_use]
    pub(super) fn cut_short(mut self) -> Self {
        self.cut = true;
        self
    }

    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Takes the closing brace away: whole to HTTP, broken to a JSON reader.
    #[must_use]
    pub(super) fn garbled(mut self) -> Self {
        self.body.pop();
        self
    }

    /// The length is always declared, so a client can tell a cut reply from a whole one.
    pub(super) fn into_response(self) -> Result<hyper::Response<Body>, hyper::http::Error> {
        let mut response = hyper::Response::builder()
            .status(self.status)
            .header("content-length", self.body.len())
            .header("x-amzn-requestid", super::mint::request_id());
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(if self.cut { cut(&self.body) } else { whole(self.body) })
    }
}

fn content_type(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Oidc | Dialect::Portal => "application/json",
        Dialect::Json11 => "application/x-amz-json-1.1",
    }
}

fn whole(body: Vec<u8>) -> Body {
    StreamBody::new(stream::iter([Ok(Frame::data(Bytes::from(body)))]).boxed())
}

/// Half the bytes, a turn of the runtime so that they leave, then the end of the connection.
fn cut(body: &[u8]) -> Body {
    let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
    let end = stream::once(async {
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    StreamBody::new(stream::iter([Ok(Frame::data(half))]).chain(end).boxed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_oauth_names() {
        assert_eq!(oauth_name("AuthorizationPendingException"), "authorization_pending");
        assert_eq!(oauth_name("SlowDownException"), "slow_down");
        assert_eq!(oauth_name("InvalidClientMetadataException"), "invalid_client_metadata");
    }
}
