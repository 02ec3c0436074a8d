//! What a profile answers to the other rooms.

use std::fmt;

use serde::Serialize;

/// How much a service wants a variable in one environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// It cannot start without.
    Required,
    /// It uses it when it is there.
    Optional,
    /// It must not have it.
    Denied,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Denied => "denied",
        })
    }
}
