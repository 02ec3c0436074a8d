//! The line to the sign-in service that both ways of signing in share: registration and tokens.
//!
//! The rule: CreateToken is not idempotent, so it is tried once and never retried blindly (a lost reply burns
//! the code). Every field of an answer is checked, because the SDK accepts empty ones (measured).

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_sdk_ssooidc::Client;
use aws_sdk_ssooidc::config::Builder;
use aws_sdk_ssooidc::error::SdkError;
use aws_sdk_ssooidc::operation::create_token::builders::CreateTokenFluentBuilder;
use aws_sdk_ssooidc::operation::create_token::{CreateTokenError, CreateTokenOutput};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use time::OffsetDateTime;

use super::{Cache, Method, Registration, SCOPE, SessionName, SsoError, Token};
use crate::aws::{CallError, Service, address, connect};
use crate::secret::SecretValue;
use crate::settings::Settings;

/// As the person reads it on the page that asks for consent.
const CLIENT_NAME: &str = "devsecrets";
/// What AWS compares a redirect with; the port is free (RFC 8252 §7.3) and not registered.
const REDIRECT: &str = "http://127.0.0.1/oauth/callback";
pub(super) const CODE_GRANT: &str = "authorization_code";
pub(super) const REFRESH_GRANT: &str = "refresh_token";

/// The sign-in service of one session's region.
#[derive(Clone, Debug)]
pub(super) struct Oidc {
    /// For calls that may be repeated.
    pub client: Client,
    /// For grants that may not.
    once: Client,
    /// Where a browser finds it.
    pub address: String,
    pub session: SessionName,
    cache: Cache,
}

impl Oidc {
    /// Sends nothing yet.
    pub fn open(settings: &Settings, session: &SessionName) -> Result<Self, SsoError> {
        if settings.offline {
            return Err(SsoError::Offline);
        }
        let config = connect(settings, Service::SsoOidc, &session.region)?;
        let once = Builder::from(&config).retry_config(RetryConfig::disabled()).build();
        Ok(Self {
            client: Client::new(&config),
            once: Client::from_conf(once),
            address: address(settings, Service::SsoOidc, &session.region)?,
            session: session.clone(),
            cache: Cache::of(settings),
        })
    }

    /// The registration for `method`, and whether it was made just now.
    ///
    /// For the browser it leaves the cache until the sign-in has succeeded: that the service has forgotten it, the page
    /// tells the person alone, and we never hear of it. So whatever comes of this sign-in, the next is not the same again.
    pub async fn registration(
        &self,
        method: Method,
        now: OffsetDateTime,
    ) -> Result<(Registration, bool), SsoError> {
        let known = self.cache.registration(&self.session, method, now);
        if method == Method::Browser {
            self.forget_registration(method);
        }
        match known {
            Some(known) => Ok((known, false)),
            None => Ok((self.register(method).await?, true)),
        }
    }

    /// Device and browser must not share one: mixed grants are refused (reported).
    pub async fn register(&self, method: Method) -> Result<Registration, SsoError> {
        let asked =
            self.client.register_client().client_name(CLIENT_NAME).client_type("public").scopes(SCOPE);
        let asked = match method {
            Method::DeviceCode => asked,
            Method::Browser => asked
                .grant_types(CODE_GRANT)
                .grant_types(REFRESH_GRANT)
                .redirect_uris(REDIRECT)
                .issuer_url(&self.session.start_url),
        };
        let answer = asked.send().await;
        let answer = answer.map_err(|error| SsoError::Call(CallError::from_sdk("RegisterClient", &error)))?;
        let expires = OffsetDateTime::from_unix_timestamp(answer.client_secret_expires_at());
        let registration = Registration {
            client_id: filled(answer.client_id(), "clientId")?.to_owned(),
            client_secret: SecretValue::new(filled(answer.client_secret(), "clientSecret")?),
            expires_at: expires.map_err(|_| SsoError::Incomplete { field: "clientSecretExpiresAt" })?,
        };
        if method == Method::DeviceCode {
            self.keep_registration(method, &registration);
        }
        Ok(registration)
    }

    pub fn keep_registration(&self, method: Method, registration: &Registration) {
        // One that cannot be kept still serves this sign-in.
        let _ = self.cache.store_registration(&self.session, method, registration);
    }

    /// The next sign-in makes a new one.
    pub fn forget_registration(&self, method: Method) {
        // One that stays is found out again, and costs one more call.
        let _ = self.cache.remove_registration(&self.session, method);
    }

    /// A call for a token, with everything but the grant filled in.
    pub fn token_call(&self, client: &Registration, grant: &str) -> CreateTokenFluentBuilder {
        self.once
            .create_token()
            .client_id(&client.client_id)
            .client_secret(client.client_secret.expose_to(str::to_owned))
            .grant_type(grant)
    }
}

pub(super) type TokenError = SdkError<CreateTokenError, HttpResponse>;

/// What went wrong with a call for a token, safe to show.
pub(super) fn token_error(error: &TokenError) -> CallError {
    CallError::from_sdk("CreateToken", error)
}

/// The token in an answer, if it is all there.
pub(super) fn token(answer: &CreateTokenOutput, client: &Registration) -> Result<Token, SsoError> {
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

/// The service no longer knows the registration.
pub(super) fn is_forgotten(call: &CallError) -> bool {
    call.code() == Some("InvalidClientException")
}

pub(super) fn filled<'a>(field: Option<&'a str>, name: &'static str) -> Result<&'a str, SsoError> {
    field.filter(|text| !text.trim().is_empty()).ok_or(SsoError::Incomplete { field: name })
}

pub(super) fn positive(seconds: i32, otherwise: u64) -> u64 {
    u64::try_from(seconds).ok().filter(|s| *s > 0).unwrap_or(otherwise)
}
