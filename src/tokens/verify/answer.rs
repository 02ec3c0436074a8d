//! What a service's answer says: a name, an organisation, an end. Pure.

use serde_json::Value;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

use super::Refusal;
use crate::profile::{TokenService, Verify};
use crate::secret::{SecretValue, plain};
use crate::web::Answer;

/// No name of a person or organisation is longer; what is longer is cut.
const LONGEST: usize = 80;

#[derive(Debug)]
pub(super) struct Told {
    pub name: String,
    pub organization: Option<String>,
    pub expires_at: Option<OffsetDateTime>,
}

pub(super) fn read(verify: &Verify, answer: &Answer, host: &str) -> Result<Told, Refusal> {
    let service = match verify {
        Verify::Service(service) => Some(*service),
        Verify::Check(check) => check.service,
    };
    let body = answer.body.expose_to(|text| serde_json::from_str::<Value>(text).unwrap_or_default());
    status(service, answer, &body, host)?;
    let unclear = |why| Refusal::Unclear { host: host.to_owned(), why };
    if !body.is_object() {
        return Err(unclear("it is not a JSON object"));
    }
    let at = |pointer: &str| body.pointer(pointer).and_then(text);
    let (name, organization, expires_at) = match (service, verify) {
        (Some(TokenService::Linear), _) => (linear(&body), at("/data/viewer/organization/name"), None),
        (Some(TokenService::Github), _) => (at("/login"), None, github_end(answer)),
        (Some(TokenService::Npm), _) => (at("/username"), None, None),
        (None, Verify::Check(check)) => {
            let end = check.expires.as_ref().and_then(|pointer| body.pointer(pointer)).and_then(date);
            (check.account.as_deref().and_then(at), None, end)
        }
        (None, Verify::Service(_)) => (None, None, None),
    };
    let name = name.ok_or_else(|| unclear("it names no account"))?;
    Ok(Told { name, organization, expires_at })
}

/// Linear's and GitHub's limits come under other codes than 429.
fn status(service: Option<TokenService>, answer: &Answer, body: &Value, host: &str) -> Result<(), Refusal> {
    let host = || host.to_owned();
    let limited = || Refusal::Limited { host: host(), seconds: seconds(answer) };
    let code = body.pointer("/errors/0/extensions/code").and_then(Value::as_str).unwrap_or_default();
    let remaining = answer.header("x-ratelimit-remaining");
    let spent = remaining.is_some_and(|left| left.same_as(&SecretValue::new("0")))
        || answer.header("retry-after").is_some();
    match (answer.status, service) {
        (_, Some(TokenService::Linear)) if code == "RATELIMITED" => Err(limited()),
        (_, Some(TokenService::Linear)) if code == "AUTHENTICATION_ERROR" => {
            Err(Refusal::Refused { host: host() })
        }
        (_, Some(TokenService::Linear)) if code == "FORBIDDEN" => Err(Refusal::NoRight { host: host() }),
        (429, _) => Err(limited()),
        (403, _) if spent => Err(limited()),
        (401, _) => Err(Refusal::Refused { host: host() }),
        (403, _) => Err(Refusal::NoRight { host: host() }),
        (200..300, _) => Ok(()),
        (300..=399, _) => {
            Err(Refusal::Unclear { host: host(), why: "it points elsewhere, and a key is not carried on" })
        }
        (status @ 500.., _) => Err(Refusal::Trouble { host: host(), status }),
        _ => Err(Refusal::Unclear { host: host(), why: "it is no answer to this question" }),
    }
}

/// `Jane Doe (jane@example.com)`.
fn linear(body: &Value) -> Option<String> {
    let at = |pointer| body.pointer(pointer).and_then(text);
    let (name, email) = (at("/data/viewer/name"), at("/data/viewer/email"));
    match (name, email) {
        (Some(name), Some(email)) if name != email => Some(format!("{name} ({email})")),
        (name, email) => name.or(email),
    }
}

/// A text or number as one short line; blank counts as none.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => plain(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let text: String = text.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

fn seconds(answer: &Answer) -> Option<u64> {
    answer.header("retry-after")?.expose_to(|text| text.trim().parse().ok())
}

/// RFC 3339, a day (its beginning), or seconds since 1970.
fn date(value: &Value) -> Option<OffsetDateTime> {
    match value {
        Value::Number(number) => OffsetDateTime::from_unix_timestamp(number.as_i64()?).ok(),
        Value::String(text) => OffsetDateTime::parse(text, &Rfc3339).ok().or_else(|| day(text)),
        _ => None,
    }
}

fn day(text: &str) -> Option<OffsetDateTime> {
    let day = time::Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    Some(day.midnight().assume_utc())
}

/// `2026-05-12 21:29:23 UTC`, and with an offset in its place: both were measured by go-github.
fn github_end(answer: &Answer) -> Option<OffsetDateTime> {
    let header = answer.header("github-authentication-token-expiration")?;
    let utc = format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    let offset = format_description!(
        "[year]-[month]-[day] [hour]:[minute]:[second] [offset_hour sign:mandatory][offset_minute]"
    );
    header.expose_to(|text| {
        let text = text.trim();
        let in_utc = PrimitiveDateTime::parse(text, utc).ok().map(PrimitiveDateTime::assume_utc);
        in_utc.or_else(|| OffsetDateTime::parse(text, offset).ok())
    })
}
