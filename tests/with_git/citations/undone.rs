//! What a later step of the same push or audit settles.

use super::{SPEC, TEST, guarded, spec, tests};

// spec: CITE-009
#[test]
fn a_test_that_comes_later_settles_it() {
    let repo = guarded();
    repo.smuggle(
        SPEC,
        &spec(&[
            "001: Absolute paths",
            "002: Double dots",
            "003: Empty segments",
        ]),
    );
    repo.smuggle(TEST, &tests(&["PATH-001", "PATH-003"]));
    repo.graven(&["audit"])
        .ends(1)
        .has(&["last-test-removed"])
        .lacks(&["warning[section-untested]"]);
    repo.smuggle(
        "tests/more.rs",
        "// spec: PATH-002\n#[test]\nfn dots() {}\n",
    );
    let said = repo.graven(&["audit", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&said.ends(0).out).unwrap();
    let findings = read["findings"].as_array().unwrap();
    let states: Vec<_> = findings
        .iter()
        .map(|one| {
            (
                one["rule"].as_str().unwrap(),
                one["state"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        states,
        [
            ("section-untested", "restored"),
            ("last-test-removed", "restored")
        ]
    );
}

#[test]
fn an_edit_of_the_spec_settles_nothing() {
    let repo = guarded();
    repo.smuggle(TEST, &tests(&["PATH-001"]));
    repo.smuggle(
        SPEC,
        &spec(&["001: Absolute paths", "002: Double dots", "003: TBD"]),
    );
    repo.graven(&["audit"])
        .ends(1)
        .has(&["error[last-test-removed]"]);
}

#[test]
fn its_fingerprint_is_that_of_the_section_on_every_surface() {
    let repo = guarded();
    repo.branch("topic");
    repo.stage(TEST, &tests(&["PATH-001"]));
    let print = |said: &crate::support::guarded::Said| {
        let read: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        read["findings"][0]["fingerprint"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let staged = print(&repo.graven(&["check", "--format", "json"]));
    repo.smuggle(TEST, &tests(&["PATH-001"]));
    repo.smuggle("tests/other.py", &tests(&["PATH-001"]));
    assert_eq!(
        print(&repo.graven(&["check", "main..topic", "--format", "json"])),
        staged
    );
    repo.checkout("main").git(&[
        "merge",
        "--quiet",
        "--no-ff",
        "--no-edit",
        "--no-verify",
        "topic",
    ]);
    assert_eq!(print(&repo.graven(&["audit", "--format", "json"])), staged);
}
