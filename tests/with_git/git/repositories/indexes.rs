//! Ways to keep an index, and to leave parts of it out of the work tree.

use std::fs;

use graven::repo::{RepoPath, Write};

use super::{audited_like_a_plain_clone, commits_are_judged, guarded};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED};

fn set(settings: &[(&str, &str)]) -> Repo {
    let repo = Repo::init();
    for (key, value) in settings {
        repo.git(&["config", key, value]);
    }
    repo
}

// spec: REPO-001
#[test]
fn a_split_index_is_read() {
    let repo = set(&[("core.splitIndex", "true")]);
    repo.write("first.txt", "1").commit("first");
    let shared = || fs::read_dir(repo.path().join(".git")).unwrap();
    assert!(shared().any(|file| {
        file.unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with("sharedindex.")
    }));
    repo.guard();
    commits_are_judged(&repo);
    // Git commits from other index files here.
    repo.write(ADR, EDITED)
        .refuse(&["commit", "--all", "--message", "all"]);
    repo.refuse(&["commit", "--message", "one", ADR]);
    repo.git(&["checkout", "--quiet", "HEAD", "--", ADR]);
    repo.write("first.txt", "2")
        .allow(&["commit", "--message", "one", "first.txt"]);
    repo.smuggle(ADR, EDITED);
    audited_like_a_plain_clone(&repo);
}

/// A record outside of the cone, so that a sparse index keeps its folder as one entry.
fn sparse() -> Repo {
    let repo = Repo::init();
    repo.write("src/main.rs", "fn main() {}\n")
        .write(ADR, ACCEPTED)
        .commit("first");
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "src"]);
    assert!(
        repo.git(&["ls-files", "--sparse", "--stage"])
            .starts_with("040000 "),
        "the index is sparse"
    );
    repo
}

// spec: REPO-001
#[test]
fn a_sparse_index_is_read_with_the_folders_it_leaves_out() {
    let repo = sparse();
    repo.guard();
    repo.stage("src/main.rs", "fn main() { }\n")
        .allow(&["commit", "--message", "code"]);
    let blob = repo.feed(&["hash-object", "-w", "--stdin"], EDITED.as_bytes());
    repo.git(&[
        "update-index",
        "--cacheinfo",
        &format!("100644,{blob},{ADR}"),
    ]);
    repo.refuse(&["commit", "--message", "outside of the cone"])
        .has(&["frozen-text-edited", ADR]);
    repo.write("src/main.rs", "fn main() {  }\n");
    repo.refuse(&["commit", "--all", "--message", "all"])
        .has(&["frozen-text-edited", ADR]);
    repo.allow(&["commit", "--message", "only a path", "src/main.rs"]);
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.git(&["rm", "--quiet", "--sparse", "--cached", ADR]);
    repo.refuse(&["commit", "--message", "outside of the cone"])
        .has(&["frozen-document-deleted", ADR]);
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.graven(&["status"]).ends(0).has(&[ADR, "Accepted"]);
    assert!(
        repo.git(&["ls-files", "--sparse", "--stage"])
            .starts_with("040000 "),
        "the index is sparse still"
    );
    repo.git(&[
        "update-index",
        "--cacheinfo",
        &format!("100644,{blob},{ADR}"),
    ]);
    repo.git(&[
        "commit",
        "--quiet",
        "--no-verify",
        "--message",
        "outside of the cone",
    ]);
    audited_like_a_plain_clone(&repo);
}

#[test]
fn a_sparse_checkout_without_a_sparse_index_is_read() {
    for mode in ["--cone", "--no-cone"] {
        let repo = Repo::init();
        repo.write("src/main.rs", "1").commit("first");
        repo.guard().accept();
        repo.git(&["sparse-checkout", "set", mode, "src"]);
        assert!(!repo.path().join(ADR).exists());
        repo.stage("src/main.rs", "2")
            .allow(&["commit", "--message", "code"]);
        repo.git(&["rm", "--quiet", "--sparse", "--cached", ADR]);
        repo.refuse(&["commit", "--message", "gone"])
            .has(&["frozen-document-deleted"]);
    }
}

// spec: REPO-001
#[test]
fn files_are_staged_into_every_sort_of_index() {
    let split = set(&[("core.splitIndex", "true")]);
    split
        .write("src/main.rs", "1")
        .write(ADR, ACCEPTED)
        .commit("first");
    let (version, cache) = (
        set(&[("index.version", "4")]),
        set(&[("core.untrackedCache", "true")]),
    );
    for repo in [&version, &cache] {
        repo.write("src/main.rs", "1")
            .write(ADR, ACCEPTED)
            .commit("first");
    }
    for repo in [split, sparse(), version, cache] {
        let write = |path: &str, content: Option<&str>| Write {
            path: RepoPath::new(path),
            content: content.map(|text| text.as_bytes().to_vec()),
        };
        let new = "src/new.rs";
        repo.open()
            .stage(&[write(new, Some("new\n")), write("src/main.rs", None)])
            .unwrap();
        assert_eq!(
            repo.git(&["status", "--porcelain", "--no-renames"]),
            "D  src/main.rs\nA  src/new.rs"
        );
        assert_eq!(repo.text(new), "new\n");
        assert_eq!(
            repo.git(&["rev-parse", &format!(":{ADR}")]),
            repo.git(&["rev-parse", &format!("HEAD:{ADR}")])
        );
        repo.write(new, "mine\n");
        let refused = repo
            .open()
            .stage(&[
                write("src/other.rs", Some("x")),
                write(new, Some("theirs\n")),
            ])
            .unwrap_err();
        assert!(
            refused.to_string().contains("has unstaged changes"),
            "{refused}"
        );
        repo.write("untracked", "mine");
        let refused = repo
            .open()
            .stage(&[write("untracked", Some("theirs\n"))])
            .unwrap_err();
        assert!(refused.to_string().contains("untracked"), "{refused}");
        assert_eq!(
            (repo.text(new).as_str(), repo.text("untracked").as_str()),
            ("mine\n", "mine")
        );
        let left: Vec<_> = fs::read_dir(repo.path().join(".git"))
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        assert!(
            !left
                .iter()
                .any(|name| name.to_string_lossy().contains("graven-index")),
            "{left:?}"
        );
    }
}

#[test]
fn other_ways_to_keep_an_index_change_nothing() {
    guarded(&set(&[("index.version", "4")]));
    guarded(&set(&[("core.untrackedCache", "true")]));
    guarded(&set(&[
        ("index.threads", "4"),
        ("index.recordEndOfIndexEntries", "true"),
        ("index.skipHash", "true"),
    ]));
    guarded(&set(&[
        ("core.ignoreCase", "true"),
        ("core.precomposeUnicode", "true"),
        ("core.fileMode", "false"),
    ]));
}

#[test]
fn a_monitor_of_the_file_system_is_not_asked() {
    for tables in [false, true] {
        if tables && super::formats::no_tables() {
            return;
        }
        let repo = if tables {
            super::formats::tables("sha1")
        } else {
            Repo::init()
        };
        repo.guard();
        commits_are_judged(&repo);
        let asked = repo.home().join("asked");
        let monitor = repo.home().join("monitor");
        fs::write(
            &monitor,
            format!("#!/bin/sh\n: >'{}'\nprintf '/\\0'\n", asked.display()),
        )
        .unwrap();
        fs::set_permissions(
            &monitor,
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
        repo.git(&["config", "core.fsmonitor", monitor.to_str().unwrap()]);
        repo.git(&["update-index", "--fsmonitor"]);
        repo.stage(ADR, EDITED);
        let _ = fs::remove_file(&asked);
        repo.graven(&["check"]).ends(1).has(&["frozen-text-edited"]);
        assert!(!asked.exists(), "tables: {tables}");
        repo.refuse(&["commit", "--message", "edit"]);
    }
}

#[test]
fn what_git_is_told_not_to_look_at_is_what_the_index_says() {
    for flag in ["--skip-worktree", "--assume-unchanged"] {
        for split in [false, true] {
            let repo = set(&[("core.splitIndex", if split { "true" } else { "false" })]);
            repo.guard().accept();
            repo.git(&["update-index", flag, ADR]);
            // The work tree holds an edit that no commit takes.
            repo.write(ADR, EDITED)
                .write("other.txt", "1")
                .git(&["add", "other.txt"]);
            repo.allow(&["commit", "--message", "other"]);
            let blob = repo.feed(&["hash-object", "-w", "--stdin"], EDITED.as_bytes());
            repo.git(&[
                "update-index",
                "--cacheinfo",
                &format!("100644,{blob},{ADR}"),
            ]);
            repo.refuse(&["commit", "--message", "edit"])
                .has(&["frozen-text-edited"]);
        }
    }
}

#[test]
fn what_is_only_announced_is_not_committed_and_a_conflict_is_not_judged() {
    for split in ["false", "true"] {
        let repo = set(&[("core.splitIndex", split)]);
        repo.guard().accept();
        // Its content is no object yet.
        let later = "sdd/adrs/0003-later.md";
        repo.write(later, DRAFT)
            .git(&["add", "--intent-to-add", later]);
        repo.graven(&["check"]).ends(0);
        let blob = repo.feed(&["hash-object", "-w", "--stdin"], b"x");
        let lines = format!("100644 {blob} 2\tz\n100644 {blob} 3\tz\n");
        repo.feed(&["update-index", "--index-info"], lines.as_bytes());
        repo.graven(&["check"])
            .ends(2)
            .has(&["unmerged path z", "resolve the conflict"]);
    }
}
