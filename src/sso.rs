//! Signing in to AWS IAM Identity Center, so that the AWS CLI and every SDK profit from it.
//!
//! Owns the token cache (the AWS CLI's own files), both ways of signing in, the lock that makes them one, and the portal. We load, judge and
//! refresh the token ourselves: aws-config never signs in, sets no time limit and goes on with a dead token
//! (measured). A valid session costs no network call.

mod assigned;
mod cache;
pub mod config_file;
mod device;
mod error;
#[cfg(test)]
mod fixtures;
mod lock;
mod method;
mod oidc;
mod pkce;
mod portal;
mod process;
mod recent;
mod refresh;
mod remembered;
mod sign_in;
mod surroundings;

pub use assigned::{find_account, find_role, matches, nothing_assigned};
pub use cache::{Cache, Form, Registration, Token};
pub use device::DeviceCode;
pub use error::SsoError;
pub use lock::Holder;
pub use method::{Because, Chosen, Method, Place};
pub use pkce::BrowserPage;
pub use portal::{Account, Portal, Role, RoleKeys};
pub use process::credential_process;
pub use recent::{accounts_in_order, recent, roles_in_order, used};
pub use refresh::current;
pub use remembered::{Choice, forget_choice, recall_choice, remember_choice};
pub use sign_in::{Command, Event, Granted, Prompt, Wish, sign_in};
pub use surroundings::{shadowed, surroundings};

use crate::profile;
use crate::secret::plain;

/// What to ask for: the `[sso-session]` of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionName {
    pub session: String,
    pub start_url: String,
    pub region: String,
}

impl SessionName {
    /// A session named without a profile; its own name is, unless given, the first word of the portal's host.
    ///
    /// # Errors
    /// [`SsoError::BadName`] for what cannot be one.
    pub fn named(start_url: &str, region: &str, session: Option<&str>) -> Result<Self, SsoError> {
        let host = start_url.strip_prefix("https://").unwrap_or_default();
        let first = host.split(['.', '/']).next().unwrap_or_default();
        let session = session.unwrap_or(first);
        let checks = [
            ("--start-url", start_url, profile::is_start_url(start_url), "https://NAME.awsapps.com/start"),
            ("--region", region, profile::is_region(region), "eu-west-2"),
            ("--session", session, profile::is_plain(session), "my-company"),
        ];
        match checks.into_iter().find(|(_, _, good, _)| !good) {
            Some((flag, text, _, like)) => Err(SsoError::BadName { flag, text: plain(text), like }),
            None => Ok(Self {
                session: session.to_owned(),
                start_url: start_url.to_owned(),
                region: region.to_owned(),
            }),
        }
    }
}

impl From<&crate::profile::Sso> for SessionName {
    fn from(sso: &crate::profile::Sso) -> Self {
        Self { session: sso.session.clone(), start_url: sso.start_url.clone(), region: sso.region.clone() }
    }
}

/// Portals are the same with and without the `/` or `#` that browsers add.
pub fn same_portal(held: &str, wanted: &str) -> bool {
    held.trim_end_matches(['/', '#']) == wanted.trim_end_matches(['/', '#'])
}

/// The scope that makes Identity Center issue a refresh token.
const SCOPE: &str = "sso:account:access";
