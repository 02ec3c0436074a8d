//! Portal sessions and the tokens that stand for them.
//!
//! A session begins with an approval and ends by time, logout or revocation. Its access tokens
//! are short; its refresh token buys the next one and is replaced each time, so a refresh token
//! used twice is refused the second time.

use std::collections::HashMap;

use time::OffsetDateTime;

use super::mint;
use super::oidc::Client;
use super::reply::Refusal;
use super::world::Lifetimes;

#[derive(Default)]
pub(super) struct Sessions {
    sessions: Vec<Session>,
    /// Access token to its session and end.
    access: HashMap<String, (usize, OffsetDateTime)>,
    /// Unspent refresh token to its session.
    refresh: HashMap<String, usize>,
}

struct Session {
    client_id: String,
    refreshable: bool,
    ends: OffsetDateTime,
}

/// What CreateToken gives out.
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: Option<String>,
    pub(super) expires_in: i64,
}

impl Sessions {
    /// Without the scope `sso:account:access` there is one token for the whole session and no refresh.
    pub(super) fn open(&mut self, client: &Client, now: OffsetDateTime, lifetimes: &Lifetimes) -> Tokens {
        self.sessions.push(Session {
            client_id: client.id.clone(),
            refreshable: client.may_refresh(),
            ends: now + lifetimes.session,
        });
        self.issue(self.sessions.len() - 1, now, lifetimes)
    }

    /// Spends a refresh token.
    pub(super) fn renew(
        &mut self,
        refresh: &str,
        client: &Client,
        now: OffsetDateTime,
        lifetimes: &Lifetimes,
    ) -> Result<Tokens, Refusal> {
        let refused = || Refusal::new("InvalidGrantException", "Invalid refresh token provided");
        let at = *self.refresh.get(refresh).ok_or_else(refused)?;
        let session = &self.sessions[at];
        if session.client_id != client.id || session.ends <= now {
            return Err(refused());
        }
        self.refresh.remove(refresh);
        Ok(self.issue(at, now, lifetimes))
    }

    fn issue(&mut self, at: usize, now: OffsetDateTime, lifetimes: &Lifetimes) -> Tokens {
        let Session { refreshable, ends, .. } = self.sessions[at];
        let expires = if refreshable { ends.min(now + lifetimes.token) } else { ends };
        let access = mint::session_token("aoa");
        self.access.insert(access.clone(), (at, expires));
        let refresh = refreshable.then(|| mint::session_token("aor"));
        self.refresh.extend(refresh.clone().map(|token| (token, at)));
        Tokens { access, refresh, expires_in: (expires - now).whole_seconds() }
    }

    /// Whether the portal lets this access token in.
    pub(super) fn admits(&self, access: &str, now: OffsetDateTime) -> bool {
        self.access.get(access).is_some_and(|&(at, expires)| now < expires.min(self.sessions[at].ends))
    }

    /// Logs out: the access token's whole session ends, its refresh token with it.
    pub(super) fn close(&mut self, access: &str) {
        if let Some(&(at, _)) = self.access.get(access) {
            self.sessions[at].ends = OffsetDateTime::UNIX_EPOCH;
        }
    }

    pub(super) fn revoke_all(&mut self) {
        self.sessions.iter_mut().for_each(|session| session.ends = OffsetDateTime::UNIX_EPOCH);
    }
}
