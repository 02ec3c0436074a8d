//! What stands in the files: the AWS CLI's fields, in its own order and its own form of dates.

use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

use super::{Form, Registration, Token};
use crate::secret::SecretValue;
use crate::sso::{Method, SCOPE, SessionName, same_portal};

/// Fields in the CLI's own order.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenFile {
    #[serde(default)]
    pub start_url: Option<String>,
    #[serde(default)]
    pub region: Option<String>,
    access_token: String,
    expires_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registration_expires_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

impl TokenFile {
    pub fn into_token(mut self) -> Option<Token> {
        Some(Token {
            client: self.client(),
            access_token: SecretValue::new(std::mem::take(&mut self.access_token)),
            expires_at: parse_date(&self.expires_at)?,
            refresh_token: self.refresh_token.take().map(SecretValue::new),
        })
    }

    fn client(&mut self) -> Option<Registration> {
        Some(Registration {
            client_id: self.client_id.take()?,
            client_secret: SecretValue::new(self.client_secret.take()?),
            expires_at: parse_date(self.registration_expires_at.as_deref()?)?,
        })
    }

    pub fn from_token(session: &SessionName, token: &Token) -> Self {
        let client = token.client.as_ref();
        Self {
            start_url: Some(session.start_url.clone()),
            region: Some(session.region.clone()),
            access_token: token.access_token.expose_to(str::to_owned),
            expires_at: format_date(token.expires_at),
            client_id: client.map(|c| c.client_id.clone()),
            client_secret: client.map(|c| c.client_secret.expose_to(str::to_owned)),
            registration_expires_at: client.map(|c| format_date(c.expires_at)),
            refresh_token: token.refresh_token.as_ref().map(|t| t.expose_to(str::to_owned)),
        }
    }
}

impl TokenFile {
    /// The SDK for Rust wants a literal `Z` at the end of a date, and a good date in `registrationExpiresAt` (measured).
    pub fn form(&self, session: &SessionName) -> Form {
        let held = |field: &Option<String>, wanted: &str| field.as_deref().is_none_or(|held| held == wanted);
        let zulu = |text: &str| text.ends_with('Z') && parse_date(text).is_some();
        match () {
            () if self.access_token.trim().is_empty() || parse_date(&self.expires_at).is_none() => {
                Form::Unusable
            }
            () if !held(&self.region, &session.region) => Form::Elsewhere("region"),
            () if !self.start_url.as_deref().is_none_or(|held| same_portal(held, &session.start_url)) => {
                Form::Elsewhere("startUrl")
            }
            () if !zulu(&self.expires_at) => Form::Odd("expiresAt"),
            () if !self.registration_expires_at.as_deref().is_none_or(zulu) => {
                Form::Odd("registrationExpiresAt")
            }
            () => Form::Good,
        }
    }
}

impl Drop for TokenFile {
    fn drop(&mut self) {
        use zeroize::Zeroize as _;
        self.access_token.zeroize();
        self.client_secret.zeroize();
        self.refresh_token.zeroize();
    }
}

/// The AWS CLI's form of a registration. `toolName` is ours: nobody else reads this slot, and it tells which to remove.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RegistrationFile {
    client_id: String,
    client_secret: String,
    expires_at: String,
    #[serde(default)]
    scopes: Vec<String>,
    /// The AWS CLI writes it for the browser alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grant_types: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tool_name: Option<String>,
}

const TOOL: &str = "devsecrets";

impl RegistrationFile {
    pub fn of(client: &Registration, method: Method) -> Self {
        let browser = || vec!["authorization_code".to_owned(), "refresh_token".to_owned()];
        Self {
            client_id: client.client_id.clone(),
            client_secret: client.client_secret.expose_to(str::to_owned),
            expires_at: format_date(client.expires_at),
            scopes: vec![SCOPE.to_owned()],
            grant_types: (method == Method::Browser).then(browser),
            tool_name: Some(TOOL.to_owned()),
        }
    }

    pub fn is_ours(&self) -> bool {
        self.tool_name.as_deref() == Some(TOOL)
    }

    pub fn into_registration(mut self) -> Option<Registration> {
        Some(Registration {
            client_id: std::mem::take(&mut self.client_id),
            client_secret: SecretValue::new(std::mem::take(&mut self.client_secret)),
            expires_at: parse_date(&self.expires_at)?,
        })
    }
}

impl Drop for RegistrationFile {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.client_secret);
    }
}

/// The name of a registration's file is botocore's, with a `tool` of our own for each method.
pub(super) fn registration_key(session: &SessionName, method: Method) -> String {
    let tool = match method {
        Method::DeviceCode => TOOL,
        Method::Browser => "devsecrets browser",
    };
    key(session, tool)
}

pub(super) fn key(session: &SessionName, tool: &str) -> String {
    format!(
        r#"{{"region": {}, "scopes": ["{SCOPE}"], "session_name": {}, "startUrl": {}, "tool": "{tool}"}}"#,
        json(&session.region),
        json(&session.session),
        json(&session.start_url)
    )
}

pub(in crate::sso) fn sha1_hex(text: &str) -> String {
    Sha1::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A JSON string as Python's `json.dumps` writes it: everything beyond ASCII is escaped.
pub(super) fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let mut out = String::with_capacity(quoted.len());
    for unit in quoted.encode_utf16() {
        match char::from_u32(u32::from(unit)) {
            Some(c) if c.is_ascii() => out.push(c),
            _ => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out
}

/// `YYYY-MM-DDTHH:MM:SSZ`, the form every client reads.
pub(super) fn format_date(at: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    at.to_offset(time::UtcOffset::UTC).format(form).unwrap_or_default()
}

/// Reads `Z`, fractions, `+00:00`, and the `UTC` ending of the CLIs of 2020.
pub(super) fn parse_date(text: &str) -> Option<OffsetDateTime> {
    let old = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]UTC");
    OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .or_else(|| PrimitiveDateTime::parse(text, old).ok().map(PrimitiveDateTime::assume_utc))
}
