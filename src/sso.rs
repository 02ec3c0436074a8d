//! Signing in to AWS IAM Identity Center, so that the AWS CLI and every SDK profit from it.
//!
//! Owns the token cache (the AWS CLI's own files), the device flow and the portal. We load, judge and
//! refresh the token ourselves: aws-config never signs in, sets no time limit and goes on with a dead token
//! (measured). A valid session costs no network call.

mod assigned;
mod cache;
pub mod config_file;
mod device;
mod error;
mod portal;
mod process;
mod recent;
mod remembered;

pub use assigned::{find_account, find_role, matches, nothing_assigned};
pub use cache::{Cache, Registration, Token};
pub use device::{DeviceCode, SignIn, current};
pub use error::SsoError;
pub use portal::{Account, Portal, Role, RoleKeys};
pub use process::credential_process;
pub use recent::{accounts_in_order, recent, roles_in_order, used};
pub use remembered::{Choice, recall_choice, remember_choice};

/// What to ask for: the `[sso-session]` of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionName {
    pub session: String,
    pub start_url: String,
    pub region: String,
}

impl From<&crate::profile::Sso> for SessionName {
    fn from(sso: &crate::profile::Sso) -> Self {
        Self { session: sso.session.clone(), start_url: sso.start_url.clone(), region: sso.region.clone() }
    }
}

/// The scope that makes Identity Center issue a refresh token.
const SCOPE: &str = "sso:account:access";
