//! Entries of the catalogue as text: a page for one, a line each for many.

use std::fmt::Write as _;

use textwrap::Options;

use super::{Paint, Tone};
use crate::explain::{Entry, Family};

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
