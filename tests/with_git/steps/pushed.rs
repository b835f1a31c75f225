//! What is pushed.

use graven::engine::Batch;
use graven::repo::{ObjectId, RepoPath};
use graven::report::{Origin, Weight};
use graven::steps;
use graven::steps::hook::{Direction, RefLine};

use super::{MAIN, commit, sides};
use crate::support::{Protecting, Repo};

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
    assert!(batches[0].problems[0].message.ends_with("is not a commit"));
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
