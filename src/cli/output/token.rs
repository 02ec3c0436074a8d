//! Personal tokens as text: how each stands, whose it is, when it ends.

use std::fmt::Write as _;

use super::text::{pad, width};
use super::{Paint, Tone};
use crate::onboard::{TokenChecked, TokenRow, TokenState};

/// The profile's personal tokens.
pub(in crate::cli) fn tokens(paint: Paint, rows: &[TokenRow]) -> String {
    let names = width(rows.iter().map(|row| row.name.as_str()));
    let titles = width(rows.iter().map(|row| row.title.as_str()));
    let mut out = String::new();
    for row in rows {
        let tone = match row.state {
            TokenState::Kept => Tone::Good,
            TokenState::Unknown | TokenState::Declined => Tone::Faint,
            TokenState::Expired | TokenState::Offered | TokenState::Missing => Tone::Warn,
        };
        let (name, title) = (pad(&row.name, names), pad(&row.title, titles));
        let word = paint.tone(tone, &pad(&row.state.to_string(), 8));
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
        (Some(account), ..) => account.to_string(),
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
    let (title, owner, host) = (&checked.title, &checked.account, &checked.account.host);
    format!("{}  {word}  {title}  {owner}  {}\n", checked.name, paint.tone(Tone::Faint, &format!("({host})")))
}
