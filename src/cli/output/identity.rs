//! The identity as text.

use std::fmt::Write as _;

use super::{Paint, Tone};
use crate::onboard::{IdentityFacts, NO_IDENTITY};

/// Fingerprint, place and history, one line each.
pub(in crate::cli) fn identity(paint: Paint, facts: Option<&IdentityFacts>) -> String {
    let Some(facts) = facts else { return format!("{NO_IDENTITY}\n") };
    let mut out = String::new();
    for line in facts.lines() {
        let text = match line.label {
            "fingerprint" => paint.tone(Tone::Heading, &line.text),
            _ if line.open => paint.tone(Tone::Warn, &line.text),
            _ => line.text,
        };
        let _ = writeln!(out, "{}  {text}", paint.tone(Tone::Faint, &format!("{:<11}", line.label)));
    }
    out
}
