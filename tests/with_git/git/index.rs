//! The index: what a commit made now would hold.

use graven::repo::{Objects, RepoPath, Side};

use super::{compared, differing, eventful, everything, listed, shown};
use crate::support::{FORMATS, Repo};

/// What a commit made now would hold.
fn staged(repo: &Repo) -> Vec<String> {
    let opened = repo.open();
    shown(
        &opened
            .entries(&opened.staged().unwrap(), &everything())
            .unwrap(),
    )
}

#[test]
fn the_index_is_what_a_commit_would_hold() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        assert_eq!(staged(&repo), Vec::<String>::new());
        repo.stage("b.md", "one")
            .stage("a/c.md", "two")
            .stage("B.md", "three")
            .stage("lost.md", "x");
        repo.git(&["update-index", "--chmod=+x", "b.md"]);
        // The work tree says otherwise everywhere, and is not asked.
        repo.write("b.md", "dirty").write("new.md", "untracked");
        std::fs::remove_file(repo.path().join("lost.md")).unwrap();
        repo.write("planned.md", "x")
            .git(&["add", "--intent-to-add", "planned.md"]);
        repo.git(&["update-index", "--skip-worktree", "B.md"]);
        repo.git(&["update-index", "--assume-unchanged", "a/c.md"]);
        repo.git(&["config", "core.ignorecase", "true"]);
        let before = staged(&repo);
        repo.commit_index("commit");
        assert_eq!(before, listed(&repo, "HEAD"), "{format}");
        assert_eq!(before.len(), 4);
    }
}

#[test]
fn a_tree_and_the_index_are_compared_path_by_path() {
    let (repo, _) = eventful("sha1");
    repo.stage("top.md", "edited");
    repo.git(&["rm", "--quiet", "--cached", "sdd/adrs/0001-a.md"]);
    let opened = repo.open();
    let index = opened.staged().unwrap();
    let head = Side::Commit(repo.id("HEAD"));
    let found = opened
        .differences(Some(&head), &index, &everything())
        .unwrap();
    repo.commit_index("commit");
    assert_eq!(differing(&found, 40), compared(&repo, "HEAD~1", "HEAD"));
    let all = opened.differences(None, &index, &everything()).unwrap();
    assert_eq!(all.len(), listed(&repo, "HEAD").len());
    let back = opened
        .differences(Some(&index), &head, &everything())
        .unwrap();
    assert_eq!(back.len(), found.len());
    let path = RepoPath::new("top.md");
    assert_eq!(
        opened.entry(&index, &path).unwrap().unwrap().id,
        repo.id("HEAD:top.md")
    );
}

#[test]
fn a_conflict_in_the_index_is_not_judged() {
    let repo = Repo::init();
    repo.change("a.md", "0");
    repo.branch("topic").change("a.md", "1");
    repo.checkout("main").change("a.md", "2");
    assert!(!repo.try_git(&["merge", "topic"]).status.success());
    let error = repo.open().staged().unwrap_err();
    assert!(error.to_string().contains("unmerged path a.md"), "{error}");
}
