//! The OAuth 2.0 device flow (RFC 8628) in Identity Center's dialect.
//!
//! The rule: CreateToken is not idempotent, so it is tried once and never retried blindly (a lost reply burns
//! the code). Every field of an answer is checked, because the SDK accepts empty ones (measured).

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_sdk_ssooidc::Client;
use aws_sdk_ssooidc::config::Builder;
use aws_sdk_ssooidc::operation::create_token::{CreateTokenError, CreateTokenOutput};
use time::OffsetDateTime;

use super::{Cache, Registration, SCOPE, SessionName, SsoError, Token};
use crate::aws::{CallError, Service, connect};
use crate::secret::{SecretValue, plain};
use crate::settings::Settings;

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
const REFRESH_GRANT: &str = "refresh_token";
const CLIENT_NAME: &str = "devsecrets";

/// What the person needs to approve a sign-in. Safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCode {
    /// `XXXX-XXXX`, to be compared with the page.
    pub user_code: String,
    /// The page that asks for the code.
    pub page: String,
    /// The page with the code filled in.
    pub page_with_code: String,
    /// After this the code is worthless.
    pub expires_at: OffsetDateTime,
}

/// A sign-in under way.
#[derive(Debug)]
pub struct SignIn {
    client: Client,
    registration: Registration,
    session: SessionName,
    device_code: SecretValue,
    interval: Duration,
    /// What to show.
    pub code: DeviceCode,
}

/// One client for calls that may be repeated, one for grants that may not.
fn clients(settings: &Settings, session: &SessionName) -> Result<(Client, Client), SsoError> {
    if settings.offline {
        return Err(SsoError::Offline);
    }
    let config = connect(settings, Service::SsoOidc, &session.region)?;
    let once = Builder::from(&config).retry_config(RetryConfig::disabled()).build();
    Ok((Client::new(&config), Client::from_conf(once)))
}

impl SignIn {
    /// Asks for a code. A registration the service has forgotten is made anew, once.
    ///
    /// # Errors
    /// [`SsoError::WrongPortal`] for an unknown start URL, else what the call met.
    pub async fn begin(
        settings: &Settings,
        session: &SessionName,
        now: OffsetDateTime,
    ) -> Result<Self, SsoError> {
        let (client, once) = clients(settings, session)?;
        let cache = Cache::of(settings)?;
        let known = cache.registration(session, now);
        let fresh = known.is_none();
        let registration = match known {
            Some(registration) => registration,
            None => register(&client, &cache, session).await?,
        };
        match Self::start(&client, &once, registration, session, now).await {
            Err(SsoError::Call(call)) if !fresh && call.code() == Some("InvalidClientException") => {
                let registration = register(&client, &cache, session).await?;
                Self::start(&client, &once, registration, session, now).await
            }
            other => other,
        }
    }

    async fn start(
        client: &Client,
        once: &Client,
        registration: Registration,
        session: &SessionName,
        now: OffsetDateTime,
    ) -> Result<Self, SsoError> {
        let answer = client
            .start_device_authorization()
            .client_id(&registration.client_id)
            .client_secret(registration.client_secret.expose_to(str::to_owned))
            .start_url(&session.start_url)
            .send()
            .await
            .map_err(|error| {
                wrong_portal(CallError::from_sdk("StartDeviceAuthorization", &error), session)
            })?;
        let device_code = filled(answer.device_code(), "deviceCode")?;
        let page = address(filled(answer.verification_uri(), "verificationUri")?)?;
        let code = DeviceCode {
            user_code: plain(filled(answer.user_code(), "userCode")?),
            page_with_code: address(answer.verification_uri_complete().unwrap_or(&page))?,
            page,
            expires_at: now + Duration::from_secs(positive(answer.expires_in(), 600)),
        };
        Ok(Self {
            client: once.clone(),
            registration,
            session: session.clone(),
            device_code: SecretValue::new(device_code),
            interval: Duration::from_secs(positive(answer.interval(), 5)),
            code,
        })
    }

    /// Waits until the person has decided, then keeps the token in the cache.
    ///
    /// A cache that cannot be written does not lose the session: the error comes beside the token.
    ///
    /// # Errors
    /// [`SsoError::Denied`], [`SsoError::CodeExpired`], or what a call met.
    pub async fn finish(mut self, settings: &Settings) -> Result<(Token, Option<SsoError>), SsoError> {
        loop {
            tokio::time::sleep(self.interval).await;
            if OffsetDateTime::now_utc() >= self.code.expires_at {
                return Err(SsoError::CodeExpired);
            }
            if let Some(token) = self.poll().await? {
                let kept = Cache::of(settings).and_then(|cache| cache.store_token(&self.session, &token));
                return Ok((token, kept.err()));
            }
        }
    }

    /// One question. `slow_down` adds five seconds for good (RFC 8628 §3.5).
    async fn poll(&mut self) -> Result<Option<Token>, SsoError> {
        let asked = self
            .client
            .create_token()
            .client_id(&self.registration.client_id)
            .client_secret(self.registration.client_secret.expose_to(str::to_owned))
            .grant_type(DEVICE_GRANT)
            .device_code(self.device_code.expose_to(str::to_owned))
            .send()
            .await;
        let error = match asked {
            Ok(answer) => return token(&answer, &self.registration).map(Some),
            Err(error) => error,
        };
        match error.as_service_error() {
            Some(CreateTokenError::AuthorizationPendingException(_)) => Ok(None),
            Some(CreateTokenError::SlowDownException(_)) => {
                self.interval += Duration::from_secs(5);
                Ok(None)
            }
            Some(CreateTokenError::ExpiredTokenException(_)) => Err(SsoError::CodeExpired),
            Some(CreateTokenError::AccessDeniedException(_)) => Err(SsoError::Denied),
            _ => transient(CallError::from_sdk("CreateToken", &error)).map(|()| None),
        }
    }
}

/// While nothing has been granted, a busy or unreachable service is worth asking again.
fn transient(call: CallError) -> Result<(), SsoError> {
    match &call {
        CallError::Refused { status, .. } if *status == 429 || *status >= 500 => Ok(()),
        CallError::TimedOut { .. } | CallError::Unreachable { .. } => Ok(()),
        _ => Err(SsoError::Call(call)),
    }
}

/// The session for `session` when there is a live one: from the cache, silently refreshed when near its end.
///
/// `None` means the person has to sign in.
///
/// # Errors
/// Only what stops us from looking: no home folder, or a connection that cannot be set up.
pub async fn current(
    settings: &Settings,
    session: &SessionName,
    now: OffsetDateTime,
) -> Result<Option<Token>, SsoError> {
    let cache = Cache::of(settings)?;
    let Some(token) = cache.token(session) else { return Ok(None) };
    if !token.is_stale(now) || settings.offline {
        return Ok(token.is_valid(now).then_some(token));
    }
    if let Some(fresh) = refresh(settings, session, &token, now).await? {
        // The new token is good even where the cache cannot be written.
        let _ = cache.store_token(session, &fresh);
        return Ok(Some(fresh));
    }
    // Somebody else may have won the race for the single-use refresh token.
    let latest = cache.token(session).unwrap_or(token);
    Ok(latest.is_valid(now).then_some(latest))
}

/// `None` when the token cannot be refreshed or the service says no.
async fn refresh(
    settings: &Settings,
    session: &SessionName,
    token: &Token,
    now: OffsetDateTime,
) -> Result<Option<Token>, SsoError> {
    let (Some(refresh_token), Some(client)) = (&token.refresh_token, &token.client) else { return Ok(None) };
    if client.expires_at <= now {
        return Ok(None);
    }
    let (_, once) = clients(settings, session)?;
    let answer = once
        .create_token()
        .client_id(&client.client_id)
        .client_secret(client.client_secret.expose_to(str::to_owned))
        .grant_type(REFRESH_GRANT)
        .refresh_token(refresh_token.expose_to(str::to_owned))
        .send()
        .await;
    let Ok(answer) = answer else { return Ok(None) };
    // An answer that lacks something is no better than a no: the person can still sign in.
    let Ok(mut fresh) = self::token(&answer, client) else { return Ok(None) };
    fresh.refresh_token = fresh.refresh_token.or_else(|| Some(refresh_token.clone()));
    Ok(Some(fresh))
}

async fn register(client: &Client, cache: &Cache, session: &SessionName) -> Result<Registration, SsoError> {
    let answer = client
        .register_client()
        .client_name(CLIENT_NAME)
        .client_type("public")
        .scopes(SCOPE)
        .send()
        .await
        .map_err(|error| SsoError::Call(CallError::from_sdk("RegisterClient", &error)))?;
    let expires = OffsetDateTime::from_unix_timestamp(answer.client_secret_expires_at());
    let registration = Registration {
        client_id: filled(answer.client_id(), "clientId")?.to_owned(),
        client_secret: SecretValue::new(filled(answer.client_secret(), "clientSecret")?),
        expires_at: expires.map_err(|_| SsoError::Incomplete { field: "clientSecretExpiresAt" })?,
    };
    // A registration that cannot be kept still serves this sign-in.
    let _ = cache.store_registration(session, &registration);
    Ok(registration)
}

fn token(answer: &CreateTokenOutput, client: &Registration) -> Result<Token, SsoError> {
    let access_token = SecretValue::new(filled(answer.access_token(), "accessToken")?);
    let lifetime = Duration::from_secs(positive(answer.expires_in(), 0));
    if lifetime.is_zero() {
        return Err(SsoError::Incomplete { field: "expiresIn" });
    }
    Ok(Token {
        access_token,
        expires_at: OffsetDateTime::now_utc() + lifetime,
        refresh_token: answer.refresh_token().map(SecretValue::new),
        client: Some(client.clone()),
    })
}

fn filled<'a>(field: Option<&'a str>, name: &'static str) -> Result<&'a str, SsoError> {
    field.filter(|text| !text.trim().is_empty()).ok_or(SsoError::Incomplete { field: name })
}

/// A page to open comes from the server, so it must be a web page and nothing else.
fn address(text: &str) -> Result<String, SsoError> {
    let clean = plain(text);
    let is_page = clean.starts_with("https://") || clean.starts_with("http://127.0.0.1:");
    (is_page && !clean.contains(char::is_whitespace))
        .then_some(clean)
        .ok_or(SsoError::Incomplete { field: "verificationUri" })
}

fn positive(seconds: i32, otherwise: u64) -> u64 {
    u64::try_from(seconds).ok().filter(|s| *s > 0).unwrap_or(otherwise)
}

/// An unknown start URL is an InvalidRequestException without a description (reported for custom aliases).
fn wrong_portal(call: CallError, session: &SessionName) -> SsoError {
    match call.code() {
        Some("InvalidRequestException") => {
            SsoError::WrongPortal { start_url: session.start_url.clone(), region: session.region.clone() }
        }
        _ => SsoError::Call(call),
    }
}

#[cfg(test)]
mod tests;
