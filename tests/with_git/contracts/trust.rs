//! Which policy judges what.

use std::fs;

use super::{ACCEPTED, ADR, EDITED, fed, forked, graven, received, rules};
use crate::support::Repo;

const LOOSE: &str = "preset = \"sdd\"\n[kind.adr.edits]\ntext = \"allow\"\n";
const FAULTY: &str = "preset = \"sdd\"\nnonsense = 1\n";

// spec: TRUST-001
#[test]
fn a_policy_loosened_in_the_same_change_does_not_help_it() {
    let repo = Repo::init();
    repo.write("graven.toml", "preset = \"sdd\"\n")
        .change(ADR, ACCEPTED);
    let both = ["frozen-text-edited", "policy-weakened"]
        .map(str::to_owned)
        .into();
    let refused = |arguments: &[&str], input: &str| {
        let said = fed(&repo, &[&["--format", "json"], arguments].concat(), input);
        assert_eq!(said.code, Some(1), "{arguments:?}");
        assert_eq!(rules(&said.json()), both, "{arguments:?}");
    };
    repo.stage("graven.toml", LOOSE).stage(ADR, EDITED);
    refused(&["check"], "");
    refused(&["hook", "pre-commit"], "");
    // In two commits of one push, the loosening first.
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.branch("topic").change("graven.toml", LOOSE);
    repo.change(ADR, EDITED);
    refused(&["check", "main..topic"], "");
    refused(
        &["hook", "pre-receive"],
        &received(&repo, "main", "topic", "main"),
    );
}

// spec: TRUST-003
#[test]
fn a_policy_from_outside_goes_before_the_one_in_the_tree() {
    let repo = forked(EDITED);
    let file = |name: &str, text: &str| {
        let path = repo.home().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (loose, strict) = (
        file("loose.toml", LOOSE),
        file("strict.toml", "preset = \"sdd\"\n"),
    );
    let code = |arguments: &[&str]| graven(&repo, arguments).code;
    assert_eq!(code(&["check"]), Some(1));
    assert_eq!(code(&["check", "--policy", &loose]), Some(0));

    // Of whoever runs a hook nothing is asked.
    repo.set(
        "GIT_CONFIG_GLOBAL",
        &file("personal", &format!("[graven]\n\tpolicy = \"{loose}\"\n")),
    );
    assert_eq!(code(&["hook", "pre-commit"]), Some(1));
    repo.git(&["config", "graven.policy", &loose]);
    assert_eq!(code(&["hook", "pre-commit"]), Some(0));
    assert_eq!(code(&["audit"]), Some(0));
    assert_eq!(
        code(&["check", "--policy", &strict]),
        Some(1),
        "what is typed goes first"
    );
    repo.git(&["config", "graven.policy", "/nowhere/at.toml"]);
    assert_eq!(code(&["hook", "pre-commit"]), Some(2));
}

// spec: TRUST-004
#[test]
fn a_policy_with_a_fault_judges_nothing() {
    let repo = Repo::init();
    repo.stage("graven.toml", FAULTY).stage(ADR, ACCEPTED);
    let named = |arguments: &[&str]| {
        let said = graven(&repo, arguments);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(
            said.out.contains("nonsense") && said.out.contains("graven.toml:2:"),
            "{arguments:?}: {}",
            said.out
        );
    };
    named(&["check"]);
    repo.commit_index("bring it in");
    named(&["audit"]);
    repo.stage(ADR, EDITED);
    named(&["check"]);
    // What mends the policy is judged by the last one without faults, here the preset.
    repo.stage("graven.toml", "preset = \"sdd\"\n");
    assert_eq!(graven(&repo, &["check"]).code, Some(1));
    repo.stage(ADR, ACCEPTED);
    assert_eq!(graven(&repo, &["check"]).code, Some(0));
}

// spec: TRUST-005
#[test]
fn an_audit_is_judged_by_the_policy_of_its_tip() {
    let repo = Repo::init();
    repo.change(ADR, ACCEPTED);
    repo.change(ADR, EDITED);
    repo.change("graven.toml", LOOSE);
    assert_eq!(graven(&repo, &["audit", "HEAD~1"]).code, Some(1));
    assert_eq!(graven(&repo, &["audit"]).code, Some(0));
}

// spec: TRUST-006
#[test]
fn without_a_policy_the_preset_sdd_judges() {
    let (silent, said) = (forked(EDITED), forked(EDITED));
    let file = said.home().join("sdd.toml");
    fs::write(&file, "preset = \"sdd\"\n").unwrap();
    let report = |repo: &Repo, more: &[&str]| {
        graven(repo, &[&["--format", "json", "check"], more].concat()).out
    };
    assert_eq!(
        report(&silent, &[]),
        report(&said, &["--policy", file.to_str().unwrap()])
    );
}

/// Two of one key have one fingerprint, and of two findings with the same one only the first would be shown.
#[test]
fn all_that_is_weaker_under_one_key_is_told() {
    let repo = Repo::init();
    repo.write("graven.toml", "").commit("begin");
    repo.stage("graven.toml", "[trace]\ncitations = [\"comment\"]\n");
    repo.graven(&["check"]).ends(1).has(&[
        "the form `attribute`",
        "the form `pytest`",
        "the form `tag`",
    ]);
}
