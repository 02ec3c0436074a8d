//! The AWS access portal: which accounts and roles are mine, and the keys of one.
//!
//! Lists are walked to their last page and sorted by name, as the AWS CLI sorts them. Texts come from
//! outside and are stripped of control sequences.

use aws_sdk_sso::Client;
use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;
use serde::Serialize;
use time::OffsetDateTime;

use super::{SessionName, SsoError, Token};
use crate::aws::{CallError, Service, connect};
use crate::secret::{SecretValue, plain};
use crate::settings::Settings;

/// An AWS account open to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// 12 digits; a string, because of leading zeros.
    pub id: String,
    /// May be missing from the reply; then it is the id.
    pub name: String,
    pub email: Option<String>,
}

/// A permission set assigned in an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Role {
    pub account_id: String,
    pub name: String,
}

/// Short-lived keys of one role.
#[derive(Clone, Debug)]
pub struct RoleKeys {
    pub access_key_id: String,
    pub secret_access_key: SecretValue,
    pub session_token: SecretValue,
    pub expires_at: OffsetDateTime,
}

/// The portal, for one signed-in person.
#[derive(Debug)]
pub struct Portal {
    client: Client,
    token: SecretValue,
}

impl Portal {
    /// # Errors
    /// When no connection can be set up; nothing is sent yet.
    pub fn open(settings: &Settings, session: &SessionName, token: &Token) -> Result<Self, SsoError> {
        if settings.offline {
            return Err(SsoError::Offline);
        }
        let config = connect(settings, Service::Sso, &session.region)?;
        Ok(Self { client: Client::new(&config), token: token.access_token.clone() })
    }

    /// Whether the portal still knows the session, by the shortest question there is.
    ///
    /// # Errors
    /// [`SsoError::SessionEnded`] when it does not, or what the call met.
    pub async fn is_known(&self) -> Result<(), SsoError> {
        let asked = self.client.list_accounts().access_token(self.bearer()).max_results(1).send().await;
        asked.map(|_| ()).map_err(|error| ended(CallError::from_sdk("ListAccounts", &error)))
    }

    /// Every account, sorted by name, then id.
    ///
    /// # Errors
    /// [`SsoError::SessionEnded`] when the portal no longer knows the token.
    pub async fn accounts(&self) -> Result<Vec<Account>, SsoError> {
        let (mut all, mut next) = (Vec::new(), None);
        loop {
            let page = self
                .client
                .list_accounts()
                .access_token(self.bearer())
                .max_results(100)
                .set_next_token(next)
                .send()
                .await
                .map_err(|error| ended(CallError::from_sdk("ListAccounts", &error)))?;
            all.extend(page.account_list().iter().filter_map(account));
            next = page.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        all.sort_by_key(|account| (account.name.to_lowercase(), account.id.clone()));
        Ok(all)
    }

    /// Every role assigned in `account`, sorted by name.
    ///
    /// # Errors
    /// As for [`Portal::accounts`].
    pub async fn roles(&self, account: &str) -> Result<Vec<Role>, SsoError> {
        let (mut all, mut next) = (Vec::new(), None);
        loop {
            let page = self
                .client
                .list_account_roles()
                .access_token(self.bearer())
                .account_id(account)
                .max_results(100)
                .set_next_token(next)
                .send()
                .await
                .map_err(|error| ended(CallError::from_sdk("ListAccountRoles", &error)))?;
            all.extend(page.role_list().iter().filter_map(|role| {
                Some(Role { account_id: account.to_owned(), name: plain(role.role_name()?) })
            }));
            next = page.next_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        all.sort_by_key(|role| role.name.to_lowercase());
        Ok(all)
    }

    /// # Errors
    /// [`SsoError::NotAssigned`] for a role the person does not have: the portal answers 403 "No access", which
    /// no SDK models (measured).
    pub async fn keys(&self, account: &str, role: &str) -> Result<RoleKeys, SsoError> {
        let answer = self
            .client
            .get_role_credentials()
            .access_token(self.bearer())
            .account_id(account)
            .role_name(role)
            .send()
            .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) if error.as_service_error().and_then(|e| e.code()) == Some("ForbiddenException") => {
                return Err(self.not_assigned(account, role).await);
            }
            Err(error) => return Err(ended(CallError::from_sdk("GetRoleCredentials", &error))),
        };
        role_keys(answer.role_credentials().ok_or(SsoError::Incomplete { field: "roleCredentials" })?)
    }

    /// Ends the session at the portal, for every program that uses its token.
    ///
    /// # Errors
    /// [`SsoError::SessionEnded`] when it had ended already, or what the call met.
    pub async fn log_out(&self) -> Result<(), SsoError> {
        let asked = self.client.logout().access_token(self.bearer()).send().await;
        asked.map(|_| ()).map_err(|error| ended(CallError::from_sdk("Logout", &error)))
    }

    /// With the names that are assigned, if the portal tells them: most often one of them is meant. A portal that lists
    /// the very role it refuses helps nobody, so that one is left out.
    async fn not_assigned(&self, account: &str, role: &str) -> SsoError {
        let roles = self.roles(account).await.unwrap_or_default();
        let assigned: Vec<String> =
            roles.into_iter().map(|other| other.name).filter(|name| name != role).collect();
        let near = crate::profile::nearest(role, assigned.iter().map(String::as_str)).map(str::to_owned);
        SsoError::NotAssigned { account: plain(account), role: plain(role), near, assigned }
    }

    fn bearer(&self) -> String {
        self.token.expose_to(str::to_owned)
    }
}

fn account(info: &aws_sdk_sso::types::AccountInfo) -> Option<Account> {
    let id = plain(info.account_id()?);
    let name = info.account_name().map(plain).filter(|name| !name.trim().is_empty());
    let email = info.email_address().map(plain).filter(|email| !email.trim().is_empty());
    Some(Account { name: name.unwrap_or_else(|| id.clone()), id, email })
}

fn role_keys(keys: &aws_sdk_sso::types::RoleCredentials) -> Result<RoleKeys, SsoError> {
    let filled = |field: Option<&str>, name| {
        field.filter(|text| !text.is_empty()).map(str::to_owned).ok_or(SsoError::Incomplete { field: name })
    };
    // Milliseconds since 1970, unlike every other date of these services.
    let expires_at = OffsetDateTime::from_unix_timestamp(keys.expiration() / 1000)
        .map_err(|_| SsoError::Incomplete { field: "expiration" })?;
    Ok(RoleKeys {
        access_key_id: filled(keys.access_key_id(), "accessKeyId")?,
        secret_access_key: SecretValue::new(filled(keys.secret_access_key(), "secretAccessKey")?),
        session_token: SecretValue::new(filled(keys.session_token(), "sessionToken")?),
        expires_at,
    })
}

/// A date in the future proves nothing: revoked elsewhere, the token meets a 401 here.
fn ended(call: CallError) -> SsoError {
    match &call {
        CallError::Refused { status: 401, .. } => SsoError::SessionEnded,
        CallError::Refused { code, .. } if code == "UnauthorizedException" => SsoError::SessionEnded,
        _ => SsoError::Call(call),
    }
}
