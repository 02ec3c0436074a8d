//! YAML and JSON: compose files, workflows, blueprints and manifests.
//!
//! Three ways to set a variable are known, which cover them all: `NAME: value`, `- NAME=value`, and a pair of
//! `key:` (or `name:`) and `value:` in one mapping.

use saphyr_parser::{Event, Parser};

use super::settings::{Setting, Unreadable, assignments};
use crate::secret::SecretValue;

/// Nesting that no deploy file has, and that would cost a stack.
const DEEPEST: usize = 64;

/// What stands in a mapping or a list, with its line.
enum Part {
    Text(String, usize),
    Nested,
}

/// A mapping or list that is not closed yet.
struct Open {
    is_list: bool,
    parts: Vec<Part>,
}

pub(super) fn settings(text: &str) -> Result<Vec<Setting>, Unreadable> {
    let mut open: Vec<Open> = Vec::new();
    let mut found = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| syntax(error.marker().line(), "this is no YAML"))?;
        let line = span.start.line();
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) if open.len() == DEEPEST => {
                return Err(syntax(line, "this is nested too deeply"));
            }
            Event::MappingStart(..) => open.push(Open { is_list: false, parts: Vec::new() }),
            Event::SequenceStart(..) => open.push(Open { is_list: true, parts: Vec::new() }),
            Event::MappingEnd | Event::SequenceEnd => {
                found.extend(open.pop().map(closed).unwrap_or_default());
                add(&mut open, Part::Nested);
            }
            Event::Scalar(text, ..) => add(&mut open, Part::Text(text.into_owned(), line)),
            Event::Alias(_) => add(&mut open, Part::Nested),
            _ => {}
        }
    }
    found.sort_by_key(|setting| setting.line);
    Ok(found)
}

fn syntax(line: usize, says: &str) -> Unreadable {
    Unreadable::Syntax { line, says: says.to_owned() }
}

fn add(open: &mut [Open], part: Part) {
    if let Some(innermost) = open.last_mut() {
        innermost.parts.push(part);
    }
}

fn closed(open: Open) -> Vec<Setting> {
    if open.is_list {
        let texts = open.parts.iter().filter_map(|part| match part {
            Part::Text(text, line) => Some((text, *line)),
            Part::Nested => None,
        });
        return texts.flat_map(|(text, line)| assignments(text, line)).collect();
    }
    let pairs: Vec<(&str, &str, usize)> = open
        .parts
        .chunks(2)
        .filter_map(|pair| match pair {
            [Part::Text(key, _), Part::Text(value, line)] => Some((key.as_str(), value.as_str(), *line)),
            _ => None,
        })
        .collect();
    let setting = |name: &str, value: &str, line: usize| Setting {
        name: name.to_owned(),
        value: SecretValue::new(value),
        line,
    };
    let named = pairs.iter().find(|(key, ..)| matches!(*key, "key" | "name" | "Name"));
    let valued = pairs.iter().find(|(key, ..)| matches!(*key, "value" | "Value"));
    let named = named.zip(valued).map(|((_, name, _), (_, value, line))| setting(name, value, *line));
    pairs.iter().map(|(key, value, line)| setting(key, value, *line)).chain(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(String, usize)> {
        let wanted = |setting: &Setting| setting.name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let found = settings(text).unwrap().into_iter().filter(wanted);
        found
            .map(|setting| {
                (format!("{}={}", setting.name, setting.value.expose_to(str::to_owned)), setting.line)
            })
            .collect()
    }

    #[test]
    fn three_ways_to_set_a_variable() {
        let one = |text: &str, line| vec![(text.to_owned(), line)];
        assert_eq!(of("services:\n  api:\n    environment:\n      JWT: one\n"), one("JWT=one", 4));
        assert_eq!(of("environment:\n  - JWT=two\n"), one("JWT=two", 2));
        assert_eq!(
            of("envVars:\n  - key: JWT\n    value: three\n  - key: X\n    sync: false\n"),
            one("JWT=three", 3)
        );
        assert_eq!(of("env: [{name: JWT, value: \"four\"}]\n"), one("JWT=four", 1));
        assert_eq!(of("{\"env\": {\n\"JWT\": \"five\"}}"), one("JWT=five", 2));
    }

    #[test]
    fn several_documents_and_anchors_are_read() {
        assert_eq!(of("a: &x 1\n---\nb: *x\nJWT: y\n"), [("JWT=y".to_owned(), 4)]);
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        assert!(matches!(settings("a: [1\nb: }"), Err(Unreadable::Syntax { .. })));
        assert!(matches!(settings(&"[".repeat(5000)), Err(Unreadable::Syntax { .. })));
    }

    #[test]
    fn debug_shows_no_value() {
        assert!(!format!("{:?}", settings("JWT: canary-77\n").unwrap()).contains("canary"));
    }
}
