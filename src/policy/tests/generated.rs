use super::super::schema::schema;
use super::*;

fn in_project(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

// spec: BUILD-003
#[test]
fn the_schema_is_current() {
    let (path, current) = (in_project("docs/policy.schema.json"), schema());
    if std::env::var_os("GRAVEN_REWRITE").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == current,
        "docs/policy.schema.json is stale; rewrite it: GRAVEN_REWRITE=1 cargo test --lib the_schema_is_current"
    );
}

#[test]
fn the_schema_knows_every_key_that_is_read() {
    let text = schema();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    let keys = |at: &str| -> Vec<String> {
        schema
            .pointer(at)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    for (above, at) in [
        ("", "/properties"),
        ("kind.adr.", "/definitions/Kind/properties"),
        ("kind.adr.status.", "/definitions/Status/properties"),
        ("kind.spec.sections.", "/definitions/Sections/properties"),
        ("branches.", "/definitions/Branches/properties"),
        ("similarity.", "/definitions/Similarity/properties"),
        ("limits.", "/definitions/Limits/properties"),
    ] {
        for key in keys(at) {
            let known = match read(&format!("{above}{key} = 2020-01-01")) {
                Ok(_) => true,
                Err(faults) => faults
                    .iter()
                    .all(|fault| !fault.message.starts_with("unknown key")),
            };
            assert!(known, "{above}{key}");
        }
    }
    assert!(!text.contains("null"));
}

/// The TOML blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    page.split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_example_of_the_documentation_parses() {
    let page = std::fs::read_to_string(in_project("docs/policy.md")).unwrap();
    let blocks = blocks(&page);
    assert!(blocks.len() >= 5, "{} blocks", blocks.len());
    for block in blocks {
        policy(&block);
    }
    for name in PRESETS {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}
