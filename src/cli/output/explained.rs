//! Entries of the catalogue as text: a page for one, a line each for many.

use std::fmt::Write as _;

use textwrap::Options;

use super::text::{cached, pad, tone, width};
use super::{Paint, Tone};
use crate::explain::{Entry, Family};
use crate::onboard::{Explained, Explanation};
use crate::resolve::{Step, Verdict};

/// Lines much longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 80;

/// One entry, as a page.
pub(in crate::cli) fn entry(paint: Paint, entry: &Entry) -> String {
    let columns = columns();
    let heading = |text| paint.tone(Tone::Heading, text);
    let mut out = format!("{}  {}\n\n", paint.tone(Tone::Faint, entry.code), heading(entry.title));
    let _ = writeln!(out, "{}", wrap(paint, &entry.means, columns, "", ""));
    let _ = writeln!(out, "\n{}", heading("Causes"));
    for cause in &entry.causes {
        let _ = writeln!(out, "{}", wrap(paint, cause, columns, "  · ", "    "));
    }
    let _ = writeln!(out, "\n{}", heading("Next"));
    for (index, step) in entry.next.iter().enumerate() {
        let number = format!("  {}. ", index + 1);
        let _ = writeln!(out, "{}", wrap(paint, &step.says, columns, &number, "     "));
        if let Some(command) = &step.command {
            let _ = writeln!(out, "     {} {}", paint.tone(Tone::Faint, "$"), heading(command));
        }
    }
    let solved = format!("Solved when {}", entry.solved);
    let _ = writeln!(out, "\n{}", wrap(paint, &solved, columns, "", ""));
    out
}

/// Every code with its title, by family.
pub(in crate::cli) fn families(paint: Paint, families: &[Family]) -> String {
    let codes = || families.iter().flat_map(|family| &family.entries).map(|entry| entry.code.len());
    let width = codes().max().unwrap_or(0);
    let block = |family: &Family| {
        let mut out = format!("{}\n", paint.tone(Tone::Heading, family.title));
        for entry in &family.entries {
            let _ = writeln!(out, "  {:width$}  {}", entry.code, entry.title);
        }
        out
    };
    families.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn columns() -> usize {
    crossterm::terminal::size().map_or(WIDEST, |(columns, _)| usize::from(columns).clamp(40, WIDEST))
}

/// Code spans stand out by weight where there is colour, and keep their backticks where there is none.
fn wrap(paint: Paint, text: &str, columns: usize, first: &str, rest: &str) -> String {
    let filled = textwrap::fill(text, Options::new(columns).initial_indent(first).subsequent_indent(rest));
    if !paint.is_coloured() {
        return filled;
    }
    let tone = |(index, piece)| match index % 2 {
        1 => paint.tone(Tone::Heading, piece),
        _ => piece.to_owned(),
    };
    filled.split('`').enumerate().map(tone).collect()
}

/// One variable: every source of it in order, for each service.
pub(in crate::cli) fn variable(paint: Paint, told: &Explanation) -> String {
    let about = told.about.as_ref().map(|about| format!("  {about}")).unwrap_or_default();
    let mut out = format!("{}{about}\n", paint.tone(Tone::Heading, &told.variable));
    for (word, text) in [("owner", &told.owner), ("request", &told.request), ("docs", &told.docs)] {
        if let Some(text) = text {
            let _ = writeln!(out, "  {} {text}", paint.tone(Tone::Faint, &format!("{word}:")));
        }
    }
    if !told.rules.is_empty() {
        let _ = writeln!(out, "  {} {}", paint.tone(Tone::Faint, "rules:"), told.rules.join(", "));
    }
    told.services.iter().for_each(|service| for_service(paint, service, &mut out));
    if told.services.is_empty() {
        out.push_str("\nno service in scope has to do with it\n");
    }
    out
}

fn for_service(paint: Paint, told: &Explained, out: &mut String) {
    let cell = &told.cell;
    let status = paint.tone(tone(cell.status), &cell.status.to_string());
    let _ = writeln!(out, "\n{}  {}  {status}", paint.tone(Tone::Heading, &told.service), cell.need);
    let concerned = |step: &&Step| step.verdict != Verdict::Unconcerned;
    let steps: Vec<&Step> = told.sources.iter().filter(concerned).collect();
    let names: Vec<String> = steps.iter().map(|step| step.origin.to_string()).collect();
    let wide = width(names.iter().map(String::as_str));
    for (number, (step, name)) in (1..).zip(steps.into_iter().zip(&names)) {
        let shade = match step.verdict {
            Verdict::Won => Tone::Good,
            Verdict::Unread => Tone::Warn,
            Verdict::Hidden | Verdict::Lacks | Verdict::Unconcerned => Tone::Faint,
        };
        let at = step.at.as_ref().map(|at| format!(" · {at}")).unwrap_or_default();
        let copy = step.cached.map(|made| format!(" · {}", cached(made))).unwrap_or_default();
        let says = paint.tone(shade, &format!("{}{at}{copy}", step.says));
        let _ = writeln!(out, "  {number}. {}  {says}", pad(name, wide));
    }
    let next = cell.next.iter().map(|next| format!("  {} {next}\n", paint.tone(Tone::Faint, "next:")));
    out.extend(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_are_weight_or_backticks() {
        let text = "run `devsecrets login` again";
        assert_eq!(wrap(Paint { coloured: false }, text, 80, "", ""), text);
        let bold = wrap(Paint { coloured: true }, text, 80, "", "");
        assert_eq!(bold, "run \u{1b}[1mdevsecrets login\u{1b}[0m again");
    }

    #[test]
    fn items_hang() {
        let wrapped = wrap(Paint { coloured: false }, "one two three", 9, "  · ", "    ");
        assert_eq!(wrapped, "  · one\n    two\n    three");
    }
}
