//! Keys and types: a text held against the JSON Schema of what it should be.
//!
//! Owns every message about an unknown key, a missing key or a value of the wrong type. serde
//! stops at its first complaint; this walk sees them all at once and with their places. What is
//! wrong is replaced by the blank value of its type, so that the rest can still be read as typed
//! data and checked further; a blank stands where a problem is already noted, or where nothing is
//! written, and the checks are silent about both.

mod hint;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeInteger, DeTable, DeValue};

use super::document::place;
use super::nearest;
use super::problem::Sink;

/// What the parser made of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Sound,
    /// Lines are lost: a missing key proves nothing.
    LostLines,
    /// Table headers are lost: keys may stand in a table they were not written in.
    LostTables,
}

/// One walk over one text.
pub(super) struct Shape<'s, 't> {
    /// The root schema, which holds the definitions.
    pub schema: &'s Value,
    pub sink: &'s mut Sink<'t>,
    pub syntax: Syntax,
    /// What to say of an unknown key, if not the usual.
    pub unknown: Option<fn(&str) -> String>,
}

impl<'s> Shape<'s, '_> {
    /// Makes the whole text fit, noting whatever did not.
    pub(super) fn fit_root(&mut self, root: &mut Spanned<DeValue<'_>>) {
        self.fit(root, self.schema, 0..0);
    }

    fn fit(&mut self, value: &mut Spanned<DeValue<'_>>, schema: &'s Value, at: Range<usize>) {
        let options = self.alternatives(schema);
        let found = json_type(value.get_ref());
        let Some(fitting) = options.iter().find(|option| type_of(option) == Some(found)) else {
            let wanted: Vec<&str> = options.iter().filter_map(|option| type_of(option)).map(said).collect();
            let message = format!("expected {}, found {}", wanted.join(" or "), said(found));
            let hint = self.to_write(schema, found);
            self.sink.note(Some(at), message, hint);
            *value.get_mut() = self.blank(schema);
            return;
        };
        match value.get_mut() {
            DeValue::Table(table) => self.fit_table(table, fitting, at),
            DeValue::Array(items) => self.fit_items(items, fitting),
            DeValue::String(text) => self.fit_word(text, fitting, schema, at),
            DeValue::Integer(number) => self.fit_number(number, fitting, at),
            _ => {}
        }
    }

    fn fit_items(&mut self, items: &mut DeArray<'_>, schema: &'s Value) {
        for item in items.iter_mut() {
            let at = place(None, item);
            self.fit(item, &schema["items"], at);
        }
    }

    fn fit_table(&mut self, table: &mut DeTable<'_>, schema: &'s Value, at: Range<usize>) {
        let mut strangers = Vec::new();
        for (key, value) in table.iter_mut() {
            let at = place(Some(key), value);
            match &schema["properties"][key.get_ref().as_ref()] {
                Value::Null if schema["additionalProperties"].is_object() => {
                    self.fit(value, &schema["additionalProperties"], at);
                }
                Value::Null => strangers.push(key.clone()),
                property => self.fit(value, property, at),
            }
        }
        let mut meant = Vec::new();
        for stranger in strangers {
            meant.extend(self.unknown_key(&stranger, schema));
            table.remove(stranger.get_ref().as_ref());
        }
        self.fill(table, schema, at, &meant);
    }

    /// Notes an unknown key; the known one it most likely means.
    fn unknown_key(&mut self, key: &Spanned<Cow<'_, str>>, schema: &'s Value) -> Option<&'s str> {
        let name = key.get_ref().as_ref();
        let known =
            schema["properties"].as_object().into_iter().flat_map(|keys| keys.keys()).map(String::as_str);
        if self.syntax != Syntax::LostTables {
            let message = self.unknown.map_or_else(|| format!("unknown key `{name}`"), |say| say(name));
            self.sink.note(Some(key.span()), message, nearest::hint(name, known.clone()));
        }
        nearest::nearest(name, known)
    }

    /// Notes missing keys, but for those that are only misspelled, and puts blanks in their place.
    fn fill(&mut self, table: &mut DeTable<'_>, schema: &'s Value, at: Range<usize>, meant: &[&str]) {
        for name in strings(&schema["required"]).filter(|name| !table.contains_key(*name)).collect::<Vec<_>>()
        {
            let property = &schema["properties"][name];
            if self.syntax == Syntax::Sound && !meant.contains(&name) {
                let hint = self.to_add(name, property);
                self.sink.missing(at.clone(), format!("missing key `{name}`"), hint);
            }
            let key = Spanned::new(0..0, Cow::Owned(name.to_owned()));
            table.insert(key, Spanned::new(0..0, self.blank(property)));
        }
    }

    /// Where `schema` lists words, the text must be one of them. `property` is the key it stands at.
    fn fit_word(&mut self, text: &mut Cow<'_, str>, schema: &Value, property: &Value, at: Range<usize>) {
        let words = words(schema);
        let Some(first) = words.first().filter(|_| !words.contains(&text.as_ref())) else { return };
        let wanted = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
        self.sink.note(
            Some(at),
            format!("expected {wanted}"),
            hint::for_word(text, &words, schema, property),
        );
        *text = Cow::Owned((*first).to_owned());
    }

    fn fit_number(&mut self, number: &mut DeInteger<'_>, schema: &Value, at: Range<usize>) {
        let (least, most) = range(schema);
        let value = i64::from_str_radix(number.as_str(), number.radix());
        if !value.is_ok_and(|value| (least..=most).contains(&value)) {
            self.sink.note(Some(at), format!("expected a whole number from {least} to {most}"), None);
            *number = DeInteger::default();
        }
    }

    /// The schemas a value may fit, references followed and `null` (TOML has none) left out.
    fn alternatives(&self, schema: &'s Value) -> Vec<&'s Value> {
        if let Some(pointer) = schema["$ref"].as_str() {
            return self
                .schema
                .pointer(pointer.trim_start_matches('#'))
                .map_or_else(Vec::new, |to| self.alternatives(to));
        }
        match schema["anyOf"].as_array().or(schema["allOf"].as_array()) {
            Some(options) => options.iter().flat_map(|option| self.alternatives(option)).collect(),
            None if schema["type"] == "null" => Vec::new(),
            None => vec![schema],
        }
    }

    /// The plainest value of a schema.
    fn blank<'v>(&self, schema: &'s Value) -> DeValue<'v> {
        let Some(first) = self.alternatives(schema).first().copied() else { return DeValue::Boolean(false) };
        match type_of(first) {
            Some("object") => DeValue::Table(self.blank_table(first)),
            Some("array") => DeValue::Array(DeArray::new()),
            Some("integer") => DeValue::Integer(DeInteger::default()),
            Some("boolean") => DeValue::Boolean(false),
            _ => DeValue::String(Cow::Owned(words(first).first().copied().unwrap_or_default().to_owned())),
        }
    }

    fn blank_table<'v>(&self, schema: &'s Value) -> DeTable<'v> {
        let mut table = DeTable::new();
        for name in strings(&schema["required"]) {
            let value = self.blank(&schema["properties"][name]);
            table.insert(Spanned::new(0..0, Cow::Owned(name.to_owned())), Spanned::new(0..0, value));
        }
        table
    }
}

fn json_type(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

fn type_of(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => schema["oneOf"].is_array().then_some("string"),
    }
}

/// A JSON type in an author's words.
fn said(json_type: &str) -> &str {
    match json_type {
        "string" => "a string",
        "integer" => "a whole number",
        "number" => "a fraction",
        "boolean" => "true or false",
        "date" => "a date",
        "array" => "a list",
        "object" => "a table",
        other => other,
    }
}

/// The words an enumeration allows.
fn words(schema: &Value) -> Vec<&str> {
    let variants = schema["oneOf"].as_array().into_iter().flatten();
    let consts =
        variants.flat_map(|variant| variant["const"].as_str().into_iter().chain(strings(&variant["enum"])));
    consts.chain(strings(&schema["enum"])).collect()
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Least and most, by the keywords and, where there is no `maximum`, by the Rust type.
fn range(schema: &Value) -> (i64, i64) {
    let widest = if schema["format"] == "uint32" { i64::from(u32::MAX) } else { i64::MAX };
    (schema["minimum"].as_i64().unwrap_or(i64::MIN), schema["maximum"].as_i64().unwrap_or(widest))
}
