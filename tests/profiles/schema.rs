//! `profiles/schema.json`, `profiles/local.schema.json` and `assets/doctor.schema.json` are generated, never edited.

use std::path::Path;

use devsecrets::profile::{json_schema, local_json_schema};

#[test]
fn schema_json_is_what_the_types_say() {
    published("profiles/schema.json", &json_schema());
}

#[test]
fn the_schema_of_local_files_is_what_the_types_say() {
    published("profiles/local.schema.json", &local_json_schema());
}

#[test]
fn the_schema_of_the_doctor_is_what_the_types_say() {
    published("assets/doctor.schema.json", &devsecrets::doctor::json_schema());
}

#[expect(clippy::disallowed_methods, reason = "the switch that rewrites the file is an environment variable")]
fn published(file: &str, schema: &serde_json::Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let wanted = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "{file} is not what the types say; regenerate it with\n  \
         UPDATE_SCHEMA=1 cargo test --test profiles schema"
    );
}

#[test]
fn every_key_is_explained() {
    let schema = json_schema();
    let definitions = schema["definitions"].as_object().unwrap();
    let tables = definitions.iter().map(|(name, table)| (name.as_str(), table));
    for (name, table) in tables.chain([("Profile", &schema)]) {
        for (key, property) in table["properties"].as_object().into_iter().flatten() {
            assert!(
                property["description"].is_string(),
                "{name}.{key} has no comment in src/profile/schema.rs"
            );
        }
    }
}
