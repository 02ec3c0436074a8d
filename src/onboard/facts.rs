//! What the steps tell the faces: names, places and dates, never a value.

use serde::Serialize;
use time::OffsetDateTime;

use super::TokenRow;
use crate::finding::Finding;
use crate::sso::Choice;

/// A profile one may pick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProfileChoice {
    pub name: String,
    pub title: String,
    pub about: Option<String>,
    /// "bundled", or the file it stands in.
    pub from: String,
    pub services: usize,
    pub variables: usize,
    /// A broken profile is listed too, with what is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Finding>,
}

/// The profile that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opened {
    pub profile: String,
    pub title: String,
    /// The project's folder.
    pub root: String,
    pub environment: String,
    /// The start URL, when the profile has a sign-in step.
    pub start_url: Option<String>,
    /// False when the profile's policy forbids env files.
    pub seeds_files: bool,
    /// Accounts developer files are never seeded from.
    pub production_accounts: Vec<String>,
    /// What of the environment would surprise somebody who signs in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Finding>,
    pub tokens: Vec<TokenRow>,
    /// The profile was picked here before, and nothing else names one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub remembered: bool,
    /// It is none of the project's own.
    #[serde(skip)]
    pub bundled: bool,
    /// Accounts and roles used last in this sign-in, newest first.
    #[serde(skip)]
    pub recent: Vec<Choice>,
}

/// The AWS config file was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConfigWritten {
    pub file: String,
    /// The name for `--profile` and `AWS_PROFILE`.
    pub aws_profile: String,
    /// Where the file as it was before is kept; absent for a new one, and for one that held secret keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
}

/// A live session with Identity Center.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedIn {
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
    /// Whether it is renewed without the person when that time comes.
    pub renews: bool,
    /// What could not be kept, such as a cache that is read-only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<Finding>,
}
