//! `number-retired`, as people meet it.

use crate::support::guarded::{ACCEPTED, DRAFT, Pushing};
use crate::support::{FORMATS, Repo};

const QUEUE: &str =
    "# Use a queue\n\n## Status\n\nDraft\n\n## Decision\n\nUploads wait in a bounded queue.\n";

/// A guarded repository in whose history the number 2 belonged to a draft.
fn dropped(format: &'static str) -> Repo {
    let repo = Repo::of_format(format);
    repo.accept();
    repo.change("sdd/adrs/0002-second.md", DRAFT);
    repo.git(&["rm", "--quiet", "sdd/adrs/0002-second.md"]);
    repo.commit("drop the draft");
    repo.guard();
    repo
}

// spec: LEDGER-001
#[test]
fn a_commit_that_takes_a_retired_number_is_refused_and_told_the_next() {
    for format in FORMATS {
        let repo = dropped(format);
        repo.stage("sdd/adrs/0002-queue.md", QUEUE);
        let had = repo.id("HEAD~1").short();
        repo.refuse(&["commit", "--message", "queue"]).has(&[
            "number-retired",
            "adr-0002 reuses the number of sdd/adrs/0002-second.md, which was removed",
            "sdd/adrs/0002-second.md (earlier)",
            "graven next adr",
            &format!("git show {had}:sdd/adrs/0002-second.md"),
        ]);
        assert!(
            repo.git(&["show", &format!("{had}:sdd/adrs/0002-second.md")])
                .contains("We may keep them")
        );
        let next = repo.graven(&["next", "adr"]).out.trim().to_owned();
        repo.git(&[
            "mv",
            "sdd/adrs/0002-queue.md",
            &format!("sdd/adrs/{next}-queue.md"),
        ]);
        repo.allow(&["commit", "--message", "queue"]);
    }
}

#[test]
fn a_document_that_comes_back_is_allowed() {
    let repo = dropped("sha1");
    repo.stage("sdd/adrs/0002-keep-on.md", DRAFT);
    repo.allow(&["commit", "--message", "the same text"]);
    repo.git(&["mv", "sdd/adrs/0002-keep-on.md", "sdd/adrs/0003-keep-on.md"]);
    repo.allow(&["commit", "--message", "renumber"]);
    repo.stage("sdd/adrs/0002-second.md", QUEUE);
    repo.allow(&["commit", "--message", "the same path"]);
}

// spec: LEDGER-001
#[test]
fn a_push_that_takes_a_retired_number_is_refused_in_each_of_its_steps() {
    for format in FORMATS {
        let pushing = Pushing::accepted(format);
        let clone = &pushing.clone;
        clone.change("sdd/adrs/0002-second.md", DRAFT);
        pushing.allow(&["main"]);
        clone.git(&["mv", "sdd/adrs/0002-second.md", "sdd/adrs/0003-second.md"]);
        clone.commit("renumber");
        pushing.allow(&["main"]);
        clone.change("sdd/adrs/0004-fourth.md", QUEUE);
        clone.change("sdd/adrs/0002-queue.md", &QUEUE.replace("bounded", "long"));
        pushing
            .refuse(&["main"])
            .has(&["number-retired", "adr-0002"]);
        // Retired by the same push.
        clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        clone.git(&["mv", "sdd/adrs/0004-fourth.md", "sdd/adrs/0005-fifth.md"]);
        clone.commit("renumber again");
        clone.change("sdd/adrs/0004-other.md", ACCEPTED);
        pushing
            .refuse(&["main"])
            .has(&["number-retired", "adr-0004"]);
    }
}

// spec: LEDGER-001
#[test]
fn a_side_branch_is_held_against_the_history_that_was_published_meanwhile() {
    let pushing = Pushing::accepted("sha1");
    let clone = &pushing.clone;
    clone.branch("topic").checkout("main");
    clone.change("sdd/adrs/0002-second.md", DRAFT);
    clone.git(&["rm", "--quiet", "sdd/adrs/0002-second.md"]);
    clone.commit("drop the draft");
    pushing.allow(&["main"]);
    clone
        .checkout("topic")
        .change("sdd/adrs/0002-queue.md", QUEUE);
    pushing
        .refuse(&["topic"])
        .has(&["number-retired", "adr-0002"]);
    // A branch that was never merged uses up nothing.
    clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    clone.change("sdd/adrs/0003-queue.md", QUEUE);
    clone.git(&["mv", "sdd/adrs/0003-queue.md", "sdd/adrs/0004-queue.md"]);
    clone.commit("renumber");
    clone.change("sdd/adrs/0003-other.md", ACCEPTED);
    pushing.allow(&["topic"]).lacks(&["number-retired"]);
}

// spec: LEDGER-001
#[test]
fn an_audit_and_every_commit_say_the_same_as_the_hooks() {
    let repo = dropped("sha1");
    repo.branch("side").smuggle("sdd/adrs/0007-side.md", QUEUE);
    repo.smuggle("sdd/adrs/0002-queue.md", &QUEUE.replace("bounded", "long"));
    let staged = repo.graven(&["check", "main..side", "--format", "json"]);
    repo.checkout("main")
        .git(&["merge", "--quiet", "--ff-only", "--no-verify", "side"]);
    let fingerprint = |out: &str| {
        let read: serde_json::Value = serde_json::from_str(out).unwrap();
        let findings = read["findings"].as_array().unwrap();
        let retired: Vec<_> = findings
            .iter()
            .filter(|finding| finding["rule"] == "number-retired")
            .collect();
        assert_eq!(retired.len(), 1, "{out}");
        retired[0]["fingerprint"].as_str().unwrap().to_owned()
    };
    let wanted = fingerprint(&staged.ends(1).out);
    for arguments in [
        &["audit", "--format", "json"][..],
        &["audit", "--every-commit", "--format", "json"],
    ] {
        assert_eq!(fingerprint(&repo.graven(arguments).ends(1).out), wanted);
    }
}

// spec: LEDGER-003
#[test]
fn a_shallow_clone_does_not_judge_a_new_number() {
    for format in FORMATS {
        let whole = dropped(format);
        let shallow = Repo::clone_of(&whole, &["--depth=1"]);
        shallow.guard();
        shallow.stage("sdd/adrs/0002-queue.md", QUEUE);
        let said = shallow.attempt(&["commit", "--message", "queue"]);
        said.ends(1).has(&[
            "graven: not judged",
            "history incomplete: this is a shallow clone",
            "git fetch --unshallow",
        ]);
        shallow.graven(&["check"]).ends(2);
        shallow.git(&["fetch", "--quiet", "--unshallow"]);
        shallow
            .refuse(&["commit", "--message", "queue"])
            .has(&["number-retired"]);
    }
}

// spec: LEDGER-002
#[test]
fn a_shallow_clone_judges_a_step_that_brings_no_number_and_no_id() {
    let whole = dropped("sha1");
    let spec = "sdd/specs/001-path.md";
    whole.smuggle(
        spec,
        "# Paths\n\n## PATH-001: Separators\n\nA path has slashes.\n",
    );
    let shallow = Repo::clone_of(&whole, &["--depth=1"]);
    shallow.guard();
    shallow.stage(
        spec,
        "# Paths\n\n## PATH-001: Separators\n\nA path has slashes, also on Windows.\n",
    );
    shallow.stage("code.rs", "// nothing\n");
    shallow.allow(&["commit", "--message", "reword"]);
}
