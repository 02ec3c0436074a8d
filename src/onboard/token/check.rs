//! Asking the service whose token it is.

use time::{Duration, OffsetDateTime};

use super::{Session, TokenChecked, not_recorded};
use crate::finding::{Finding, Remedy};
use crate::tokens;

/// A token that ends within this time is spoken of.
const SOON: Duration = Duration::days(14);

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
        findings.extend(ending(name, account.expires_at, OffsetDateTime::now_utc()));
        Ok(TokenChecked { name: name.to_owned(), title: token.title, account, findings })
    }
}

/// A word about a token that ends soon or has ended.
fn ending(name: &str, end: Option<OffsetDateTime>, now: OffsetDateTime) -> Option<Finding> {
    let left = end? - now;
    let says = match left.whole_days() {
        _ if left.is_negative() => "it has expired".to_owned(),
        0 => "it expires today".to_owned(),
        1 => "it expires tomorrow".to_owned(),
        days => format!("it expires in {days} days"),
    };
    let remedy = Remedy::run("make a new one, then", format!("devsecrets token set {name}"));
    (left < SOON).then(|| Finding::warning("DS-TOKEN-13", name, says, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_end_is_spoken_of() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let says = |left: Duration| ending("t", Some(now + left), now).map(|finding| finding.says);
        assert_eq!(ending("t", None, now), None);
        assert_eq!(says(Duration::days(15)), None);
        assert_eq!(says(Duration::days(3)).as_deref(), Some("it expires in 3 days"));
        assert_eq!(says(Duration::hours(30)).as_deref(), Some("it expires tomorrow"));
        assert_eq!(says(Duration::hours(3)).as_deref(), Some("it expires today"));
        assert_eq!(says(-Duration::hours(3)).as_deref(), Some("it has expired"));
    }
}
