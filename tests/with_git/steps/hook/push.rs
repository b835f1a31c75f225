//! Pushes to a branch of a server: forward, by force, edit and revert, the first of all.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED, Pushing};
use crate::support::world::World;

each_way! {
    a_refused_push_says_what_where_why_and_what_to_do,
    one_illegal_commit_among_several_is_named,
    what_a_later_commit_of_the_push_restores_is_noted_and_allowed,
    several_edits_that_are_all_undone_in_the_end_are_allowed,
    a_record_that_was_moved_is_not_restored_by_its_text_alone,
    an_edit_that_is_only_half_restored_is_refused,
    an_edit_in_one_push_can_be_restored_by_the_next,
    old_faults_never_block_new_work,
    the_first_push_of_all_warns_of_old_faults_and_is_allowed,
    a_forced_push_that_drops_the_accepting_commit_is_refused,
    a_forced_push_that_keeps_the_records_is_allowed,
    a_merged_branch_is_one_step_whatever_happened_inside_it,
    main_moved_to_a_line_that_merged_main_is_one_step,
    a_server_with_nothing_to_guard_says_nothing,
    a_project_with_a_record_that_is_no_text_can_be_brought_in,
}

fn a_refused_push_says_what_where_why_and_what_to_do(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.change(ADR, EDITED);
        let said = pushing.refuse(&["main"]);
        assert_data_eq!(
            said.remote(),
            str![[r#"
graven: refused: 1 error in 1 document

commit [ID] change sdd/adrs/0001-keep-records.md
error[frozen-text-edited]: accepted adr-0001 was edited: its text changed
 --> sdd/adrs/0001-keep-records.md:9:4
  |
9 | We lose them.
  |    ^^^^ changed (text)
  |
 ::: sdd/adrs/0001-keep-records.md:5:1 (before)
  |
5 | Accepted
  | -------- frozen by this status
  |
  = help: restore the published version (this discards your changes to it):
          git restore --source=[ID] --staged --worktree -- sdd/adrs/0001-keep-records.md
  = help: to change the decision, write a new adr that supersedes this one:
          graven supersede sdd/adrs/0001-keep-records.md "Title"

"#]]
        );
    }
}

fn one_illegal_commit_among_several_is_named(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.change("other.txt", "1");
        let bad = pushing.clone.change(ADR, EDITED);
        pushing.clone.change("other.txt", "2");
        let named = format!("remote: commit {} change {ADR}", bad.short());
        let said = pushing.refuse(&["main"]);
        said.has(&[
            &named,
            "1 error in 1 document",
            "frozen-text-edited",
            "(before)",
        ])
        .lacks(&["change other.txt"]);
    }
}

fn what_a_later_commit_of_the_push_restores_is_noted_and_allowed(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.change(ADR, EDITED);
        pushing.clone.git(&["revert", "--no-edit", "HEAD"]);
        let said = pushing.allow(&["main"]);
        assert_data_eq!(
            said.remote(),
            str![[r#"
graven: allowed, with 1 finding restored

commit [ID] change sdd/adrs/0001-keep-records.md
note[frozen-text-edited]: accepted adr-0001 was edited: its text changed
 --> sdd/adrs/0001-keep-records.md:9:4
  |
9 | We lose them.
  |    ^^^^ changed (text)
  |
 ::: sdd/adrs/0001-keep-records.md:5:1 (before)
  |
5 | Accepted
  | -------- frozen by this status
  |
  = note: restored later in this push

"#]]
        );
        assert_eq!(pushing.server.id("main"), pushing.clone.id("main"));
    }
}

fn several_edits_that_are_all_undone_in_the_end_are_allowed(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.change(ADR, EDITED);
        pushing.clone.change(ADR, &ACCEPTED.replace("keep", "burn"));
        pushing.clone.change(ADR, ACCEPTED);
        pushing
            .allow(&["main"])
            .has(&["graven: allowed, with 2 findings restored"]);
    }
}

fn a_record_that_was_moved_is_not_restored_by_its_text_alone(worlds: &[World]) {
    let pushing = Pushing::of(worlds[0]);
    pushing
        .clone
        .write("graven.toml", "[kind.adr.edits]\nmove = \"forbid\"\n")
        .accept();
    pushing.allow(&["main"]);
    let elsewhere = "sdd/adrs/0001-hold-records.md";
    pushing.clone.git(&["mv", ADR, elsewhere]);
    pushing.clone.commit("move");
    pushing
        .refuse(&["main"])
        .has(&["error[frozen-document-moved]"]);
    pushing.clone.change(elsewhere, EDITED);
    pushing.clone.change(elsewhere, ACCEPTED);
    pushing
        .refuse(&["main"])
        .has(&["error[frozen-document-moved]"]);
    pushing.clone.git(&["mv", elsewhere, ADR]);
    pushing.clone.commit("move back");
    pushing.allow(&["main"]).has(&["restored"]);
}

fn an_edit_that_is_only_half_restored_is_refused(worlds: &[World]) {
    let pushing = Pushing::accepted(worlds[0]);
    pushing.clone.change(ADR, EDITED);
    pushing
        .clone
        .change(ADR, &ACCEPTED.replace("keep", "half keep"));
    pushing.refuse(&["main"]).has(&["frozen-text-edited"]);
}

fn an_edit_in_one_push_can_be_restored_by_the_next(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::of(world);
        // As it was before graven came.
        pushing
            .server
            .git(&["config", "core.hooksPath", "/dev/null"]);
        pushing.clone.accept();
        pushing.clone.change(ADR, EDITED);
        pushing.allow(&["main"]);
        pushing.server.git(&["config", "--unset", "core.hooksPath"]);
        pushing.clone.git(&["revert", "--no-edit", "HEAD"]);
        pushing.allow(&["main"]).lacks(&["error"]);
    }
}

fn old_faults_never_block_new_work(worlds: &[World]) {
    let pushing = Pushing::of(worlds[0]);
    pushing
        .server
        .git(&["config", "core.hooksPath", "/dev/null"]);
    pushing.clone.accept();
    pushing.clone.change(ADR, EDITED);
    pushing.clone.change("sdd/adrs/0001-twin.md", ACCEPTED);
    pushing.allow(&["main"]);
    pushing.server.git(&["config", "--unset", "core.hooksPath"]);
    pushing.clone.change("other.txt", "1");
    assert_eq!(pushing.allow(&["main"]).remote(), "");
}

fn the_first_push_of_all_warns_of_old_faults_and_is_allowed(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::of(world);
        pushing.clone.write("sdd/adrs/0001-twin.md", DRAFT).accept();
        pushing.clone.change(ADR, EDITED);
        let said = pushing.allow(&["main"]);
        assert!(
            said.err
                .starts_with("remote: graven: allowed, with 1 warning in 1 document\n"),
            "{}",
            said.err
        );
        said.has(&["number-taken", "sdd/adrs/0001-twin.md"]);
        pushing.clone.change(ADR, &ACCEPTED.replace("keep", "burn"));
        pushing.refuse(&["main"]).has(&["frozen-text-edited"]);
    }
}

fn a_forced_push_that_drops_the_accepting_commit_is_refused(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::of(world);
        pushing.clone.change("other.txt", "1");
        pushing.clone.accept();
        pushing.allow(&["main"]);
        pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        pushing.refuse(&["--force", "main"]).has(&[
            "frozen-document-deleted",
            ADR,
            "refs/heads/main at ",
        ]);
        pushing.clone.change("other.txt", "2");
        pushing
            .refuse(&["--force", "main"])
            .has(&["frozen-document-deleted", ADR]);
        pushing.clone.change(ADR, EDITED);
        pushing
            .refuse(&["--force", "main"])
            .has(&["frozen-text-edited", ADR]);
    }
}

fn a_forced_push_that_keeps_the_records_is_allowed(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        pushing.clone.change("other.txt", "1");
        pushing.allow(&["main"]);
        pushing.clone.git(&[
            "commit",
            "--quiet",
            "--amend",
            "--message",
            "in other words",
        ]);
        assert_eq!(pushing.allow(&["--force", "main"]).remote(), "");
    }
}

fn a_merged_branch_is_one_step_whatever_happened_inside_it(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::accepted(world);
        let (clone, own) = (&pushing.clone, "sdd/adrs/0002-own.md");
        clone.branch("topic");
        for word in ["guard", "hold", "keep"] {
            clone.change(own, &ACCEPTED.replace("# 1.", "# 2.").replace("keep", word));
        }
        clone.checkout("main").merge(&["topic"]);
        assert_eq!(pushing.allow(&["main"]).remote(), "");
        clone.checkout("topic").change(ADR, EDITED);
        clone.checkout("main").merge(&["topic"]);
        pushing
            .refuse(&["main"])
            .has(&["frozen-text-edited", "Merge branch"]);
    }
}

fn main_moved_to_a_line_that_merged_main_is_one_step(worlds: &[World]) {
    let pushing = Pushing::accepted(worlds[0]);
    let clone = &pushing.clone;
    clone.git(&["checkout", "--quiet", "--orphan", "island"]);
    clone.change(ADR, EDITED);
    clone.git(&[
        "merge",
        "--quiet",
        "--no-edit",
        "--allow-unrelated-histories",
        "--strategy=ours",
        "main",
    ]);
    pushing
        .refuse(&["island:main"])
        .has(&["frozen-text-edited", ADR]);
}

fn a_server_with_nothing_to_guard_says_nothing(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::of(world);
        for text in ["1", "2"] {
            pushing.clone.change("src/main.c", text);
            assert_eq!(pushing.allow(&["main"]).remote(), "");
        }
        pushing
            .clone
            .git(&["tag", "--annotate", "--message", "one", "v1"]);
        assert_eq!(pushing.allow(&["--tags", "main:topic"]).remote(), "");
        assert_eq!(pushing.allow(&["--delete", "topic"]).remote(), "");
    }
}

/// Nothing was published before, so nothing can have been broken, whatever nobody can read there.
fn a_project_with_a_record_that_is_no_text_can_be_brought_in(worlds: &[World]) {
    for &world in worlds {
        let pushing = Pushing::of(world);
        fs::create_dir_all(pushing.clone.path().join("sdd/adrs")).unwrap();
        fs::write(
            pushing.clone.path().join(ADR),
            b"# 1. K\xe9ep\n\n## Status\n\nAccepted\n",
        )
        .unwrap();
        pushing.clone.commit("begin");
        pushing
            .allow(&["main"])
            .has(&["cannot be read", "not valid UTF-8"]);
        pushing
            .clone
            .write(ADR, ACCEPTED)
            .commit("save it as UTF-8");
        pushing.allow(&["main"]);
    }
}
