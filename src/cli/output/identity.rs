//! The identity as text.

use std::fmt::Write as _;

use time::OffsetDateTime;
use time::macros::format_description;

use super::{Paint, Tone};
use crate::identity::Epochs;
use crate::onboard::IdentityFacts;

/// Fingerprint, place and history, one line each.
pub(in crate::cli) fn identity(paint: Paint, facts: Option<&IdentityFacts>) -> String {
    let Some(facts) = facts else {
        return "There is no identity yet. The first seed that derives a secret makes one;\n\
                to bring yours from another machine: devsecrets identity import\n"
            .to_owned();
    };
    let mut out = String::new();
    let mut pair = |word: &str, text: &str| {
        let _ = writeln!(out, "{}  {text}", paint.tone(Tone::Faint, &format!("{word:<11}")));
    };
    pair("fingerprint", &paint.tone(Tone::Heading, &facts.fingerprint));
    pair("kept in", &facts.place);
    pair("since", &facts.created.map_or_else(|| "unknown".to_owned(), date));
    match facts.phrase_checked {
        Some(at) => pair("phrase", &format!("written down and checked on {}", date(at))),
        None => pair("phrase", &paint.tone(Tone::Warn, "not written down: devsecrets identity export")),
    }
    if !facts.epochs.is_empty() {
        pair("rotations", &facts.epochs.to_string());
    }
    for former in &facts.former {
        pair("replaced", &format!("{former}, back with: devsecrets identity import --former {former}"));
    }
    out
}

/// The rotations another machine has to be told, if any; they are no secret.
pub(in crate::cli) fn to_carry_over(epochs: &Epochs, lead: &str) -> String {
    match (epochs.is_empty(), lead.ends_with("import")) {
        (true, _) => lead.to_owned(),
        (false, true) => format!("{lead} --epochs {epochs}"),
        (false, false) => format!("{lead}: devsecrets identity rotate --to {epochs}"),
    }
}

fn date(at: OffsetDateTime) -> String {
    at.format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}
