//! Previews, reports and adoptions as text.

use std::fmt::Write as _;

use super::text::{pad, width};
use super::{Paint, Tone, describe};
use crate::seed::{Adoption, Change, FileOutcome, FilePreview, FileState, Preview, Report};

/// Every file with its masked diff.
pub(in crate::cli) fn preview(paint: Paint, preview: &Preview) -> String {
    let mut out = String::new();
    for file in &preview.files {
        let state = paint.tone(file_tone(file.state), &file.state.to_string());
        let _ = writeln!(out, "{}  {state}", paint.tone(Tone::Heading, &file.path));
        lines(paint, file, &mut out);
        for finding in &file.findings {
            let _ = write!(out, "  {}", describe(paint, finding).replace("\n  ", "\n    "));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", preview.verdict());
    out
}

fn lines(paint: Paint, file: &FilePreview, out: &mut String) {
    let names = width(file.lines.iter().map(|line| line.name.as_str()));
    for line in &file.lines {
        let sign =
            paint.tone(change_tone(line.change), &format!("{} {:<8}", line.change.sign(), line.change));
        let value = line.value.as_ref().map(ToString::to_string).unwrap_or_default();
        let origin = line.origin.as_ref().map(ToString::to_string).unwrap_or_default();
        let note = line.note.as_deref().unwrap_or_default();
        let rest = paint.tone(Tone::Faint, [origin.as_str(), note].join("  ").trim());
        let text = format!("  {sign} {}  {value}  {rest}", pad(&line.name, names));
        let _ = writeln!(out, "{}", text.trim_end());
    }
}

fn file_tone(state: FileState) -> Tone {
    match state {
        FileState::Create | FileState::Update => Tone::Good,
        FileState::Unchanged => Tone::Faint,
        FileState::Refused => Tone::Bad,
    }
}

fn change_tone(change: Change) -> Tone {
    match change {
        Change::Add | Change::Replace | Change::Remove => Tone::Good,
        Change::Same | Change::Keep => Tone::Faint,
        Change::Lack | Change::Conflict | Change::Stale => Tone::Warn,
        Change::Refuse => Tone::Bad,
    }
}

/// What happened to each file.
pub(in crate::cli) fn report(paint: Paint, report: &Report) -> String {
    let paths = width(report.files.iter().map(|file| file.path.as_str()));
    let mut out = String::new();
    for file in &report.files {
        let tone = match file.outcome {
            FileOutcome::Created | FileOutcome::Updated | FileOutcome::Restored | FileOutcome::Removed => {
                Tone::Good
            }
            FileOutcome::Unchanged => Tone::Faint,
            FileOutcome::Refused | FileOutcome::Failed => Tone::Bad,
        };
        let outcome = paint.tone(tone, &format!("{:<9}", file.outcome));
        let written = if file.written == 0 { String::new() } else { counted(file.written, "line") };
        let _ = writeln!(out, "{}", format!("{}  {outcome}  {written}", pad(&file.path, paths)).trim_end());
    }
    out
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// What was found in files that were made by hand.
pub(in crate::cli) fn adoption(paint: Paint, adoption: &Adoption) -> String {
    let mut out = String::new();
    for file in &adoption.files {
        let _ = writeln!(out, "{}", paint.tone(Tone::Heading, &file.path));
        for (what, names, tone) in [
            ("same as its source", &file.same, Tone::Good),
            ("kept as it is", &file.kept, Tone::Faint),
            ("not in the profile", &file.unknown, Tone::Warn),
            ("lacking", &file.lacking, Tone::Warn),
        ] {
            if !names.is_empty() {
                let _ = writeln!(out, "  {}  {}", paint.tone(tone, what), names.join(", "));
            }
        }
    }
    out
}
