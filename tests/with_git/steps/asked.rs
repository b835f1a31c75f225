//! What a person asks about: a range, or the whole history.

use graven::report::{Origin, Problem, Weight};
use graven::steps;

use super::{MAIN, commit, sides};
use crate::support::{Protecting, Repo};

#[track_caller]
fn not_judged<T: std::fmt::Debug>(result: Result<T, Problem>) -> (String, String) {
    let problem = result.unwrap_err();
    assert_eq!(problem.weight, Weight::NotJudged);
    (
        problem.message,
        problem.help.iter().map(ToString::to_string).collect(),
    )
}

// spec: STEP-003
// spec: TRUST-001
#[test]
fn a_range_is_one_step_from_the_merge_base() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    let base = repo.change("a", "1");
    repo.branch("topic").change("t", "1");
    let tip = repo.change("t", "2");
    repo.checkout("main");
    let main = repo.change("a", "2");
    for range in ["main..topic", "main...topic"] {
        let batches = steps::range(&repo.open(), range, &policies).unwrap();
        assert_eq!(sides(&batches[0]), [(Some(base), Some(tip))]);
        assert_eq!(commit(batches[0].steps[0].published.as_ref()), Some(main));
        assert_eq!(policies.last(), Some(base));
        assert!(matches!(&batches[0].steps[0].origin, Origin::Range { name, .. } if name == range));
    }
    let batches = steps::range(&repo.open(), "topic..", &policies).unwrap();
    assert_eq!(
        sides(&batches[0]),
        [(Some(base), Some(main))],
        "HEAD where an end is left out"
    );
}

// spec: EXIT-004
#[test]
fn a_range_that_means_nothing_is_not_judged() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    repo.change("a", "1");
    repo.git(&["checkout", "--quiet", "--orphan", "island"]);
    repo.commit("island");
    let ask = |range: &str| not_judged(steps::range(&repo.open(), range, &policies));
    let no_range = |range: &str| format!("\"{range}\" is not a commit range");
    assert_eq!(
        ask("main"),
        (
            no_range("main"),
            "give both ends: graven check main..HEAD".into()
        )
    );
    assert_eq!(
        ask("HEAD"),
        (
            no_range("HEAD"),
            "give both ends: graven check HEAD~1..HEAD".into()
        )
    );
    assert!(
        ask("nothing..HEAD")
            .0
            .starts_with("unknown revision nothing")
    );
    assert!(ask("main..HEAD").0.contains("share no history"));
}

#[test]
fn a_range_that_a_shallow_clone_cuts_is_not_judged() {
    let server = Repo::init();
    server.change("a", "1");
    server.git(&["branch", "topic"]);
    server.change("a", "2");
    server.checkout("topic").change("t", "1");
    server.change("t", "2");
    let clone = Repo::clone_of(&server, &["--depth=1", "--no-single-branch"]);
    let (message, help) = not_judged(steps::range(
        &clone.open(),
        "origin/main..HEAD",
        &Protecting::new(MAIN),
    ));
    assert!(message.contains("history incomplete"), "{message}");
    assert!(help.contains("git fetch --unshallow"), "{help}");
}

// spec: STEP-006
// spec: TRUST-005
#[test]
fn an_audit_walks_the_first_parents_oldest_first() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    let first = repo.change("a", "1");
    repo.branch("topic");
    let side = repo.change("t", "1");
    repo.checkout("main");
    let second = repo.change("a", "2");
    let merged = repo.merge(&["topic"]);
    let opened = repo.open();
    let batches = steps::history(&opened, None, false, &policies).unwrap();
    let expected = [(None, first), (Some(first), second), (Some(second), merged)];
    assert_eq!(
        sides(&batches[0]),
        expected.map(|(before, after)| (before, Some(after)))
    );
    assert_eq!(policies.last(), Some(merged), "the policy at the revision");

    let every = steps::history(&opened, Some("main"), true, &policies).unwrap();
    let expected = [
        (None, first),
        (Some(first), second),
        (Some(first), side),
        (Some(second), merged),
    ];
    assert_eq!(
        sides(&every[0]),
        expected.map(|(before, after)| (before, Some(after)))
    );
    assert_eq!(every[0].steps[3].other_parents, [side]);
    assert!(
        batches[0]
            .steps
            .iter()
            .all(|step| step.other_parents.is_empty())
    );
}

// spec: STEP-006
// spec: EXIT-004
#[test]
fn an_audit_of_a_branch_without_commits_says_which_there_are() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    let (message, _) = not_judged(steps::history(&repo.open(), None, false, &policies));
    assert_eq!(
        message,
        "HEAD points to main, which has no commit, and there is no other branch"
    );
    repo.change("a", "1");
    repo.git(&["branch", "attic"]);
    repo.git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    let (message, help) = not_judged(steps::history(&repo.open(), None, false, &policies));
    assert_eq!(
        message,
        "HEAD points to trunk, which has no commit; the branches are attic, main"
    );
    assert_eq!(help, "choose a branch: graven audit main");
    assert!(
        not_judged(steps::history(&repo.open(), Some("gone"), false, &policies))
            .0
            .starts_with("unknown revision gone")
    );
}
