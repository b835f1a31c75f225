//! Merges, reverts, cherry-picks and linked work trees.

use super::BY_PATH;
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Said};
use crate::support::world::World;

/// On `main` with an accepted record; `topic` has edited it.
fn parted(world: World) -> Repo {
    let repo = Repo::of_format(world);
    repo.guard().accept();
    repo.branch("topic").smuggle(ADR, EDITED);
    repo.checkout("main").change("main.txt", "1");
    repo
}

#[test]
fn a_clean_merge_that_brings_an_illegal_edit_is_refused() {
    for world in BY_PATH {
        let repo = parted(world);
        let head = repo.id("HEAD");
        let said = repo.attempt(&["merge", "--no-edit", "topic"]);
        said.ends(1)
            .has(&["graven: refused: ", "frozen-text-edited", ADR]);
        assert_eq!(repo.id("HEAD"), head);
        repo.git(&["merge", "--abort"]);
        assert_eq!(repo.text(ADR), ACCEPTED);
    }
}

#[test]
fn a_clean_merge_of_harmless_work_is_allowed() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.branch("topic").change("topic.txt", "1");
        repo.checkout("main").change("main.txt", "1");
        repo.allow(&["merge", "--no-edit", "topic"])
            .lacks(&["graven"]);
        assert_eq!(
            repo.git(&["rev-list", "--parents", "-1", "HEAD"])
                .split(' ')
                .count(),
            3
        );
    }
}

#[test]
fn a_merge_that_stopped_at_a_conflict_is_judged_when_it_is_committed() {
    for world in BY_PATH {
        let repo = parted(world);
        repo.smuggle("clash.txt", "main");
        repo.checkout("topic").smuggle("clash.txt", "topic");
        repo.checkout("main");
        repo.attempt(&["merge", "topic"])
            .ends(1)
            .has(&["CONFLICT"])
            .lacks(&["graven"]);
        repo.stage("clash.txt", "both");
        repo.refuse(&["commit", "--no-edit"])
            .has(&["frozen-text-edited", ADR]);
        repo.stage(ADR, ACCEPTED);
        repo.allow(&["commit", "--no-edit"]).lacks(&["graven"]);
        assert_eq!(
            repo.git(&["rev-list", "--parents", "-1", "HEAD"])
                .split(' ')
                .count(),
            3
        );
    }
}

#[test]
fn a_conflict_in_the_record_itself_may_be_settled_only_as_it_was_published() {
    let repo = Repo::of_format(BY_PATH[0]);
    repo.guard().accept();
    repo.branch("topic").smuggle(ADR, EDITED);
    repo.checkout("main")
        .change(ADR, &ACCEPTED.replace("Accepted", "Deprecated"));
    repo.attempt(&["merge", "topic"]);
    repo.git(&["checkout", "--theirs", "--", ADR]);
    repo.git(&["add", ADR]);
    repo.refuse(&["commit", "--no-edit"]).has(&[ADR]);
    repo.stage(ADR, &ACCEPTED.replace("Accepted", "Deprecated"));
    repo.allow(&["commit", "--no-edit"]);
}

#[test]
fn merging_main_into_a_side_branch_is_fine() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().change("a.txt", "1");
        repo.branch("topic").change("topic.txt", "1");
        repo.checkout("main").accept();
        repo.change(ADR, &ACCEPTED.replace("Accepted", "Deprecated"));
        repo.checkout("topic");
        repo.allow(&["merge", "--no-edit", "main"])
            .lacks(&["graven"]);
        repo.stage("topic.txt", "2");
        repo.allow(&["commit", "--message", "more"])
            .lacks(&["graven"]);
    }
}

#[test]
fn reverting_an_illegal_edit_restores_the_record_and_is_legal() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.smuggle(ADR, EDITED);
        repo.allow(&["revert", "--no-edit", "HEAD"])
            .lacks(&["error"]);
        assert_eq!(repo.text(ADR), ACCEPTED);

        repo.smuggle(ADR, EDITED);
        repo.git(&["revert", "--no-commit", "HEAD"]);
        repo.allow(&["commit", "--no-edit"]).lacks(&["error"]);
        assert_eq!(repo.text(ADR), ACCEPTED);
    }
}

#[test]
fn restoring_by_hand_what_was_published_is_legal() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.smuggle(ADR, EDITED);
        repo.change("other.txt", "1");
        repo.stage(ADR, ACCEPTED);
        repo.allow(&["commit", "--message", "as it was"])
            .lacks(&["error"]);
    }
}

#[test]
fn the_edit_in_force_is_frozen_as_well() {
    let repo = Repo::of_format(BY_PATH[0]);
    repo.guard().accept();
    repo.smuggle(ADR, EDITED);
    repo.stage(ADR, &ACCEPTED.replace("keep", "burn"));
    repo.refuse(&["commit", "--message", "a third text"])
        .has(&["frozen-text-edited"]);
}

#[test]
fn a_linked_work_tree_is_judged_by_its_own_index_and_branch() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.branch("elsewhere");
        let linked = repo.home().join("linked tree");
        repo.git(&[
            "worktree",
            "add",
            "--quiet",
            linked.to_str().unwrap(),
            "main",
        ]);
        std::fs::write(linked.join(ADR), EDITED).unwrap();
        let commit = [
            "commit",
            "--quiet",
            "--all",
            "--message",
            "in the linked tree",
        ];
        let said = Said::of(repo.command("git").current_dir(&linked).args(commit));
        said.ends(1)
            .has(&["graven: refused: ", "frozen-text-edited", ADR]);
        repo.stage("other.txt", "1");
        repo.allow(&["commit", "--message", "here"])
            .lacks(&["graven"]);
        std::fs::write(linked.join(ADR), ACCEPTED).unwrap();
        std::fs::write(linked.join("README.md"), "x").unwrap();
        Said::of(repo.command("git").current_dir(&linked).args(["add", "."])).ends(0);
        Said::of(repo.command("git").current_dir(&linked).args(commit))
            .ends(0)
            .lacks(&["graven"]);
    }
}
