//! Where neither reader can read, nothing is judged, and it is said why.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::formats::{no_tables, tables};
use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED, Said};

/// A folder that is all of PATH and holds a git of these lines, if any.
fn path(repo: &Repo, git: Option<&str>) -> PathBuf {
    let folder = repo.home().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("git");
    match git {
        Some(lines) => {
            fs::write(&file, format!("#!/bin/sh\n{lines}\n")).unwrap();
            fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
        }
        None => drop(fs::remove_file(&file)),
    }
    folder
}

/// Runs graven, which must not judge.
#[track_caller]
fn not_judged(repo: &Repo, arguments: &[&str], words: &[&str]) {
    let said = repo.graven(arguments);
    said.ends(2)
        .has(words)
        .has(&["help: "])
        .lacks(&["panicked"]);
}

// spec: REPO-006
#[test]
fn an_extension_that_git_does_not_know_either_is_named() {
    for table in [false, true] {
        if table && no_tables() {
            return;
        }
        let repo = if table { tables("sha1") } else { Repo::init() };
        repo.guard().accept();
        repo.git(&["config", "core.repositoryFormatVersion", "1"]);
        repo.git(&["config", "extensions.futureThing", "true"]);
        for command in [
            &["check"][..],
            &["audit"],
            &["status"],
            &["install"],
            &["next", "adr"],
        ] {
            not_judged(
                &repo,
                command,
                &["cannot open the repository", "futurething", "update Git"],
            );
        }
        assert_ne!(
            repo.attempt(&["commit", "--allow-empty", "--message", "x"])
                .code,
            0
        );
    }
}

// spec: REPO-006
#[test]
fn a_version_that_git_does_not_know_either_is_named() {
    let repo = Repo::init();
    repo.accept();
    repo.git(&["config", "core.repositoryFormatVersion", "99"]);
    not_judged(
        &repo,
        &["audit"],
        &["cannot open the repository", "99", "update Git"],
    );
}

// spec: REPO-006
#[test]
fn an_extension_that_the_version_does_not_allow_is_named() {
    if no_tables() {
        return;
    }
    // Read without its extensions it would have no branch.
    let repo = tables("sha1");
    repo.accept();
    repo.git(&["config", "core.repositoryFormatVersion", "0"]);
    for command in [&["check"][..], &["audit"], &["status"], &["next", "adr"]] {
        not_judged(
            &repo,
            command,
            &["cannot open the repository", "refstorage"],
        );
    }
}

// spec: REPO-006
#[test]
fn a_git_that_is_not_there_is_asked_for() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    repo.accept();
    repo.set("PATH", path(&repo, None).to_str().unwrap());
    for command in ["check", "audit", "status", "install"] {
        not_judged(
            &repo,
            &[command],
            &["git cannot be started", "git is not on PATH", "install Git"],
        );
    }
}

// spec: REPO-006
#[test]
fn a_git_that_is_too_old_is_to_be_updated() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    repo.accept();
    // What an old one does not know it repeats.
    let old = format!(
        "printf 'false\\n--show-object-format\\n--show-ref-format\\n%s\\n' '{}'",
        repo.path().display()
    );
    repo.set("PATH", path(&repo, Some(&old)).to_str().unwrap());
    not_judged(&repo, &["audit"], &["update Git", "object format"]);
}

// spec: REPO-006
#[test]
fn a_git_that_dies_or_talks_nonsense_ends_in_no_pass() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    repo.accept();
    repo.change("other.txt", "1");
    let real = Said::of(repo.command("sh").args(["-c", "command -v git"]))
        .out
        .trim()
        .to_owned();
    let usual = std::env::var("PATH").unwrap();
    for (call, answer) in [
        ("cat-file", "exit 1"),
        ("cat-file", "kill -9 $$"),
        ("cat-file", "echo nonsense; exit 0"),
        ("cat-file", "while read -r id; do echo \"$id blob 5\"; done"),
        (
            "cat-file",
            "while read -r id; do echo \"$id commit 99999999\"; done",
        ),
        ("for-each-ref", "exit 3"),
        ("for-each-ref", "echo nonsense"),
        (
            "for-each-ref",
            "echo 'warning: ignoring broken ref refs/heads/main' >&2",
        ),
        ("symbolic-ref", "exit 128"),
        ("rev-parse", "exit 1"),
        ("rev-parse", "echo"),
        ("config", "exit 7"),
        ("diff-index", "exit 9"),
        ("diff-index", "printf 'nonsense\\0'"),
    ] {
        let git = format!(
            "for word; do case $word in {call}) {answer}; exit;; esac; done\nexec '{real}' \"$@\""
        );
        repo.set(
            "PATH",
            &format!("{}:{usual}", path(&repo, Some(&git)).display()),
        );
        let command = if call == "diff-index" {
            "check"
        } else {
            "audit"
        };
        let said = repo.graven(&[command]);
        assert_eq!(said.code, 2, "{call} {answer}: {}", said.all());
        said.has(&["help: "]).lacks(&["panicked"]);
    }
}

// spec: REPO-006
#[test]
fn a_damaged_object_is_named_and_the_next_one_is_read() {
    if no_tables() {
        return;
    }
    for format in crate::support::FORMATS {
        let repo = tables(format);
        repo.accept();
        repo.change(ADR, EDITED);
        let id = repo.git(&["rev-parse", &format!("HEAD~1:{ADR}")]);
        let file = repo
            .path()
            .join(".git/objects")
            .join(&id[..2])
            .join(&id[2..]);
        fs::remove_file(&file).unwrap();
        not_judged(
            &repo,
            &["audit"],
            &["it is not in this repository", "git fsck --full", ADR],
        );
        fs::write(&file, b"x\x01").unwrap();
        not_judged(
            &repo,
            &["audit"],
            &["cannot be read", "git fsck --full", ADR],
        );
    }
}

// spec: REPO-006
#[test]
fn a_ref_that_git_cannot_read_is_no_ref_less() {
    let repo = Repo::init();
    repo.accept();
    fs::write(repo.path().join(".git/refs/heads/broken"), "nonsense\n").unwrap();
    let opened = graven::git::Repository::open_through_git(Some(repo.path())).unwrap();
    let error = opened.branches().unwrap_err();
    assert!(error.to_string().contains("refs/heads/broken"), "{error}");
    repo.graven(&["audit"]).lacks(&["panicked"]);
}

#[test]
fn a_truncated_table_of_refs_is_not_judged() {
    if no_tables() {
        return;
    }
    let repo = tables("sha1");
    repo.guard().accept();
    for file in fs::read_dir(repo.path().join(".git/reftable")).unwrap() {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|extension| extension == "ref") {
            let table = fs::read(&file).unwrap();
            fs::remove_file(&file).unwrap();
            fs::write(&file, &table[..table.len() / 2]).unwrap();
        }
    }
    not_judged(&repo, &["audit"], &["cannot "]);
    not_judged(&repo, &["check"], &["cannot "]);
}
