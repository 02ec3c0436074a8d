//! What the doctor found, as text: healthy groups on one line, problems with their evidence, one verdict last.

use std::fmt::Write as _;
use std::path::Path;

use super::text::{pad, width};
use super::{Paint, Tone};
use crate::doctor::{Check, Checked, Cure, Diagnosis, Group, Outcome, Problem, seen_from};
use crate::finding::Severity;
use crate::onboard::Remedies;

pub(in crate::cli) fn diagnosis(paint: Paint, diagnosis: &Diagnosis) -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let checks: Vec<&Checked> =
            diagnosis.checks.iter().filter(|checked| checked.group == group).collect();
        if !checks.is_empty() {
            of_group(paint, group, &checks, &mut out);
        }
    }
    let worst = diagnosis.problems().map(|problem| problem.finding.severity).max();
    let tone = worst.map_or(Tone::Good, tone);
    let _ = writeln!(out, "{}", paint.tone(tone, &diagnosis.verdict()));
    out
}

fn of_group(paint: Paint, group: Group, checks: &[&Checked], out: &mut String) {
    let count = |outcome| checks.iter().filter(|checked| checked.outcome == outcome).count();
    let problems: Vec<&Problem> = checks.iter().flat_map(|checked| &checked.problems).collect();
    let (sign, word, shade) = match problems.iter().map(|problem| problem.finding.severity).max() {
        Some(severity) => ("✗", counted(problems.len(), "problem"), tone(severity)),
        None if count(Outcome::Good) > 0 => ("✓", "good".to_owned(), Tone::Good),
        None if count(Outcome::NotChecked) > 0 => ("?", "not checked".to_owned(), Tone::Warn),
        None => ("·", "nothing to check".to_owned(), Tone::Faint),
    };
    let done = format!("{} of {} checked", count(Outcome::Good) + count(Outcome::Bad), checks.len());
    let heading = paint.tone(shade, &format!("{sign} {group:<8}"));
    let _ = writeln!(out, "{heading}  {}  {}", paint.tone(shade, &word), paint.tone(Tone::Faint, &done));
    not_checked(paint, checks, out);
    for problem in problems {
        of_problem(paint, problem, out);
    }
}

/// One line for each reason, however many checks it kept from looking.
fn not_checked(paint: Paint, checks: &[&Checked], out: &mut String) {
    let mut reasons: indexmap::IndexMap<&str, Vec<&str>> = indexmap::IndexMap::new();
    for checked in checks {
        if let Some(why) = &checked.not_checked {
            reasons.entry(why).or_default().push(checked.title);
        }
    }
    for (why, titles) in reasons {
        let what = match titles[..] {
            [one] => one.to_owned(),
            _ => counted(titles.len(), "check"),
        };
        let _ = writeln!(out, "    {}", paint.tone(Tone::Faint, &format!("not checked: {what}: {why}")));
    }
}

fn of_problem(paint: Paint, problem: &Problem, out: &mut String) {
    let finding = &problem.finding;
    let word = paint.tone(tone(finding.severity), &finding.severity.to_string());
    let code = paint.tone(Tone::Faint, &format!("[{}]", finding.code));
    let _ = writeln!(out, "    {word}: {}: {} {code}", finding.subject, finding.says);
    let (label, step) = match &problem.fix {
        Some(fix) => ("fix: ", fix.clone()),
        None => ("next:", finding.remedy.to_string()),
    };
    let _ = writeln!(out, "      {} {step}", paint.tone(Tone::Faint, label));
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Faint,
    }
}

/// What `--fix` would do.
pub(in crate::cli) fn remedies(paint: Paint, remedies: &Remedies, root: Option<&Path>) -> String {
    let mut out = format!("\n{}\n", paint.tone(Tone::Heading, "to do"));
    for cure in &remedies.cures {
        let cure = cure.to_string();
        let _ = writeln!(out, "  {}", root.map_or(cure.clone(), |root| seen_from(root, &cure)));
    }
    if let Some(config) = &remedies.config {
        let _ = writeln!(out, "  {}", config.file);
        config.lines.iter().for_each(|line| {
            let _ = writeln!(out, "    {} {}", line.sign, line.text);
        });
    }
    for file in &remedies.files.files {
        for line in &file.lines {
            let _ =
                writeln!(out, "  {}: {}  {}", file.path, line.name, paint.tone(Tone::Faint, "can be undone"));
        }
    }
    if !remedies.seeds.is_empty() {
        let _ = writeln!(
            out,
            "  {}  {}",
            Cure::Take { services: remedies.seeds.clone(), variables: remedies.takes.clone() },
            paint.tone(Tone::Faint, "can be undone")
        );
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
