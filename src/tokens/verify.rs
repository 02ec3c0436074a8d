//! Asking a service whose token this is.
//!
//! The rule: only on request, only at the service's own address (or a stand-in named by `DEVSECRETS_ENDPOINT_…`, https or
//! this machine), never with a token that is plainly another vendor's. Of the answer a name, an organisation and a date
//! are kept, stripped and shortened; an answer that repeats the token is refused whole.

mod answer;
mod refusal;

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::macros::format_description;

pub use refusal::Refusal;

use super::vendor::is_foreign;
use super::vendor_of;
use crate::profile::{Check, Token, TokenService, Verify};
use crate::secret::SecretValue;
use crate::settings::Settings;
use crate::web::{self, Question};

/// Whose a token is, as its service said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// When the token ends; `None` when the service does not say.
    #[serde(default, with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<OffsetDateTime>,
    /// Who was asked.
    pub host: String,
    #[serde(with = "time::serde::rfc3339")]
    pub checked_at: OffsetDateTime,
}

/// "Ada Lovelace, Acme, until 2027-01-31"
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(organization) = &self.organization {
            write!(f, ", {organization}")?;
        }
        let end = self.expires_at.and_then(|at| at.format(format_description!("[year]-[month]-[day]")).ok());
        end.map_or(Ok(()), |end| write!(f, ", until {end}"))
    }
}

/// Asks once.
///
/// # Errors
/// See [`Refusal`]; nothing is known of the token then, but for a [`Refusal::Refused`].
pub async fn verify(settings: &Settings, token: &Token, value: &SecretValue) -> Result<Account, Refusal> {
    let verify = token.verify.as_ref().ok_or(Refusal::NoCheck)?;
    if let Some(service) = token.service()
        && is_foreign(value, service)
    {
        let vendor = vendor_of(value).unwrap_or("another vendor's token");
        return Err(Refusal::Foreign { vendor, service: name(service) });
    }
    if settings.offline {
        return Err(Refusal::Offline);
    }
    let question = question(settings, verify, value);
    let host = web::host(&question.url);
    let answer = web::ask(settings, &question).await?;
    let told = answer::read(verify, &answer, &host)?;
    if [Some(&told.name), told.organization.as_ref()].into_iter().flatten().any(|text| repeats(text, value)) {
        return Err(Refusal::Unclear { host, why: "it repeats the token" });
    }
    let (name, organization, expires_at) = (told.name, told.organization, told.expires_at);
    Ok(Account { name, organization, expires_at, host, checked_at: OffsetDateTime::now_utc() })
}

/// The host that would be asked; `None` when the profile names nobody.
pub fn host(settings: &Settings, token: &Token) -> Option<String> {
    Some(web::host(&address(settings, token.verify.as_ref()?)))
}

/// True when the address is the profile's own idea, so that a person has to agree before a token goes there.
pub fn is_of_the_profile(token: &Token) -> bool {
    matches!(token.verify, Some(Verify::Check(_)))
}

/// A whole token, or a stretch of it long enough to matter.
fn repeats(text: &str, value: &SecretValue) -> bool {
    const STRETCH: usize = 12;
    value.expose_to(|value| {
        let bytes = value.as_bytes();
        let long = STRETCH.min(bytes.len());
        let text = text.as_bytes();
        long > 0 && bytes.windows(long).any(|part| text.windows(long).any(|window| window == part))
    })
}

fn name(service: TokenService) -> &'static str {
    match service {
        TokenService::Linear => "Linear",
        TokenService::Github => "GitHub",
        TokenService::Npm => "npm",
    }
}

/// Where a stand-in may be named, and where the service's API is.
fn endpoint(service: TokenService) -> (&'static str, &'static str) {
    match service {
        TokenService::Linear => ("DEVSECRETS_ENDPOINT_LINEAR", "https://api.linear.app"),
        TokenService::Github => ("DEVSECRETS_ENDPOINT_GITHUB", "https://api.github.com"),
        TokenService::Npm => ("DEVSECRETS_ENDPOINT_NPM", "https://registry.npmjs.org"),
    }
}

fn path(service: TokenService) -> &'static str {
    match service {
        TokenService::Linear => "/graphql",
        TokenService::Github => "/user",
        TokenService::Npm => "/-/whoami",
    }
}

fn address(settings: &Settings, verify: &Verify) -> String {
    match verify {
        Verify::Service(service) => {
            let (variable, public) = endpoint(*service);
            let base = settings.var(variable).unwrap_or(public).trim_end_matches('/');
            format!("{base}{}", path(*service))
        }
        Verify::Check(Check { service: Some(service), url, .. }) => {
            format!("{}{}", url.trim_end_matches('/'), path(*service))
        }
        Verify::Check(check) => check.url.clone(),
    }
}

fn question(settings: &Settings, verify: &Verify, value: &SecretValue) -> Question {
    let url = address(settings, verify);
    let (service, template) = match verify {
        Verify::Service(service) => (Some(*service), None),
        Verify::Check(check) => (check.service, check.header.as_deref()),
    };
    // Linear takes a personal key as it is; "Bearer" is for OAuth there.
    let usual = if service == Some(TokenService::Linear) {
        "Authorization: {token}"
    } else {
        "Authorization: Bearer {token}"
    };
    let (name, form) = template.unwrap_or(usual).split_once(':').unwrap_or(("Authorization", "{token}"));
    let filled = value.expose_to(|token| SecretValue::new(form.trim().replace("{token}", token)));
    let json = (service == Some(TokenService::Linear))
        .then(|| r#"{"query":"{ viewer { name email organization { name } } }"}"#.to_owned());
    Question { url, headers: vec![(name.trim().to_ascii_lowercase(), filled)], json }
}

#[cfg(test)]
mod tests;
