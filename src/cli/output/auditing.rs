//! What an audit found, as text: each finding with its place and next step, what was left out, one verdict last.

use std::fmt::Write as _;

use super::{Paint, Tone};
use crate::audit::{Audit, Leak};
use crate::secret::plain;

/// More that was left out on purpose is counted; `--json` has all of it.
const FEW: usize = 10;

pub(in crate::cli) fn audit(paint: Paint, audit: &Audit) -> String {
    let mut out = String::new();
    audit.leaks.iter().for_each(|leak| of_leak(paint, leak, &mut out));
    skipped(paint, audit, &mut out);
    let _ = writeln!(out, "{}", audit_in_short(paint, audit));
    out
}

/// The verdict alone.
pub(in crate::cli) fn audit_in_short(paint: Paint, audit: &Audit) -> String {
    let tone = if audit.leaks.is_empty() { Tone::Good } else { Tone::Bad };
    let passed = audit.passed();
    let and = if passed.is_empty() { "" } else { "; " };
    format!("{}{and}{passed}", paint.tone(tone, &audit.in_short()))
}

fn of_leak(paint: Paint, leak: &Leak, out: &mut String) {
    let place = paint.tone(Tone::Heading, &plain(&leak.place()));
    let rule = paint.tone(Tone::Faint, &format!("[{} {}]", leak.rule, leak.code));
    let _ = writeln!(out, "{place}: {} {rule}", leak.says());
    let _ = writeln!(out, "  {} {}", paint.tone(Tone::Faint, "next:"), plain(&leak.remedy.to_string()));
}

fn skipped(paint: Paint, audit: &Audit, out: &mut String) {
    let (failed, meant): (Vec<_>, Vec<_>) = audit.skipped.iter().partition(|skipped| skipped.failed);
    for skipped in failed.iter().copied().chain(meant.iter().copied().take(FEW)) {
        let line = format!("not looked at: {}: {}", skipped.path, skipped.why);
        let _ = writeln!(out, "{}", paint.tone(Tone::Faint, &line));
    }
    if meant.len() > FEW {
        let more = format!("not looked at: {} more, see --json", meant.len() - FEW);
        let _ = writeln!(out, "{}", paint.tone(Tone::Faint, &more));
    }
}
