//! The authorization code flow with PKCE (RFC 6749, 7636, 8252): the browser of this machine, and the way back.
//!
//! The rule: the code that comes back is worth nothing without the verifier, which never leaves this process, and counts
//! only with the exact path and the exact state. AWS's dialect: `scopes` in the plural, the redirect registered
//! without a port and used with one (measured against the AWS CLI's own calls).

mod callback;
mod listener;
mod page;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng as _;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use super::oidc::{CODE_GRANT, Oidc, token, token_error};
use super::{Method, Registration, SCOPE, SsoError, Token};
use crate::secret::SecretValue;
use callback::{Expected, Verdict};
use listener::Listener;

/// As long as a device code lives, and as the AWS CLI waits.
const LIMIT: Duration = Duration::from_secs(600);

/// What the person needs to sign in with a browser. Safe to show: who has the address still lacks the verifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserPage {
    /// The page that asks for consent and leads back to us.
    pub url: String,
    /// After this nobody listens any more.
    pub expires_at: OffsetDateTime,
}

/// A page that waits for its consent.
#[derive(Debug)]
pub(super) struct BrowserFlow {
    oidc: Oidc,
    registration: Registration,
    listener: Listener,
    verifier: SecretValue,
    /// What to show.
    pub page: BrowserPage,
}

impl BrowserFlow {
    /// Listens, and says which page leads there.
    ///
    /// # Errors
    /// [`SsoError::CannotListen`] without a free port, else what the registration met.
    pub async fn begin(oidc: Oidc, now: OffsetDateTime) -> Result<Self, SsoError> {
        let (verifier, state) = (random(48)?, random(24)?);
        let listener = Listener::bind(state).await?;
        let (registration, _) = oidc.registration(Method::Browser, now).await?;
        let url = authorize(&oidc.address, &registration, &listener.expected, &verifier);
        let page = BrowserPage { url, expires_at: now + LIMIT };
        Ok(Self { oidc, registration, listener, verifier: SecretValue::new(verifier), page })
    }

    /// Takes the address the browser ended at, from another machine.
    ///
    /// # Errors
    /// [`SsoError::NotTheAddress`] when it is not the one this sign-in leads to.
    pub fn paste(&self, address: &SecretValue) -> Result<(), SsoError> {
        self.listener.paste(address)
    }

    /// Waits until the person has decided, then buys the token. The second half is done once and never again.
    ///
    /// # Errors
    /// [`SsoError::Denied`], [`SsoError::BrowserTimedOut`], or what a call met.
    pub async fn finish(&self) -> Result<Token, SsoError> {
        let left = (self.page.expires_at - OffsetDateTime::now_utc()).try_into().unwrap_or_default();
        let verdict = tokio::time::timeout(left, self.listener.verdict()).await;
        match verdict.map_err(|_| SsoError::BrowserTimedOut)? {
            Verdict::Code(code) => self.buy(&code).await,
            Verdict::Denied => Err(SsoError::Denied),
            Verdict::Failed(says) => Err(SsoError::Browser { says }),
        }
    }

    async fn buy(&self, code: &SecretValue) -> Result<Token, SsoError> {
        let asked = self.oidc.token_call(&self.registration, CODE_GRANT);
        let asked = asked
            .code(code.expose_to(str::to_owned))
            .code_verifier(self.verifier.expose_to(str::to_owned))
            .redirect_uri(&self.listener.expected.redirect);
        match asked.send().await {
            Ok(answer) => token(&answer, &self.registration),
            Err(error) => Err(SsoError::Call(token_error(&error))),
        }
    }
}

/// Random text of the unreserved letters, four for three bytes (48 bytes make the CLI's 64 letters).
fn random(bytes: usize) -> Result<String, SsoError> {
    let mut buffer = zeroize::Zeroizing::new(vec![0; bytes]);
    rand::rngs::SysRng.try_fill_bytes(&mut buffer).map_err(|_| SsoError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(&*buffer))
}

/// RFC 7636 §4.2, S256.
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn authorize(at: &str, client: &Registration, expected: &Expected, verifier: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &client.client_id)
        .append_pair("redirect_uri", &expected.redirect)
        .append_pair("state", &expected.state)
        .append_pair("code_challenge_method", "S256")
        .append_pair("scopes", SCOPE)
        .append_pair("code_challenge", &challenge(verifier));
    format!("{at}/authorize?{}", query.finish())
}

#[cfg(test)]
mod tests;
