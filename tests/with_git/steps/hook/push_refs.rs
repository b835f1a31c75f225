//! Pushes of other refs than the protected branch, and of several at once.

use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};
use crate::support::world::World;

each_way! {
    deleting_main_is_refused_and_deleting_a_topic_is_not,
    a_new_branch_is_judged_as_if_it_were_merged_now,
    one_bad_ref_stops_the_others_of_its_push,
    one_fault_under_two_names_is_said_once,
    tags_and_notes_are_no_branches,
    a_branch_holds_a_commit_and_nothing_else,
    replacing_objects_by_way_of_a_ref_is_refused,
    a_renamed_branch_is_a_new_one_and_a_deleted_one,
    a_branch_that_was_pushed_elsewhere_first_is_judged_again_on_main,
    a_symbolic_ref_moves_the_branch_that_it_names,
    the_server_s_own_head_says_which_branch_is_the_default,
    the_update_hook_is_a_fallback_that_refuses_ref_by_ref,
}

fn deleting_main_is_refused_and_deleting_a_topic_is_not(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing
            .server
            .git(&["config", "receive.denyDeleteCurrent", "ignore"]);
        pushing.allow(&["main:topic"]);
        pushing
            .refuse(&["--delete", "main"])
            .has(&["protected-branch-deleted", "refs/heads/main"]);
        assert_eq!(pushing.allow(&["--delete", "topic"]).remote(), "");
        assert_eq!(
            pushing.server.git(&["for-each-ref", "--format=%(refname)"]),
            "refs/heads/main"
        );
    }
}

fn a_new_branch_is_judged_as_if_it_were_merged_now(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.branch("topic").change(ADR, EDITED);
        pushing
            .refuse(&["topic"])
            .has(&["frozen-text-edited", ADR, "refs/heads/topic at "]);
        pushing.clone.change(ADR, ACCEPTED);
        pushing
            .clone
            .change("sdd/adrs/0002-own.md", &ACCEPTED.replace("# 1.", "# 2."));
        assert_eq!(
            pushing.allow(&["topic"]).remote(),
            "",
            "the edit came to nothing"
        );
        pushing
            .clone
            .change("sdd/adrs/0002-own.md", &EDITED.replace("# 1.", "# 2."));
        assert_eq!(pushing.allow(&["topic"]).remote(), "", "polished");
        pushing.clone.change(ADR, EDITED);
        pushing.refuse(&["topic"]).has(&["frozen-text-edited"]);
    }
}

fn one_bad_ref_stops_the_others_of_its_push(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.branch("good").change("other.txt", "1");
        pushing
            .clone
            .checkout("main")
            .branch("bad")
            .change(ADR, EDITED);
        for order in [["good", "bad"], ["bad", "good"]] {
            pushing
                .refuse(&order)
                .has(&["1 error in 1 document", "refs/heads/bad at "])
                .lacks(&["refs/heads/good at"]);
        }
        pushing.refuse(&["--atomic", "good", "bad"]);
        assert_eq!(pushing.allow(&["good"]).remote(), "");
    }
}

fn one_fault_under_two_names_is_said_once(worlds: &[World]) {
    let pushing = Pushing::accepted(worlds[0]);
    pushing.clone.change(ADR, EDITED);
    pushing
        .refuse(&["main:one", "main:two"])
        .has(&["1 error in 1 document"]);
}

fn tags_and_notes_are_no_branches(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        let clone = &pushing.clone;
        clone.git(&["notes", "add", "--message", "a note", "HEAD"]);
        clone.git(&["tag", "light"]);
        clone.git(&["tag", "--annotate", "--message", "heavy", "heavy"]);
        clone.git(&["tag", "of-a-tree", "HEAD^{tree}"]);
        let said = pushing.allow(&["refs/notes/commits", "light", "heavy", "of-a-tree"]);
        assert_eq!(said.remote(), "");
        assert_eq!(pushing.allow(&["--delete", "heavy"]).remote(), "");
    }
}

fn a_branch_holds_a_commit_and_nothing_else(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing
            .clone
            .git(&["tag", "--annotate", "--message", "heavy", "heavy"]);
        // Named by their ids, for of the tag's own name git would push the commit.
        for object in ["heavy", "HEAD^{tree}", &format!("HEAD:{ADR}")] {
            let id = pushing.clone.git(&["rev-parse", object]);
            let said = pushing.stopped(
                "remote: graven: not judged: ",
                &[&format!("{id}:refs/heads/odd")],
            );
            said.has(&[
                "refs/heads/odd would point to ",
                ", which is not a commit",
                "push a commit to a branch",
            ]);
        }
    }
}

fn replacing_objects_by_way_of_a_ref_is_refused(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        let clone = &pushing.clone;
        let edited = clone.feed(&["hash-object", "-w", "--stdin"], EDITED.as_bytes());
        let blob = clone.git(&["rev-parse", &format!("HEAD:{ADR}")]);
        clone.git(&["replace", &blob, &edited]);
        let name = format!("refs/replace/{blob}");
        pushing.refuse(&[&name]).has(&["replace-ref-pushed", &name]);
        pushing
            .refuse(&["main:topic", &name])
            .has(&["replace-ref-pushed"]);
    }
}

fn a_renamed_branch_is_a_new_one_and_a_deleted_one(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.branch("topic").change("other.txt", "1");
        pushing.allow(&["topic"]);
        pushing.clone.git(&["branch", "--move", "subject"]);
        assert_eq!(pushing.allow(&["subject", ":topic"]).remote(), "");
        pushing
            .server
            .git(&["config", "receive.denyDeleteCurrent", "ignore"]);
        pushing
            .refuse(&["main:trunk", ":main"])
            .has(&["protected-branch-deleted"]);
    }
}

fn a_branch_that_was_pushed_elsewhere_first_is_judged_again_on_main(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing
            .clone
            .git(&["checkout", "--quiet", "--orphan", "island"]);
        pushing.clone.change(ADR, EDITED);
        pushing.allow(&["island"]);
        pushing
            .refuse(&["--force", "island:main"])
            .has(&["frozen-text-edited", ADR]);
    }
}

fn a_symbolic_ref_moves_the_branch_that_it_names(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing
            .server
            .git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
        pushing.clone.change(ADR, EDITED);
        pushing
            .refuse(&["main:alias"])
            .has(&["frozen-text-edited", ADR]);
    }
}

fn the_server_s_own_head_says_which_branch_is_the_default(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::of(world);
        pushing
            .server
            .git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
        pushing.clone.accept();
        pushing.allow(&["main:trunk"]);
        pushing.clone.change(ADR, EDITED);
        pushing.refuse(&["main:trunk"]).has(&["frozen-text-edited"]);
        pushing
            .server
            .git(&["config", "receive.denyDeleteCurrent", "ignore"]);
        pushing
            .refuse(&["--delete", "trunk"])
            .has(&["protected-branch-deleted", "refs/heads/trunk"]);
    }
}

fn the_update_hook_is_a_fallback_that_refuses_ref_by_ref(worlds: &[World]) {
    for &world in worlds {
        let (server, clone) = (Repo::bare_of(world), Repo::of_format(world));
        server.install("update");
        clone.git(&["remote", "add", "origin", &server.address(world.by)]);
        clone.accept();
        clone.allow(&["push", "origin", "main"]);
        clone.branch("good").change("other.txt", "1");
        clone.checkout("main").change(ADR, EDITED);
        let said = clone.attempt(&["push", "origin", "good", "main"]);
        said.ends(1).has(&[
            "remote: graven: refused: ",
            "frozen-text-edited",
            "(hook declined)",
        ]);
        let names = "refs/heads/good\nrefs/heads/main";
        assert_eq!(server.git(&["for-each-ref", "--format=%(refname)"]), names);
        assert_eq!(
            server.git(&["show", &format!("main:{ADR}")]),
            ACCEPTED.trim_end()
        );
        server.git(&["config", "receive.denyDeleteCurrent", "ignore"]);
        clone
            .attempt(&["push", "origin", ":main"])
            .ends(1)
            .has(&["protected-branch-deleted"]);
    }
}
