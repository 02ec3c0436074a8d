//! The session as it stands in the cache, silently renewed when its end is near.
//!
//! The rule: a refresh token works once, so whoever spends one holds the lock, and looks again at the cache once he has it.
//! Other programs know nothing of our lock: after a refresh that failed, the cache is read once more before the
//! person is asked, because somebody else may have won.

use time::OffsetDateTime;

use super::lock::{Lock, Purpose};
use super::oidc::{Oidc, REFRESH_GRANT, token};
use super::{Cache, Granted, SessionName, SsoError, Token};
use crate::aws::CallError;
use crate::settings::Settings;

/// The session for `session` when there is a live one; `None` means the person has to sign in.
///
/// # Errors
/// Only what stops us from looking: a connection that cannot be set up, or a renewal that nobody answered while the session
/// is over. Then nobody has said no, and signing in would not help.
pub async fn current(
    settings: &Settings,
    session: &SessionName,
    now: OffsetDateTime,
) -> Result<Option<Granted>, SsoError> {
    let cache = Cache::of(settings);
    let Some(token) = cache.token(session) else { return Ok(None) };
    if !token.is_stale(now) || settings.offline || !token.renews(now) {
        return Ok(token.is_valid(now).then(|| Granted::kept(token)));
    }
    let _turn = Lock::wait_briefly(settings, session, Purpose::Refresh).await;
    let Some(token) = cache.token(session) else { return Ok(None) };
    if !token.is_stale(now) {
        return Ok(Some(Granted::kept(token)));
    }
    let refreshed = refresh(settings, session, &token).await;
    if let Ok(Some(fresh)) = refreshed {
        let not_kept = cache.store_token(session, &fresh).err();
        return Ok(Some(Granted { token: fresh, not_kept }));
    }
    let latest = cache.token(session).unwrap_or(token);
    if latest.is_valid(now) {
        return Ok(Some(Granted::kept(latest)));
    }
    refreshed.map(|_| None)
}

/// `None` when the token cannot be renewed or the service says no.
async fn refresh(settings: &Settings, session: &SessionName, old: &Token) -> Result<Option<Token>, SsoError> {
    let (Some(refresh_token), Some(client)) = (&old.refresh_token, &old.client) else { return Ok(None) };
    let asked = Oidc::open(settings, session)?.token_call(client, REFRESH_GRANT);
    let answer = asked.refresh_token(refresh_token.expose_to(str::to_owned)).send().await;
    let answer = match answer.map_err(|error| CallError::from_sdk("CreateToken", &error)) {
        Ok(answer) => answer,
        Err(unanswered) if unanswered.is_offline() => return Err(SsoError::Call(unanswered)),
        Err(_) => return Ok(None),
    };
    // An answer that lacks something is no better than a no: the person can still sign in.
    let Ok(mut fresh) = token(&answer, client) else { return Ok(None) };
    fresh.refresh_token = fresh.refresh_token.or_else(|| Some(refresh_token.clone()));
    Ok(Some(fresh))
}

#[cfg(test)]
mod tests;
