//! The remote control of a running sandbox.
//!
//! Owns what a person or an administrator would do to the real service (approve a code, end
//! sessions, change a secret) and what only a test may do (script faults, move the clock, read
//! the log). Every call takes effect for the next request.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::faults::Fault;
use super::log::Call;
use super::operation::Operation;
use super::state::State;
use super::stored::Content;
use super::world::World;

/// Steers one sandbox; clones steer the same one.
#[derive(Clone)]
pub struct Handle {
    url: Arc<str>,
    state: Arc<Mutex<State>>,
}

impl Handle {
    pub(super) fn new(world: World, url: String) -> Self {
        Self { url: url.as_str().into(), state: Arc::new(Mutex::new(State::new(world, url))) }
    }

    pub(super) fn with<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The variables that lead the SDKs, the AWS CLI and our own settings here.
    pub fn environment(&self) -> Vec<(String, String)> {
        ["SSO", "SSO_OIDC", "SECRETS_MANAGER", "SSM"]
            .map(|service| (format!("AWS_ENDPOINT_URL_{service}"), self.url.to_string()))
            .into()
    }

    /// User codes that wait for a person's answer, oldest first.
    pub fn waiting(&self) -> Vec<String> {
        self.with(|state| state.devices.waiting(state.clock.now()))
    }

    /// What the Approve button does. False if no such code is waiting.
    pub fn approve(&self, user_code: &str) -> bool {
        self.with(|state| state.devices.decide(user_code, true, state.clock.now()))
    }

    /// What the Deny button does. False if no such code is waiting.
    pub fn deny(&self, user_code: &str) -> bool {
        self.with(|state| state.devices.decide(user_code, false, state.clock.now()))
    }

    /// The next calls of `operation` answer so, one fault each, after those scripted before.
    pub fn script(&self, operation: Operation, faults: impl IntoIterator<Item = Fault>) {
        self.with(|state| state.script(operation, faults));
    }

    /// Every call so far.
    pub fn log(&self) -> Vec<Call> {
        self.with(|state| state.log.clone())
    }

    /// How often `operation` was called so far, in whatever way it was answered.
    pub fn count(&self, operation: Operation) -> usize {
        self.with(|state| state.log.iter().filter(|call| call.operation == operation).count())
    }

    /// Moves the sandbox's clock forward, so that codes, tokens and role keys expire.
    pub fn advance(&self, by: Duration) {
        self.with(|state| state.clock.advance(by));
    }

    /// Ends every portal session, as an administrator can: tokens die before their time.
    pub fn revoke_sessions(&self) {
        self.with(|state| state.sessions.revoke_all());
    }

    /// Forgets every client registration: `InvalidClientException` from now on.
    pub fn forget_registrations(&self) {
        self.with(|state| state.clients.forget_all());
    }

    /// Gives a secret a new current value, as a rotation does. False if there is none of that name.
    pub fn put_secret(&self, name: &str, content: impl Into<Content>) -> bool {
        self.with(|state| {
            let now = state.now();
            let Some(secret) = state.world.secrets.iter_mut().find(|secret| secret.name == name) else {
                return false;
            };
            secret.put(content.into(), now);
            true
        })
    }
}

/// The state holds tokens; the address says enough.
impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("url", &self.url).finish_non_exhaustive()
    }
}
