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
    let looked = format!(
        "{} in {}, {} ({})",
        counted(audit.leaks.len(), "finding"),
        counted(audit.files, "file"),
        size(audit.bytes),
        plain(&audit.scanned)
    );
    let accepted = match audit.accepted {
        0 => String::new(),
        count => format!("; {count} accepted by the baseline"),
    };
    let tone = if audit.leaks.is_empty() { Tone::Good } else { Tone::Bad };
    format!("{}{accepted}", paint.tone(tone, &looked))
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

fn size(bytes: u64) -> String {
    match bytes {
        ..1024 => counted(usize::try_from(bytes).unwrap_or(0), "byte"),
        1024..0x10_0000 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 0x10_0000),
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
