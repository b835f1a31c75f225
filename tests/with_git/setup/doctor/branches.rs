//! Whether the branches that publish are protected.

use super::{check, heals, shell, stands, world};
use crate::support::Repo;

// spec: DOC-006
#[test]
fn the_protected_branches_are_named() {
    let (server, clone) = world();
    clone.git(&["push", "--quiet", "origin", "main:refs/heads/topic"]);
    for repo in [&server, &clone] {
        stands(repo, "protected-branches", "good", "protected: main");
        stands(
            repo,
            "default-branch",
            "good",
            "the default branch main is protected",
        );
    }
    let lone = Repo::init();
    stands(&lone, "protected-branches", "advice", "no branches yet");
    lone.branch("topic").accept();
    stands(
        &lone,
        "protected-branches",
        "advice",
        "by name, so all are: topic",
    );
}

/// The control characters of a branch would be a way to write over the verdict.
// spec: DOC-010
#[test]
fn what_a_branch_is_called_stays_on_its_line() {
    let (_server, clone) = world();
    clone.git(&["branch", "main-\u{202e}x;id"]);
    clone.change("graven.toml", "[branches]\nprotected = [\"main-*\"]\n");
    clone.git(&["push", "--quiet", "--no-verify"]);
    let said = super::run(&clone, &["doctor"]);
    said.has(&["main-\\u{202e}x;id"]).lacks(&["\u{202e}"]);
}

// spec: DOC-006
#[test]
fn a_default_branch_that_is_not_protected_is_a_missing_guard() {
    let (server, clone) = world();
    clone.git(&["push", "--quiet", "origin", "main:refs/heads/release"]);
    clone.change("graven.toml", "[branches]\nprotected = [\"release\"]\n");
    server.git(&["config", "core.hooksPath", "/nowhere"]);
    clone.git(&["push", "--quiet", "--no-verify"]);
    for repo in [&server, &clone] {
        let check = stands(repo, "default-branch", "missing", "main is not protected");
        assert_eq!(
            check.text.as_deref(),
            Some("add \"HEAD\" to branches.protected of the policy")
        );
    }
    clone.change(
        "graven.toml",
        "[branches]\nprotected = [\"release\", \"HEAD\"]\n",
    );
    clone.git(&["push", "--quiet", "--no-verify"]);
    for repo in [&server, &clone] {
        stands(repo, "default-branch", "good", "main is protected");
    }
}

// spec: DOC-006
#[test]
fn a_server_whose_head_names_no_branch_is_told() {
    let (server, _clone) = world();
    server.git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    let command = heals(&server, "default-branch", "missing", "trunk does not exist");
    assert_eq!(command, "git symbolic-ref HEAD refs/heads/main");
    // Nothing to choose from.
    let empty = Repo::bare();
    assert_eq!(check(&empty, "default-branch"), None);
}

// spec: DOC-006
#[test]
fn a_clone_that_was_never_told_the_default_branch_asks() {
    let (_server, clone) = world();
    assert_eq!(check(&clone, "remote-head"), None);
    clone.git(&["remote", "set-head", "origin", "--delete"]);
    let command = heals(
        &clone,
        "remote-head",
        "advice",
        "the default branch of origin is unknown",
    );
    assert_eq!(command, "git remote set-head origin --auto");
    stands(&clone, "default-branch", "good", "main");
    // A remote of which nothing was fetched has no branch to name.
    let lone = Repo::init();
    lone.accept();
    shell(&lone, "git remote add origin ../nowhere");
    assert_eq!(check(&lone, "remote-head"), None);
}
