//! What a step may find, and what a hook leaves behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use graven::text::escape::is_deceptive;

use super::{ACCEPTED, ADR, EDITED, fed, graven, rules};
use crate::support::Repo;

// spec: STEP-005
#[test]
fn a_repository_can_always_be_brought_in() {
    let repo = Repo::init();
    repo.stage(ADR, ACCEPTED)
        .stage("sdd/adrs/0001-once-more.md", ACCEPTED);
    repo.stage("sdd/adrs/0002-no-status.md", "# 2. No status\n")
        .stage("sdd/adrs/notes.md", "# Notes\n");
    let expected = ["file-name-malformed", "number-taken", "status-missing"];
    let check = |arguments: &[&str], input: &str| {
        let said = fed(&repo, &[&["--format", "json"], arguments].concat(), input);
        assert_eq!(said.code, Some(0), "{arguments:?}: {}", said.out);
        let report = said.json();
        assert!(
            rules(&report).iter().map(String::as_str).eq(expected),
            "{arguments:?}: {}",
            said.out
        );
        assert!(
            report["findings"]
                .as_array()
                .unwrap()
                .iter()
                .all(|finding| finding["level"] == "warn")
        );
    };
    check(&["check"], "");
    let tip = repo.commit_index("bring it in");
    check(&["audit"], "");
    repo.git(&["checkout", "--quiet", "--detach"]);
    repo.git(&["branch", "--quiet", "--delete", "--force", "main"]);
    check(
        &["hook", "pre-receive"],
        &format!("{} {tip} refs/heads/main\n", "0".repeat(40)),
    );
}

// spec: STEP-007
// spec: EXIT-005
#[test]
fn what_is_put_back_is_restored_and_refuses_nothing() {
    let repo = Repo::init();
    let first = repo.change(ADR, ACCEPTED);
    repo.change(ADR, EDITED);
    assert_eq!(graven(&repo, &["audit"]).code, Some(1));
    let tip = repo.change(ADR, ACCEPTED);
    let line = format!("{first} {tip} refs/heads/main\n");
    for arguments in [&["audit"][..], &["hook", "pre-receive"]] {
        let said = fed(&repo, &[&["--format", "json"], arguments].concat(), &line);
        assert_eq!(said.code, Some(0), "{arguments:?}: {}", said.out);
        let report = said.json();
        assert_eq!(report["findings"].as_array().unwrap().len(), 1);
        assert_eq!(report["findings"][0]["state"], "restored");
    }
}

// spec: HOOK-004
#[test]
fn an_amend_is_known_behind_an_alias() {
    let repo = Repo::init();
    repo.change("README.md", "# Records\n");
    repo.git(&["config", "alias.ci", "commit --quiet"]);
    repo.git(&[
        "config",
        "alias.again",
        "!git commit --quiet --all --amend --no-edit",
    ]);
    repo.install("pre-commit");
    repo.change(ADR, ACCEPTED);
    for (text, amend) in [
        (EDITED, &["ci", "--all", "--amend", "--no-edit"][..]),
        (ACCEPTED, &["again"]),
    ] {
        repo.write(ADR, text);
        assert!(
            !repo
                .try_git(&["ci", "--all", "--message", "--amend"])
                .status
                .success(),
            "a commit of its own"
        );
        repo.git(amend);
    }
}

// spec: HOOK-009
#[test]
fn a_refused_push_leaves_the_server_as_it_was() {
    let (server, work) = (Repo::bare(), Repo::init());
    server.install("pre-receive");
    work.change(ADR, ACCEPTED);
    work.git(&["push", "--quiet", &server.url(), "main"]);
    let before = contents(server.path());
    work.change(ADR, EDITED);
    let push = work.try_git(&["push", "--quiet", &server.url(), "main"]);
    let said = String::from_utf8_lossy(&push.stderr);
    assert!(
        !push.status.success() && said.contains("frozen-text-edited"),
        "{said}"
    );
    assert_eq!(contents(server.path()), before);
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(contents(&entry.path()));
        } else {
            found.insert(entry.path(), fs::read(entry.path()).unwrap());
        }
    }
    found
}

// spec: ESC-001
// spec: ESC-002
#[test]
fn hostile_names_and_texts_reach_no_terminal() {
    let hostile = "sdd/adrs/0001-\u{1b}[2J\n\u{202e}x\u{200b}.md";
    let repo = Repo::init();
    repo.change(hostile, ACCEPTED);
    repo.write(
        hostile,
        &EDITED.replace("lose", "\u{1b}]0;lose\u{7}\u{2066}"),
    )
    .commit("fix\u{1b}[1A");
    for format in ["text", "json"] {
        let said = graven(&repo, &["--format", format, "audit", "--verbose"]);
        assert_eq!(said.code, Some(1), "{}{}", said.out, said.err);
        let deceptive = said
            .out
            .chars()
            .find(|character| *character != '\n' && is_deceptive(*character));
        assert_eq!(deceptive, None, "{:?}", said.out);
        assert!(
            !said.out.lines().any(|line| line.starts_with('x')),
            "{}",
            said.out
        );
    }
    assert_eq!(
        graven(&repo, &["--format", "json", "audit"]).json()["findings"][0]["path"],
        hostile
    );
}
