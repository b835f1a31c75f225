//! What the JSON report holds, and that its schema says so.

use snapbox::{IntoData, assert_data_eq, str};

use super::{commit, frozen_edit, gone, json_of, of, silent, staged};
use crate::render::schema;
use crate::repo::RepoPath;
use crate::report::{Outcome, Problem, Weight};

// spec: JSON-003
#[test]
fn json_has_every_field() {
    let mut report = of(vec![
        frozen_edit(5, commit(0x2b, "reword")),
        gone(7, staged()),
    ]);
    report.findings[1].primary.path = RepoPath::new(b"sdd/adrs/\xff.md".as_slice());
    report.problems.push(Problem {
        weight: Weight::NotJudged,
        message: "no such commit".to_owned(),
        help: Vec::new(),
    });
    assert_data_eq!(
        json_of(&report),
        str![[r#"
{
  "schema": 1,
  "outcome": "refused",
  "scope": {
    "steps": 120,
    "changes": 48,
    "documents": 34
  },
  "findings": [
    {
      "rule": "frozen-text-edited",
      "level": "forbid",
      "state": "live",
      "kind": "adr",
      "subject": "adr-0005",
      "path": "sdd/adrs/0005-native-path-resolution.md",
      "line": 9,
      "column": 32,
      "before-path": "sdd/adrs/0005-native-path-resolution.md",
      "before-line": 5,
      "commit": "2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b",
      "before": "2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a",
      "message": "accepted adr-0005 was edited: its text changed",
      "class": "text",
      "help": [
        {
          "text": "restore the accepted text",
          "command": "git restore --source=1a1a1a1a1a1a --staged --worktree -- sdd/adrs/0005-native-path-resolution.md"
        },
        {
          "text": "to change the decision, write a new ADR that supersedes it",
          "command": null
        }
      ],
      "fingerprint": "g1-822418d26265f088f83628b3fed506e2",
      "waivers": []
    },
    {
      "rule": "frozen-document-deleted",
      "level": "forbid",
      "state": "live",
      "kind": "adr",
      "subject": "adr-0007",
      "path": null,
      "line": null,
      "column": null,
      "before-path": "sdd/adrs/\\xff.md",
      "before-line": null,
      "commit": null,
      "before": "1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a",
      "message": "accepted adr-0007 is gone",
      "class": null,
      "help": [],
      "fingerprint": "g1-bd1515a3b27d2381e6cdbfa8d3485850",
      "waivers": []
    }
  ],
  "problems": [
    {
      "weight": "not-judged",
      "message": "no such commit",
      "help": []
    }
  ]
}

"#]]
        .raw()
    );
}

// spec: JSON-002
// spec: EXIT-005
#[test]
fn the_verdict_of_json_is_the_verdict() {
    for (report, word) in [
        (of(Vec::new()), "allowed"),
        (of(vec![silent(staged())]), "allowed"),
        (of(vec![gone(7, staged())]), "refused"),
    ] {
        let value: serde_json::Value = serde_json::from_str(&json_of(&report)).unwrap();
        assert_eq!(value["outcome"], word);
        assert_eq!(
            value["outcome"],
            serde_json::to_value(report.outcome()).unwrap()
        );
    }
    assert_eq!(
        serde_json::to_value(Outcome::NotJudged).unwrap(),
        "not-judged"
    );
}

/// Follows the parts of a JSON Schema that the report's uses: `$ref`, `type`, `required`, `properties`, `items`.
fn check(
    value: &serde_json::Value,
    schema: &serde_json::Value,
    root: &serde_json::Value,
    at: &str,
) {
    if let Some(name) = schema["$ref"].as_str() {
        return check(value, root.pointer(&name[1..]).unwrap(), root, at);
    }
    for branch in ["oneOf", "anyOf"] {
        if let Some(branches) = schema[branch].as_array() {
            let named = |branch: &serde_json::Value| {
                branch["const"] == *value || branch["enum"][0] == *value
            };
            let possible = |branch: &serde_json::Value| {
                named(branch)
                    || branch["$ref"].is_string()
                    || (value.is_null() && branch["type"] == "null")
            };
            assert!(
                branches.iter().any(possible),
                "{at}: {value} is none of {branch}"
            );
        }
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(
            value.get(name.as_str().unwrap()).is_some(),
            "{at}: {name} is missing"
        );
    }
    let known = schema["properties"].as_object();
    for (name, part) in value
        .as_object()
        .into_iter()
        .flatten()
        .filter(|_| known.is_some())
    {
        let property = known
            .unwrap()
            .get(name)
            .unwrap_or_else(|| panic!("{at}: {name} is not in the schema"));
        check(part, property, root, &format!("{at}/{name}"));
    }
    for part in value.as_array().into_iter().flatten() {
        check(part, &schema["items"], root, &format!("{at}[]"));
    }
}

// spec: JSON-003
#[test]
fn a_report_is_what_the_schema_says() {
    let root: serde_json::Value = serde_json::from_str(&schema::of_report()).unwrap();
    let entry = &root["$defs"]["Entry"];
    assert_eq!(
        entry["required"].as_array().unwrap().len(),
        entry["properties"].as_object().unwrap().len(),
        "absent values are null, never left out"
    );
    let mut report = of(vec![
        frozen_edit(5, commit(0x2b, "reword")),
        gone(7, staged()),
    ]);
    report.problems.push(Problem {
        weight: Weight::NotJudged,
        message: "no such commit".to_owned(),
        help: Vec::new(),
    });
    check(
        &serde_json::from_str(&json_of(&report)).unwrap(),
        &root,
        &root,
        "",
    );
}

// spec: JSON-004
// spec: BUILD-003
#[test]
fn the_schema_in_the_documentation_is_current() {
    schema::hold("report.schema.json", &schema::of_report());
}

// spec: JSON-004
#[test]
fn every_field_is_documented() {
    let root: serde_json::Value = serde_json::from_str(&schema::of_report()).unwrap();
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/report.md")).unwrap();
    let parts = [
        &root,
        &root["$defs"]["Entry"],
        &root["$defs"]["Trouble"],
        &root["$defs"]["Advice"],
    ];
    for name in parts
        .iter()
        .flat_map(|part| part["properties"].as_object().unwrap().keys())
    {
        let documented = page.contains(&format!("`{name}`")) || page.contains(&format!("`{name}."));
        assert!(documented, "docs/report.md does not tell of {name}");
    }
}
