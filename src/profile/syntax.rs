//! What the TOML parser found wrong, in the words of somebody who writes a profile.
//!
//! The parser goes on after a fault, so one slip can cause many complaints: only the first of each line is told, and of a
//! table that is there twice only the table. What stands first is named with its line, for that is often far above.

use std::ops::Range;

use super::problem::Sink;

/// Quotes that text editors make of `"` and `'`.
const TYPOGRAPHIC: [char; 9] = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»'];

/// Notes what the parser says of `text`.
pub(super) fn note(text: &str, errors: Vec<toml::de::Error>, sink: &mut Sink<'_>) {
    let mut last_line = None;
    let mut second_table = 0..0;
    for error in errors {
        let place = error.span().unwrap_or(0..0);
        let line = sink.line_start(place.start);
        if last_line.replace(line) == Some(line) {
            continue;
        }
        if error.message() != "duplicate key" {
            let hint = quotes(error.message(), line_at(text, line));
            sink.note(Some(place), error.message(), hint.map(str::to_owned));
        } else if header(line_at(text, line)).is_some() {
            second_table = place.start..end_of_table(text, line);
            let hint = above(text, line, &place).map_or_else(
                || "it is written in another form above: join the two".to_owned(),
                |first| format!("it begins in line {first}: join the two"),
            );
            sink.note(Some(place), "this table is there already", hint);
        } else if !second_table.contains(&place.start) {
            let hint = above(text, line, &place).map_or_else(
                || "remove one of the two".to_owned(),
                |first| format!("it stands in line {first}: remove one of the two"),
            );
            sink.note(Some(place), "this key is there already", hint);
        }
    }
}

fn quotes(message: &str, line: &str) -> Option<&'static str> {
    if !message.contains("string") {
        None
    } else if line.contains(TYPOGRAPHIC) {
        Some("these are typographic quotes: write `\"` before and behind the text")
    } else {
        Some("write `\"` before and behind the text")
    }
}

fn line_at(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default().lines().next().unwrap_or_default()
}

/// The name of the table that begins in this line, without white space.
fn header(line: &str) -> Option<String> {
    let name = line.trim_start().strip_prefix('[')?.split(']').next()?;
    Some(name.split_whitespace().collect())
}

fn end_of_table(text: &str, start: usize) -> usize {
    let mut end = start;
    for (index, line) in text.get(start..).unwrap_or_default().split_inclusive('\n').enumerate() {
        if index > 0 && header(line).is_some() {
            break;
        }
        end += line.len();
    }
    end
}

/// The line above `line` that says the same: its table, or in the same table the key at `place`.
fn above(text: &str, line: usize, place: &Range<usize>) -> Option<usize> {
    let earlier: Vec<&str> = text.get(..line)?.lines().collect();
    if let Some(table) = header(line_at(text, line)) {
        return earlier.iter().position(|other| header(other).as_ref() == Some(&table)).map(|at| at + 1);
    }
    let key = text.get(place.clone())?;
    let begins = earlier.iter().rposition(|other| header(other).is_some()).map_or(0, |at| at + 1);
    let names_it = |other: &&str| other.split('=').next().is_some_and(|name| name.trim() == key);
    earlier[begins..].iter().position(names_it).map(|at| begins + at + 1)
}
