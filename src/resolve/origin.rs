//! Where a value came from, and why other places had none.

use std::fmt;

use serde::Serialize;

use crate::profile::NUL;
use crate::secret::plain;
use crate::stores::{Idle, Miss};

/// The source that decided. Words are stable; a store is called by the name the profile gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The process environment.
    Environment,
    /// An env file edited by hand, or a copy in it that is all there is.
    File,
    /// An env file the service reads besides its own, and we never write.
    Fallback,
    /// A managed store, by name.
    Store(String),
    /// A personal token from the OS keychain.
    Keychain,
    /// Derived from the developer's identity.
    Generated,
    /// The profile's default.
    Default,
}

impl Origin {
    pub fn word(&self) -> &str {
        match self {
            Self::Environment => "environment",
            Self::File | Self::Fallback => "file",
            Self::Store(name) => name,
            Self::Keychain => "keychain",
            Self::Generated => "generated",
            Self::Default => "default",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Serialize for Origin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One source that was asked and had nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Try {
    pub origin: Origin,
    #[serde(serialize_with = "as_words")]
    pub why: NoValue,
}

fn as_words<S: serde::Serializer>(why: &NoValue, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(why)
}

/// Why a source had no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoValue {
    #[error("not set")]
    Unset,
    #[error("set, but blank")]
    Blank,
    /// It is for the child alone.
    #[error("exported, and not UTF-8")]
    Opaque,
    /// By an earlier `run` or `env`, in this shell or around it.
    #[error("given to {service} for {environment}, so it is not looked at here")]
    GivenTo { service: String, environment: String },
    #[error("{}", NUL)]
    Nul,
    #[error("{id} has no key of this name")]
    NoSuchKey { id: String },
    #[error("{id} holds null, a list or an object here, not a text")]
    NotText { id: String },
    #[error("{id} begins as a JSON object and is none")]
    BrokenObject { id: String },
    #[error("several secrets below {id} are named so")]
    Twice { id: String },
    #[error(transparent)]
    Store(#[from] Miss),
    #[error("not asked: {0}")]
    NotAsked(NotAsked),
    #[error("{says}")]
    Keychain { says: String, next: String },
    #[error("no token is kept under the name {token}")]
    NoToken { token: String },
    /// Another project keeps one, and nobody has agreed yet that this one may use it.
    #[error("the token {token} is kept for {from}, and not shared with this project")]
    NotShared { token: String, from: String },
    /// A value made before this identity was may have encrypted something.
    #[error("the identity is new, and another value is in use")]
    NewIdentity,
    #[error("{path} cannot be read")]
    Shut { path: String },
    #[error("never generated for {environment}")]
    NotHere { environment: String },
}

impl NoValue {
    /// True when the source may well have a value that we could not see just now.
    pub fn is_inconclusive(&self) -> bool {
        match self {
            Self::NotAsked(why) => !matches!(why, NotAsked::SwitchedOff { .. }),
            Self::Keychain { .. } | Self::NewIdentity | Self::NotShared { .. } | Self::Shut { .. } => true,
            Self::Store(miss) => !matches!(miss, Miss::NotThere { .. }),
            _ => false,
        }
    }

    /// True when a source has something under the name, and it cannot be used.
    pub(super) fn is_spoilt(&self) -> bool {
        matches!(self, Self::Nul | Self::NotText { .. } | Self::Twice { .. } | Self::BrokenObject { .. })
    }

    /// What kept us from seeing it, in a word or two.
    pub(super) fn in_short(&self) -> &'static str {
        match self {
            Self::NotAsked(NotAsked::Offline) => "offline",
            Self::NotAsked(NotAsked::NotSignedIn)
            | Self::Store(Miss::NotSignedIn { .. } | Miss::Expired { .. }) => "signed out",
            Self::NotAsked(NotAsked::NoRole) => "no role",
            Self::NotAsked(NotAsked::NotAllowed { .. }) => "not allowed",
            Self::NotShared { .. } => "not shared",
            Self::Shut { .. } => "unreadable",
            Self::Store(Miss::Denied { .. }) => "denied",
            Self::Store(Miss::WrongAccount { .. }) => "other account",
            Self::Store(Miss::WrongRegion { .. }) => "other region",
            Self::NotAsked(NotAsked::TooSlow { .. })
            | Self::Store(Miss::TooSlow { .. } | Miss::Unreachable { .. } | Miss::Stopped { .. }) => {
                "no answer"
            }
            _ => "not known",
        }
    }

    /// True when a copy we wrote earlier is better than anything lesser: also while the store is switched off.
    pub(super) fn keeps_copy(&self) -> bool {
        self.is_inconclusive() || matches!(self, Self::NotAsked(_))
    }
}

/// Why a store was not asked at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    #[error("offline")]
    Offline,
    #[error("not signed in")]
    NotSignedIn,
    #[error("no account and role chosen")]
    NoRole,
    #[error("no region is set")]
    NoRegion,
    #[error("SECRET_MANAGER_PROVIDER is {}, not aws", provider.as_deref().unwrap_or("not set"))]
    SwitchedOff { provider: Option<String> },
    #[error("AWS_SECRETS_MANAGER_SECRET_IDS lists no secret")]
    NoIds,
    #[error("no answer within {seconds} s")]
    TooSlow { seconds: u64 },
    /// `changed`: an earlier form of the call was agreed to.
    #[error("{}", not_allowed(program, *changed))]
    NotAllowed { program: String, changed: bool },
    #[error("the profile forbids long-lived AWS keys, and AWS_ACCESS_KEY_ID is one")]
    LongLivedKeys,
    /// `unreachable`: nobody answered, so that nothing was refused.
    #[error("{says}")]
    Refused { says: String, next: String, unreachable: bool },
}

fn not_allowed(program: &str, changed: bool) -> String {
    match changed {
        true => {
            format!("{program}, or how it is called, has changed since this project was allowed to run it")
        }
        false => format!("nobody has agreed yet that this project runs {program}"),
    }
}

impl NotAsked {
    /// True when nobody could be asked, so that what was said before may still hold.
    pub(super) fn is_out_of_reach(&self) -> bool {
        matches!(self, Self::Offline | Self::TooSlow { .. } | Self::Refused { unreachable: true, .. })
    }

    /// Why a service reads nothing; `None` where the profile simply names nothing for it.
    pub(super) fn idle(idle: Idle) -> Option<Self> {
        match idle {
            Idle::Off { provider } => Some(Self::SwitchedOff { provider: provider.map(|name| plain(&name)) }),
            Idle::NoIds => Some(Self::NoIds),
            Idle::Nothing => None,
        }
    }

    pub(super) fn setup(error: &impl fmt::Display) -> Self {
        let next = "correct the variable, then try again".to_owned();
        Self::Refused { says: error.to_string(), next, unreachable: false }
    }

    /// Stable code, for scripts and `explain`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Offline => "DS-STORE-21",
            Self::NotSignedIn => "DS-STORE-22",
            Self::NoRole => "DS-STORE-23",
            Self::NoRegion => "DS-STORE-24",
            Self::SwitchedOff { .. } => "DS-STORE-25",
            Self::NoIds => "DS-STORE-26",
            Self::TooSlow { .. } => "DS-STORE-12",
            Self::Refused { .. } => "DS-STORE-27",
            Self::NotAllowed { .. } => "DS-STORE-28",
            Self::LongLivedKeys => "DS-STORE-30",
        }
    }

    pub fn next_step(&self) -> String {
        match self {
            Self::Offline => "run again without --offline".to_owned(),
            Self::NotSignedIn => "sign in: devsecrets login".to_owned(),
            Self::NoRole => "choose one: devsecrets login --choose".to_owned(),
            Self::NoRegion => "set AWS_REGION, or region in the profile's store".to_owned(),
            Self::SwitchedOff { .. } => "set SECRET_MANAGER_PROVIDER=aws".to_owned(),
            Self::NoIds => "list names or ARNs in AWS_SECRETS_MANAGER_SECRET_IDS".to_owned(),
            Self::TooSlow { seconds } => Miss::TooSlow { seconds: *seconds }.next_step(),
            Self::LongLivedKeys => {
                "unset AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and use a role: AWS_PROFILE".to_owned()
            }
            Self::Refused { next, .. } => next.clone(),
            Self::NotAllowed { .. } => {
                "look at the command and allow it: devsecrets profile trust".to_owned()
            }
        }
    }
}
