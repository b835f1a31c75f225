//! Which policy judges, and whether one does.

use super::{check, heals, stands, world};
use crate::support::Repo;

// spec: DOC-005
#[test]
fn the_policy_that_judges_is_named() {
    let (_server, clone) = world();
    stands(&clone, "policy-source", "good", "the preset sdd");
    clone.change("graven.toml", "preset = \"sdd\"\n");
    clone.git(&["push", "--quiet"]);
    let commit = clone.id("HEAD").short();
    stands(
        &clone,
        "policy-source",
        "good",
        &format!("graven.toml of commit {commit}"),
    );
    let outside = clone.home().join("policy.toml");
    std::fs::write(&outside, "preset = \"madr\"\n").unwrap();
    clone.git(&["config", "graven.policy", outside.to_str().unwrap()]);
    stands(
        &clone,
        "policy-source",
        "good",
        "policy.toml, set by graven.policy",
    );
}

// spec: DOC-005
#[test]
fn a_policy_that_cannot_be_read_is_a_missing_guard() {
    let (server, clone) = world();
    clone.git(&["config", "graven.policy", "/nowhere/graven.toml"]);
    stands(
        &clone,
        "policy-source",
        "missing",
        "/nowhere/graven.toml cannot be read",
    );
    clone.git(&["config", "--unset", "graven.policy"]);
    stands(&clone, "policy-source", "good", "");

    clone.smuggle("graven.toml", "preset = \"sdd\"\n[kinds]\n");
    stands(&clone, "policy-source", "good", "the preset sdd");
    server.git(&["config", "core.hooksPath", "/nowhere"]);
    clone.git(&["push", "--quiet", "--no-verify"]);
    let check = stands(&clone, "policy-source", "missing", "graven.toml");
    assert!(check.message.contains("kinds"), "{check:?}");
    stands(&server, "policy-source", "missing", "graven.toml");
    clone.change("graven.toml", "preset = \"sdd\"\n");
    clone.git(&["push", "--quiet", "--no-verify"]);
    stands(&clone, "policy-source", "good", "");
}

// spec: DOC-005
#[test]
fn a_policy_in_the_work_tree_that_does_not_judge_is_told() {
    let (_server, clone) = world();
    assert_eq!(check(&clone, "policy-work-tree"), None);
    clone.write("graven.toml", "preset = \"madr\"\n");
    stands(
        &clone,
        "policy-work-tree",
        "advice",
        "is not in effect: the preset sdd is used",
    );
    clone
        .write("graven.toml", "preset = \"sdd\"\n")
        .commit("policy");
    stands(&clone, "policy-work-tree", "advice", "is not in effect");
    clone.git(&["push", "--quiet"]);
    assert_eq!(check(&clone, "policy-work-tree"), None);
    // Line ends are the business of Git.
    clone.write("graven.toml", "preset = \"sdd\"\r\n");
    assert_eq!(check(&clone, "policy-work-tree"), None);
    std::fs::remove_file(clone.path().join("graven.toml")).unwrap();
    stands(&clone, "policy-work-tree", "advice", "is still in effect");
}

// spec: DOC-005
#[test]
fn a_repository_that_the_policy_says_nothing_of_is_told() {
    let (_server, clone) = world();
    stands(&clone, "documents", "good", "1 document is governed");
    let other = Repo::init();
    other.change("README.md", "# Hello\n");
    stands(&other, "documents", "advice", "governs no document here");
    other.accept();
    stands(&other, "documents", "good", "1 document");
    let empty = Repo::init();
    assert_eq!(check(&empty, "documents"), None);
    heals(&empty, "hook-pre-commit", "missing", "there is no hook");
}
