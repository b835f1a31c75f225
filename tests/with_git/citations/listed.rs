//! `graven trace`.

use super::{SPEC, TEST, guarded, spec, tests};
use crate::support::Repo;

/// Two specs, tests in two languages, a deprecated section, an untested one, an unknown one.
fn library() -> Repo {
    let repo = Repo::init();
    repo.write(
        SPEC,
        &spec(&[
            "001: Absolute paths",
            "002: [DEPRECATED] Double dots",
            "003: Empty segments",
        ]),
    );
    repo.write(
        "sdd/specs/005-names.md",
        "# Names\n\n## NAME-001: Dots\n\nNo dots.\n",
    );
    repo.write(TEST, &tests(&["PATH-001", "PATH-001", "PATH-002"]));
    repo.write(
        "tests/names.rs",
        "// spec: NAME-001, PATH-001, NAME-OO2\n#[test]\nfn dots() {}\n",
    );
    repo.commit("begin");
    repo
}

// spec: CITE-010
#[test]
fn every_section_stands_with_its_tests() {
    let repo = library();
    let said = repo.graven(&["trace"]);
    said.ends(0);
    let wanted = "\
sdd/specs/004-path.md: 1 of 2 sections tested, 1 deprecated
  section   title           mark          tests
  PATH-001  Absolute paths  -             3: tests/names.rs:1, tests/test_path.py:4, …
  PATH-002  Double dots     [DEPRECATED]  1: tests/test_path.py:14
  PATH-003  Empty segments  -             -

sdd/specs/005-names.md: 1 of 1 section tested
  section   title  mark  tests
  NAME-001  Dots   -     1: tests/names.rs:1

cited, but not declared in any spec:
  section   tests
  NAME-OO2  1: tests/names.rs:1

in all: 2 of 3 sections tested, 1 deprecated
";
    assert_eq!(said.out, wanted);
    assert_eq!(said.err, "");
}

// spec: CITE-010
#[test]
fn untested_sections_are_listed_and_not_judged() {
    let repo = library();
    let said = repo.graven(&["trace", "--untested"]);
    said.ends(0)
        .has(&["PATH-003", "in all: 2 of 3 sections tested"])
        .lacks(&["PATH-001", "NAME-001", "NAME-OO2"]);
    repo.graven(&["trace", "--untested", "sdd/specs/005-names.md"])
        .ends(0)
        .has(&["every section has a test"]);
}

// spec: CITE-010
#[test]
fn specs_and_folders_can_be_named() {
    let repo = library();
    for folder in ["sdd/specs/005-names.md", "./sdd/specs/005-names.md"] {
        let said = repo.graven(&["trace", folder]);
        said.ends(0)
            .has(&["NAME-001", "in all: 1 of 1 section tested"])
            .lacks(&["004-path", "NAME-OO2"]);
    }
    repo.graven(&["trace", "sdd"])
        .ends(0)
        .has(&["PATH-001", "NAME-001"]);
    for (below, name) in [
        ("sdd/specs", "005-names.md"),
        ("tests", "../sdd/specs/005-names.md"),
    ] {
        repo.graven_below(below, &["trace", name])
            .ends(0)
            .has(&["NAME-001"])
            .lacks(&["004-path"]);
    }
    let said = repo.graven(&["trace", "sdd/specs/006-none.md"]);
    said.ends(2).has(&[
        "HEAD has no spec with sections at sdd/specs/006-none.md",
        "help: list all specs: graven trace",
    ]);
    assert_eq!(said.out, "");
}

// spec: CITE-011
#[test]
fn it_is_json_when_asked() {
    let repo = library();
    let said = repo.graven(&["trace", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&said.ends(0).out).unwrap();
    assert_eq!(
        read["total"],
        serde_json::json!({"live": 3, "tested": 2, "deprecated": 1})
    );
    let path = &read["specs"][0];
    assert_eq!(
        path["sections"][0]["tests"][1],
        serde_json::json!({"path": TEST, "line": 4, "column": 19})
    );
    assert_eq!(path["sections"][1]["mark"], "[DEPRECATED]");
    assert_eq!(read["unknown"][0]["id"], "NAME-OO2");
    let said = repo.graven(&["trace", "--untested", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&said.ends(0).out).unwrap();
    assert_eq!(read["specs"].as_array().unwrap().len(), 1);
    assert_eq!(read["specs"][0]["sections"].as_array().unwrap().len(), 1);
}

// spec: CITE-010
#[test]
fn it_knows_the_commit_and_not_the_work_tree() {
    let repo = guarded();
    let before = repo.graven(&["trace"]).out;
    repo.stage(TEST, "").write(SPEC, "");
    assert_eq!(repo.graven(&["trace"]).out, before);
    assert_eq!(Repo::init().graven(&["trace"]).ends(0).out, "no sections\n");
}

#[test]
fn another_policy_can_be_tried() {
    let repo = library();
    let policy = repo.home().join("policy.toml");
    std::fs::write(&policy, "[trace]\ntests = []\n").unwrap();
    let said = repo.graven(&["trace", "--policy", policy.to_str().unwrap()]);
    said.ends(0).has(&[
        "in all: 0 of 3 sections tested",
        "warning: the policy names no tests, so there are no citations",
    ]);
    std::fs::write(
        &policy,
        "[trace]\ntests = [\"**/*.md\"]\ncitations = ['(?m)^## (?<id>\\S+):']\n",
    )
    .unwrap();
    repo.graven(&["trace", "--policy", policy.to_str().unwrap()])
        .ends(0)
        .has(&["in all: 3 of 3 sections tested"]);
}
