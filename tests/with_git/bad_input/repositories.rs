//! No repository, an empty one, a damaged one, half of one, one in a format that cannot be read.

use std::fs;
use std::path::PathBuf;

use super::{fails, not_judged};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};
use crate::support::{FORMATS, Repo};

/// The file of a loose object.
fn loose(repo: &Repo, id: &str) -> PathBuf {
    repo.path()
        .join(repo.git(&["rev-parse", "--git-path", "objects"]))
        .join(&id[..2])
        .join(&id[2..])
}

#[test]
fn a_folder_outside_any_repository_is_named() {
    let repo = Repo::init();
    let nowhere = repo.home().join("nowhere");
    fs::create_dir(&nowhere).unwrap();
    for command in ["check", "audit"] {
        let nowhere = nowhere.to_str().unwrap();
        not_judged(
            &repo,
            &["--repo", nowhere, command],
            &[
                &format!("no repository at {nowhere}: neither this folder nor any folder above it"),
                "git init",
            ],
        );
        not_judged(
            &repo,
            &["--repo", "/nonexistent", command],
            &["no repository at /nonexistent: no such folder"],
        );
    }
    for command in ["status", "init", "install", "uninstall", "rules"] {
        fails(
            &repo,
            &["--repo", nowhere.to_str().unwrap(), command],
            &[
                "graven: no repository at ",
                "help: run this in a repository",
            ],
        );
    }
}

#[test]
fn an_empty_repository_has_nothing_to_audit_and_nothing_to_complain_of() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        not_judged(
            &repo,
            &["audit"],
            &["HEAD points to main, which has no commit, and there is no other branch"],
        );
        for arguments in [&["check"][..], &["check", "--staged"]] {
            assert_eq!(repo.graven(arguments).ends(0).all(), "");
        }
        repo.graven(&["status"])
            .ends(0)
            .has(&["no governed documents"]);
        not_judged(
            &repo,
            &["check", "HEAD..HEAD"],
            &["unknown revision HEAD: no branch, tag or commit has this name"],
        );
    }
}

#[test]
fn in_a_bare_repository_nothing_is_staged() {
    let pushing = Pushing::accepted("sha1");
    for arguments in [&["check"][..], &["check", "--staged"]] {
        let wanted = [
            "a bare repository has no index",
            "graven check main..topic",
            "graven audit",
        ];
        not_judged(&pushing.server, arguments, &wanted);
    }
}

#[test]
fn an_audit_of_a_branch_without_commits_names_the_others() {
    let repo = Repo::init();
    repo.accept();
    repo.git(&["symbolic-ref", "HEAD", "refs/heads/unborn"]);
    not_judged(
        &repo,
        &["audit"],
        &[
            "HEAD points to unborn, which has no commit; the branches are main",
            "graven audit main",
        ],
    );
}

#[test]
fn a_truncated_blob_is_named_with_its_path_and_its_commit() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        let first = repo.accept();
        repo.change(ADR, EDITED);
        let file = loose(&repo, &repo.git(&["rev-parse", &format!("HEAD~1:{ADR}")]));
        fs::remove_file(&file).unwrap();
        fs::write(&file, b"x\x01").unwrap();
        let words = [ADR, "cannot be read", "git fsck --full"];
        not_judged(&repo, &["audit"], &words).has(&[&format!("(commit {})", first.short())]);
        not_judged(&repo, &["check", "HEAD~1..HEAD"], &words);
        fails(&repo, &["status"], &words);
    }
}

#[test]
fn a_missing_tree_is_named_with_its_folder() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        repo.guard().accept();
        fs::remove_file(loose(&repo, &repo.git(&["rev-parse", "HEAD:sdd"]))).unwrap();
        let words = [
            " of sdd cannot be read: it is not in this repository",
            "git fsck --full",
        ];
        not_judged(&repo, &["audit"], &words);
        not_judged(&repo, &["check"], &words);
        fails(&repo, &["status"], &words);
    }
}

#[test]
fn a_missing_commit_ends_no_audit_early() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        let first = repo.accept();
        repo.change("other.txt", "1");
        fs::remove_file(loose(&repo, &first.to_string())).unwrap();
        not_judged(
            &repo,
            &["audit"],
            &[&format!("commit {} cannot be read", first.short())],
        );
    }
}

#[test]
fn damage_on_the_server_refuses_a_push_and_says_so() {
    for format in FORMATS {
        let pushing = Pushing::accepted(format);
        let file = loose(
            &pushing.server,
            &pushing.server.git(&["rev-parse", &format!("main:{ADR}")]),
        );
        fs::remove_file(&file).unwrap();
        fs::write(&file, b"x\x01").unwrap();
        pushing.clone.change(ADR, EDITED);
        let said = pushing.clone.attempt(&["push", "origin", "main"]);
        said.ends(1).has(&[
            "remote: graven: not judged: 1 problem",
            "cannot be read",
            "git fsck --full",
            "pre-receive",
        ]);
    }
}

#[test]
fn a_shallow_clone_has_no_history_to_audit() {
    for format in FORMATS {
        let whole = Repo::of_format(format);
        whole.accept();
        whole.change(ADR, EDITED);
        let repo = Repo::clone_of(&whole, &["--depth=1"]);
        not_judged(
            &repo,
            &["audit"],
            &[
                "history incomplete: this is a shallow clone",
                "git fetch --unshallow",
            ],
        );
        not_judged(
            &repo,
            &["audit", "--every-commit"],
            &["history incomplete", "git fetch --unshallow"],
        );
        not_judged(
            &repo,
            &["check", "HEAD~1..HEAD"],
            &["unknown revision HEAD~1", "git fetch --unshallow"],
        );
        repo.git(&["fetch", "--quiet", "--unshallow"]);
        repo.graven(&["audit"]).ends(1).has(&["frozen-text-edited"]);
    }
}

#[test]
fn a_document_that_nobody_can_read_is_not_judged() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        repo.guard().accept();
        let path = "sdd/adrs/0002-unreadable.md";
        let cases: [(Vec<u8>, &str); 2] = [
            (b"# 2. \xff\xfe\n".to_vec(), "is not valid UTF-8 at byte 5"),
            (
                ACCEPTED
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain(std::iter::repeat_n(b'x', 5 << 20))
                    .collect(),
                "over the limit of 4194304",
            ),
        ];
        for (bytes, why) in cases {
            fs::write(repo.path().join(path), bytes).unwrap();
            repo.git(&["add", path]);
            let why = why.trim_start_matches("is ");
            not_judged(&repo, &["check"], &[path, why, "help: "]);
            let said = repo.attempt(&["commit", "--message", "unreadable"]);
            said.ends(1)
                .has(&[path, why, "graven: not judged: 1 problem"])
                .lacks(&["panicked"]);
        }
    }
}
