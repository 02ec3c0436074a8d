//! What is wrong with an env file as it stands, for the programs that read it.
//!
//! Findings name variables, lines and readers and never a value; below a quote that is not closed not
//! even names, since what looks like one there may be a piece of the value. Nothing here is worse
//! than a warning, because a file that works for its one reader is no fault.

use super::document::Document;
use super::readers::{Dialect, Reader, Readings};
use super::writer::is_no_text;
use crate::finding::{Finding, Remedy};
use crate::private_file::ReplaceError;
use crate::secret::plain;

/// The file is there and cannot be read.
pub const SHUT: &str = "DS-FILE-09";
/// A variable is assigned more than once.
pub const DUPLICATE: &str = "DS-FILE-13";
/// A line is no assignment, no comment and not empty.
pub const ODD_LINE: &str = "DS-FILE-14";
/// A reader refuses the file.
pub const UNREADABLE: &str = "DS-FILE-15";
/// Two readers take different values for a variable.
pub const DISAGREEMENT: &str = "DS-FILE-16";
/// The file is no text any reader takes.
pub const NOT_TEXT: &str = "DS-FILE-17";
/// Shells take the CR of every line end for a part of the value.
pub const LINE_ENDS: &str = "DS-FILE-18";

/// Everything `readers` would trip over; none given means [`Reader::CORE`]. In the order of the codes,
/// each in the order of the file. `path` is the file as people know it: findings are about `path`,
/// `path:LINE` or `path: VARIABLE`.
pub fn review(document: &Document, path: &str, readers: &[Reader]) -> Vec<Finding> {
    let about = |finding: Finding| Finding { subject: join(path, &finding.subject), ..finding };
    not_utf8(path, document.bytes())
        .into_iter()
        .chain(found(document, readers).into_iter().map(about))
        .collect()
}

/// What of `before`, the findings of a file as it stands, writing it as `after` would not mend.
pub fn left(before: Vec<Finding>, after: &[Finding]) -> Vec<Finding> {
    // Lines move when a value grows, so only variables are told apart by their subject.
    let same = |old: &Finding, new: &Finding| {
        old.code == new.code && (old.code != DISAGREEMENT || old.subject == new.subject)
    };
    before.into_iter().filter(|old| after.iter().any(|new| same(old, new))).collect()
}

fn join(path: &str, subject: &str) -> String {
    match subject.strip_prefix(LINE) {
        _ if subject.is_empty() => path.to_owned(),
        Some(line) => format!("{path}:{line}"),
        None => format!("{path}: {subject}"),
    }
}

/// Subjects within the file: nothing, [`LINE`] and a number, or a variable.
fn found(document: &Document, readers: &[Reader]) -> Vec<Finding> {
    if is_no_text(document.bytes()) {
        return vec![not_text()];
    }
    let mut readers = if readers.is_empty() { Reader::CORE.to_vec() } else { readers.to_vec() };
    let mut findings: Vec<Finding> = duplicates(document);
    findings.extend(document.odd_lines().into_iter().map(odd_line));
    let line_ends = readers.contains(&Reader::Shell) && document.line_end() == b"\r\n";
    if line_ends {
        readers.retain(|reader| *reader != Reader::Shell);
    }
    let mut read = Vec::new();
    for dialect in readers.iter().flat_map(|reader| reader.dialects()) {
        match dialect.read(document.bytes()) {
            Ok(readings) => read.push((dialect, readings)),
            Err(refused) => findings.push(unreadable(dialect, &refused)),
        }
    }
    findings.extend(disagreements(document, &read));
    findings.extend(line_ends.then(crlf));
    findings
}

const LINE: &str = "line ";

fn line(number: usize) -> String {
    format!("{LINE}{number}")
}

/// The variable's name, or its first line where a quote above is not closed.
fn subject(document: &Document, key: &str, lines: &[usize]) -> String {
    let hidden = document.open_quote().is_some_and(|open| lines.iter().any(|line| *line > open));
    if hidden { line(lines.first().copied().unwrap_or_default()) } else { plain(key) }
}

fn duplicates(document: &Document) -> Vec<Finding> {
    let duplicate = |(key, lines): (&str, Vec<usize>)| {
        let says = format!("it is assigned {} times, on lines {}", lines.len(), listed(&lines));
        let remedy = "keep one assignment; most programs take the last, dotenvy the first";
        Finding::warning(DUPLICATE, subject(document, key, &lines), says, Remedy::says(remedy))
    };
    document.duplicates().into_iter().map(duplicate).collect()
}

fn odd_line(number: usize) -> Finding {
    let says = "it is no assignment, no comment and not empty; some programs stop there";
    Finding::warning(ODD_LINE, line(number), says, Remedy::says("remove it, or put `#` before it"))
}

fn unreadable(dialect: &Dialect, refused: &super::Refused) -> Finding {
    let says = format!("{} refuses the file: {}", dialect.name, refused.why);
    let remedy = Remedy::says("correct the line, or name the programs that do read the file as `readers`");
    Finding::warning(UNREADABLE, line(refused.line), says, remedy)
}

fn disagreements(document: &Document, read: &[(&Dialect, Readings)]) -> Vec<Finding> {
    let mut places: indexmap::IndexMap<String, Vec<usize>> = indexmap::IndexMap::new();
    for entry in document.entries() {
        places.entry(entry.key).or_default().push(entry.line);
    }
    let found = places.iter().filter_map(|(key, lines)| {
        let says = disagreement(key, lines, read)?;
        let remedy =
            "put it in single quotes, or name only the programs that really read the file as `readers`";
        Some(Finding::warning(DISAGREEMENT, subject(document, key, lines), says, Remedy::says(remedy)))
    });
    found.collect()
}

/// The first two readers that take different values for `key`. Where an expanding reader's model does
/// not know the value (it holds NUL then), nothing is claimed.
fn disagreement(key: &str, lines: &[usize], read: &[(&Dialect, Readings)]) -> Option<String> {
    let known = |(_, readings): &&(&Dialect, Readings)| !readings.get(key).is_some_and(|v| v.contains(&0));
    let mut read = read.iter().filter(known);
    let (first, value) = read.next().map(|(dialect, readings)| (dialect, readings.get(key)))?;
    let (second, other) = read.find(|(_, readings)| readings.get(key) != value)?;
    let missing = |name: &str| format!("{name} sees no value on {}", place(lines));
    Some(match (value, other.get(key)) {
        (None, _) => missing(first.name),
        (_, None) => missing(second.name),
        _ => format!("{} and {} read different values from {}", first.name, second.name, place(lines)),
    })
}

/// The file is there, and nobody knows what it says.
pub fn shut(path: &str, error: &ReplaceError) -> Finding {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    let remedy = Remedy::says("make it a file that you may read");
    Finding::error(SHUT, path, plain(&format!("{error}{cause}")), remedy)
}

/// A program that reads it gets something else than what stands there.
pub fn not_utf8(path: &str, bytes: &[u8]) -> Option<Finding> {
    let good = std::str::from_utf8(bytes).err()?.valid_up_to();
    let line = bytes[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
    let says = "it is not UTF-8; some programs refuse it, and others read `\u{fffd}` in place of a letter";
    let remedy = Remedy::says("save it as UTF-8");
    (!is_no_text(bytes)).then(|| Finding::warning(NOT_TEXT, format!("{path}:{line}"), says, remedy))
}

fn not_text() -> Finding {
    let says = "it is UTF-16 or holds NUL bytes, which no program reads";
    Finding::warning(NOT_TEXT, "", says, Remedy::says("save it as UTF-8"))
}

fn crlf() -> Finding {
    let says = "its lines end in CR LF, and a shell takes the CR for a part of every value";
    Finding::warning(LINE_ENDS, "", says, Remedy::says("save it with LF line ends"))
}

fn place(lines: &[usize]) -> String {
    format!("{} {}", if lines.len() == 1 { "line" } else { "lines" }, listed(lines))
}

fn listed(lines: &[usize]) -> String {
    lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, readers: &[Reader]) -> Vec<String> {
        let findings = review(&Document::parse(file.as_bytes()), "f", readers);
        findings.iter().map(|found| format!("{} {}: {}", found.code, found.subject, found.says)).collect()
    }

    #[test]
    fn a_plain_file_is_good() {
        let file = "# it's a note\n\nexport A=1\nB='x y' # why\nC=\"it's\"\n";
        assert_eq!(found(file, &Reader::CORE), Vec::<String>::new());
    }

    #[test]
    fn duplicates_and_odd_lines_have_their_lines() {
        let all = found("A=1\n[x]\nA='2\n3'\nodd\n", &[Reader::NodeDotenv]);
        assert_eq!(all.len(), 3, "{all:?}");
        assert_eq!(all[0], "DS-FILE-13 f: A: it is assigned 2 times, on lines 1, 3");
        assert!(all[1].starts_with("DS-FILE-14 f:2: ") && all[2].starts_with("DS-FILE-14 f:5: "));
    }

    #[test]
    fn a_reader_that_refuses_says_where() {
        let all = found("A=1\nB='open\n", &[Reader::Dotenvy]);
        assert_eq!(all, ["DS-FILE-15 f:2: dotenvy refuses the file: a quote is not closed"]);
    }

    #[test]
    fn readers_that_disagree_are_named() {
        let readers = [Reader::NodeDotenv, Reader::Compose];
        let all = found("A=1\nB=x#y\n", &readers);
        assert_eq!(all, ["DS-FILE-16 f: B: node-dotenv and compose read different values from line 2"]);
        let all = found("A=1\nA=2\n", &[Reader::NodeDotenv, Reader::Dotenvy]);
        assert_eq!(all[1], "DS-FILE-16 f: A: node-dotenv and dotenvy read different values from lines 1, 2");
        let all = found("\tA=1\n", &[Reader::NodeEnvFile, Reader::NodeDotenv]);
        assert_eq!(all, ["DS-FILE-16 f: A: node-env-file (node 20) sees no value on line 1"]);
    }

    #[test]
    fn crlf_is_one_finding_not_one_for_each_variable() {
        let all = found("A=1\r\nB=2\r\n", &Reader::CORE);
        assert_eq!(all.len(), 1);
        assert!(all[0].starts_with("DS-FILE-18 f: "), "{all:?}");
        assert_eq!(found("A=1\0", &[]).len(), 1);
    }

    #[test]
    fn what_a_write_mends_is_not_left() {
        let readers = [Reader::NodeDotenv, Reader::Compose];
        let of = |file: &str| review(&Document::parse(file.as_bytes()), "f", &readers);
        let before = of("A=x#y\nB=x#y\nodd\n");
        assert_eq!(before.len(), 3, "{before:?}");
        let left = left(before, &of("A='two\nlines'\nB=x#y\nodd\n"));
        let subjects: Vec<&str> = left.iter().map(|finding| finding.subject.as_str()).collect();
        assert_eq!(subjects, ["f:3", "f: B"]);
    }

    #[test]
    fn nothing_shows_a_value() {
        let file = "A=canary-1#canary-2\nA=canary-3\nB='x\ncanary-4=1\ncanary-4=\ncanary-5\nC: canary-6\n";
        let shown = format!("{:?}", review(&Document::parse(file.as_bytes()), "f", &Reader::ALL));
        assert!(!shown.contains("canary"), "{shown}");
    }
}
