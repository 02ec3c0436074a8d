//! The JSON Schema of the file format, made from the types and their comments.
//!
//! Editors complete and explain a profile with it (`profiles/schema.json`), and [`super::shape`]
//! holds a text against it, so the two cannot tell an author different things.

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::schema::Profile;

/// JSON Schema, draft 7: the newest draft that the TOML language servers read.
pub fn json_schema() -> Value {
    PROFILE.clone()
}

pub(super) static PROFILE: LazyLock<Value> = LazyLock::new(of::<Profile>);

pub(super) fn of<T: JsonSchema>() -> Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().into()
}
