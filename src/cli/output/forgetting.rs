//! What is to be forgotten, and what became of it, as text.

use std::fmt::Write as _;

use super::text::{pad, width};
use super::{Paint, Tone};
use crate::onboard::{ByHand, Farewell, ForgetKind, ForgetOutcome, Survey};

/// Everything listed, in the order it goes.
pub(in crate::cli) fn survey(paint: Paint, survey: &Survey) -> String {
    if survey.things.is_empty() {
        return "there is nothing of ours here\n".to_owned();
    }
    let kinds = width(survey.things.iter().map(|thing| word(thing.kind)));
    let mut out = String::new();
    for thing in &survey.things {
        let kind = paint.tone(Tone::Heading, &pad(word(thing.kind), kinds));
        let _ = writeln!(
            out,
            "{kind}  {}\n{}  {}",
            thing.place,
            " ".repeat(kinds),
            paint.tone(Tone::Faint, &thing.says)
        );
    }
    out
}

/// What was done with each, then what is left to the person.
pub(in crate::cli) fn farewell(paint: Paint, farewell: &Farewell) -> String {
    let mut out = String::from("\n");
    for thing in &farewell.things {
        let (tone, word) = match thing.outcome {
            ForgetOutcome::Removed => (Tone::Good, "removed"),
            ForgetOutcome::Gone => (Tone::Faint, "gone"),
            ForgetOutcome::Left => (Tone::Warn, "left"),
            ForgetOutcome::Failed => (Tone::Bad, "failed"),
        };
        let _ = writeln!(out, "{}  {}", paint.tone(tone, &pad(word, 7)), thing.place);
    }
    out + &by_hand(paint, &farewell.by_hand)
}

/// What only its service can end.
pub(in crate::cli) fn by_hand(paint: Paint, list: &[ByHand]) -> String {
    if list.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", paint.tone(Tone::Heading, "To do by hand:"));
    for one in list {
        let _ = writeln!(out, "  {}: {}", one.what, one.page);
    }
    out
}

fn word(kind: ForgetKind) -> &'static str {
    match kind {
        ForgetKind::Values => "values",
        ForgetKind::TokenFile => "token file",
        ForgetKind::KeychainItem => "keychain",
        ForgetKind::SignIn => "sign-in",
        ForgetKind::AwsProfile => "AWS profile",
        ForgetKind::State => "records",
    }
}
