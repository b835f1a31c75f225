//! `section-revived`, as people meet it.

use crate::support::guarded::Pushing;
use crate::support::{FORMATS, Repo};

const SPEC: &str = "sdd/specs/001-path.md";
const ONE: &str = "## PATH-001: Separators\n\nA path has forward slashes on every system.\n\n";
const DOTS: &str =
    "## PATH-002: Double dots\n\nA path that holds two dots in a row is rejected.\n\n";
const CASE: &str =
    "## PATH-002: Case folding\n\nNames that differ only in case name one file on Windows.\n\n";

fn spec(sections: &[&str]) -> String {
    format!("# Paths\n\n{}", sections.concat())
}

/// A guarded repository whose history once declared PATH-002.
fn forgotten(format: &'static str) -> Repo {
    let repo = Repo::of_format(format);
    repo.change(SPEC, &spec(&[ONE, DOTS]));
    repo.change(SPEC, &spec(&[ONE]));
    repo.guard();
    repo
}

// spec: LEDGER-001
#[test]
fn a_commit_that_revives_an_id_is_refused_and_told_the_next() {
    for format in FORMATS {
        let repo = forgotten(format);
        repo.stage(SPEC, &spec(&[ONE, CASE]));
        let had = repo.id("HEAD~1").short();
        repo.refuse(&["commit", "--message", "fold"]).has(&[
            "section-revived",
            "PATH-002 was published before with another meaning: \"Double dots\", now \"Case folding\"",
            "first declared here",
            "graven next PATH",
            &format!("git show {had}:{SPEC}"),
        ]);
        assert_eq!(repo.graven(&["next", "PATH"]).ends(0).out, "PATH-003\n");
        repo.stage(SPEC, &spec(&[ONE, &CASE.replace("PATH-002", "PATH-003")]));
        repo.allow(&["commit", "--message", "fold"]);
    }
}

#[test]
fn a_section_that_comes_back_is_allowed() {
    let repo = forgotten("sha1");
    repo.stage(SPEC, &spec(&[ONE, DOTS]));
    repo.allow(&["commit", "--message", "put it back"]);
}

// spec: LEDGER-001
#[test]
fn a_push_whose_own_steps_gave_an_id_up_cannot_revive_it() {
    for format in FORMATS {
        let pushing = Pushing::of(format);
        let clone = &pushing.clone;
        clone.change("graven.toml", "[rules]\nsection-removed = \"warn\"\n");
        clone.change(SPEC, &spec(&[ONE, DOTS]));
        pushing.allow(&["main"]);
        clone.change(SPEC, &spec(&[ONE]));
        clone.change(SPEC, &spec(&[ONE, CASE]));
        pushing
            .refuse(&["main"])
            .has(&["section-revived", "PATH-002"]);
    }
}

#[test]
fn two_branches_that_take_one_id_collide_before_the_merge() {
    let pushing = Pushing::of("sha1");
    let clone = &pushing.clone;
    clone.change(SPEC, &spec(&[ONE]));
    pushing.allow(&["main"]);
    clone
        .branch("topic")
        .checkout("main")
        .change(SPEC, &spec(&[ONE, DOTS]));
    pushing.allow(&["main"]);
    clone
        .checkout("topic")
        .change("sdd/specs/002-case.md", &spec(&[CASE]));
    pushing
        .refuse(&["topic"])
        .has(&["section-duplicated", "PATH-002", "(published)"])
        .lacks(&["section-revived"]);
    // The same section, picked, is this branch's own.
    clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    clone.change(SPEC, &spec(&[ONE, DOTS]));
    pushing.allow(&["topic"]).lacks(&["section-"]);
}

// spec: LEDGER-003
#[test]
fn a_shallow_clone_does_not_judge_a_new_id() {
    let whole = forgotten("sha1");
    let shallow = Repo::clone_of(&whole, &["--depth=1"]);
    shallow.guard();
    shallow.stage(SPEC, &spec(&[ONE, &CASE.replace("002", "009")]));
    shallow
        .attempt(&["commit", "--message", "fold"])
        .ends(1)
        .has(&["graven: not judged", "git fetch --unshallow"]);
    shallow.git(&["fetch", "--quiet", "--unshallow"]);
    shallow.allow(&["commit", "--message", "fold"]);
}

// spec: LEDGER-007
#[test]
fn judging_and_asking_leave_nothing_behind() {
    let repo = forgotten("sha1");
    repo.stage(SPEC, &spec(&[ONE, CASE]));
    let before = files(&repo);
    repo.graven(&["check"]).ends(1);
    repo.graven(&["audit"]).ends(1);
    repo.graven(&["next", "PATH"]).ends(0);
    assert_eq!(files(&repo), before);
}

/// Every file below the Git directory and when it was written.
fn files(repo: &Repo) -> Vec<(std::path::PathBuf, std::time::SystemTime)> {
    let mut open = vec![repo.path().join(".git")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, meta) = (entry.path(), entry.metadata().unwrap());
            if meta.is_dir() {
                open.push(path);
            } else {
                found.push((path, meta.modified().unwrap()));
            }
        }
    }
    found.sort();
    found
}
