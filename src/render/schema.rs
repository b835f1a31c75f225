//! The JSON Schemas in `docs/`, made from the types that are written and held against the pages by tests. Only tests
//! build this.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::json::SCHEMA;

/// The schema of a report.
pub(super) fn of_report() -> String {
    pretty(&schema_of::<super::json::Document>())
}

/// The schema of `graven trace --json`.
pub(super) fn of_trace() -> String {
    of_listing::<super::trace::Trace>()
}

/// The schema of `graven doctor --json`.
pub(super) fn of_doctor() -> String {
    of_listing::<super::doctor::Document>()
}

/// Fails when the file in `docs/` is not this schema; `GRAVEN_REWRITE=1` writes it.
pub(super) fn hold(file: &str, schema: &str) {
    let path = format!("{}/docs/{file}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("GRAVEN_REWRITE").is_some() {
        std::fs::write(&path, schema).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == schema,
        "docs/{file} is stale; run: GRAVEN_REWRITE=1 cargo test --lib render"
    );
}

/// A listing has the version in front of its own fields.
fn of_listing<T: JsonSchema>() -> String {
    let mut schema = schema_of::<T>();
    schema["properties"]["schema"] = json!({
        "const": SCHEMA,
        "description": "The version of this shape: 1.",
        "format": "uint32",
        "minimum": 0,
        "type": "integer",
    });
    if let Some(required) = schema["required"].as_array_mut() {
        required.insert(0, json!("schema"));
    }
    pretty(&schema)
}

fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

fn pretty(schema: &Value) -> String {
    format!("{schema:#}\n")
}
