//! Who signed a request to Secrets Manager or Systems Manager (AWS Signature Version 4).
//!
//! Owns the role keys given out. A request must be signed for the service it goes to with a living pair of
//! them and carry their session token. The signature's own bytes are not recomputed: these keys
//! guard nothing, and the SDKs are trusted to sign. The region is the one in the credential scope.

use std::collections::HashMap;

use time::OffsetDateTime;

use super::mint;
use super::reply::Refusal;
use super::request::Request;
use super::state::State;

/// One set of role keys.
#[derive(Clone)]
pub(super) struct Keys {
    pub(super) access_key_id: String,
    pub(super) secret_access_key: String,
    pub(super) session_token: String,
    account: String,
    role: String,
    expires: OffsetDateTime,
}

#[derive(Default)]
pub(super) struct RoleKeys(HashMap<String, Keys>);

impl RoleKeys {
    pub(super) fn issue(&mut self, account: String, role: String, expires: OffsetDateTime) -> Keys {
        let keys = Keys {
            access_key_id: mint::access_key_id(),
            secret_access_key: mint::secret_access_key(),
            session_token: mint::security_token(),
            account,
            role,
            expires,
        };
        self.0.insert(keys.access_key_id.clone(), keys.clone());
        keys
    }
}

/// Who asks, and in which region.
pub(super) struct Caller {
    pub(super) account: String,
    pub(super) region: String,
    role: String,
}

impl Caller {
    /// As error messages name a role that Identity Center made.
    pub(super) fn arn(&self) -> String {
        let Self { account, role, .. } = self;
        format!("arn:aws:sts::{account}:assumed-role/AWSReservedSSO_{role}_0123456789abcdef/developer")
    }
}

/// # Errors
/// The same codes in the same order as AWS: unsigned, malformed, wrong service, unknown, expired.
pub(super) fn caller(state: &State, request: &Request, asked: &str) -> Result<Caller, Refusal> {
    let header = request.header("authorization").ok_or_else(unsigned)?;
    let Scope { key_id, region, service } = Scope::read(header).ok_or_else(incomplete)?;
    if service != asked {
        return Err(wrong_service(asked));
    }
    if let Some(account) = static_account(state, key_id) {
        return Ok(Caller { account, role: "Static".to_owned(), region: region.to_owned() });
    }
    let keys = state
        .role_keys
        .0
        .get(key_id)
        .filter(|keys| request.header("x-amz-security-token") == Some(&keys.session_token))
        .ok_or_else(unknown_keys)?;
    if keys.expires <= state.now() {
        return Err(expired_keys());
    }
    Ok(Caller { account: keys.account.clone(), role: keys.role.clone(), region: region.to_owned() })
}

/// Whose key it is, when it is a long-lived one.
fn static_account(state: &State, key_id: &str) -> Option<String> {
    let known = state.world.static_keys.iter().any(|id| id == key_id);
    Some(state.world.accounts.first().filter(|_| known)?.id.clone())
}

/// The parts of `Credential=KEY/DATE/REGION/SERVICE/aws4_request` that matter here.
#[derive(Debug, PartialEq, Eq)]
struct Scope<'a> {
    key_id: &'a str,
    region: &'a str,
    service: &'a str,
}

impl<'a> Scope<'a> {
    fn read(header: &'a str) -> Option<Self> {
        let fields = header.strip_prefix("AWS4-HMAC-SHA256 ")?;
        let field = |name: &str| {
            fields.split(',').find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='))
        };
        let signature = field("Signature")?;
        let well_formed = signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut parts = field("Credential")?.split('/');
        let (key_id, _date, region) = (parts.next()?, parts.next()?, parts.next()?);
        let (service, end) = (parts.next()?, parts.next()?);
        let signs_itself = field("SignedHeaders")?.split(';').any(|name| name == "host");
        (well_formed && signs_itself && end == "aws4_request").then_some(Self { key_id, region, service })
    }
}

fn unsigned() -> Refusal {
    Refusal::new("MissingAuthenticationTokenException", "Missing Authentication Token")
}

fn incomplete() -> Refusal {
    Refusal::new("IncompleteSignatureException", "Authorization header is not a complete Signature Version 4")
}

fn wrong_service(asked: &str) -> Refusal {
    let message = format!("Credential should be scoped to correct service: '{asked}'.");
    Refusal::new("InvalidSignatureException", message)
}

fn unknown_keys() -> Refusal {
    let message = "The security token included in the request is invalid.";
    Refusal::new("UnrecognizedClientException", message)
}

fn expired_keys() -> Refusal {
    Refusal::new("ExpiredTokenException", "The security token included in the request is expired")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(credential: &str) -> String {
        let signature = "0".repeat(64);
        format!(
            "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={signature}"
        )
    }

    #[test]
    fn the_scope_is_read() {
        let header = header("ASIAX/20260101/eu-west-2/secretsmanager/aws4_request");
        let scope = Scope { key_id: "ASIAX", region: "eu-west-2", service: "secretsmanager" };
        assert_eq!(Scope::read(&header), Some(scope));
    }

    #[test]
    fn half_a_header_is_none() {
        assert_eq!(Scope::read("Bearer token"), None);
        assert_eq!(Scope::read(&header("ASIAX/20260101/eu-west-2")), None);
        let cut = header("ASIAX/20260101/eu-west-2/secretsmanager/aws4_request").replace("0000", "");
        assert_eq!(Scope::read(&cut), None);
    }
}
