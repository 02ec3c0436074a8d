//! What exists in a sandbox before anyone calls it, told in sentences.
//!
//! Owns the builder and its defaults; it holds no state of a run. Defaults are the real service's
//! own figures, so a test only says what is special about its case.

use std::collections::VecDeque;
use std::time::Duration;

use super::stored::{Condition, Content, StoredSecret};

const HOUR: u64 = 3600;

/// Accounts, roles, secrets and habits of one invented organisation.
///
/// ```
/// use devsecrets::sandbox::World;
/// let world = World::new()
///     .start_url("https://acme.awsapps.com/start")
///     .region("eu-west-2")
///     .account("111122223333", "Acme Development", "dev@example.com", &["DeveloperAccess"])
///     .secret("backend/development", r#"{"PORT":"8080"}"#)
///     .denied_secret("backend/production")
///     .auto_approve();
/// ```
#[derive(Clone, Debug)]
pub struct World {
    pub(super) start_url: String,
    pub(super) region: String,
    pub(super) accounts: Vec<Account>,
    pub(super) secrets: Vec<StoredSecret>,
    pub(super) parameters: Vec<StoredSecret>,
    /// Ids of long-lived keys of the first account.
    pub(super) static_keys: Vec<String>,
    pub(super) approves_itself: bool,
    pub(super) may_batch: bool,
    pub(super) may_list: bool,
    pub(super) poll_interval: u32,
    pub(super) page_size: usize,
    pub(super) lifetimes: Lifetimes,
    pub(super) user_codes: VecDeque<String>,
}

/// One AWS account as the portal lists it.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) roles: Vec<String>,
}

/// How long things last; the defaults are the real service's.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// Device and authorization codes: 10 minutes.
    pub code: Duration,
    /// Access tokens that come with a refresh token: 1 hour.
    pub token: Duration,
    /// The portal session, the longest a sign-in can be renewed: 8 hours.
    pub session: Duration,
    /// Role keys: 1 hour, whatever becomes of the session.
    pub role_keys: Duration,
    /// Client registrations: 90 days.
    pub registration: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            code: Duration::from_secs(600),
            token: Duration::from_secs(HOUR),
            session: Duration::from_secs(8 * HOUR),
            role_keys: Duration::from_secs(HOUR),
            registration: Duration::from_secs(90 * 24 * HOUR),
        }
    }
}

impl Default for World {
    fn default() -> Self {
        Self {
            start_url: "https://sandbox.awsapps.com/start".to_owned(),
            region: "us-east-1".to_owned(),
            accounts: Vec::new(),
            secrets: Vec::new(),
            parameters: Vec::new(),
            static_keys: Vec::new(),
            approves_itself: false,
            may_batch: true,
            may_list: true,
            poll_interval: 1,
            page_size: 20,
            lifetimes: Lifetimes::default(),
            user_codes: VecDeque::new(),
        }
    }
}

/// Identity Center.
impl World {
    pub fn new() -> Self {
        Self::default()
    }

    /// The only portal address that sign-in accepts, with or without a trailing `/` or `/#`.
    #[must_use]
    pub fn start_url(mut self, url: impl Into<String>) -> Self {
        self.start_url = url.into();
        self
    }

    /// An account of 12 digits and the roles assigned in it. A blank name or email is left out of
    /// replies, as the real portal may.
    #[must_use]
    pub fn account(mut self, id: &str, name: &str, email: &str, roles: &[&str]) -> Self {
        self.accounts.push(Account {
            id: id.to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            roles: roles.iter().map(|&role| role.to_owned()).collect(),
        });
        self
    }

    /// A long-lived key of the first account, by its id; any secret key goes with it.
    #[must_use]
    pub fn static_key(mut self, id: &str) -> Self {
        self.static_keys.push(id.to_owned());
        self
    }

    /// Every sign-in is approved the moment it is asked for.
    #[must_use]
    pub fn auto_approve(mut self) -> Self {
        self.approves_itself = true;
        self
    }

    /// The next user code to give out, so that a picture of the screen is the same each time.
    #[must_use]
    pub fn user_code(mut self, code: &str) -> Self {
        self.user_codes.push_back(code.to_owned());
        self
    }

    /// Seconds between polls (the real service says 1). 0 never answers `slow_down`.
    #[must_use]
    pub fn poll_interval(mut self, seconds: u32) -> Self {
        self.poll_interval = seconds;
        self
    }

    /// Entries per page when the request does not say.
    #[must_use]
    pub fn page_size(mut self, entries: usize) -> Self {
        self.page_size = entries.max(1);
        self
    }

    #[must_use]
    pub fn lifetimes(mut self, lifetimes: Lifetimes) -> Self {
        self.lifetimes = lifetimes;
        self
    }

    pub(super) fn assigned(&self, account: &str) -> Option<&Account> {
        self.accounts.iter().find(|known| known.id == account)
    }
}

/// Secrets Manager.
impl World {
    /// The region secrets live in unless they say otherwise.
    #[must_use]
    pub fn region(mut self, region: &str) -> Self {
        region.clone_into(&mut self.region);
        self
    }

    /// A secret in every account.
    #[must_use]
    pub fn secret(self, name: &str, content: impl Into<Content>) -> Self {
        self.with(StoredSecret::new(name, content))
    }

    /// A secret in one account only.
    #[must_use]
    pub fn secret_in(self, account: &str, name: &str, content: impl Into<Content>) -> Self {
        self.with(StoredSecret::new(name, content).in_account(account))
    }

    #[must_use]
    pub fn binary_secret(self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.with(StoredSecret::new(name, Content::Binary(bytes.into())))
    }

    /// A secret inside its recovery window: reads answer `InvalidRequestException`.
    #[must_use]
    pub fn deleted_secret(self, name: &str) -> Self {
        self.with(StoredSecret::in_condition(name, Condition::Deleted))
    }

    /// A secret that no role may touch: `AccessDeniedException`.
    #[must_use]
    pub fn denied_secret(self, name: &str) -> Self {
        self.with(StoredSecret::in_condition(name, Condition::Denied))
    }

    /// A secret whose KMS key cannot be used: `DecryptionFailure`.
    #[must_use]
    pub fn undecryptable_secret(self, name: &str) -> Self {
        self.with(StoredSecret::in_condition(name, Condition::KeyUnavailable))
    }

    /// A secret whose first reads are throttled, this many times.
    #[must_use]
    pub fn busy_secret(self, name: &str, content: impl Into<Content>, times: u32) -> Self {
        self.with(StoredSecret::new(name, content).busy(times))
    }

    /// A secret created without a value: `ResourceNotFoundException` when read.
    #[must_use]
    pub fn empty_secret(self, name: &str) -> Self {
        self.with(StoredSecret::empty(name))
    }

    /// A secret with a history: see [`StoredSecret`].
    #[must_use]
    pub fn with(mut self, secret: StoredSecret) -> Self {
        self.secrets.push(secret);
        self
    }

    /// Roles lack `secretsmanager:BatchGetSecretValue` and `ssm:GetParameters`, as many developer roles do.
    #[must_use]
    pub fn without_batch_permission(mut self) -> Self {
        self.may_batch = false;
        self
    }

    /// Roles lack `secretsmanager:ListSecrets`, which batches by filter need too.
    #[must_use]
    pub fn without_list_permission(mut self) -> Self {
        self.may_list = false;
        self
    }
}

/// The Parameter Store.
impl World {
    /// A `SecureString` in every account.
    #[must_use]
    pub fn parameter(self, name: &str, content: impl Into<Content>) -> Self {
        self.with_parameter(StoredSecret::new(name, content))
    }

    /// A parameter that no role may touch: `AccessDeniedException`.
    #[must_use]
    pub fn denied_parameter(self, name: &str) -> Self {
        self.with_parameter(StoredSecret::in_condition(name, Condition::Denied))
    }

    /// A parameter whose KMS key cannot be used: `InvalidKeyId`.
    #[must_use]
    pub fn undecryptable_parameter(self, name: &str) -> Self {
        self.with_parameter(StoredSecret::in_condition(name, Condition::KeyUnavailable))
    }

    /// A parameter with an age, an account or a region of its own.
    #[must_use]
    pub fn with_parameter(mut self, parameter: StoredSecret) -> Self {
        self.parameters.push(parameter);
        self
    }
}
