//! Lines of commits, their versions of one file, and where two lines part.

use graven::repo::{Objects, RepoPath};

use crate::support::{FORMATS, Repo};

#[test]
fn the_first_parent_line_is_gits_in_both_formats() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        repo.change("a", "1");
        repo.branch("topic").change("b", "1");
        repo.change("b", "2");
        repo.checkout("main").change("a", "2");
        repo.merge(&["topic"]);
        repo.change("a", "3");
        let opened = repo.open();
        let log = repo.git(&["log", "--first-parent", "--format=%H %ct %s", "HEAD"]);
        let walked: Vec<String> = opened
            .first_parents(repo.id("HEAD"))
            .map(|step| {
                step.map(|(id, commit)| format!("{id} {} {}", commit.time, commit.subject))
                    .unwrap()
            })
            .collect();
        assert_eq!(walked.join("\n"), log);
        let all = opened.all_commits(repo.id("HEAD")).unwrap();
        assert_eq!(all.len(), 6);
        for (at, (_, commit)) in all.iter().enumerate() {
            for parent in &commit.parents {
                assert!(
                    all[..at].iter().any(|(id, _)| id == parent),
                    "parents come first"
                );
            }
        }
    }
}

#[test]
fn versions_are_the_runs_of_one_entry() {
    let repo = Repo::init();
    let absent = repo.change("other", "1");
    let one = repo.change("sdd/a.md", "one");
    repo.change("sdd/b.md", "x");
    repo.change("other", "2");
    let two = repo.change("sdd/a.md", "two");
    repo.git(&["rm", "--quiet", "sdd/a.md"]);
    let gone = repo.commit_index("remove");
    let again = repo.change("sdd/a.md", "one");
    let tip = repo.change("other", "3");
    let versions = repo
        .open()
        .versions(tip, &RepoPath::new("sdd/a.md"))
        .unwrap();
    let seen: Vec<_> = versions
        .iter()
        .map(|version| (version.commit, version.entry.is_some()))
        .collect();
    assert_eq!(
        seen,
        [
            (again, true),
            (gone, false),
            (two, true),
            (one, true),
            (absent, false)
        ]
    );
    assert_eq!(versions[0].entry, versions[3].entry);
}

#[test]
fn the_merge_base_is_gits() {
    let repo = Repo::init();
    repo.change("a", "0");
    repo.branch("topic").change("t", "1");
    repo.checkout("main").change("m", "1");
    // A criss-cross: two best bases.
    repo.branch("cross").merge(&["topic"]);
    repo.change("c", "1");
    repo.checkout("topic").merge(&["main"]);
    repo.change("t", "2");
    repo.git(&["checkout", "--quiet", "--orphan", "island"]);
    repo.commit("island");
    let opened = repo.open();
    let names = [
        "main", "topic", "cross", "island", "main~1", "topic~1", "cross~1",
    ];
    for one in names {
        for other in names {
            let output = repo.try_git(&["merge-base", "--all", one, other]);
            let bases = String::from_utf8(output.stdout).unwrap();
            let found = opened
                .merge_base(repo.id(one), repo.id(other))
                .unwrap()
                .map(|id| id.to_string());
            let newest = bases.lines().max_by_key(|id| {
                (
                    repo.git(&["show", "-s", "--format=%ct", id])
                        .parse::<i64>()
                        .unwrap(),
                    (*id).to_owned(),
                )
            });
            assert_eq!(found.as_deref(), newest, "{one} {other}");
        }
    }
}

#[test]
fn dates_that_lie_do_not_mislead_the_merge_base() {
    let repo = Repo::init();
    repo.change("a", "0");
    repo.set("GIT_COMMITTER_DATE", "4000000000 +0000");
    let old = repo.change("a", "1");
    repo.set("GIT_COMMITTER_DATE", "100000000 +0000");
    repo.change("a", "2");
    let base = repo.change("a", "3");
    repo.branch("topic").change("t", "1");
    repo.git(&[
        "merge",
        "--quiet",
        "--no-ff",
        "-s",
        "ours",
        "-m",
        "old again",
        &old.to_string(),
    ]);
    repo.checkout("main").change("m", "1");
    assert_eq!(
        repo.open()
            .merge_base(repo.id("main"), repo.id("topic"))
            .unwrap(),
        Some(base)
    );
}

#[test]
fn a_line_goes_on_only_along_first_parents() {
    let repo = Repo::init();
    let root = repo.change("a", "0");
    let start = repo.change("a", "1");
    repo.branch("topic");
    let side = repo.change("t", "1");
    repo.checkout("main");
    let merged = repo.merge(&["topic"]);
    let tip = repo.change("a", "2");
    let opened = repo.open();
    let line = |before, after| {
        let found = opened.first_parents_between(before, after).unwrap();
        found.map(|commits| commits.into_iter().map(|(id, _)| id).collect::<Vec<_>>())
    };
    assert_eq!(line(root, tip), Some(vec![start, merged, tip]));
    assert_eq!(line(tip, tip), Some(vec![]));
    assert_eq!(
        line(side, tip),
        None,
        "reached through a second parent only"
    );
    assert_eq!(line(tip, start), None, "backwards");
}

#[test]
fn where_a_shallow_clone_ends_is_an_error() {
    let server = Repo::init();
    for text in ["1", "2", "3", "4"] {
        server.change("a", text);
    }
    server.git(&["branch", "topic", "HEAD~2"]);
    let clone = Repo::clone_of(&server, &["--depth=2", "--no-single-branch"]);
    let opened = clone.open();
    assert!(opened.is_shallow() && !server.open().is_shallow());
    let steps: Vec<_> = opened.first_parents(clone.id("HEAD")).collect();
    let error = steps.last().unwrap().as_ref().unwrap_err();
    assert_eq!(steps.len(), 3);
    assert!(error.to_string().contains("history incomplete"), "{error}");
    assert!(error.remedy.contains("git fetch --unshallow"));
    assert!(
        opened
            .versions(clone.id("HEAD"), &RepoPath::new("a"))
            .is_err()
    );
    assert!(opened.all_commits(clone.id("HEAD")).is_err());
    assert!(
        opened
            .merge_base(clone.id("HEAD"), clone.id("origin/topic"))
            .is_err()
    );
    let near = opened
        .merge_base(clone.id("HEAD"), clone.id("HEAD~1"))
        .unwrap();
    assert_eq!(
        near,
        Some(clone.id("HEAD~1")),
        "what is here needs nothing more"
    );
}
