//! Amending: it is judged against what the amended commit was judged against.

use super::BY_PATH;
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED};

#[test]
fn undoing_an_illegal_edit_by_amending_is_allowed() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.smuggle(ADR, EDITED);
        repo.stage(ADR, ACCEPTED).stage("other.txt", "1");
        repo.allow(&["commit", "--amend", "--no-edit"])
            .lacks(&["error", "warning"]);
        assert_eq!(repo.git(&["diff", "--name-only", "HEAD~1"]), "other.txt");
    }
}

#[test]
fn making_an_illegal_edit_by_amending_is_refused() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.change("other.txt", "1");
        repo.stage(ADR, EDITED);
        repo.refuse(&["commit", "--amend", "--no-edit"])
            .has(&["frozen-text-edited", ADR]);
        repo.write(ADR, EDITED);
        repo.refuse(&["commit", "--amend", "--all", "--no-edit"])
            .has(&["frozen-text-edited"]);
    }
}

#[test]
fn keeping_an_illegal_edit_while_amending_is_refused() {
    let repo = Repo::of_format(BY_PATH[0]);
    repo.guard().accept();
    repo.smuggle(ADR, EDITED);
    repo.stage("other.txt", "1");
    repo.refuse(&["commit", "--amend", "--no-edit"])
        .has(&["frozen-text-edited"]);
}

#[test]
fn a_record_that_the_amended_commit_brought_is_still_free() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().change("other.txt", "1");
        repo.accept();
        repo.stage(ADR, EDITED);
        repo.allow(&["commit", "--amend", "--no-edit"])
            .lacks(&["error", "warning"]);
    }
}

#[test]
fn amending_the_first_commit_of_all_refuses_nothing() {
    for world in BY_PATH {
        let repo = Repo::of_format(world);
        repo.guard().accept();
        repo.stage(ADR, EDITED);
        repo.allow(&["commit", "--amend", "--no-edit"])
            .lacks(&["error"]);
    }
}

#[test]
fn only_rewording_the_last_commit_is_allowed() {
    let repo = Repo::of_format(BY_PATH[0]);
    repo.guard().accept();
    repo.change("other.txt", "1");
    repo.allow(&["commit", "--amend", "--message", "in other words"]);
}

#[test]
fn undoing_an_illegal_edit_is_allowed_where_the_amending_cannot_be_seen() {
    let repo = Repo::of_format(BY_PATH[0]);
    repo.guard()
        .git(&["config", "alias.again", "commit --amend --no-edit"]);
    repo.accept();
    repo.smuggle(ADR, EDITED);
    repo.stage(ADR, ACCEPTED).stage("other.txt", "1");
    repo.allow(&["again"]).lacks(&["error"]);
}
