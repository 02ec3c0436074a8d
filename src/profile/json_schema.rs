//! The JSON Schema of the file formats: made from the types and their comments, published as files.
//!
//! Editors complete and explain a profile with `profiles/schema.json`, and [`super::shape`] holds a text against the same
//! file, so the two cannot tell an author different things. A test holds the files to the types; the program only
//! reads the files, so nothing that makes schemas is shipped.

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::schema::Profile;

/// JSON Schema of a profile, draft 7: the newest draft that the TOML language servers read.
pub const JSON_SCHEMA: &str = include_str!("../../profiles/schema.json");

/// The same of `devsecrets.local.toml`.
pub const LOCAL_JSON_SCHEMA: &str = include_str!("../../profiles/local.schema.json");

pub(super) static PROFILE: LazyLock<Value> = LazyLock::new(|| read(JSON_SCHEMA));

pub(super) static LOCAL: LazyLock<Value> = LazyLock::new(|| read(LOCAL_JSON_SCHEMA));

fn read(published: &str) -> Value {
    serde_json::from_str(published).unwrap_or_default()
}

/// What [`JSON_SCHEMA`] should say: generated from the types.
pub fn json_schema() -> Value {
    of::<Profile>()
}

/// What [`LOCAL_JSON_SCHEMA`] should say.
pub fn local_json_schema() -> Value {
    of::<super::load::Local>()
}

fn of<T: JsonSchema>() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().into()
}
