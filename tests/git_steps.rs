//! The table of steps, row by row, on real repositories: what is compared with what, and under whose policy.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests fail by panicking"
)]

mod support;

use graven::engine::Batch;
use graven::repo::{ObjectId, RepoPath, Side};
use graven::report::{Origin, Problem, Weight};
use graven::steps;
use graven::steps::hook::{Direction, RefLine};
use support::{Protecting, Repo};

const MAIN: &[&str] = &["HEAD", "main", "master"];

fn commit(side: Option<&Side>) -> Option<ObjectId> {
    match side {
        Some(Side::Commit(commit)) => Some(*commit),
        Some(Side::Index(_)) => panic!("an index"),
        None => None,
    }
}

/// Before and after of every step; `None` after is the index.
fn sides(batch: &Batch) -> Vec<(Option<ObjectId>, Option<ObjectId>)> {
    assert!(batch.problems.is_empty(), "{:?}", batch.problems);
    let after = |side: &Side| {
        if let Side::Commit(commit) = side {
            Some(*commit)
        } else {
            None
        }
    };
    batch
        .steps
        .iter()
        .map(|step| (commit(step.before.as_ref()), after(&step.after)))
        .collect()
}

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

fn line(name: &str, before: Option<ObjectId>, after: Option<ObjectId>) -> RefLine {
    RefLine {
        name: RepoPath::new(name),
        before,
        after,
    }
}

fn received(repo: &Repo, lines: &[RefLine], policies: &Protecting) -> Vec<Batch> {
    steps::push(&repo.open(), lines, &Direction::Received, policies).unwrap()
}

fn sent(repo: &Repo, lines: &[RefLine], policies: &Protecting) -> Vec<Batch> {
    steps::push(
        &repo.open(),
        lines,
        &Direction::Sent {
            remote: "origin".into(),
        },
        policies,
    )
    .unwrap()
}

#[track_caller]
fn not_judged<T: std::fmt::Debug>(result: Result<T, Problem>) -> (String, String) {
    let problem = result.unwrap_err();
    assert_eq!(problem.weight, Weight::NotJudged);
    (
        problem.message,
        problem.help.iter().map(ToString::to_string).collect(),
    )
}

// What is staged.

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

// What is pushed.

// spec: STEP-001
#[test]
fn a_protected_ref_is_judged_revision_by_revision() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    let first = repo.change("a", "1");
    let second = repo.change("a", "2");
    repo.branch("topic").change("t", "1");
    repo.checkout("main");
    let third = repo.merge(&["topic"]);
    let fourth = repo.change("a", "4");
    repo.git(&["update-ref", "refs/heads/main", &first.to_string()]);
    let batches = received(
        &repo,
        &[line("refs/heads/main", Some(first), Some(fourth))],
        &policies,
    );
    let expected = [(first, second), (second, third), (third, fourth)]
        .map(|(before, after)| (Some(before), Some(after)));
    assert_eq!(sides(&batches[0]), expected);
    assert_eq!(
        policies.last(),
        Some(first),
        "one policy, from before the push"
    );
    let origin = &batches[0].steps[1].origin;
    assert!(
        matches!(origin, Origin::Commit { subject, commit, .. } if subject.starts_with("Merge") && *commit == third)
    );
    assert!(batches[0].moves[0].protected);
}

// spec: STEP-002
#[test]
fn a_forced_push_and_a_merge_the_wrong_way_round_are_one_step() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    repo.change("a", "1");
    let before = repo.change("a", "2");
    repo.git(&["checkout", "--quiet", "-b", "topic", "HEAD~1"]);
    let forced = repo.change("t", "1");
    let merged = repo.merge(&["main"]);
    for after in [forced, merged] {
        let batches = received(
            &repo,
            &[line("refs/heads/main", Some(before), Some(after))],
            &policies,
        );
        assert_eq!(sides(&batches[0]), [(Some(before), Some(after))]);
        assert!(
            matches!(&batches[0].steps[0].origin, Origin::Range { name, .. } if name == "refs/heads/main")
        );
    }
}

// spec: STEP-003
// spec: TRUST-002
#[test]
fn side_branches_and_new_refs_are_one_step_from_where_they_left() {
    let repo = Repo::init();
    let policies = Protecting::new(&["HEAD", "main", "release/*"]);
    let base = repo.change("a", "1");
    let tip = repo.change("a", "2");
    repo.git(&["checkout", "--quiet", "--detach", &base.to_string()]);
    repo.change("t", "1");
    let after = repo.change("t", "2");
    repo.checkout("main");
    for name in ["refs/heads/topic", "refs/heads/release/1"] {
        let batches = received(&repo, &[line(name, None, Some(after))], &policies);
        assert_eq!(sides(&batches[0]), [(Some(base), Some(after))], "{name}");
        assert_eq!(commit(batches[0].steps[0].published.as_ref()), Some(tip));
        assert_eq!(batches[0].moves[0].protected, name.contains("release"));
        assert_eq!(
            policies.last(),
            Some(tip),
            "the policy of the default branch"
        );
    }
    let known = received(
        &repo,
        &[line("refs/heads/topic", Some(tip), Some(base))],
        &policies,
    );
    assert_eq!(sides(&known[0]), [], "all of it is published");
}

#[test]
fn the_first_push_to_an_empty_server_has_no_before() {
    let server = Repo::bare();
    let work = Repo::init();
    let first = work.change("a", "1");
    let second = work.change("a", "2");
    work.git(&["push", "--quiet", &server.url(), "main:refs/keep/objects"]);
    let policies = Protecting::new(MAIN);
    let lines = [
        line("refs/heads/main", None, Some(second)),
        line("refs/heads/topic", None, Some(first)),
    ];
    let batches = received(&server, &lines, &policies);
    assert_eq!(sides(&batches[0]), [(None, Some(second))]);
    assert_eq!(sides(&batches[1]), [(None, Some(first))]);
    assert_eq!(policies.last(), None, "the built-in policy");
    assert_eq!(commit(batches[0].steps[0].published.as_ref()), None);
}

#[test]
fn a_deleted_ref_is_a_move_without_a_step() {
    let repo = Repo::init();
    let tip = repo.change("a", "1");
    let lines = [
        line("refs/heads/main", Some(tip), None),
        line("refs/heads/topic", Some(tip), None),
    ];
    let batches = received(&repo, &lines, &Protecting::new(MAIN));
    let moves: Vec<_> = batches
        .iter()
        .map(|batch| {
            (
                batch.steps.len(),
                batch.moves[0].after,
                batch.moves[0].protected,
            )
        })
        .collect();
    assert_eq!(moves, [(0, None, true), (0, None, false)]);
}

#[test]
fn tags_notes_and_replacements_bring_no_steps() {
    let repo = Repo::init();
    let tip = repo.change("a", "1");
    let names = ["refs/tags/v1", "refs/notes/commits", "refs/replace/1234"];
    let batches = received(
        &repo,
        &names.map(|name| line(name, None, Some(tip))),
        &Protecting::new(MAIN),
    );
    for (batch, name) in batches.iter().zip(names) {
        assert_eq!(sides(batch), []);
        assert_eq!(
            (&batch.moves[0].name, batch.moves[0].protected),
            (&RepoPath::new(name), false)
        );
    }
}

// spec: HOOK-001
#[test]
fn a_line_that_cannot_be_judged_hides_no_other() {
    let repo = Repo::init();
    let policies = Protecting::new(MAIN);
    let first = repo.change("a", "1");
    let tip = repo.change("a", "2");
    let nothing = ObjectId::from_bytes(&[7; 20]).unwrap();
    let blob = repo.id("HEAD:a");
    let lines = [
        line("refs/heads/main", Some(first), Some(blob)),
        line("refs/heads/topic", None, Some(nothing)),
        line("refs/heads/main", Some(nothing), Some(tip)),
        line("refs/heads/other", None, ObjectId::from_bytes(&[7; 32])),
        line("refs/heads/main", Some(first), Some(tip)),
    ];
    let batches = received(&repo, &lines, &policies);
    assert_eq!(batches.len(), 5);
    for batch in &batches[..4] {
        assert_eq!(
            (batch.steps.len(), batch.problems.len(), batch.moves.len()),
            (0, 1, 1)
        );
        assert_eq!(batch.problems[0].weight, Weight::NotJudged);
        assert!(
            batch.problems[0].message.starts_with("refs/heads/"),
            "{}",
            batch.problems[0].message
        );
    }
    assert!(batches[0].problems[0].message.ends_with("is no commit"));
    assert_eq!(sides(&batches[4]), [(Some(first), Some(tip))]);
}

// spec: HOOK-003
#[test]
fn a_symbolic_ref_moves_the_branch_that_it_names() {
    let repo = Repo::init();
    let first = repo.change("a", "1");
    let tip = repo.change("a", "2");
    repo.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    repo.git(&["symbolic-ref", "refs/odd/alias", "refs/heads/main"]);
    for name in ["refs/heads/alias", "refs/odd/alias"] {
        let batches = received(
            &repo,
            &[line(name, Some(first), Some(tip))],
            &Protecting::new(MAIN),
        );
        assert!(batches[0].moves[0].protected);
        assert_eq!(sides(&batches[0]), [(Some(first), Some(tip))]);
    }
}

#[test]
fn the_server_knows_its_default_branch_from_its_head() {
    let repo = Repo::init();
    repo.git(&["branch", "--move", "trunk"]);
    let first = repo.change("a", "1");
    let tip = repo.change("a", "2");
    let policies = Protecting::new(&["HEAD"]);
    let batches = received(
        &repo,
        &[
            line("refs/heads/trunk", Some(first), Some(tip)),
            line("refs/heads/topic", None, Some(tip)),
        ],
        &policies,
    );
    assert_eq!(
        (batches[0].moves[0].protected, batches[1].moves[0].protected),
        (true, false)
    );
}

#[test]
fn a_push_is_judged_against_what_the_remote_has() {
    let server = Repo::init();
    let published = server.change("a", "1");
    let clone = Repo::clone_of(&server, &[]);
    let local = clone.change("a", "2");
    let policies = Protecting::new(MAIN);
    let batches = sent(
        &clone,
        &[line("refs/heads/main", Some(published), Some(local))],
        &policies,
    );
    assert_eq!(sides(&batches[0]), [(Some(published), Some(local))]);
    let batches = sent(
        &clone,
        &[line("refs/heads/topic", None, Some(local))],
        &policies,
    );
    assert_eq!(
        sides(&batches[0]),
        [(Some(published), Some(local))],
        "the local main is not published"
    );

    let unseen = server.change("a", "3");
    let batches = sent(
        &clone,
        &[line("refs/heads/main", Some(unseen), Some(local))],
        &policies,
    );
    let problem = &batches[0].problems[0];
    assert!(batches[0].steps.is_empty() && problem.weight == Weight::NotJudged);
    assert!(
        problem.message.contains("is not in this repository"),
        "{}",
        problem.message
    );
    assert_eq!(problem.help[0].command.as_deref(), Some("git fetch origin"));
}

#[test]
fn a_push_to_an_address_is_judged_by_what_is_known() {
    let server = Repo::init();
    let published = server.change("a", "1");
    let clone = Repo::clone_of(&server, &[]);
    clone.branch("topic");
    let tip = clone.change("t", "1");
    for remote in ["https://example.com/fork.git", "../fork", "fork"] {
        let direction = Direction::Sent {
            remote: remote.into(),
        };
        let lines = [line("refs/heads/topic", None, Some(tip))];
        let batches =
            steps::push(&clone.open(), &lines, &direction, &Protecting::new(MAIN)).unwrap();
        assert_eq!(
            sides(&batches[0]),
            [(Some(published), Some(tip))],
            "{remote}"
        );
    }
}

// What a person asks about.

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
    let no_range = |range: &str| format!("\"{range}\" is no range of commits");
    assert_eq!(
        ask("main"),
        (
            no_range("main"),
            "name both ends: graven check main..HEAD".into()
        )
    );
    assert_eq!(
        ask("HEAD"),
        (
            no_range("HEAD"),
            "name both ends: graven check HEAD~1..HEAD".into()
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
        "HEAD names main, which has no commit, and there is no other branch"
    );
    repo.change("a", "1");
    repo.git(&["branch", "attic"]);
    repo.git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    let (message, help) = not_judged(steps::history(&repo.open(), None, false, &policies));
    assert_eq!(
        message,
        "HEAD names trunk, which has no commit; the branches are attic, main"
    );
    assert_eq!(help, "name a branch: graven audit main");
    assert!(
        not_judged(steps::history(&repo.open(), Some("gone"), false, &policies))
            .0
            .starts_with("unknown revision gone")
    );
}
