//! What the doctor found, as text: healthy groups on one line, problems with their evidence, one verdict last.

use std::fmt::Write as _;

use super::text::{in_the_way, pad, width};
use super::{Paint, Tone};
use crate::doctor::{Check, Checked, Diagnosis, Group, Outcome, Problem, Tally, Unseen};
use crate::finding::Severity;
use crate::onboard::Remedies;

pub(in crate::cli) fn diagnosis(paint: Paint, diagnosis: &Diagnosis) -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let checks = diagnosis.of_group(group);
        if !checks.is_empty() {
            of_group(paint, group, &checks, &mut out);
        }
    }
    out.push_str(&diagnosis.readiness.as_ref().map_or_else(String::new, |found| in_the_way(paint, found)));
    let worst = diagnosis.problems().map(|problem| problem.finding.severity).max();
    let tone = worst.map_or(Tone::Good, tone);
    let _ = writeln!(out, "{}", paint.tone(tone, &diagnosis.verdict()));
    out
}

fn of_group(paint: Paint, group: Group, checks: &[&Checked], out: &mut String) {
    let tally = Tally::of(group, checks);
    let (sign, shade) = match tally.outcome() {
        Outcome::Bad => ("✗", tally.worst.map_or(Tone::Bad, tone)),
        Outcome::Good => ("✓", Tone::Good),
        Outcome::NotChecked => ("?", Tone::Warn),
        Outcome::NotHere => ("·", Tone::Faint),
    };
    let heading = paint.tone(shade, &format!("{sign} {group:<8}"));
    let (word, done) = (paint.tone(shade, &tally.word()), paint.tone(Tone::Faint, &tally.done()));
    let _ = writeln!(out, "{heading}  {word}  {done}");
    for unseen in Unseen::of(checks) {
        let line = format!("not checked: {}", unseen.line());
        let _ = writeln!(out, "    {}", paint.tone(Tone::Faint, &line));
    }
    checks.iter().flat_map(|checked| &checked.problems).for_each(|problem| of_problem(paint, problem, out));
}

fn of_problem(paint: Paint, problem: &Problem, out: &mut String) {
    let finding = &problem.finding;
    let word = paint.tone(tone(finding.severity), &finding.severity.to_string());
    let code = paint.tone(Tone::Faint, &format!("[{}]", finding.code));
    let _ = writeln!(out, "    {word}: {} {code}", problem.line());
    let (label, step) = problem.step();
    let label = paint.tone(Tone::Faint, &format!("{:<5}", format!("{label}:")));
    let _ = writeln!(out, "      {label} {step}");
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Faint,
    }
}

/// What `--fix` would do.
pub(in crate::cli) fn remedies(paint: Paint, remedies: &Remedies) -> String {
    let mut out = format!("\n{}\n", paint.tone(Tone::Heading, "to do"));
    for row in remedies.rows() {
        let undo = if row.undo { paint.tone(Tone::Faint, "  can be undone") } else { String::new() };
        let _ = writeln!(out, "  {}{undo}", row.what);
    }
    out
}

/// Every check there is.
pub(in crate::cli) fn checks(paint: Paint, checks: &[&Check]) -> String {
    let titles = width(checks.iter().map(|check| check.title));
    let codes = width(checks.iter().map(|check| check.code));
    let mut out = String::new();
    for check in checks {
        let fixes = if check.cures { "can be fixed" } else { "" };
        let line = format!(
            "{}  {:<8}  {:<7}  {}  {fixes}",
            pad(check.code, codes),
            check.group,
            check.severity.to_string(),
            pad(check.title, titles)
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let here: Vec<&&Check> = checks.iter().filter(|check| check.fails_here()).collect();
    let fixed = here.iter().filter(|check| check.cures).count();
    let all = counted(checks.len(), "check");
    let verdict =
        format!("{all}; of {} about files on this machine {fixed} can be fixed from here", here.len());
    let _ = writeln!(out, "{}", paint.tone(Tone::Heading, &verdict));
    out
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
