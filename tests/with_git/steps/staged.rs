//! What is staged.

use graven::repo::ObjectId;
use graven::report::Origin;
use graven::steps;

use super::{MAIN, commit, sides};
use crate::support::{Protecting, Repo};

/// The one step to the index: its before side, and the published tip where it is another.
#[track_caller]
fn staged(
    repo: &Repo,
    amending: bool,
    parents: &[ObjectId],
    policies: &Protecting,
) -> (Option<ObjectId>, Option<ObjectId>) {
    let batches = steps::staged(&repo.open(), amending, parents, policies).unwrap();
    assert_eq!(batches.len(), 1);
    assert_eq!(sides(&batches[0])[0].1, None);
    let step = &batches[0].steps[0];
    assert_eq!(
        step.origin,
        Origin::Staged {
            before: commit(step.before.as_ref())
        }
    );
    (
        commit(step.before.as_ref()),
        commit(step.published.as_ref()),
    )
}

// spec: TRUST-001
// spec: HOOK-004
#[test]
fn staged_on_a_protected_branch_is_compared_with_head() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    assert_eq!(
        staged(&repo, false, &[], &policies),
        (None, None),
        "the first commit"
    );
    let first = repo.change("a", "1");
    let second = repo.change("a", "2");
    assert_eq!(staged(&repo, false, &[], &policies), (Some(second), None));
    assert_eq!(policies.last(), Some(second));
    assert_eq!(
        staged(&repo, true, &[], &policies),
        (Some(first), None),
        "amending"
    );
    assert_eq!(policies.last(), Some(first));
    repo.checkout(&first.to_string())
        .git(&["checkout", "--quiet", "-B", "main"]);
    assert_eq!(
        staged(&repo, true, &[], &policies),
        (None, None),
        "amending the first commit"
    );
}

// spec: STEP-003
#[test]
fn staged_on_a_side_branch_is_compared_with_where_it_left() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    let base = repo.change("a", "1");
    repo.branch("topic").change("t", "1");
    repo.change("t", "2");
    assert_eq!(staged(&repo, false, &[], &policies), (Some(base), None));
    assert_eq!(policies.last(), Some(base));
    repo.checkout("main");
    let tip = repo.change("a", "2");
    repo.checkout("topic");
    assert_eq!(
        staged(&repo, false, &[], &policies),
        (Some(base), Some(tip)),
        "main has gone on"
    );
    assert_eq!(staged(&repo, true, &[], &policies), (Some(base), Some(tip)));
    assert_eq!(
        staged(&repo, false, &[tip], &policies),
        (Some(tip), None),
        "main is being merged"
    );
    repo.merge(&["main"]);
    assert_eq!(
        staged(&repo, false, &[], &policies),
        (Some(tip), None),
        "main was merged"
    );
    assert_eq!(
        staged(&repo, true, &[], &policies),
        (Some(tip), None),
        "the merge is amended"
    );
}

// spec: HOOK-004
#[test]
fn amending_a_published_commit_on_a_side_branch_starts_before_it() {
    let repo = Repo::init();
    let first = repo.change("a", "1");
    let second = repo.change("a", "2");
    repo.branch("topic");
    assert_eq!(
        staged(&repo, true, &[], &Protecting::new(MAIN)),
        (Some(first), Some(second))
    );
}

#[test]
fn a_side_branch_without_common_history_has_no_before() {
    let repo = Repo::init();
    let tip = repo.change("a", "1");
    repo.git(&["checkout", "--quiet", "--orphan", "island"]);
    let policies = Protecting::new(MAIN);
    assert_eq!(
        staged(&repo, false, &[], &policies),
        (None, Some(tip)),
        "before its first commit"
    );
    repo.commit("island");
    assert_eq!(staged(&repo, false, &[], &policies), (None, Some(tip)));
}

// spec: STEP-003
#[test]
fn of_several_protected_branches_the_nearest_counts() {
    let repo = Repo::init();
    let policies = Protecting::new(&["HEAD", "main", "release/*"]);
    repo.change("a", "1");
    repo.branch("release/1");
    let release = repo.change("a", "release");
    repo.checkout("main").change("a", "2");
    repo.checkout("release/1").branch("hotfix").change("h", "1");
    assert_eq!(staged(&repo, false, &[], &policies), (Some(release), None));
}

// spec: STEP-004
#[test]
fn without_a_protected_branch_every_branch_is_protected() {
    let repo = Repo::init();
    repo.git(&["branch", "--move", "trunk"]);
    let first = repo.change("a", "1");
    repo.branch("topic");
    let second = repo.change("a", "2");
    assert_eq!(
        staged(&repo, false, &[], &Protecting::new(MAIN)),
        (Some(second), None)
    );
    repo.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(
        staged(&repo, false, &[], &Protecting::new(MAIN)),
        (Some(second), None),
        "nor a branch at all"
    );
    repo.checkout("topic");
    assert_eq!(
        staged(&repo, true, &[], &Protecting::new(MAIN)),
        (Some(first), None)
    );
}

#[test]
fn the_strict_reading_protects_every_branch() {
    let repo = Repo::init();
    repo.change("a", "1");
    repo.branch("deep/topic");
    let tip = repo.change("a", "2");
    assert_eq!(
        staged(&repo, false, &[], &Protecting::new(&["**"])),
        (Some(tip), None)
    );
}

#[test]
fn a_detached_head_is_a_side_branch() {
    let repo = Repo::init();
    let base = repo.change("a", "1");
    let tip = repo.change("a", "2");
    repo.git(&["checkout", "--quiet", "--detach", "HEAD~1"]);
    repo.change("t", "1");
    assert_eq!(
        staged(&repo, false, &[], &Protecting::new(MAIN)),
        (Some(base), Some(tip))
    );
}

#[test]
fn a_clone_takes_the_published_tip_from_its_remote() {
    let server = Repo::init();
    server.branch("trunk");
    let published = server.change("a", "1");
    let clone = Repo::clone_of(&server, &[]);
    let local = clone.change("a", "local");
    let policies = Protecting::new(&["HEAD"]);
    assert_eq!(
        staged(&clone, false, &[], &policies),
        (Some(local), None),
        "the default branch itself"
    );
    clone.branch("topic").change("t", "1");
    assert_eq!(
        staged(&clone, false, &[], &policies),
        (Some(published), None)
    );
    assert_eq!(
        policies.asked.borrow()[policies.asked.borrow().len() - 2],
        Some(published),
        "asked at the published tip"
    );
}
