//! Keys of a role for another program, which asks for them as a `credential_process`.

use time::OffsetDateTime;

use super::failures;
use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::secret::SecretValue;
use crate::sso::{Choice, SsoError, credential_process, find_account, find_role};

impl Session {
    /// The document a `credential_process` answers with, for the role in use or the one named.
    ///
    /// Never asks anybody: a session is refreshed silently or it is an error. Nothing is remembered.
    ///
    /// # Errors
    /// When there is no live session or no role, or what the portal said.
    pub async fn role_credentials(
        &mut self,
        account: Option<&str>,
        role: Option<&str>,
    ) -> Result<SecretValue, Finding> {
        self.session_name()?;
        if self.settings.offline {
            return Err(SsoError::Offline.finding());
        }
        if self.resume().await?.is_none() {
            let remedy = Remedy::run("sign in first", "devsecrets login");
            return Err(Finding::error(
                "DS-CONFIG-14",
                "sign-in",
                "not signed in, and this command never asks",
                remedy,
            ));
        }
        let choice = self.named_role(account, role).await?;
        let live = |keys: &&crate::sso::RoleKeys| keys.expires_at > OffsetDateTime::now_utc();
        let known = self.keys.as_ref().filter(live).filter(|_| self.choice.as_ref() == Some(&choice));
        let keys = match known.cloned() {
            Some(keys) => keys,
            None => {
                let asked = self.portal()?.keys(&choice.account_id, &choice.role_name).await;
                asked.map_err(|error| self.met(&error))?
            }
        };
        Ok(credential_process(&choice.account_id, &keys))
    }

    /// The role in use, or the one that account and role name, with as few calls as that takes.
    async fn named_role(&mut self, account: Option<&str>, role: Option<&str>) -> Result<Choice, Finding> {
        let Some(account) = account else {
            let choice = self.choice.clone();
            return choice.ok_or_else(|| failures::too_early("no role is chosen", "devsecrets login"));
        };
        let is_id = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        let (account_id, account_name) = if is_id {
            (account.to_owned(), account.to_owned())
        } else {
            let accounts = self.accounts().await?;
            let found = find_account(&accounts, account)?;
            (found.id.clone(), found.name.clone())
        };
        let role_name = match role {
            Some(role) => role.to_owned(),
            None => self.only_role(&account_id).await?,
        };
        Ok(Choice { account_id, account_name, role_name })
    }

    async fn only_role(&mut self, account_id: &str) -> Result<String, Finding> {
        let roles = self.roles(account_id).await?;
        match roles.as_slice() {
            [only] => Ok(only.name.clone()),
            several => find_role(several, "").map(|role| role.name.clone()).map_err(|finding| Finding {
                subject: "role".to_owned(),
                says: "this account has several roles, name one with --role".to_owned(),
                ..finding
            }),
        }
    }
}
