//! What is odd about objects, refs and configuration.

use super::{check, heals, stands, world};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR};

// spec: DOC-007
#[test]
fn a_shallow_clone_is_told_to_fetch_the_rest() {
    let (server, clone) = world();
    stands(&clone, "history", "good", "is complete");
    clone.change("a", "1");
    clone.git(&["push", "--quiet"]);
    let shallow = Repo::clone_of(&server, &["--depth=1"]);
    let command = heals(&shallow, "history", "missing", "this is a shallow clone");
    assert_eq!(command, "git fetch --unshallow");
}

// spec: DOC-007
#[test]
fn a_partial_clone_is_told() {
    let (_server, clone) = world();
    clone.git(&["config", "remote.origin.promisor", "true"]);
    let check = stands(&clone, "history", "missing", "this is a partial clone");
    assert!(check.text.unwrap().contains("without --filter"));
    clone.git(&["config", "remote.origin.promisor", "false"]);
    stands(&clone, "history", "good", "is complete");
    // As somebody may write it by hand.
    std::fs::write(
        clone.path().join(".git/more"),
        "[remote \"other\"]\n\turl = /elsewhere\n\tpromisor\n",
    )
    .unwrap();
    clone.git(&["config", "include.path", "more"]);
    stands(&clone, "history", "missing", "this is a partial clone");
}

// spec: DOC-007
#[test]
fn replaced_objects_and_grafts_are_told_and_change_no_verdict() {
    let (server, clone) = world();
    clone.change("a", "1");
    assert_eq!(check(&clone, "replace-refs"), None);
    clone.git(&["replace", "HEAD", "HEAD~1"]);
    heals(
        &clone,
        "replace-refs",
        "advice",
        "1 object is replaced in refs/replace/, which graven ignores",
    );
    for replaced in [
        "0123456789012345678901234567890123456789",
        "1123456789012345678901234567890123456789",
    ] {
        server.git(&["update-ref", &format!("refs/replace/{replaced}"), "HEAD"]);
    }
    heals(&server, "replace-refs", "advice", "2 objects are");
    assert_eq!(check(&clone, "grafts"), None);
    std::fs::write(
        clone.path().join(".git/info/grafts"),
        clone.id("HEAD").to_string(),
    )
    .unwrap();
    heals(&clone, "grafts", "advice", "changes the parents of commits");
}

// spec: DOC-007
// spec: DOC-011
#[test]
fn what_a_server_should_be_set_to_is_told_of_servers_alone() {
    let (server, clone) = world();
    for name in ["checked-objects", "shallow-pushes"] {
        assert_eq!(check(&clone, name), None);
    }
    assert_eq!(
        heals(&server, "checked-objects", "advice", "accepts malformed"),
        "git config receive.fsckObjects true"
    );
    server.git(&["config", "--unset", "receive.fsckObjects"]);
    server.git(&["config", "transfer.fsckObjects", "yes"]);
    stands(&server, "checked-objects", "good", "every pushed object");
    server.git(&["config", "receive.fsckObjects", "false"]);
    stands(&server, "checked-objects", "advice", "accepts malformed");

    stands(&server, "shallow-pushes", "good", "no push");
    server.git(&["config", "receive.shallowUpdate", "true"]);
    let command = heals(
        &server,
        "shallow-pushes",
        "advice",
        "may make the history shallow",
    );
    assert_eq!(command, "git config receive.shallowUpdate false");
}

// spec: DOC-007
#[test]
fn a_repository_that_cannot_be_opened_ends_with_what_helps() {
    let repo = Repo::init();
    let said = super::run(&repo, &["doctor", "--repo", "/nowhere"]);
    said.ends(2).has(&["no such folder"]);
    assert_eq!(said.out, "");
    repo.write(ADR, ACCEPTED).commit("accept");
    repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    repo.git(&["config", "extensions.unheardOf", "true"]);
    let said = super::run(&repo, &["doctor", "--format", "json"]);
    said.ends(2).has(&["unheardof"]);
    assert_eq!(said.out, "");
}
