//! What `doctor --json` prints, and the schema that says so.
//!
//! The schema is made from the types and published as `assets/doctor.schema.json`; a test holds the file to the types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::Diagnosis;
use crate::seed::Report;

/// The whole document.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "devsecrets doctor --json")]
pub struct Document<'a> {
    #[serde(flatten)]
    pub diagnosis: &'a Diagnosis,
    /// What was done, with `--fix`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Report>,
}

/// Its JSON Schema, draft 7, as the profile's.
pub const JSON_SCHEMA: &str = include_str!("../../assets/doctor.schema.json");

/// What [`JSON_SCHEMA`] should say: generated from the types.
pub fn json_schema() -> Value {
    let settings = SchemaSettings::draft07().for_serialize();
    settings.into_generator().into_root_schema_for::<Document<'_>>().into()
}
