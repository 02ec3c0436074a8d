//! What is told of personal tokens: names, places and dates, never a value.

use serde::Serialize;
use time::OffsetDateTime;

use crate::finding::Finding;
use crate::profile::Token;
use crate::tokens::Account;

/// Whose a token is, as its service said.
pub type TokenAccount = Account;

/// A personal token the profile knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenRow {
    pub name: String,
    pub title: String,
    /// Page where one is made.
    pub page: Option<String>,
    pub scopes: Vec<String>,
    /// Regular expression of the whole token.
    pub shape: Option<String>,
    /// File it is also written to, relative to the project.
    pub file: Option<String>,
    /// Whether one is kept that this project may use; `None` before the keychain was asked.
    pub kept: Option<bool>,
    /// Whether somebody can say whose it is.
    pub verifiable: bool,
    /// Whose it is, when that was asked.
    pub account: Option<TokenAccount>,
    /// The project that keeps one this project has not been allowed to use.
    pub offered_by: Option<String>,
    /// The person has said no to that before.
    pub declined: bool,
}

impl TokenRow {
    /// Before anything was asked.
    pub(in crate::onboard) fn of(name: &str, token: &Token) -> Self {
        Self {
            name: name.to_owned(),
            title: token.title.clone(),
            page: token.page.clone(),
            scopes: token.scopes.clone(),
            shape: token.shape.clone(),
            file: token.file.clone(),
            kept: None,
            verifiable: token.verify.is_some(),
            account: None,
            offered_by: None,
            declined: false,
        }
    }

    /// When it ends, if its service said so.
    pub fn expires_at(&self) -> Option<OffsetDateTime> {
        self.account.as_ref()?.expires_at
    }
}

/// A token that has just been kept, or shared with this project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenKept {
    pub name: String,
    /// Where: "the Secret Service keychain", "the key file …", "the keychain in memory".
    pub place: String,
    /// The file written, when the profile asks for one.
    pub file: Option<String>,
    /// What came with the paste and was left out, such as "quotes".
    pub left_out: Vec<&'static str>,
    /// Other projects that use the same token.
    pub also_used_by: Vec<String>,
    /// What could not be done, or should be known.
    pub findings: Vec<Finding>,
}

/// What became of a token that was to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenRemoved {
    pub name: String,
    /// False when there was none.
    pub removed: bool,
    /// The project that still keeps it: only this one's leave to use it was taken back.
    pub still_kept_for: Option<String>,
    /// Other projects that used it and have it no longer.
    pub also_used_by: Vec<String>,
    /// The token's own file, when it is there.
    pub file: Option<String>,
    /// Whether that file was removed, too.
    pub file_removed: bool,
    /// Where it can be revoked.
    pub page: Option<String>,
    pub findings: Vec<Finding>,
}

/// What a service said of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenChecked {
    pub name: String,
    pub title: String,
    pub account: TokenAccount,
    /// That it ends soon, or could not be noted down.
    pub findings: Vec<Finding>,
}
