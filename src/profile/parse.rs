//! Text to [`Profile`], in three passes over one text: syntax, shape, meaning.
//!
//! Every pass adds to the same list, so an author sees all faults at once. Meaning is checked only
//! once the syntax is sound: a table lost to a stray bracket would make every name in it unknown.
//! The shape is looked at only when the types refuse the text: most texts are sound, and the schema
//! costs more to make than a profile to read.

use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::document::{self, Node};
use super::problem::{Problems, Sink};
use super::schema::Profile;
use super::shape::{Shape, Syntax};
use super::{check, expand, json_schema};

/// A profile is a page or two; the largest bundled one is under 16 KiB.
pub(super) const LARGEST: usize = 256 * 1024;

/// Dots in one line. Dotted keys nest tables without limit, and dropping a table that is tens of
/// thousands deep exhausts the stack; nesting of brackets is bounded by the parser itself.
const MOST_DOTS: usize = 100;

/// Reads a profile, with families and `*` spelled out. `origin` names the text in messages.
///
/// # Errors
/// Every problem found, in the order of the text.
pub fn parse(text: &str, origin: &str) -> Result<Profile, Problems> {
    let (mut profile, _) = parse_as(text, origin, &json_schema::PROFILE, None, check::check)?;
    expand::expand(&mut profile);
    Ok(profile)
}

/// What is allowed and most likely not meant: a look that no start has to wait for.
///
/// # Errors
/// As for [`parse`].
pub(super) fn advice(text: &str, origin: &str) -> Result<Problems, Problems> {
    parse_as(text, origin, &json_schema::PROFILE, None, check::advice).map(|(_, warnings)| warnings)
}

/// Reads a text as any type with a schema; `unknown` words the message about an unknown key.
pub(super) fn parse_as<T: DeserializeOwned>(
    text: &str,
    origin: &str,
    schema: &LazyLock<Value>,
    unknown: Option<fn(&str) -> String>,
    check: impl FnOnce(&T, Node<'_>, &mut Sink<'_>),
) -> Result<(T, Problems), Problems> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut sink = Sink::new(text);
    let parsed = read(text, schema, unknown, check, &mut sink);
    sink.into_result(parsed, origin)
}

fn read<T: DeserializeOwned>(
    text: &str,
    schema: &LazyLock<Value>,
    unknown: Option<fn(&str) -> String>,
    check: impl FnOnce(&T, Node<'_>, &mut Sink<'_>),
    sink: &mut Sink<'_>,
) -> Option<T> {
    refuse_the_absurd(text, sink);
    if !sink.is_empty() {
        return None;
    }
    let written = document::read(text, sink);
    let syntax = match (sink.is_empty(), sink.touches_header()) {
        (true, _) => Syntax::Sound,
        (false, false) => Syntax::LostLines,
        (false, true) => Syntax::LostTables,
    };
    let mut typed = None;
    if syntax == Syntax::Sound {
        typed = typed_as(written.clone(), text).ok();
    }
    if typed.is_none() {
        let mut fitted = written.clone();
        Shape { schema, sink, syntax, unknown }.fit_root(&mut fitted);
        typed = typed_as(fitted, text)
            // Shape leaves nothing for serde to refuse; should it, its message may quote a value.
            .map_err(|error| sink.note(error.span().or(Some(0..0)), "this cannot be read", None))
            .ok();
    }
    let typed = typed.filter(|_| syntax == Syntax::Sound)?;
    check(&typed, Node::root(&written), sink);
    Some(typed)
}

fn typed_as<T: DeserializeOwned>(written: Spanned<DeValue<'_>>, text: &str) -> Result<T, toml::de::Error> {
    let table = match written.into_inner() {
        DeValue::Table(table) => table,
        _ => DeTable::new(),
    };
    T::deserialize(Deserializer::from(Spanned::new(0..text.len(), table)))
}

/// Texts that no author means, told apart before any real work is spent on them.
fn refuse_the_absurd(text: &str, sink: &mut Sink<'_>) {
    if text.trim().is_empty() {
        let hint = "`devsecrets profile init` writes one to start from";
        sink.note(Some(0..0), "the profile is empty", hint.to_owned());
    } else if text.len() > LARGEST {
        let hint = "is this the right file?";
        sink.note(Some(0..0), format!("larger than {} KiB", LARGEST / 1024), hint.to_owned());
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.matches('.').count() > MOST_DOTS {
            let hint = "break the line if it is a list; no key of a profile is nested this deeply";
            sink.note(
                Some(start..start + line.trim_end().len()),
                "too many dots in one line",
                hint.to_owned(),
            );
        }
        start += line.len();
    }
}
