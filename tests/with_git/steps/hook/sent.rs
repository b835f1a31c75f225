//! Pushes from a clone that asks before it sends: pre-push.

use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED};
use crate::support::world::World;

each_way! {
    an_illegal_edit_is_stopped_before_it_is_sent,
    a_polished_side_branch_and_a_tag_are_sent_in_silence,
    deleting_main_is_stopped_too,
    what_somebody_else_pushed_meanwhile_is_not_judged_until_it_is_fetched,
    a_push_to_an_address_is_judged_like_one_to_a_remote,
    the_first_push_to_an_empty_server_refuses_nothing,
}

/// A clone with graven's hooks of a plain server that has an accepted record.
fn clone_of_a_server(world: World) -> (Repo, Repo) {
    let first = Repo::of_format(world);
    first.accept();
    let server = Repo::bare_of(world);
    first.git(&["push", "--quiet", &server.url(), "main"]);
    let clone = Repo::clone_in(world, &server);
    clone.guard();
    (server, clone)
}

/// Pushes, which must be stopped before anything is sent.
#[track_caller]
fn stopped(server: &Repo, clone: &Repo, arguments: &[&str]) -> crate::support::guarded::Said {
    let refs = server.git(&["for-each-ref"]);
    let said = clone.attempt(&[&["push", "origin"], arguments].concat());
    said.ends(1)
        .has(&["failed to push some refs"])
        .lacks(&["remote:"]);
    assert_eq!(server.git(&["for-each-ref"]), refs);
    said
}

fn an_illegal_edit_is_stopped_before_it_is_sent(worlds: &[World]) {
    for &world in worlds {
        let (server, clone) = clone_of_a_server(world);
        clone.smuggle(ADR, EDITED);
        stopped(&server, &clone, &["main"]).has(&["graven: refused: ", "frozen-text-edited", ADR]);
        stopped(&server, &clone, &["HEAD:refs/heads/topic"]).has(&["frozen-text-edited"]);
        clone.git(&["revert", "--no-edit", "HEAD"]);
        clone
            .allow(&["push", "origin", "main"])
            .has(&["1 finding restored"]);
    }
}

fn a_polished_side_branch_and_a_tag_are_sent_in_silence(worlds: &[World]) {
    for &world in worlds {
        let (_server, clone) = clone_of_a_server(world);
        clone.branch("topic");
        for word in ["guard", "keep"] {
            clone.change(
                "sdd/adrs/0002-own.md",
                &ACCEPTED.replace("# 1.", "# 2.").replace("keep", word),
            );
        }
        clone.git(&["tag", "v1"]);
        clone
            .allow(&["push", "origin", "topic", "v1"])
            .lacks(&["graven"]);
        clone
            .allow(&["push", "origin", ":topic"])
            .lacks(&["graven"]);
    }
}

fn deleting_main_is_stopped_too(worlds: &[World]) {
    let (server, clone) = clone_of_a_server(worlds[0]);
    stopped(&server, &clone, &[":main"]).has(&["protected-branch-deleted", "refs/heads/main"]);
}

fn what_somebody_else_pushed_meanwhile_is_not_judged_until_it_is_fetched(worlds: &[World]) {
    for &world in worlds {
        let (server, clone) = clone_of_a_server(world);
        let other = Repo::clone_in(world, &server);
        other.change("other.txt", "theirs");
        other.git(&["push", "--quiet", "origin", "main"]);
        clone.change("mine.txt", "mine");
        let said = stopped(&server, &clone, &["--force", "main"]);
        said.has(&[
            "graven: not judged: 1 problem",
            "refs/heads/main is at commit ",
            "git fetch origin",
        ]);
        clone.git(&["fetch", "--quiet"]);
        clone.git(&["rebase", "--quiet", "origin/main"]);
        clone.allow(&["push", "origin", "main"]).lacks(&["graven"]);
    }
}

fn a_push_to_an_address_is_judged_like_one_to_a_remote(worlds: &[World]) {
    for &world in worlds {
        let (server, clone) = clone_of_a_server(world);
        clone.smuggle(ADR, EDITED);
        let said = clone.attempt(&["push", &server.address(world.by), "main"]);
        said.ends(1)
            .has(&["frozen-text-edited"])
            .lacks(&["remote:"]);
        let said = clone.attempt(&["push", &server.address(world.by), "main:topic"]);
        said.ends(1)
            .has(&["frozen-text-edited"])
            .lacks(&["remote:"]);
    }
}

fn the_first_push_to_an_empty_server_refuses_nothing(worlds: &[World]) {
    for &world in worlds {
        let server = Repo::bare_of(world);
        let clone = Repo::of_format(world);
        clone.guard().accept();
        clone.smuggle(ADR, EDITED);
        clone.git(&["remote", "add", "origin", &server.address(world.by)]);
        clone.allow(&["push", "origin", "main"]).lacks(&["error"]);
    }
}
