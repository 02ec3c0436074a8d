//! Whether a profile's name is free for us, ours already, or somebody else's.

use super::document::{Document, Section};
use super::name::Name;
use super::plan::{Wanted, Written};

/// How a name stands in the two files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not there, or there without any credentials: our keys can be added.
    Free,
    /// It is what we want, key for key.
    Current,
    /// It still is as we wrote it for another role.
    Ours,
    Taken(Taken),
}

/// What somebody uses a profile's name for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// The section stands twice, or is written in a way that SDKs read differently.
    Odd { line: usize },
    /// A sign-in of the old form, with the start URL in the profile itself.
    Legacy { line: usize },
    /// Credentials of another kind; the key that says so.
    Credentials { key: String, line: usize },
    /// Static keys in the credentials file.
    StaticKeys { line: usize },
    /// Another session, account or role.
    Elsewhere { line: usize },
}

/// Keys that make a profile something else than a sign-in.
const OTHER_CREDENTIALS: [&str; 8] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "credential_process",
    "credential_source",
    "role_arn",
    "source_profile",
    "web_identity_token_file",
    "login_session",
];
/// Keys that belong to the session alone.
pub(super) const IN_THE_SESSION: [&str; 2] = ["sso_start_url", "sso_region"];
/// Keys that say which role it is.
const OURS: [&str; 3] = ["sso_session", "sso_account_id", "sso_role_name"];

pub(super) fn standing(
    config: &Document,
    credentials: &Document,
    profile: &str,
    wanted: &Wanted,
    written: Option<&Written>,
) -> Standing {
    let name = Name::Profile(profile.to_owned());
    let mut sections = config.named(&name);
    let Some(section) = sections.next() else {
        return static_keys(credentials, profile).map_or(Standing::Free, Standing::Taken);
    };
    if let Some(other) = sections.next() {
        return Standing::Taken(Taken::Odd { line: other.line });
    }
    if let Some(taken) = foreign(section) {
        return Standing::Taken(taken);
    }
    let held = OURS.map(|key| section.key(key).map(|key| config.value(key)));
    let asked = [wanted.session.session.as_str(), &wanted.account_id, &wanted.role_name];
    match held {
        [None, None, None] => static_keys(credentials, profile).map_or(Standing::Free, Standing::Taken),
        held if held == asked.map(Some) => Standing::Current,
        held if written.is_some_and(|written| held == written.keys().map(Some)) => Standing::Ours,
        _ => Standing::Taken(Taken::Elsewhere { line: section.line }),
    }
}

/// What makes a section none of ours, whatever its role.
fn foreign(section: &Section) -> Option<Taken> {
    let relevant = |name: &str| name.starts_with("sso_") || name == "region";
    if let Some(key) = section.keys.iter().find(|key| relevant(&key.name) && !key.plain) {
        return Some(Taken::Odd { line: key.line });
    }
    if let Some(key) = section.keys.iter().find(|key| OTHER_CREDENTIALS.contains(&key.name.as_str())) {
        return Some(Taken::Credentials { key: key.name.clone(), line: key.line });
    }
    let legacy = section.key("sso_start_url").filter(|_| !section.has("sso_session"));
    legacy.map(|key| Taken::Legacy { line: key.line })
}

/// A section of static keys in the credentials file.
pub(super) fn static_keys(credentials: &Document, profile: &str) -> Option<Taken> {
    let name = Name::Bare(profile.to_owned());
    let section = credentials.named(&name).find(|section| section.has("aws_access_key_id"))?;
    Some(Taken::StaticKeys { line: section.line })
}
