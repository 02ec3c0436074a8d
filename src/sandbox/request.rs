//! A request, read whole, with the few questions the operations ask of it.

use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::{HeaderMap, Method};
use serde::de::DeserializeOwned;

/// No call of either service comes near this; a larger body is refused unread.
const LARGEST_BODY: usize = 1 << 20;

pub(super) struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Request {
    pub(super) async fn read(
        incoming: hyper::Request<Incoming>,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let (parts, body) = incoming.into_parts();
        let body = Limited::new(body, LARGEST_BODY).collect().await?.to_bytes();
        Ok(Self {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A query parameter, percent-decoded.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        field(&self.query, name)
    }

    /// A field of a form sent by a browser.
    pub(super) fn form(&self, name: &str) -> Option<String> {
        field(std::str::from_utf8(&self.body).ok()?, name)
    }

    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

/// One field of `application/x-www-form-urlencoded` text.
fn field(text: &str, name: &str) -> Option<String> {
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| decoded(key) == name)
        .map(|(_, value)| decoded(value))
}

/// WHATWG URL, section 5.1: `+` is a space, `%XX` a byte, anything else itself.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = tail.get(..2).filter(|_| *first == b'%').and_then(hex_pair);
        bytes.push(escape.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_pair(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(*digits.first()?)? * 16 + digit(*digits.get(1)?)?;
    u8::try_from(value).ok()
}

/// `text` as a query value: everything but RFC 3986's unreserved characters is escaped.
pub(super) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded() {
        let form = "user_code=BDWP-HQPK&note=a%20b+c%3D%26%C3%A9&empty=&bad=%zz%4";
        assert_eq!(field(form, "user_code").as_deref(), Some("BDWP-HQPK"));
        assert_eq!(field(form, "note").as_deref(), Some("a b c=&é"));
        assert_eq!(field(form, "empty").as_deref(), Some(""));
        assert_eq!(field(form, "bad").as_deref(), Some("%zz%4"));
        assert_eq!(field(form, "absent"), None);
    }

    #[test]
    fn what_is_encoded_decodes_to_itself() {
        let text = "http://127.0.0.1:8080/a b?c=d&é+%";
        assert_eq!(decoded(&encoded(text)), text);
    }
}
