//! The OAuth 2.0 device flow (RFC 8628) in Identity Center's dialect: a code, approved on any device.

use std::time::Duration;

use aws_sdk_ssooidc::operation::create_token::CreateTokenError;
use time::OffsetDateTime;

use super::oidc::{Oidc, filled, is_forgotten, positive, token, token_error};
use super::{Method, Registration, SessionName, SsoError, Token};
use crate::aws::CallError;
use crate::secret::{SecretValue, plain};

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

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

/// A code that waits for its approval.
#[derive(Debug)]
pub(super) struct DeviceFlow {
    oidc: Oidc,
    registration: Registration,
    device_code: SecretValue,
    interval: Duration,
    /// What to show.
    pub code: DeviceCode,
}

impl DeviceFlow {
    /// Asks for a code. A registration the service has forgotten is made anew, once.
    ///
    /// # Errors
    /// [`SsoError::WrongPortal`] for an unknown start URL, else what the call met.
    pub async fn begin(oidc: Oidc, now: OffsetDateTime) -> Result<Self, SsoError> {
        let (registration, fresh) = oidc.registration(Method::DeviceCode, now).await?;
        match Self::start(&oidc, registration, now).await {
            Err(SsoError::Call(call)) if !fresh && is_forgotten(&call) => {
                let registration = oidc.register(Method::DeviceCode).await?;
                Self::start(&oidc, registration, now).await
            }
            other => other,
        }
    }

    async fn start(oidc: &Oidc, registration: Registration, now: OffsetDateTime) -> Result<Self, SsoError> {
        let asked = oidc
            .client
            .start_device_authorization()
            .client_id(&registration.client_id)
            .client_secret(registration.client_secret.expose_to(str::to_owned))
            .start_url(&oidc.session.start_url);
        let answer = asked.send().await.map_err(|error| {
            wrong_portal(CallError::from_sdk("StartDeviceAuthorization", &error), &oidc.session)
        })?;
        let page = address(filled(answer.verification_uri(), "verificationUri")?)?;
        let code = DeviceCode {
            user_code: plain(filled(answer.user_code(), "userCode")?),
            page_with_code: address(answer.verification_uri_complete().unwrap_or(&page))?,
            page,
            expires_at: now + Duration::from_secs(positive(answer.expires_in(), 600)),
        };
        Ok(Self {
            device_code: SecretValue::new(filled(answer.device_code(), "deviceCode")?),
            interval: Duration::from_secs(positive(answer.interval(), 5)),
            oidc: oidc.clone(),
            registration,
            code,
        })
    }

    /// Waits until the person has decided.
    ///
    /// # Errors
    /// [`SsoError::Denied`], [`SsoError::CodeExpired`], or what a call met.
    pub async fn finish(mut self) -> Result<Token, SsoError> {
        loop {
            tokio::time::sleep(self.interval).await;
            if OffsetDateTime::now_utc() >= self.code.expires_at {
                return Err(SsoError::CodeExpired);
            }
            if let Some(token) = self.poll().await? {
                return Ok(token);
            }
        }
    }

    /// One question. `slow_down` adds five seconds for good (RFC 8628 §3.5).
    async fn poll(&mut self) -> Result<Option<Token>, SsoError> {
        let asked = self.oidc.token_call(&self.registration, DEVICE_GRANT);
        let error = match asked.device_code(self.device_code.expose_to(str::to_owned)).send().await {
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
            Some(CreateTokenError::AccessDeniedException(denied)) if denied.reason().is_none() => {
                Err(SsoError::Denied)
            }
            _ => transient(token_error(&error)).map(|()| None),
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

/// A page to open comes from the server, so it must be a web page and nothing else.
fn address(text: &str) -> Result<String, SsoError> {
    let clean = plain(text);
    let is_page = clean.starts_with("https://") || clean.starts_with("http://127.0.0.1:");
    (is_page && !clean.contains(char::is_whitespace))
        .then_some(clean)
        .ok_or(SsoError::Incomplete { field: "verificationUri" })
}

/// An unknown start URL is an InvalidRequestException without a description (reported for custom aliases).
fn wrong_portal(call: CallError, session: &SessionName) -> SsoError {
    match call.code() {
        Some("InvalidRequestException") if call.is_wordless() => {
            SsoError::WrongPortal { start_url: session.start_url.clone(), region: session.region.clone() }
        }
        _ => SsoError::Call(call),
    }
}

#[cfg(test)]
mod tests;
