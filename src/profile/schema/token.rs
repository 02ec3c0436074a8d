//! Personal tokens as a profile writes them: what one looks like, where it is made, who can say whose it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A personal credential. With a preset nothing else is needed; what is written beside it wins.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// A service whose tokens are known: it fills in title, shape, page, scopes and verify.
    pub preset: Option<TokenService>,
    /// Name for people. Needed without a preset.
    #[serde(default)]
    pub title: String,
    /// Regular expression the whole token matches.
    pub shape: Option<String>,
    /// Page where one is made.
    pub page: Option<String>,
    /// Least rights it needs.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// File that holds it alone, on one line, relative to the profile.
    pub file: Option<String>,
    /// Who can say whose it is; asked only on request. A service by name, or a check of your own.
    pub verify: Option<Verify>,
}

/// Services we know how to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TokenService {
    Linear,
    Github,
    Npm,
}

/// A service by name, or a check of your own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Verify {
    Service(TokenService),
    Check(Check),
}

/// One GET over https whose JSON answer names the account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// A service of a known kind at an address of its own, such as GitHub Enterprise.
    pub service: Option<TokenService>,
    /// https address that is asked; with `service`, the address its API begins at.
    pub url: String,
    /// Header that carries the token, `{token}` standing for it. By default
    /// `Authorization: Bearer {token}`.
    pub header: Option<String>,
    /// JSON pointer (RFC 6901) to the account's name in the answer. Needed without `service`.
    pub account: Option<String>,
    /// JSON pointer to the end of the token's life: an RFC 3339 date, or seconds since 1970.
    pub expires: Option<String>,
}

impl Token {
    /// Who is asked, and where if not at its usual address.
    pub fn service(&self) -> Option<TokenService> {
        match self.verify.as_ref()? {
            Verify::Service(service) => Some(*service),
            Verify::Check(check) => check.service,
        }
    }
}
