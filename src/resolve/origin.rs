//! Where a value came from, and why other places had none.

use std::fmt;

use serde::Serialize;

use crate::stores::Miss;

/// The source that decided. Words are stable; a store is called by the name the profile gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The process environment.
    Environment,
    /// An env file edited by hand, or a copy in it that is all there is.
    File,
    /// A managed store, by name.
    Store(String),
    /// A personal token from the OS keychain.
    Keychain,
    /// Derived from the developer's identity.
    Generated,
    /// The profile's default.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Environment => "environment",
            Self::File => "file",
            Self::Store(name) => name,
            Self::Keychain => "keychain",
            Self::Generated => "generated",
            Self::Default => "default",
        })
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
    #[error("{id} has no key of this name")]
    NoSuchKey { id: String },
    #[error("{id} holds a list or an object here, not a text")]
    NotText { id: String },
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
    #[error("never generated for {environment}")]
    NotHere { environment: String },
}

impl NoValue {
    /// True when the source may well have a value that we could not see just now.
    pub fn is_inconclusive(&self) -> bool {
        match self {
            Self::NotAsked(_) | Self::Keychain { .. } | Self::NewIdentity | Self::NotShared { .. } => true,
            Self::Store(miss) => !matches!(miss, Miss::NotThere { .. }),
            _ => false,
        }
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
    #[error("{says}")]
    Refused { says: String, next: String },
}

impl NotAsked {
    pub fn next_step(&self) -> String {
        match self {
            Self::Offline => "run again without --offline".to_owned(),
            Self::NotSignedIn => "sign in: devsecrets login".to_owned(),
            Self::NoRole => "choose one: devsecrets login --choose".to_owned(),
            Self::NoRegion => "set AWS_REGION, or region in the profile's store".to_owned(),
            Self::Refused { next, .. } => next.clone(),
        }
    }
}
