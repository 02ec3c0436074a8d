//! The keychain as text.

use std::fmt::Write as _;

use super::{Paint, Tone};
use crate::onboard::{KeychainCount, KeychainStatus};

/// Which one, why, and what is in it, one line each.
pub(in crate::cli) fn keychain(paint: Paint, status: &KeychainStatus) -> String {
    let mut out = String::new();
    let mut pair = |word: &str, text: &str| {
        let _ = writeln!(out, "{}  {text}", paint.tone(Tone::Faint, &format!("{word:<8}")));
    };
    pair("keychain", &paint.tone(Tone::Heading, &status.place));
    pair("because", &status.because);
    pair("keeps", &status.kept.as_ref().map_or_else(|| "unknown".to_owned(), count));
    if let Some(other) = &status.elsewhere {
        let kept = other.kept.as_ref().map(|kept| format!(": {}", count(kept))).unwrap_or_default();
        pair("not used", &format!("{}{kept}", other.place));
    }
    out
}

fn count(kept: &KeychainCount) -> String {
    let some = |count: usize, word: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        count => Some(format!("{count} {many}")),
    };
    let parts = [
        kept.identity.then(|| "your identity".to_owned()),
        some(kept.former_identities, "replaced identity", "replaced identities"),
        some(kept.tokens, "token", "tokens"),
    ];
    match parts.into_iter().flatten().collect::<Vec<_>>().as_slice() {
        [] => "nothing of ours yet".to_owned(),
        parts => parts.join(", "),
    }
}
