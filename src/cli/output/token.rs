//! Personal tokens as text: how each stands, whose it is, when it ends.

use std::fmt::Write as _;

use time::OffsetDateTime;
use time::macros::format_description;

use super::text::{pad, width};
use super::{Paint, Tone};
use crate::onboard::{TokenAccount, TokenChecked, TokenRow};

/// The profile's personal tokens.
pub(in crate::cli) fn tokens(paint: Paint, rows: &[TokenRow]) -> String {
    let names = width(rows.iter().map(|row| row.name.as_str()));
    let titles = width(rows.iter().map(|row| row.title.as_str()));
    let mut out = String::new();
    for row in rows {
        let (tone, word) = match row.kept {
            Some(true) => (Tone::Good, "kept"),
            Some(false) if row.offered_by.is_some() => (Tone::Warn, "offered"),
            Some(false) => (Tone::Warn, "not kept"),
            None => (Tone::Faint, "unknown"),
        };
        let (name, title) = (pad(&row.name, names), pad(&row.title, titles));
        let word = paint.tone(tone, &pad(word, 8));
        let _ = writeln!(out, "{name}  {word}  {title}  {}", paint.tone(Tone::Faint, &more(row)));
    }
    if rows.is_empty() {
        out.push_str("the profile declares no personal tokens\n");
    }
    out
}

/// Whose it is; else what leads to one.
fn more(row: &TokenRow) -> String {
    match (&row.account, &row.offered_by, row.kept) {
        (Some(account), ..) => owner(account),
        (None, Some(from), _) => {
            format!("kept for {from}; to use it here: devsecrets token share {}", row.name)
        }
        (None, None, Some(true)) if row.verifiable => {
            format!("whose it is: devsecrets token verify {}", row.name)
        }
        _ => row.page.clone().unwrap_or_default(),
    }
}

/// What a service said of one token.
pub(in crate::cli) fn checked(paint: Paint, checked: &TokenChecked) -> String {
    let word = paint.tone(Tone::Good, "good");
    let (title, owner, host) = (&checked.title, owner(&checked.account), &checked.account.host);
    format!("{}  {word}  {title}  {owner}  {}\n", checked.name, paint.tone(Tone::Faint, &format!("({host})")))
}

fn owner(account: &TokenAccount) -> String {
    let organization = account.organization.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
    let end = account.expires_at.map(|at| format!(", until {}", day(at))).unwrap_or_default();
    format!("{}{organization}{end}", account.name)
}

fn day(at: OffsetDateTime) -> String {
    at.format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}
