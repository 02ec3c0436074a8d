//! A sign-in as the faces run it: apart from the [`Session`](super::Session), which others use while a person decides.

use time::OffsetDateTime;
use tokio::sync::mpsc::UnboundedReceiver;

use super::SignedIn;
use crate::finding::{Finding, Severity};
use crate::settings::Settings;
use crate::sso::{Command, Event, Granted, SessionName, SsoError, Token, Wish, sign_in};

/// A sign-in about to begin. It owns what it needs, so that nobody waits for it.
#[derive(Debug)]
pub struct SigningIn {
    settings: Settings,
    session: SessionName,
}

impl SigningIn {
    pub(super) fn new(settings: Settings, session: SessionName) -> Self {
        Self { settings, session }
    }

    /// Signs in, or takes the session of another process that was faster. Dropping the future cancels it.
    ///
    /// # Errors
    /// Refused, expired, or what a call met.
    pub async fn run(
        self,
        wish: Wish,
        commands: UnboundedReceiver<Command>,
        told: impl FnMut(Event),
    ) -> Result<(Token, SignedIn), Finding> {
        let granted = sign_in(&self.settings, &self.session, wish, commands, told).await;
        let granted = granted.map_err(|error| error.finding())?;
        let signed_in = facts(&granted);
        Ok((granted.token, signed_in))
    }
}

pub(super) fn facts(granted: &Granted) -> SignedIn {
    SignedIn {
        expires_at: granted.token.expires_at,
        renews: granted.token.renews(OffsetDateTime::now_utc()),
        warning: granted.not_kept.as_ref().map(warning),
    }
}

/// What went wrong beside the thing itself.
pub(super) fn warning(error: &SsoError) -> Finding {
    Finding { severity: Severity::Warning, ..error.finding() }
}
