//! The steps from "who are you?" to keys of one role.

use time::OffsetDateTime;

use super::session::Session;
use super::signing_in::{SigningIn, facts, warning};
use super::{SignedIn, failures};
use crate::finding::Finding;
use crate::profile::Profile;
use crate::resolve::NotAsked;
use crate::settings::Settings;
use crate::sso::{
    Account, Cache, Choice, Portal, Role, RoleKeys, SessionName, SsoError, Token, accounts_in_order, current,
    recall_choice, recent, remember_choice, roles_in_order, used,
};

/// What ending sessions came to.
#[derive(Debug, Default)]
pub struct LoggedOut {
    /// Sessions there were.
    pub ended: usize,
    /// What a portal could not be told.
    pub warnings: Vec<Finding>,
}

impl Session {
    /// A live session from the cache, silently refreshed; `None` when the person has to sign in.
    ///
    /// # Errors
    /// When a connection to refresh it cannot be set up.
    pub async fn resume(&mut self) -> Result<Option<SignedIn>, Finding> {
        let session = self.session_name()?;
        let found = current(&self.settings, &session, OffsetDateTime::now_utc()).await;
        let found = found.map_err(|error| error.finding())?;
        let signed_in = found.as_ref().map(facts);
        self.token = found.map(|granted| granted.token);
        Ok(signed_in)
    }

    /// What signing in takes. Nothing is asked yet.
    ///
    /// # Errors
    /// When the profile has no sign-in.
    pub fn signing_in(&self) -> Result<SigningIn, Finding> {
        Ok(SigningIn::new(self.settings.clone(), self.session_name()?))
    }

    /// Takes the token of a finished sign-in.
    pub fn signed_in(&mut self, token: Token) {
        self.token = Some(token);
        self.keys = None;
    }

    /// Ends the session: at the portal where it can be reached, and here in any case. What we left in the cache goes too.
    ///
    /// # Errors
    /// When the cached token cannot be removed.
    pub async fn log_out(&mut self) -> Result<LoggedOut, Finding> {
        let session = self.session_name()?;
        let cache = Cache::of(&self.settings);
        let told = match cache.token(&session) {
            Some(token) => end_at_portal(&self.settings, &session, &token).await,
            None => None,
        };
        let removed = cache.remove_token(&session).map_err(|error| error.finding())?;
        for method in [crate::sso::Method::Browser, crate::sso::Method::DeviceCode] {
            cache.remove_registration(&session, method).map_err(|error| error.finding())?;
        }
        let in_memory = self.token.take().is_some();
        self.keys = None;
        Ok(LoggedOut { ended: usize::from(removed || in_memory), warnings: told.into_iter().collect() })
    }

    /// Ends every session on this machine, whoever began it, as `aws sso logout` does. Needs no profile.
    ///
    /// # Errors
    /// When a file of the cache cannot be removed.
    pub async fn log_out_everywhere(&mut self) -> Result<LoggedOut, Finding> {
        let cache = Cache::of(&self.settings);
        let mut all = LoggedOut::default();
        for (path, region, token) in cache.all_tokens() {
            if let Some(region) = region {
                let session = SessionName { session: String::new(), start_url: String::new(), region };
                all.warnings.extend(end_at_portal(&self.settings, &session, &token).await);
            }
            all.ended += usize::from(cache.remove_file(path).map_err(|error| error.finding())?);
        }
        for path in cache.our_registrations() {
            cache.remove_file(path).map_err(|error| error.finding())?;
        }
        (self.token, self.keys) = (None, None);
        Ok(all)
    }

    /// Every account open to the person; those used last come first.
    ///
    /// # Errors
    /// When not signed in, or what the portal said.
    pub async fn accounts(&mut self) -> Result<Vec<Account>, Finding> {
        let asked = self.portal()?.accounts().await;
        let accounts = asked.map_err(|error| self.met(&error))?;
        Ok(accounts_in_order(accounts, &self.used_last()))
    }

    /// Every role in `account_id`; those used last come first.
    ///
    /// # Errors
    /// As for [`Session::accounts`].
    pub async fn roles(&mut self, account_id: &str) -> Result<Vec<Role>, Finding> {
        let asked = self.portal()?.roles(account_id).await;
        let roles = asked.map_err(|error| self.met(&error))?;
        Ok(roles_in_order(roles, &self.used_last()))
    }

    /// The account and role in use: the profile's own, or the one remembered.
    pub fn choice(&self) -> Option<Choice> {
        self.choice.clone()
    }

    /// Takes a role, proves it by getting its keys, and remembers it.
    ///
    /// # Errors
    /// When the role is not assigned, or what the portal said. Nothing is remembered then.
    pub async fn choose(&mut self, choice: Choice) -> Result<(), Finding> {
        let portal = self.portal()?;
        let keys = portal.keys(&choice.account_id, &choice.role_name).await;
        let keys = keys.map_err(|error| self.met(&error))?;
        let name = self.role_memory()?;
        // A state folder that cannot be written costs one more choice next time, no more.
        let _ = remember_choice(&self.settings, &name, &choice);
        let _ = used(&self.settings, &self.session_name()?.session, &choice);
        (self.keys, self.choice) = (Some(keys), Some(choice));
        Ok(())
    }

    /// Makes sure that the session and the role in use hold, by getting the role's keys unless they are here.
    ///
    /// # Errors
    /// As for [`Session::choose`].
    pub async fn prove(&mut self) -> Result<(), Finding> {
        let live = self.keys.as_ref().is_some_and(|keys| keys.expires_at > OffsetDateTime::now_utc());
        match self.choice.clone() {
            Some(choice) if !live && !self.settings.offline => self.choose(choice).await,
            _ => Ok(()),
        }
    }

    /// Keys of the role in use, from memory while they live.
    pub(super) async fn role_keys(&mut self, now: OffsetDateTime) -> Result<(String, RoleKeys), NotAsked> {
        if self.settings.offline {
            return Err(NotAsked::Offline);
        }
        if self.token.is_none() {
            self.resume().await.map_err(refused)?;
        }
        if self.token.is_none() {
            return Err(NotAsked::NotSignedIn);
        }
        let choice = self.choice.clone().ok_or(NotAsked::NoRole)?;
        let keys = match &self.keys {
            Some(keys) if keys.expires_at > now => keys.clone(),
            _ => {
                let portal = self.portal().map_err(refused)?;
                let keys = portal.keys(&choice.account_id, &choice.role_name).await;
                keys.map_err(|error| match (self.met(&error), error) {
                    (_, SsoError::SessionEnded) => NotAsked::NotSignedIn,
                    (finding, _) => refused(finding),
                })?
            }
        };
        self.keys = Some(keys.clone());
        Ok((choice.account_id, keys))
    }

    /// The profile's own role wins over a remembered one.
    pub(super) fn known_choice(&self, profile: &Profile) -> Option<Choice> {
        let sso = profile.sso.as_ref()?;
        let own = sso.account_id.clone().zip(sso.role_name.clone()).map(|(account_id, role_name)| Choice {
            account_name: account_id.clone(),
            account_id,
            role_name,
        });
        own.or_else(|| recall_choice(&self.settings, &profile.name))
    }

    /// Accounts and roles used last in this sign-in, newest first.
    pub fn used_last(&self) -> Vec<Choice> {
        self.session_name().map(|name| recent(&self.settings, &name.session)).unwrap_or_default()
    }

    /// Accounts that the profile calls production.
    pub fn production_accounts(&self) -> Vec<String> {
        let policy = self.project().map(|project| &project.profile().policy);
        policy.map(|policy| policy.production_accounts.clone()).unwrap_or_default()
    }

    /// What the portal said. A session it no longer knows is forgotten, so that the next sign-in is a real one:
    /// the date on the token alone would call it good.
    pub(super) fn met(&mut self, error: &SsoError) -> Finding {
        if matches!(error, SsoError::SessionEnded) {
            self.forget_session();
        }
        error.finding()
    }

    fn forget_session(&mut self) {
        self.keys = None;
        let Some(dead) = self.token.take() else { return };
        let Ok(session) = self.session_name() else { return };
        let cache = Cache::of(&self.settings);
        let still_there =
            cache.token(&session).is_some_and(|kept| kept.access_token.same_as(&dead.access_token));
        if still_there {
            // Where the cache cannot be changed, the portal will say so once more.
            let _ = cache.remove_token(&session);
        }
    }

    /// The name a role is remembered by: the profile's, or that of a session named without one.
    fn role_memory(&self) -> Result<String, Finding> {
        match &self.request.sign_in {
            Some(named) => Ok(named_memory(named)),
            None => Ok(self.project()?.profile().name.clone()),
        }
    }

    /// The session to sign in to: named by itself, else the profile's.
    pub(super) fn session_name(&self) -> Result<SessionName, Finding> {
        if let Some(named) = &self.request.sign_in {
            return Ok(named.clone());
        }
        let sso = self.project()?.profile().sso.as_ref();
        sso.map(SessionName::from)
            .ok_or_else(|| failures::too_early("this profile has no sign-in", "devsecrets status"))
    }

    pub(super) fn portal(&self) -> Result<Portal, Finding> {
        let session = self.session_name()?;
        let token =
            self.token.as_ref().ok_or_else(|| failures::too_early("not signed in", "devsecrets login"))?;
        Portal::open(&self.settings, &session, token).map_err(|error| error.finding())
    }
}

/// What the portal could not be told; a session it no longer knows has ended as well.
async fn end_at_portal(settings: &Settings, session: &SessionName, token: &Token) -> Option<Finding> {
    if !token.is_valid(OffsetDateTime::now_utc()) {
        return None;
    }
    let told = match Portal::open(settings, session, token) {
        Ok(portal) => portal.log_out().await,
        Err(error) => Err(error),
    };
    told.err().filter(|error| !matches!(error, SsoError::SessionEnded)).as_ref().map(warning)
}

/// Not a name a profile can have.
pub(super) fn named_memory(session: &SessionName) -> String {
    format!("sso-session {}", session.session)
}

fn refused(finding: Finding) -> NotAsked {
    let unreachable = finding.code.starts_with("DS-NET-");
    NotAsked::Refused { says: finding.says, next: finding.remedy.to_string(), unreachable }
}
