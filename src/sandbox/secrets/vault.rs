//! The secrets one caller can see, and what it may do with them.

use crate::sandbox::reply::Refusal;
use crate::sandbox::signature::Caller;
use crate::sandbox::stored::{Condition, StoredSecret};
use crate::sandbox::world::World;

use super::validation;

/// Longest `SecretId` in characters, by the service model.
const LONGEST_ID: usize = 2048;

pub(super) struct Vault<'a> {
    pub(super) world: &'a World,
    pub(super) caller: Caller,
}

impl<'a> Vault<'a> {
    /// Everything in the caller's account and region.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &'a StoredSecret> {
        let home = &self.world.region;
        let Caller { account, region, .. } = &self.caller;
        self.world.secrets.iter().filter(move |secret| secret.lives_in(account, region, home))
    }

    pub(super) fn arn(&self, secret: &StoredSecret) -> String {
        secret.arn(&self.caller.account, &self.caller.region)
    }

    /// The secret called `id`, if the caller may do `action` with it.
    pub(super) fn open(&self, id: &str, action: &str) -> Result<&'a StoredSecret, Refusal> {
        well_formed(id)?;
        if arn_field(id, ACCOUNT).is_some_and(|account| account != self.caller.account) {
            return Err(self.denied(action, Some(id)));
        }
        let secret = self.secrets().find(|secret| self.is_called(secret, id)).ok_or_else(not_found)?;
        if secret.condition == Condition::Denied {
            return Err(self.denied(action, Some(&self.arn(secret))));
        }
        Ok(secret)
    }

    /// By name, by whole ARN, or by ARN without its suffix. A partial ARN that itself ends in a
    /// hyphen and six characters is taken for a whole one, and so not found, as AWS warns.
    fn is_called(&self, secret: &StoredSecret, id: &str) -> bool {
        let arn = self.arn(secret);
        id == secret.name || id == arn || (id == &arn[..arn.len() - SUFFIX] && !has_suffix(id))
    }

    pub(super) fn permit(&self, allowed: bool, action: &str) -> Result<(), Refusal> {
        if allowed { Ok(()) } else { Err(self.denied(action, None)) }
    }

    fn denied(&self, action: &str, resource: Option<&str>) -> Refusal {
        let resource = resource.map_or_else(String::new, |arn| format!(" on resource: {arn}"));
        let message = format!(
            "User: {} is not authorized to perform: secretsmanager:{action}{resource} because no \
             identity-based policy allows the secretsmanager:{action} action",
            self.caller.arn()
        );
        Refusal::new("AccessDeniedException", message)
    }
}

/// A hyphen and six random characters.
const SUFFIX: usize = 7;

/// `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX`, counted from 0.
const ACCOUNT: usize = 4;

fn arn_field(id: &str, position: usize) -> Option<&str> {
    id.strip_prefix("arn:").and_then(|_| id.split(':').nth(position))
}

fn has_suffix(id: &str) -> bool {
    let tail: Vec<u8> = id.bytes().rev().take(SUFFIX).collect();
    tail.len() == SUFFIX
        && tail[SUFFIX - 1] == b'-'
        && tail[..SUFFIX - 1].iter().all(u8::is_ascii_alphanumeric)
}

fn well_formed(id: &str) -> Result<(), Refusal> {
    if id.is_empty() {
        return Err(validation("secretId", "Member must have length greater than or equal to 1"));
    }
    if id.chars().count() > LONGEST_ID {
        let bound = format!("Member must have length less than or equal to {LONGEST_ID}");
        return Err(validation("secretId", &bound));
    }
    if id.chars().all(|c| c.is_ascii_alphanumeric() || "-/_+=.@!:".contains(c)) {
        return Ok(());
    }
    let message = "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!";
    Err(Refusal::new("ValidationException", message))
}

fn not_found() -> Refusal {
    Refusal::new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_a_hyphen_and_six() {
        assert!(has_suffix("backend-a1B2c3"));
        assert!(!has_suffix("backend/development"));
        assert!(!has_suffix("a1B2c3"));
    }

    #[test]
    fn ids_have_bounds_and_an_alphabet() {
        assert!(well_formed("backend/development").is_ok());
        assert!(well_formed("").is_err() && well_formed("two words").is_err());
        assert!(well_formed(&"x".repeat(2048)).is_ok() && well_formed(&"x".repeat(2049)).is_err());
    }
}
