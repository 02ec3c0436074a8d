//! Asking the service whose token it is.

use time::OffsetDateTime;

use super::{Session, TokenChecked, not_recorded};
use crate::finding::Finding;
use crate::tokens;

impl Session {
    /// The host the profile itself names for the check, while nobody has agreed that the token may go there.
    ///
    /// # Errors
    /// When the token is unknown, or no profile is open.
    pub fn new_host(&self, name: &str) -> Result<Option<String>, Finding> {
        let token = self.token_named(name)?;
        let host = tokens::host(&self.settings, token).filter(|_| tokens::is_of_the_profile(token));
        let project = self.token_project()?;
        Ok(host.filter(|host| !self.shelf.trusts(&project, name, host)))
    }

    /// Sends the kept token to its service and notes down whose it is.
    ///
    /// # Errors
    /// When none is kept, or the service did not say; each reason has a code of its own.
    pub async fn verify_token(&mut self, name: &str) -> Result<TokenChecked, Finding> {
        let token = self.token_named(name)?.clone();
        let (slot, value) = self.own_token(name).await?;
        let account = tokens::verify(&self.settings, &token, &value).await;
        let account = account.map_err(|refusal| refusal.finding(name, &token))?;
        let project = self.token_project()?;
        let noted = self.shelf.verified(&project, name, &slot, &account);
        let mut findings: Vec<Finding> =
            noted.err().map(|error| not_recorded(name, &error)).into_iter().collect();
        findings.extend(tokens::ending(name, account.expires_at, OffsetDateTime::now_utc()));
        Ok(TokenChecked { name: name.to_owned(), title: token.title, account, findings })
    }
}
