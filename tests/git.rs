//! What `graven::git` says of real repositories, against what Git says of them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests fail by panicking"
)]

mod support;

use bstr::{BStr, ByteSlice};
use graven::git::{Head, Repository};
use graven::repo::PathSet;
use graven::repo::{Blob, Difference, Entry, Mode, ObjectId, Objects, RepoPath, Side};
use support::{FORMATS, Repo};

fn everything() -> PathSet {
    PathSet::new(["**"]).unwrap()
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::File => "100644",
        Mode::Executable => "100755",
        Mode::Symlink => "120000",
        Mode::Submodule => "160000",
    }
}

/// The words of `git ls-tree -r -z`.
fn listed(repo: &Repo, commit: &str) -> Vec<String> {
    let listing = repo.git(&[
        "-c",
        "core.quotePath=false",
        "ls-tree",
        "-r",
        "-z",
        "--format=%(objectmode) %(objectname) %(path)",
        commit,
    ]);
    let mut lines: Vec<String> = listing.split_terminator('\0').map(str::to_owned).collect();
    lines.sort_by(|one, other| one.split(' ').nth(2).cmp(&other.split(' ').nth(2)));
    lines
}

fn shown(entries: &[Entry]) -> Vec<String> {
    entries
        .iter()
        .map(|entry| format!("{} {} {}", mode(entry.mode), entry.id, entry.path))
        .collect()
}

/// The words of `git diff-tree --raw -z`, a line for each path that is a file on some side.
fn compared(repo: &Repo, before: &str, after: &str) -> Vec<String> {
    let raw = repo.git(&[
        "diff-tree",
        "-r",
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        before,
        after,
    ]);
    let mut parts = raw.split_terminator('\0');
    let mut lines = Vec::new();
    while let (Some(meta), Some(path)) = (parts.next(), parts.next()) {
        let meta: Vec<&str> = meta.trim_start_matches(':').split(' ').collect();
        lines.push(format!(
            "{path} {} {} {} {}",
            meta[0], meta[2], meta[1], meta[3]
        ));
    }
    lines.sort();
    lines
}

fn differing(differences: &[Difference], digits: usize) -> Vec<String> {
    let side = |entry: &Option<Entry>| {
        entry.as_ref().map_or_else(
            || format!("000000 {}", "0".repeat(digits)),
            |entry| format!("{} {}", mode(entry.mode), entry.id),
        )
    };
    let line = |found: &Difference| {
        format!(
            "{} {} {}",
            found.path,
            side(&found.before),
            side(&found.after)
        )
    };
    let mut lines: Vec<String> = differences.iter().map(line).collect();
    assert!(
        differences.is_sorted_by(|one, other| one.path < other.path),
        "sorted by path"
    );
    lines.sort();
    lines
}

/// Commits of every sort of change, tagged 1, 2, ….
fn eventful(format: &'static str) -> (Repo, usize) {
    let repo = Repo::of_format(format);
    let mut count = 0;
    let mut tag = || {
        count += 1;
        repo.commit(&format!("{count}"));
        repo.git(&["tag", &count.to_string()]);
    };
    repo.write("sdd/adrs/0001-a.md", "one")
        .write("sdd/adrs/0002-b.md", "two")
        .write("a", "file")
        .write("a.b", "x");
    repo.write("a-", "x")
        .write("über/ö.md", "x")
        .write("top.md", "x");
    tag();
    // A file gives way to a folder, a folder to a file.
    std::fs::remove_file(repo.path().join("a")).unwrap();
    repo.write("a/b", "in a folder");
    tag();
    std::fs::remove_dir_all(repo.path().join("sdd")).unwrap();
    repo.write("sdd", "now a file");
    tag();
    // And back, with a link, a run bit and a submodule.
    std::fs::remove_file(repo.path().join("sdd")).unwrap();
    repo.write("sdd/adrs/0001-a.md", "one");
    std::os::unix::fs::symlink("0001-a.md", repo.path().join("sdd/adrs/0002-b.md")).unwrap();
    repo.git(&["add", "--all"]);
    repo.git(&["update-index", "--chmod=+x", "top.md"]);
    repo.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{},sub", repo.id("1")),
    ]);
    count += 1;
    repo.commit_index("4");
    repo.git(&["tag", "4"]);
    (repo, count)
}

#[test]
fn entries_and_differences_are_gits_in_both_formats() {
    for format in FORMATS {
        let (repo, count) = eventful(format);
        let opened = repo.open();
        let side = |tag: usize| Side::Commit(repo.id(&tag.to_string()));
        for before in 1..=count {
            let entries = opened.entries(&side(before), &everything()).unwrap();
            assert_eq!(shown(&entries), listed(&repo, &before.to_string()));
            for entry in entries {
                assert_eq!(
                    opened.entry(&side(before), &entry.path).unwrap(),
                    Some(entry)
                );
            }
            for after in 1..=count {
                let found = opened
                    .differences(Some(&side(before)), &side(after), &everything())
                    .unwrap();
                let expected = compared(&repo, &before.to_string(), &after.to_string());
                assert_eq!(
                    differing(&found, opened.id_digits()),
                    expected,
                    "{format} {before} {after}"
                );
            }
        }
    }
}

#[test]
fn only_watched_paths_are_answered_and_other_folders_are_not_opened() {
    let (repo, _) = eventful("sha1");
    let watch = PathSet::new(["sdd/adrs/*.md"]).unwrap();
    let opened = repo.open();
    let found = opened
        .differences(None, &Side::Commit(repo.id("1")), &watch)
        .unwrap();
    assert_eq!(found.len(), 2);
    // The tree of another folder is gone, and nobody notices.
    let tree = repo.git(&["rev-parse", "1:über"]);
    std::fs::remove_file(
        repo.path()
            .join(format!(".git/objects/{}/{}", &tree[..2], &tree[2..])),
    )
    .unwrap();
    let opened = repo.open();
    assert_eq!(
        opened
            .entries(&Side::Commit(repo.id("1")), &watch)
            .unwrap()
            .len(),
        2
    );
    let error = opened
        .entries(&Side::Commit(repo.id("1")), &everything())
        .unwrap_err();
    assert!(
        error.to_string().contains("is not in this repository"),
        "{error}"
    );
}

#[test]
fn what_swallows_a_file_shows_at_its_path() {
    let (repo, _) = eventful("sha1");
    let opened = repo.open();
    let path = RepoPath::new("sdd/adrs/0002-b.md");
    let entry = |tag: &str| {
        opened
            .entry(&Side::Commit(repo.id(tag)), &path)
            .unwrap()
            .map(|entry| entry.mode)
    };
    assert_eq!(
        (entry("1"), entry("3"), entry("4")),
        (Some(Mode::File), None, Some(Mode::Symlink))
    );
    let folder = opened
        .entry(&Side::Commit(repo.id("1")), &RepoPath::new("sdd/adrs"))
        .unwrap();
    assert_eq!(folder, None);
    for odd in ["", "/", "a//b", "a/", "/a", "a.b/c"] {
        assert_eq!(
            opened
                .entry(&Side::Commit(repo.id("2")), &RepoPath::new(odd))
                .unwrap(),
            None,
            "{odd}"
        );
    }
}

#[test]
fn a_blob_is_measured_before_it_is_read() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        let commit = repo.change("file", "12345");
        let opened = repo.open();
        let id = repo.id("HEAD:file");
        assert_eq!(opened.blob(id, 5).unwrap(), Blob::Bytes(b"12345".to_vec()));
        assert_eq!(opened.blob(id, 4).unwrap(), Blob::TooLarge(5));
        assert!(
            opened
                .blob(commit, 100)
                .unwrap_err()
                .to_string()
                .contains("it is a commit")
        );
        let other = ObjectId::from_bytes(&vec![7; 52 - id.as_bytes().len()]).unwrap();
        assert!(opened.blob(other, 4).is_err(), "a name of the other format");
    }
}

#[test]
fn a_malformed_tree_is_an_error_and_never_half_an_answer() {
    let repo = Repo::init();
    repo.change("file", "x");
    let blob = repo.id("HEAD:file");
    let entry =
        |mode: &str, name: &str| [format!("{mode} {name}\0").as_bytes(), blob.as_bytes()].concat();
    for raw in [
        [entry("100644", "b.md"), entry("100644", "a.md")].concat(),
        [entry("100644", "a.md"), entry("100644", "a.md")].concat(),
        entry("100644", ".."),
        entry("100000", "a.md"),
    ] {
        let tree = repo.feed(
            &["hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
            &raw,
        );
        let commit = repo.git(&["commit-tree", "-m", "malformed", &tree]);
        let side = Side::Commit(repo.id(&commit));
        let error = repo
            .open()
            .entries(&side, &PathSet::new(["*.md"]).unwrap())
            .unwrap_err();
        assert!(error.to_string().contains("malformed tree"), "{error}");
    }
}

#[test]
fn a_tree_of_endless_paths_is_given_up() {
    let repo = Repo::init();
    let mut id = repo.feed(&["hash-object", "-w", "--stdin"], b"x");
    for depth in 0..12 {
        let kind = if depth == 0 {
            "100644 blob"
        } else {
            "040000 tree"
        };
        let lines = (0..10)
            .map(|name| format!("{kind} {id}\t{name}\n"))
            .collect::<Vec<_>>()
            .concat();
        id = repo.feed(&["mktree"], lines.as_bytes());
    }
    let commit = repo.git(&["commit-tree", "-m", "bomb", &id]);
    let error = repo
        .open()
        .entries(&Side::Commit(repo.id(&commit)), &everything())
        .unwrap_err();
    assert!(error.to_string().contains("too many entries"), "{error}");
}

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
        let found = opened.line(before, after).unwrap();
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

#[test]
fn what_cannot_be_read_is_named_with_its_remedy() {
    let repo = Repo::init();
    repo.git(&["config", "core.repositoryformatversion", "1"]);
    repo.git(&["config", "extensions.fromTheFuture", "true"]);
    let error = Repository::open(Some(repo.path())).unwrap_err();
    assert!(error.to_string().contains("extension"), "{error}");

    let nowhere = Repository::open(Some(std::path::Path::new("/nonexistent"))).unwrap_err();
    assert!(
        nowhere
            .to_string()
            .contains("no repository at /nonexistent"),
        "{nowhere}"
    );
}

#[test]
fn head_and_branches_are_told_apart() {
    let repo = Repo::init();
    let unborn = Head::Branch {
        name: "main".into(),
        commit: None,
    };
    assert_eq!(repo.open().head().unwrap(), unborn);
    let first = repo.change("a", "1");
    repo.git(&["branch", "feature/über"]);
    repo.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    let opened = repo.open();
    let names: Vec<String> = opened
        .branches()
        .unwrap()
        .into_keys()
        .map(|name| name.to_string())
        .collect();
    assert_eq!(names, ["alias", "feature/über", "main"]);
    assert_eq!(
        opened
            .reference(BStr::new("refs/heads/alias"))
            .unwrap()
            .name,
        "refs/heads/main"
    );
    assert_eq!(
        opened.reference(BStr::new("refs/heads/no")).unwrap().target,
        None
    );
    assert_eq!(
        opened.reference(BStr::new("refs/heads/..")).unwrap().target,
        None
    );
    assert_eq!(
        opened
            .reference(b"refs/heads/\xff".as_bstr())
            .unwrap()
            .target,
        None
    );
    repo.git(&["tag", "-a", "-m", "tag", "v1"]);
    assert_eq!(opened.resolve("v1").unwrap(), first);
    assert!(
        opened
            .resolve("nothing\x1b")
            .unwrap_err()
            .to_string()
            .starts_with("unknown revision nothing\\u{1b}")
    );
    repo.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(opened.head().unwrap(), Head::Detached(first));
}

#[test]
fn the_default_branch_is_what_the_server_says() {
    let server = Repo::init();
    server.change("a", "1");
    server.branch("trunk").change("a", "2");
    let bare = Repo::clone_of(&server, &["--bare"]);
    let clone = Repo::clone_of(&server, &[]);
    assert_eq!(bare.open().default_branch(None).unwrap().unwrap(), "trunk");
    clone.checkout("main");
    let opened = clone.open();
    assert_eq!(opened.default_branch(None).unwrap().unwrap(), "trunk");
    let remote: Vec<String> = opened
        .remote_branches(BStr::new("origin"))
        .unwrap()
        .into_keys()
        .map(|name| name.to_string())
        .collect();
    assert_eq!(remote, ["main", "trunk"]);
    assert!(
        opened
            .remote_branches(BStr::new("https://example.com/*"))
            .unwrap()
            .is_empty()
    );
    clone.git(&["remote", "rename", "origin", "upstream"]);
    assert_eq!(clone.open().default_branch(None).unwrap().unwrap(), "trunk");
    assert_eq!(
        server.open().default_branch(None).unwrap(),
        None,
        "nobody says"
    );
}

// spec: INST-005
#[test]
fn hooks_are_looked_for_where_git_looks() {
    let repo = Repo::init();
    assert_eq!(
        repo.open().hooks_dir().unwrap(),
        repo.path().join(".git/hooks")
    );
    repo.git(&["config", "core.hooksPath", "tools/hooks"]);
    let opened = repo.open();
    assert_eq!(opened.hooks_dir().unwrap(), repo.path().join("tools/hooks"));
    assert_eq!(
        opened.config("core.hooksPath").unwrap().as_deref(),
        Some("tools/hooks")
    );
    assert_eq!(opened.config("graven.policy").unwrap(), None);
    assert_eq!(opened.work_dir().unwrap(), repo.path());
    assert!(!opened.is_bare() && Repo::bare().open().is_bare());
}
