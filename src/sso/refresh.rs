//! The session as it stands in the cache, silently renewed when its end is near.
//!
//! The rule: a refresh token works once, so whoever spends one holds the lock, and looks again at the cache once he has it.
//! Other programs know nothing of our lock: after a refresh that failed, the cache is read once more before the
//! person is asked, because somebody else may have won.

use time::OffsetDateTime;

use super::lock::{Lock, Purpose};
use super::oidc::{Oidc, REFRESH_GRANT, token};
use super::{Cache, Granted, SessionName, SsoError, Token};
use crate::settings::Settings;

/// The session for `session` when there is a live one; `None` means the person has to sign in.
///
/// # Errors
/// Only what stops us from looking: a connection that cannot be set up.
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
    if let Some(fresh) = refresh(settings, session, &token).await? {
        let not_kept = cache.store_token(session, &fresh).err();
        return Ok(Some(Granted { token: fresh, not_kept }));
    }
    let latest = cache.token(session).unwrap_or(token);
    Ok(latest.is_valid(now).then(|| Granted::kept(latest)))
}

/// `None` when the token cannot be renewed or the service says no.
async fn refresh(settings: &Settings, session: &SessionName, old: &Token) -> Result<Option<Token>, SsoError> {
    let (Some(refresh_token), Some(client)) = (&old.refresh_token, &old.client) else { return Ok(None) };
    let asked = Oidc::open(settings, session)?.token_call(client, REFRESH_GRANT);
    let answer = asked.refresh_token(refresh_token.expose_to(str::to_owned)).send().await;
    let Ok(answer) = answer else { return Ok(None) };
    // An answer that lacks something is no better than a no: the person can still sign in.
    let Ok(mut fresh) = token(&answer, client) else { return Ok(None) };
    fresh.refresh_token = fresh.refresh_token.or_else(|| Some(refresh_token.clone()));
    Ok(Some(fresh))
}

#[cfg(test)]
mod tests;
