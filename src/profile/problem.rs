//! What is wrong with a profile, and where.
//!
//! Owns the list every reader of a profile adds to and the way it is shown: drawn over the source
//! as the Rust compiler does, or as rows for JSON. Messages name keys, variables and environments
//! but never quote a value, so the rows stay safe even if somebody pasted a secret into the file. A warning refuses
//! nothing: it comes along with what was read.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::{Serialize, Serializer};

use crate::finding::Severity;
use crate::secret::plain;

/// Problems kept for one file; whoever has more will look again after mending these.
const LIMIT: usize = 100;

/// One fault of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// An error refuses the profile, a warning does not.
    pub severity: Severity,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong, as one clause without a final period.
    pub message: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The offending text as written, up to the end of its line. Shown in the drawing alone.
    #[serde(skip)]
    pub text: String,
    #[serde(skip)]
    excerpt: Excerpt,
}

/// The line a problem stands on, harmless to a terminal, and the bytes of it to underline.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Excerpt {
    line: String,
    underline: Range<usize>,
}

/// Every fault of one profile, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    origin: String,
    list: Vec<Problem>,
    left_out: usize,
    warnings: usize,
}

impl Problems {
    /// The file or bundled profile they are about, as it was named to [`super::parse()`].
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Up to 100 of them.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// The drawing, with ANSI colours if asked for.
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        let mut drawn: Vec<String> = self.list.iter().map(|problem| self.draw(&renderer, problem)).collect();
        drawn.push(self.summary());
        drawn.join("\n\n")
    }

    fn draw(&self, renderer: &Renderer, problem: &Problem) -> String {
        let underline = AnnotationKind::Primary.span(problem.excerpt.underline.clone());
        let snippet = Snippet::source(&problem.excerpt.line)
            .line_start(problem.line)
            .path(&self.origin)
            .annotation(underline);
        let level = if problem.severity == Severity::Error { Level::ERROR } else { Level::WARNING };
        let report = level.primary_title(&problem.message).element(snippet);
        let hint = problem.hint.iter().map(|hint| Level::HELP.message(hint));
        renderer.render(&[report.elements(hint)])
    }

    fn summary(&self) -> String {
        let shown = if self.left_out == 0 { String::new() } else { format!(", the first {LIMIT} shown") };
        format!("{} in {}{shown}", self.count(), self.origin)
    }

    /// "2 problems and 1 warning".
    pub fn count(&self) -> String {
        let of = |count: usize, noun: &str| match count {
            0 => None,
            1 => Some(format!("1 {noun}")),
            _ => Some(format!("{count} {noun}s")),
        };
        let errors = self.list.len() + self.left_out - self.warnings;
        let both = [of(errors, "problem"), of(self.warnings, "warning")];
        both.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}

/// Rows of line, column, message and hint; never the text of the profile.
impl Serialize for Problems {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.list.serialize(serializer)
    }
}

struct Noted {
    place: Range<usize>,
    severity: Severity,
    message: String,
    hint: Option<String>,
}

/// Collects problems while one text is read. Places are byte ranges of that text.
pub(super) struct Sink<'t> {
    text: &'t str,
    found: Vec<Noted>,
    faulty: HashSet<Range<usize>>,
}

impl<'t> Sink<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, found: Vec::new(), faulty: HashSet::new() }
    }

    /// Notes that what stands at `place` is wrong. No place (it is not written, so another problem or
    /// a default stands for it) or a second fault at the same place adds nothing.
    pub(super) fn note(
        &mut self,
        place: Option<Range<usize>>,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.add(Severity::Error, place, message.into(), hint.into());
    }

    /// Notes that what stands at `place` is allowed and most likely not meant; as [`Self::note`] otherwise.
    pub(super) fn warn(&mut self, place: Option<Range<usize>>, message: &str, hint: String) {
        self.add(Severity::Warning, place, message.to_owned(), Some(hint));
    }

    fn add(
        &mut self,
        severity: Severity,
        place: Option<Range<usize>>,
        message: String,
        hint: Option<String>,
    ) {
        if let Some(place) = place.filter(|place| self.faulty.insert(place.clone())) {
            self.found.push(Noted { place, severity, message, hint });
        }
    }

    /// Notes that something is missing at `place`; several things may be.
    pub(super) fn missing(&mut self, place: Range<usize>, message: String, hint: String) {
        self.found.push(Noted { place, severity: Severity::Error, message, hint: Some(hint) });
    }

    /// The first byte of the line that holds `offset`.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        self.text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
    }

    /// Whether a problem stands in a line that begins a table.
    pub(super) fn touches_header(&self) -> bool {
        let line = |place: &Range<usize>| self.text.get(self.line_start(place.start)..).unwrap_or_default();
        self.faulty.iter().any(|place| line(place).trim_start().starts_with('['))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What was read with its warnings, if there is no error; else all problems in the order of the text.
    pub(super) fn into_result<T>(mut self, read: Option<T>, origin: &str) -> Result<(T, Problems), Problems> {
        let is_sound = self.found.iter().all(|noted| noted.severity < Severity::Error);
        let read = read.filter(|_| is_sound);
        if read.is_none() && is_sound {
            self.note(Some(0..0), "cannot be read", None);
        }
        let problems = self.into_problems(origin);
        match read {
            Some(read) => Ok((read, problems)),
            None => Err(problems),
        }
    }

    fn into_problems(mut self, origin: &str) -> Problems {
        self.found.sort_by_key(|noted| noted.place.start);
        let left_out = self.found.len().saturating_sub(LIMIT);
        let warnings = self.found.iter().filter(|noted| noted.severity < Severity::Error).count();
        let text = self.text;
        let list = self.found.into_iter().take(LIMIT).map(|noted| Problem::at(text, noted)).collect();
        Problems { origin: plain(origin), list, left_out, warnings }
    }
}

impl Problem {
    fn at(text: &str, noted: Noted) -> Self {
        let Noted { place, severity, message, hint } = noted;
        let start = text.floor_char_boundary(place.start);
        let first = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let line = text[first..].split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let from = (start - first).min(line.len());
        let to = line.floor_char_boundary(place.end.saturating_sub(first)).max(from);
        Self {
            severity,
            line: text[..first].matches('\n').count() + 1,
            column: line[..from].chars().count() + 1,
            message: plain(&message),
            hint: hint.map(|hint| plain(&hint)),
            text: line[from..to].to_owned(),
            excerpt: Excerpt::of(line, from..to),
        }
    }
}

impl Excerpt {
    fn of(line: &str, underline: Range<usize>) -> Self {
        let before = harmless(&line[..underline.start]);
        let within = harmless(&line[underline.clone()]);
        let after = harmless(&line[underline.end..]);
        let underline = before.len()..before.len() + within.len();
        Self { line: before + &within + &after, underline }
    }
}

/// Swaps each character a terminal would obey for the replacement character.
fn harmless(text: &str) -> String {
    let shown = |c: char| if c != '\t' && obeyed(c) { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().map(shown).collect()
}

/// Control characters and direction overrides, as [`plain`] knows them.
pub(super) fn obeyed(c: char) -> bool {
    !c.is_ascii_graphic() && c != ' ' && plain(c.encode_utf8(&mut [0; 4])) != c.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str, place: Range<usize>) -> Problem {
        Problem::at(text, Noted { place, severity: Severity::Error, message: "wrong".into(), hint: None })
    }

    #[test]
    fn columns_count_characters() {
        let found = problem("a = 1\r\nüé = \"x\"\r\n", 14..17);
        assert_eq!((found.line, found.column, found.text.as_str()), (2, 6, "\"x\""));
    }

    #[test]
    fn a_place_beyond_the_text_is_its_end() {
        let found = problem("a", 9..12);
        assert_eq!((found.line, found.column, found.text.as_str()), (1, 2, ""));
    }

    #[test]
    fn the_drawing_holds_nothing_a_terminal_obeys() {
        let text = "x\u{1b}[2J\u{9b}31m\u{202e} = 1";
        let mut sink = Sink::new(text);
        sink.note(Some(0..1), "wrong \u{1b}[31m", None);
        let shown = sink.into_result::<()>(None, "p\u{7}.toml").unwrap_err().to_string();
        assert!(!shown.chars().any(|c| c != '\n' && obeyed(c)), "{shown:?}");
    }

    #[test]
    fn rows_hold_no_text_of_the_profile() {
        let mut sink = Sink::new("default = \"canary-55\"");
        sink.note(Some(10..21), "wrong", "mend it".to_owned());
        let json = serde_json::to_value(sink.into_result::<()>(None, "p.toml").unwrap_err()).unwrap();
        assert_eq!(
            json,
            serde_json::json!([{
                "severity": "error", "line": 1, "column": 11, "message": "wrong", "hint": "mend it"
            }])
        );
    }
}
