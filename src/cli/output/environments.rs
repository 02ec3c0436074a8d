//! Environments side by side: variables down, environments across, and beneath it what one of them could not be asked.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::text::{pad, tone, width};
use super::{Paint, Tone};
use crate::resolve::{Cell, Matrix, is_production};

/// The tables of one profile as one; the first names the services.
pub(in crate::cli) fn environments(paint: Paint, all: &[Matrix]) -> String {
    let Some(first) = all.first() else { return String::new() };
    let cells = || all.iter().flat_map(|matrix| &matrix.services).flat_map(|row| &row.cells);
    let services = first.services.iter().map(|row| row.service.as_str());
    let names = width(cells().map(|cell| cell.variable.as_str())).max(width(services).saturating_sub(2));
    let wide: Vec<usize> = all.iter().map(column).collect();
    let mut out = format!("{}\n", paint.tone(Tone::Heading, &first.title));
    for service in &first.services {
        let _ = writeln!(out, "\n{}", heading(paint, all, &service.service, names, &wide));
        for name in variables(all, &service.service) {
            let mut line = format!("  {}", pad(name, names));
            for (matrix, wide) in all.iter().zip(&wide) {
                let _ = write!(line, "  {}", says(paint, of(matrix, &service.service, name), *wide));
            }
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    out.push('\n');
    all.iter().for_each(|matrix| verdict(paint, matrix, &mut out));
    out
}

fn column(matrix: &Matrix) -> usize {
    let cells = matrix.services.iter().flat_map(|row| &row.cells);
    let words: Vec<String> = cells.map(word).collect();
    width(words.iter().map(String::as_str).chain([matrix.environment.as_str(), "not ready"]))
}

/// The service, and whether it is ready in each.
fn heading(paint: Paint, all: &[Matrix], service: &str, names: usize, wide: &[usize]) -> String {
    let mut above = paint.tone(Tone::Heading, &pad(service, names + 2));
    let mut beneath = format!("  {}", pad("", names));
    for (matrix, wide) in all.iter().zip(wide) {
        let style = if is_production(&matrix.environment) { Tone::Bad } else { Tone::Heading };
        let _ = write!(above, "  {}", paint.tone(style, &pad(&matrix.environment, *wide)));
        let ready = matrix.services.iter().any(|row| row.service == service && row.ready);
        let (word, style) = if ready { ("ready", Tone::Good) } else { ("not ready", Tone::Bad) };
        let _ = write!(beneath, "  {}", paint.tone(style, &pad(word, *wide)));
    }
    format!("{}\n{}", above.trim_end(), beneath.trim_end())
}

/// Names of a service's variables in any of them, in the order they are first met.
fn variables<'a>(all: &'a [Matrix], service: &str) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let rows = all.iter().flat_map(|matrix| &matrix.services).filter(|row| row.service == service);
    let names = rows.flat_map(|row| &row.cells).map(|cell| cell.variable.as_str());
    names.filter(|name| seen.insert(*name)).collect()
}

fn of<'a>(matrix: &'a Matrix, service: &str, variable: &str) -> Option<&'a Cell> {
    matrix.services.iter().find(|row| row.service == service)?.cell(variable)
}

/// `ready, aws`: the status is never left to a colour.
fn word(cell: &Cell) -> String {
    let short = cell.in_short();
    if cell.origin.is_some() && cell.status.to_string() != short && !cell.status.stops() {
        return format!("{}, {short}", cell.status);
    }
    short
}

fn says(paint: Paint, cell: Option<&Cell>, wide: usize) -> String {
    match cell {
        Some(cell) => paint.tone(tone(cell.status), &pad(&word(cell), wide)),
        None => paint.tone(Tone::Faint, &pad("not used", wide)),
    }
}

/// "staging: 3 of 5 services ready", and once each what its sources could not be asked, with the next step.
fn verdict(paint: Paint, matrix: &Matrix, out: &mut String) {
    let style = if matrix.all_ready() { Tone::Good } else { Tone::Warn };
    let _ = writeln!(out, "{}: {}", matrix.environment, paint.tone(style, &matrix.verdict()));
    let cells = matrix.services.iter().flat_map(|row| &row.cells).filter(|cell| cell.is_unseen());
    let told: BTreeSet<(String, &str)> =
        cells.filter_map(|cell| Some((cell.in_short(), cell.next.as_deref()?))).collect();
    for (what, next) in told {
        let _ = writeln!(out, "  {}", paint.tone(Tone::Faint, &format!("{what} → {next}")));
    }
}
