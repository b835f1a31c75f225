//! The subject lines of a step, on real repositories.

use graven::repo::{ObjectId, RepoPath};
use graven::steps;
use graven::steps::hook::{Direction, RefLine};

use crate::support::{FORMATS, Protecting, Repo};

/// `main` with one commit, and `topic` with two and a merge of what `main` did meanwhile.
fn parted(format: &'static str) -> Repo {
    let repo = Repo::of_format(format);
    repo.commit("first");
    repo.branch("topic").commit("feat: one");
    repo.checkout("main").commit("meanwhile");
    repo.checkout("topic").merge(&["main"]);
    repo.commit("fixup! feat: one");
    repo
}

fn pushed(repo: &Repo, name: &str, before: Option<ObjectId>, after: &str) -> Vec<Vec<String>> {
    let line = RefLine {
        name: RepoPath::new(name),
        before,
        after: Some(repo.id(after)),
    };
    let policies = Protecting::new(&["HEAD", "main"]);
    let batches = steps::push(&repo.open(), &[line], &Direction::Received, &policies).unwrap();
    batches
        .iter()
        .flat_map(|batch| &batch.steps)
        .map(|step| step.subjects.clone().unwrap())
        .collect()
}

#[test]
fn a_side_branch_has_the_subjects_of_its_own_line() {
    for format in FORMATS {
        let repo = parted(format);
        let own = [
            "feat: one",
            "Merge branch 'main' into topic",
            "fixup! feat: one",
        ]
        .map(str::to_owned)
        .to_vec();
        assert_eq!(
            pushed(&repo, "refs/heads/topic", None, "topic"),
            std::slice::from_ref(&own)
        );
        let batches =
            steps::range(&repo.open(), "main..topic", &Protecting::new(&["main"])).unwrap();
        assert_eq!(batches[0].steps[0].subjects, Some(own));
    }
}

#[test]
fn each_step_of_a_protected_branch_has_one_subject() {
    let repo = Repo::init();
    let first = repo.commit("first");
    repo.commit("second");
    repo.commit("\n\n  third  \n\nbody");
    assert_eq!(
        pushed(&repo, "refs/heads/main", Some(first), "main"),
        [["second".to_owned()], ["third".to_owned()]]
    );
    let batches = steps::history(&repo.open(), None, false, &Protecting::new(&["main"])).unwrap();
    let subjects: Vec<_> = batches[0]
        .steps
        .iter()
        .map(|step| step.subjects.clone().unwrap())
        .collect();
    assert_eq!(
        subjects,
        [
            ["first".to_owned()],
            ["second".to_owned()],
            ["third".to_owned()]
        ]
    );
}

#[test]
fn a_forced_push_has_the_subjects_of_the_new_line() {
    let repo = Repo::init();
    let first = repo.commit("first");
    let old = repo.commit("old");
    repo.git(&["reset", "--quiet", "--hard", &first.to_string()]);
    repo.commit("new");
    repo.commit("newer");
    assert_eq!(
        pushed(&repo, "refs/heads/main", Some(old), "main"),
        [["new".to_owned(), "newer".to_owned()]]
    );
}

#[test]
fn what_is_staged_has_no_subject_until_there_is_a_message() {
    let repo = parted("sha1");
    let policies = Protecting::new(&["main"]);
    let staged = steps::staged(&repo.open(), false, &[], &policies).unwrap();
    assert_eq!(staged[0].steps[0].subjects, None);
    let subjects = |amending: bool, subject: &str| {
        let batches = steps::message(&repo.open(), amending, &[], subject, &policies).unwrap();
        batches[0].steps[0].subjects.clone().unwrap()
    };
    let line = ["feat: one", "Merge branch 'main' into topic"];
    assert_eq!(
        subjects(false, "last"),
        [&line[..], &["fixup! feat: one", "last"]].concat()
    );
    assert_eq!(subjects(true, "last"), [&line[..], &["last"]].concat());
    repo.checkout("main");
    assert_eq!(subjects(false, "last"), ["last"]);
    assert_eq!(subjects(true, "last"), ["last"]);
}

#[test]
fn the_first_commit_of_all_has_its_own_subject() {
    let repo = Repo::init();
    let batches = steps::message(
        &repo.open(),
        false,
        &[],
        "first",
        &Protecting::new(&["main"]),
    )
    .unwrap();
    assert_eq!(batches[0].steps[0].subjects, Some(vec!["first".to_owned()]));
}

/// Commit by commit, what a branch brought was judged on the branch; a merge is asked only for what is its own.
#[test]
fn a_merge_that_says_feature_is_not_asked_for_the_code_of_its_branch() {
    let repo = Repo::init();
    repo.write(
        "sdd/specs/001-paths.md",
        "# Paths\n\n## PATH-001: Separators\n\nA path MUST use slashes.\n",
    );
    repo.commit("begin");
    repo.branch("topic").change("src/paths.rs", "// paths\n");
    repo.checkout("main").change("other.txt", "1");
    repo.tick();
    repo.git(&[
        "merge",
        "--quiet",
        "--no-ff",
        "--message",
        "feat: paths",
        "topic",
    ]);
    repo.graven(&["audit"])
        .ends(0)
        .has(&["feature-without-spec"]);
    repo.graven(&["audit", "--every-commit"])
        .ends(0)
        .lacks(&["feature-without-spec"]);
}
