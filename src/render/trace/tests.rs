#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

use std::collections::BTreeMap;
use std::sync::Arc;

use snapbox::{IntoData, str};

use super::*;
use crate::render::{listing, schema};
use crate::repo::RepoPath;
use crate::text::Source;

fn place(path: &str, line: usize) -> CitationPlace {
    let source = Arc::new(Source::new("x\n".repeat(line)));
    let start = (line - 1) * 2;
    CitationPlace {
        path: Arc::new(RepoPath::new(path)),
        span: source.span(start..start + 1),
        source,
        is_id: true,
    }
}

fn row(id: &str, title: &str, mark: Option<&str>, tests: Vec<CitationPlace>) -> Row {
    Row {
        id: id.to_owned(),
        title: title.to_owned(),
        mark: mark.map(str::to_owned),
        line: 3,
        tests,
    }
}

fn matrix() -> Matrix {
    let test = |line| place("tests/test_path.py", line);
    let paths = Spec {
        path: RepoPath::new("sdd/specs/004-path.md"),
        title: Some("Path model".to_owned()),
        sections: vec![
            row(
                "PATH-001",
                "Absolute paths",
                None,
                vec![test(4), test(9), test(12)],
            ),
            row("PATH-002", "Red \u{1b}[31m paths", None, vec![]),
            row(
                "PATH-003",
                &"long ".repeat(20),
                Some("[DEPRECATED]"),
                vec![test(20)],
            ),
        ],
    };
    let names = Spec {
        path: RepoPath::new("sdd/specs/005-names.md"),
        title: None,
        sections: vec![row("NAME-001", "Dots", None, vec![test(30)])],
    };
    Matrix {
        specs: vec![paths, names],
        unknown: BTreeMap::from([("PATH-\nOO3".to_owned(), vec![test(40)])]),
        notes: vec![(test(50), "expressions are not evaluated")],
        tests: 1,
        ..Matrix::default()
    }
}

fn written(matrix: &Matrix, untested: bool, as_json: bool) -> String {
    let mut out = Vec::new();
    listing(&TraceList { matrix, untested }, as_json, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

// spec: CITE-010
#[test]
fn sections_stand_below_their_spec_with_their_tests() {
    snapbox::assert_data_eq!(written(&matrix(), false, false), str![[r#"
sdd/specs/004-path.md: 1 of 2 sections tested, 1 deprecated
  section   title                                                          mark          tests
  PATH-001  Absolute paths                                                 -             3: tests/test_path.py:4, tests/test_path.py:9, …
  PATH-002  Red \u{1b}[31m paths                                           -             -
  PATH-003  long long long long long long long long long long long long …  [DEPRECATED]  1: tests/test_path.py:20

sdd/specs/005-names.md: 1 of 1 section tested
  section   title  mark  tests
  NAME-001  Dots   -     1: tests/test_path.py:30

cited, but not declared in any spec:
  section     tests
  PATH-\nOO3  1: tests/test_path.py:40

in all: 2 of 3 sections tested, 1 deprecated

"#]].raw());
}

// spec: CITE-010
#[test]
fn sections_without_a_test_are_listed_alone() {
    snapbox::assert_data_eq!(
        written(&matrix(), true, false),
        str![[r#"
sdd/specs/004-path.md: 1 of 2 sections tested, 1 deprecated
  section   title                 mark  tests
  PATH-002  Red \u{1b}[31m paths  -     -

in all: 2 of 3 sections tested, 1 deprecated

"#]]
        .raw()
    );
    let mut whole = matrix();
    whole.specs[0].sections.remove(1);
    snapbox::assert_data_eq!(
        written(&whole, true, false),
        str![[r#"
every section has a test
in all: 2 of 2 sections tested, 1 deprecated

"#]]
        .raw()
    );
    assert_eq!(written(&Matrix::default(), false, false), "no sections\n");
    assert_eq!(written(&Matrix::default(), true, false), "no sections\n");
}

// spec: CITE-011
#[test]
fn the_matrix_is_given_as_json() {
    snapbox::assert_data_eq!(
        written(&matrix(), true, true),
        str![[r#"
{
  "schema": 1,
  "total": {
    "live": 3,
    "tested": 2,
    "deprecated": 1
  },
  "specs": [
    {
      "path": "sdd/specs/004-path.md",
      "title": "Path model",
      "total": {
        "live": 2,
        "tested": 1,
        "deprecated": 1
      },
      "sections": [
        {
          "id": "PATH-002",
          "title": "Red \u001b[31m paths",
          "mark": null,
          "line": 3,
          "tests": []
        }
      ]
    }
  ],
  "unknown": [
    {
      "id": "PATH-\nOO3",
      "tests": [
        {
          "path": "tests/test_path.py",
          "line": 40,
          "column": 1
        }
      ]
    }
  ],
  "unread": [
    {
      "path": "tests/test_path.py",
      "line": 50,
      "column": 1,
      "why": "expressions are not evaluated"
    }
  ]
}

"#]]
        .raw()
    );
    let all: serde_json::Value = serde_json::from_str(&written(&matrix(), false, true)).unwrap();
    assert_eq!(all["specs"][0]["sections"].as_array().unwrap().len(), 3);
    assert_eq!(all["specs"][0]["sections"][0]["tests"][2]["line"], 12);
    assert_eq!(all["specs"][1]["title"], serde_json::Value::Null);
}

// spec: CITE-011
#[test]
fn the_schema_in_the_documentation_is_current() {
    schema::hold("trace.schema.json", &schema::of_trace());
}

// spec: CITE-011
#[test]
fn every_field_is_documented() {
    let root: serde_json::Value = serde_json::from_str(&schema::of_trace()).unwrap();
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/trace.md")).unwrap();
    let parts = root["$defs"].as_object().unwrap().values().chain([&root]);
    for name in parts.flat_map(|part| part["properties"].as_object().unwrap().keys()) {
        assert!(
            page.contains(&format!("`{name}`")),
            "docs/trace.md does not tell of {name}"
        );
    }
}
