//! Facts as text: tables whose columns line up, the verdict last.

use std::fmt::Write as _;

use time::OffsetDateTime;
use unicode_width::UnicodeWidthStr as _;

use super::{Paint, Tone};
use crate::resolve::{Blocker, Cell, Lag, Matrix, Obstacle, Origin, Readiness, ServiceRow, Status};

/// Services and their variables, one line each.
pub(in crate::cli) fn matrix(paint: Paint, matrix: &Matrix) -> String {
    let cells = || matrix.services.iter().flat_map(|row| &row.cells);
    let names = width(cells().map(|cell| cell.variable.as_str()));
    let origins = width(cells().map(origin).collect::<Vec<_>>().iter().map(String::as_str));
    // One service has room for where each value is, and since when.
    let alone = matrix.services.len() == 1;
    let mut out = String::new();
    let _ = writeln!(out, "{} · {}", paint.tone(Tone::Heading, &matrix.title), matrix.environment);
    for row in &matrix.services {
        let word =
            if row.ready { paint.tone(Tone::Good, "ready") } else { paint.tone(Tone::Bad, "not ready") };
        let faint = paint.tone(Tone::Faint, &file(row));
        let _ = writeln!(out, "\n{}  {word}  {faint}", paint.tone(Tone::Heading, &row.service));
        if let Some(obstacle) = &row.obstacle {
            let Obstacle { what, says, next } = obstacle;
            let says = paint.tone(Tone::Faint, &format!("{says} → {next}"));
            let _ = writeln!(out, "  {}  {says}", paint.tone(Tone::Bad, what));
        }
        for cell in &row.cells {
            let _ = writeln!(out, "  {}", line(paint, cell, names, origins).trim_end());
            if alone {
                details(paint, cell, &mut out);
            }
        }
        if let Some(next) = next_action(row).filter(|_| alone) {
            let _ = writeln!(out, "\n{} {next}", paint.tone(Tone::Faint, "next:"));
        }
    }
    let tone = if matrix.all_ready() { Tone::Good } else { Tone::Warn };
    out.push('\n');
    let readiness = matrix.readiness();
    out.push_str(&in_the_way(paint, &readiness));
    if let Some(Lag { says, next, .. }) = &readiness.lag {
        let _ = writeln!(out, "variables: {says} {}", paint.tone(Tone::Faint, &format!("→ {next}")));
    }
    let _ = writeln!(out, "{}", paint.tone(tone, &readiness.says));
    out
}

/// `api/.env, 3 not in it yet`
fn file(row: &ServiceRow) -> String {
    let file = row.env_file.as_deref().unwrap_or("no env file");
    row.lag().map_or_else(|| file.to_owned(), |lag| format!("{file}, {}", lag.says))
}

/// What keeps services from starting, one line each; empty when all are ready. Of one alone its own lines say so.
pub(super) fn in_the_way(paint: Paint, readiness: &Readiness) -> String {
    let blockers = &readiness.blockers;
    if blockers.is_empty() || readiness.services < 2 {
        return String::new();
    }
    let whats: Vec<String> = blockers.iter().map(Blocker::what).collect();
    let stops: Vec<String> = blockers.iter().map(Blocker::stopped).collect();
    let whats_wide = width(whats.iter().map(String::as_str));
    let stops_wide = width(stops.iter().map(String::as_str));
    let mut out = format!("{}\n", paint.tone(Tone::Heading, "what is in the way"));
    for ((blocker, what), stop) in blockers.iter().zip(&whats).zip(&stops) {
        let next = blocker.next.as_deref().map(|next| format!("→ {next}")).unwrap_or_default();
        let what = paint.tone(tone(blocker.status), &pad(what, whats_wide));
        let line = format!("  {what}  {}  {}", pad(stop, stops_wide), paint.tone(Tone::Faint, &next));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn line(paint: Paint, cell: &Cell, names: usize, origins: usize) -> String {
    let status = paint.tone(tone(cell.status), &format!("{:<9}", cell.status));
    let next = match (&cell.problem, &cell.next) {
        (Some(problem), Some(next)) => format!("{problem} → {next}"),
        (Some(text), None) | (None, Some(text)) => text.clone(),
        (None, None) => shadow(cell).unwrap_or_default(),
    };
    let name = pad(&cell.variable, names);
    let origin = pad(&origin(cell), origins);
    format!("{name}  {status}  {origin}  {}", paint.tone(Tone::Faint, &next))
}

/// "hides the value of aws": somebody else has another one, which is not in use.
fn shadow(cell: &Cell) -> Option<String> {
    let hidden: Vec<String> = cell.hides.iter().map(ToString::to_string).collect();
    let whose = match cell.origin {
        Some(Origin::Environment) => "exported in your shell, ",
        _ => "",
    };
    (!hidden.is_empty()).then(|| format!("{whose}hides the value of {}", hidden.join(" and ")))
}

/// Where the value is within its origin, and since when.
fn details(paint: Paint, cell: &Cell, out: &mut String) {
    let since = cell.since.map(|since| age(OffsetDateTime::now_utc() - since));
    let cached = cell.cached.map(cached);
    let parts: Vec<String> = cell.at.iter().cloned().chain(since).chain(cached).collect();
    if !parts.is_empty() {
        let _ = writeln!(out, "    {}", paint.tone(Tone::Faint, &parts.join(" · ")));
    }
}

/// A copy, and how old it is.
pub(super) fn cached(made: OffsetDateTime) -> String {
    format!("cached {}", age(OffsetDateTime::now_utc() - made))
}

/// "3 days ago", in the largest unit that is not zero.
fn age(age: time::Duration) -> String {
    let (count, unit) = match age.whole_seconds().max(0) {
        seconds @ ..60 => (seconds, "second"),
        seconds @ 60..3_600 => (seconds / 60, "minute"),
        seconds @ 3_600..86_400 => (seconds / 3_600, "hour"),
        seconds => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}

/// The first step towards a service that is ready; for one that is, how it is started.
fn next_action(row: &ServiceRow) -> Option<String> {
    let cells = row.cells.iter().filter(|cell| cell.status.stops()).filter_map(|cell| cell.next.clone());
    let step = row.obstacle.iter().map(|obstacle| obstacle.next.clone()).chain(cells).next();
    match row.ready {
        true => row.start.as_ref().map(|start| format!("devsecrets run -s {} -- {start}", row.service)),
        false => step,
    }
}

fn origin(cell: &Cell) -> String {
    let copy = if cell.cached.is_some() { " (cached)" } else { "" };
    cell.origin.as_ref().map_or_else(|| "—".to_owned(), |origin| format!("{origin}{copy}"))
}

pub(super) fn tone(status: Status) -> Tone {
    match status {
        Status::Ready => Tone::Good,
        Status::Missing | Status::Invalid | Status::Forbidden => Tone::Bad,
        Status::Blocked => Tone::Warn,
        Status::Unset | Status::Absent => Tone::Faint,
    }
}

pub(super) fn width<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.width()).max().unwrap_or(0)
}

pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_have_the_largest_unit() {
        let ages =
            [0, 1, 61, 3_600, 86_399, 86_400, 864_000].map(|seconds| age(time::Duration::seconds(seconds)));
        let expected = [
            "0 seconds ago",
            "1 second ago",
            "1 minute ago",
            "1 hour ago",
            "23 hours ago",
            "1 day ago",
            "10 days ago",
        ];
        assert_eq!(ages, expected);
    }
}
