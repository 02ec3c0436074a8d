//! What is told of personal tokens: names, places and dates, never a value. The words are the same in both faces.

use std::fmt;

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
    /// How it stands, in a word.
    pub state: TokenState,
    /// Whether somebody can say whose it is.
    pub verifiable: bool,
    /// Whose it is, when that was asked.
    pub account: Option<TokenAccount>,
    /// The project that keeps one this project has not been allowed to use.
    pub offered_by: Option<String>,
    /// The person has said no to that before.
    pub declined: bool,
    /// What stands in its place in the keychain and is none of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Finding>,
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
            state: TokenState::Unknown,
            verifiable: token.verify.is_some(),
            account: None,
            offered_by: None,
            declined: false,
            problem: None,
        }
    }

    /// When it ends, if its service said so.
    pub fn expires_at(&self) -> Option<OffsetDateTime> {
        self.account.as_ref()?.expires_at
    }

    /// The word for what is known of it.
    pub(in crate::onboard) fn stands(&self, now: OffsetDateTime) -> TokenState {
        match (self.kept, &self.offered_by) {
            (None, _) => TokenState::Unknown,
            (Some(true), _) if self.expires_at().is_some_and(|end| end <= now) => TokenState::Expired,
            (Some(true), _) => TokenState::Kept,
            (Some(false), Some(_)) if self.declined => TokenState::Declined,
            (Some(false), Some(_)) => TokenState::Offered,
            (Some(false), None) => TokenState::Missing,
        }
    }
}

/// How a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenState {
    /// The keychain was not asked.
    Unknown,
    /// This project may use it.
    Kept,
    /// Kept, and of no more use.
    Expired,
    /// Another project keeps one.
    Offered,
    /// Another project keeps one, and the person does not want it here.
    Declined,
    Missing,
}

impl fmt::Display for TokenState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unknown => "unknown",
            Self::Kept => "kept",
            Self::Expired => "expired",
            Self::Offered => "offered",
            Self::Declined => "declined",
            Self::Missing => "not kept",
        })
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

impl TokenKept {
    /// "in the key file … and in .env.linear; also used by shop (/home/…)", behind a word for what was done.
    pub fn says(&self) -> String {
        let file = self.file.as_ref().map(|file| format!(" and in {file}")).unwrap_or_default();
        let others = match self.also_used_by.as_slice() {
            [] => String::new(),
            others => format!("; also used by {}", others.join(", ")),
        };
        format!("in {}{file}{others}", self.place)
    }
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

impl TokenRemoved {
    /// One sentence a line.
    pub fn says(&self) -> String {
        if !self.removed {
            return "there was none".to_owned();
        }
        let mut out = match &self.still_kept_for {
            Some(owner) => format!("no longer used here; {owner} still keeps it"),
            None => "forgotten".to_owned(),
        };
        match (&self.file, self.file_removed) {
            (Some(file), true) => out += &format!("; its file {file} is gone, too"),
            (Some(file), false) => out += &format!("; its file {file} is left, remove it yourself"),
            (None, _) => {}
        }
        if !self.also_used_by.is_empty() {
            out += &format!("\nit is gone for these, too: {}", self.also_used_by.join(", "));
        }
        if let Some(page) = self.page.as_ref().filter(|_| self.still_kept_for.is_none()) {
            out += &format!("\nit still works until it is revoked: {page}");
        }
        out
    }
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
