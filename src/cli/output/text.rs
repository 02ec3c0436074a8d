//! Facts as text: tables whose columns line up, the verdict last.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::{Paint, Tone};
use crate::onboard::TokenRow;
use crate::profile::{Loaded, Profile};
use crate::resolve::{Cell, Matrix, Status};
use crate::seed::{Change, FileOutcome, FilePreview, FileState, Preview, Report};

/// Services and their variables, one line each.
pub(in crate::cli) fn matrix(paint: Paint, matrix: &Matrix) -> String {
    let cells = || matrix.services.iter().flat_map(|row| &row.cells);
    let names = width(cells().map(|cell| cell.variable.as_str()));
    let origins = width(cells().map(origin).collect::<Vec<_>>().iter().map(String::as_str));
    let mut out = String::new();
    let _ = writeln!(out, "{} · {}", paint.tone(Tone::Heading, &matrix.title), matrix.environment);
    for row in &matrix.services {
        let word =
            if row.ready { paint.tone(Tone::Good, "ready") } else { paint.tone(Tone::Bad, "not ready") };
        let file = row.env_file.as_deref().unwrap_or("no env file");
        let faint = paint.tone(Tone::Faint, file);
        let _ = writeln!(out, "\n{}  {word}  {faint}", paint.tone(Tone::Heading, &row.service));
        for cell in &row.cells {
            let _ = writeln!(out, "  {}", line(paint, cell, names, origins).trim_end());
        }
    }
    let tone = if matrix.all_ready() { Tone::Good } else { Tone::Warn };
    let _ = writeln!(out, "\n{}", paint.tone(tone, &matrix.verdict()));
    out
}

fn line(paint: Paint, cell: &Cell, names: usize, origins: usize) -> String {
    let status = paint.tone(tone(cell.status), &format!("{:<9}", cell.status));
    let next = match (&cell.problem, &cell.next) {
        (Some(problem), Some(next)) => format!("{problem} → {next}"),
        (Some(text), None) | (None, Some(text)) => text.clone(),
        (None, None) => String::new(),
    };
    let name = pad(&cell.variable, names);
    let origin = pad(&origin(cell), origins);
    format!("{name}  {status}  {origin}  {}", paint.tone(Tone::Faint, &next))
}

fn origin(cell: &Cell) -> String {
    cell.origin.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string)
}

fn tone(status: Status) -> Tone {
    match status {
        Status::Ready => Tone::Good,
        Status::Missing | Status::Invalid | Status::Forbidden => Tone::Bad,
        Status::Blocked => Tone::Warn,
        Status::Unset | Status::Absent => Tone::Faint,
    }
}

/// Every file with its masked diff.
pub(in crate::cli) fn preview(paint: Paint, preview: &Preview) -> String {
    let mut out = String::new();
    for file in &preview.files {
        let state = paint.tone(file_tone(file.state), &file.state.to_string());
        let _ = writeln!(out, "{}  {state}", paint.tone(Tone::Heading, &file.path));
        lines(paint, file, &mut out);
        for finding in &file.findings {
            let _ = write!(out, "  {}", super::describe(paint, finding).replace("\n  ", "\n    "));
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
            paint.tone(change_tone(line.change), &format!("{} {:<7}", line.change.sign(), line.change));
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
        Change::Add | Change::Replace => Tone::Good,
        Change::Same | Change::Keep => Tone::Faint,
        Change::Lack => Tone::Warn,
        Change::Refuse => Tone::Bad,
    }
}

/// What happened to each file.
pub(in crate::cli) fn report(paint: Paint, report: &Report) -> String {
    let paths = width(report.files.iter().map(|file| file.path.as_str()));
    let mut out = String::new();
    for file in &report.files {
        let tone = match file.outcome {
            FileOutcome::Created | FileOutcome::Updated => Tone::Good,
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

/// The profile's personal tokens.
pub(in crate::cli) fn tokens(paint: Paint, rows: &[TokenRow]) -> String {
    let names = width(rows.iter().map(|row| row.name.as_str()));
    let mut out = String::new();
    for row in rows {
        let kept = match row.kept {
            Some(true) => paint.tone(Tone::Good, "kept    "),
            Some(false) => paint.tone(Tone::Warn, "not kept"),
            None => paint.tone(Tone::Faint, "unknown "),
        };
        let page = row.page.as_deref().unwrap_or_default();
        let _ = writeln!(
            out,
            "{}  {kept}  {}  {}",
            pad(&row.name, names),
            row.title,
            paint.tone(Tone::Faint, page)
        );
    }
    if rows.is_empty() {
        out.push_str("the profile declares no personal tokens\n");
    }
    out
}

/// What a profile declares, the house rules no machine can check included.
pub(in crate::cli) fn profile(paint: Paint, loaded: &Loaded) -> String {
    let profile = &loaded.profile;
    let mut out = String::new();
    let _ = writeln!(out, "{}", paint.tone(Tone::Heading, &profile.title));
    if let Some(about) = &profile.about {
        let _ = writeln!(out, "{about}");
    }
    let _ = writeln!(out, "{}", paint.tone(Tone::Faint, &format!("{} · {}", profile.name, loaded.source)));
    section(paint, &mut out, "Environments", &profile.environments);
    section(paint, &mut out, "Services", &services(profile));
    section(paint, &mut out, "Variables", &variables(profile));
    let tokens: Vec<String> =
        profile.tokens.iter().map(|(name, token)| format!("{name}: {}", token.title)).collect();
    section(paint, &mut out, "Personal tokens", &tokens);
    section(paint, &mut out, "Deploy targets", &deploys(profile));
    section(paint, &mut out, "Rules", &profile.policy.rules);
    out
}

fn section(paint: Paint, out: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint.tone(Tone::Heading, title));
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

fn services(profile: &Profile) -> Vec<String> {
    let names = width(profile.services.keys().map(String::as_str));
    let about = |service: &crate::profile::Service| service.about.clone().unwrap_or_default();
    profile
        .services
        .iter()
        .map(|(name, service)| format!("{}  {}", pad(name, names), about(service)))
        .collect()
}

fn variables(profile: &Profile) -> Vec<String> {
    let names = width(profile.variables.keys().map(String::as_str));
    let about = |variable: &crate::profile::Variable| variable.about.clone().unwrap_or_default();
    let line = |(name, variable): (&String, &crate::profile::Variable)| {
        format!("{}  {}", pad(name, names), about(variable)).trim_end().to_owned()
    };
    profile.variables.iter().map(line).collect()
}

fn deploys(profile: &Profile) -> Vec<String> {
    let target = |(name, deploy): (&String, &crate::profile::Deploy)| {
        let files: Vec<&str> = deploy.file.iter().chain(&deploy.files).map(String::as_str).collect();
        std::iter::once(format!("{name}  {}", files.join(", ")).trim_end().to_owned())
            .chain(deploy.rules.iter().map(|rule| format!("  {rule}")))
            .collect::<Vec<_>>()
    };
    profile.deploy.iter().flat_map(target).collect()
}

fn width<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.width()).max().unwrap_or(0)
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
