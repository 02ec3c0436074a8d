//! What an author can do about a key or value that does not fit: the form to write, and what it is for.
//!
//! All of it is read from the schema, so a new key has its hints as soon as it has a comment. The one thing that no
//! schema knows are the words of other tools, which people try first.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde_json::Value;

use super::{Shape, strings, type_of, words};
use crate::profile::nearest;
use crate::profile::schema::CommandPreset;

/// Words of other tools and other places, and what they are called here.
const ELSEWHERE: [(&str, &str); 14] = [
    ("1pass", "1password"),
    ("aws-ssm", "aws-parameter-store"),
    ("azure", "az"),
    ("azure-key-vault", "az"),
    ("gcp", "gcloud"),
    ("gcp-secret-manager", "gcloud"),
    ("global", "project"),
    ("hashicorp-vault", "vault"),
    ("keyvault", "az"),
    ("op", "1password"),
    ("parameter-store", "aws-parameter-store"),
    ("secrets-manager", "aws-secrets-manager"),
    ("secretsmanager", "aws-secrets-manager"),
    ("ssm", "aws-parameter-store"),
];

impl Shape<'_, '_> {
    /// For a missing key: how it is written.
    pub(super) fn to_add(&self, name: &str, property: &Value) -> String {
        let form = match self.alternatives(property).first() {
            Some(first) if first["additionalProperties"].is_object() => self.table_of(name, first),
            Some(first) if words(first).len() > 1 => format!("`{name}`: {}", one_of(&words(first))),
            Some(first) => format!("`{}`", assignment(name, first)),
            None => format!("`{name}`"),
        };
        with_purpose(format!("write {form}"), property)
    }

    /// `[services.NAME]` with the keys that each of its tables needs.
    fn table_of(&self, name: &str, schema: &Value) -> String {
        let entries = self.alternatives(&schema["additionalProperties"]);
        let needed = entries.first().into_iter().flat_map(|entry| {
            strings(&entry["required"]).map(|key| format!("`{}`", assignment(key, &entry["properties"][key])))
        });
        let needed = needed.collect::<Vec<_>>().join(" and ");
        if needed.is_empty() { format!("`[{name}.NAME]`") } else { format!("`[{name}.NAME]` with {needed}") }
    }

    /// For a value of the wrong type: how the right one is written.
    pub(super) fn to_write(&self, schema: &Value, found: &str) -> Option<String> {
        let options = self.alternatives(schema);
        let form = options.iter().find_map(|option| match (type_of(option)?, found) {
            ("array", "string") => Some("write a list: `[\"…\"]`, an item each".to_owned()),
            ("string", "integer" | "number" | "boolean" | "date") => Some("write it in quotes".to_owned()),
            ("integer" | "boolean", "string") => Some("write it without quotes".to_owned()),
            ("object", _) => {
                example(option).map(|example| format!("write a table, such as `{{ {example} }}`"))
            }
            _ => None,
        });
        match form {
            Some(form) => Some(with_purpose(form, schema)),
            None => purpose(schema),
        }
    }
}

/// For a word that is none of `known`: the one that is meant, else what each of them means.
pub(super) fn for_word(word: &str, known: &[&str], options: &Value, property: &Value) -> Option<String> {
    let meant = ELSEWHERE.iter().find(|(other, _)| other.eq_ignore_ascii_case(word)).map(|(_, ours)| *ours);
    let near =
        meant.filter(|ours| known.contains(ours)).or_else(|| nearest::nearest(word, known.iter().copied()));
    if let Some(near) = near {
        return Some(format!("did you mean `{near}`?"));
    }
    let preset = meant.unwrap_or(word);
    if known.contains(&"command") && is_preset(preset) {
        return Some(format!("write `kind = \"command\"` and `preset = \"{preset}\"`"));
    }
    meanings(options).or_else(|| purpose(property))
}

/// "`a` or `b`".
pub(super) fn one_of(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
}

fn is_preset(word: &str) -> bool {
    let word: StrDeserializer<'_, Error> = word.into_deserializer();
    CommandPreset::deserialize(word).is_ok()
}

/// "`project`: one value for all; `service`: one for each", where the words of an enumeration have comments.
fn meanings(schema: &Value) -> Option<String> {
    let variants = schema["oneOf"].as_array()?.iter();
    let meaning = |variant: &Value| {
        let says = variant["description"].as_str()?.trim_end_matches('.');
        Some(format!("`{}`: {says}", variant["const"].as_str()?))
    };
    let meanings: Vec<String> = variants.filter_map(meaning).collect();
    (!meanings.is_empty()).then(|| meanings.join("; "))
}

/// What the author is told a key is for: the first paragraph of its comment in the schema.
fn purpose(schema: &Value) -> Option<String> {
    let text = schema["description"].as_str()?;
    Some(text.split("\n\n").next().unwrap_or(text).replace('\n', " "))
}

fn with_purpose(form: String, schema: &Value) -> String {
    purpose(schema).map_or_else(|| form.clone(), |purpose| format!("{form}. {purpose}"))
}

fn assignment(name: &str, schema: &Value) -> String {
    match (words(schema).first(), type_of(schema)) {
        (Some(word), _) => format!("{name} = \"{word}\""),
        (None, Some("integer")) => format!("{name} = 1"),
        (None, Some("array")) => format!("{name} = [\"…\"]"),
        _ => format!("{name} = \"…\""),
    }
}

/// The keys a table needs, else its first one.
fn example(table: &Value) -> Option<String> {
    let keys = table["properties"].as_object()?;
    let needed: Vec<&str> = strings(&table["required"]).collect();
    let shown = if needed.is_empty() { keys.keys().take(1).map(String::as_str).collect() } else { needed };
    Some(shown.into_iter().map(|key| assignment(key, &keys[key])).collect::<Vec<_>>().join(", "))
}
