//! `graven audit --write-baseline`: an old history taken as it is.

use super::{NOTE, REASON, RIGHT, WRONG, found};
use crate::support::Repo;
use crate::support::guarded::{ADR, EDITED};

const FILE: &str = "sdd/waivers/baseline.toml";
const OLD: &str = "written before these records were kept frozen";

/// A history in which a note was edited and a section taken away.
fn old() -> Repo {
    let repo = Repo::init();
    let spec = "sdd/specs/001-path.md";
    repo.change(
        spec,
        "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: One\n\nText.\n\n## PATH-002: Two\n\nMore.\n",
    );
    repo.change(NOTE, WRONG);
    repo.change(NOTE, RIGHT);
    repo.change(
        spec,
        "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: One\n\nText.\n",
    );
    repo
}

fn baseline(repo: &Repo, more: &[&str]) -> crate::support::guarded::Said {
    repo.graven(&[&["audit", "--write-baseline", FILE, "--reason", OLD], more].concat())
}

// spec: WAIVER-011
#[test]
fn an_audit_with_its_baseline_committed_is_allowed() {
    let repo = old();
    repo.graven(&["audit"]).ends(1);
    baseline(&repo, &[]).ends(0).has(&[
        "wrote and staged 2 waivers: sdd/waivers/baseline.toml",
        "next: git commit",
    ]);
    assert!(repo.text(FILE).contains("baseline = true\n"));
    repo.graven(&["check"]).ends(0).lacks(&["waiver-unused"]);
    repo.guard();
    repo.allow(&["commit", "--quiet", "--message", "take the past as it is"]);
    let audit = repo.graven(&["--format", "json", "audit"]);
    let found = found(audit.ends(0));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found.iter().all(|line| line.ends_with(" waived")),
        "{found:?}"
    );
    repo.graven(&["audit"])
        .ends(0)
        .has(&[OLD, "allowed, with 2 findings waived"]);
    baseline(&repo, &[])
        .ends(0)
        .has(&["nothing was written: there is no finding that a waiver could lift"]);
}

// spec: WAIVER-011
#[test]
fn a_baseline_grows_only_when_somebody_says_so() {
    let repo = old();
    baseline(&repo, &[]).ends(0);
    repo.commit_index("take the past as it is");
    repo.change(NOTE, &RIGHT.replace("twice", "once"));
    let before = repo.state();
    baseline(&repo, &[]).ends(1).has(&[
        "new: deny frozen-text-edited of sdd/research",
        "nothing was written",
        "--accept-new",
    ]);
    assert_eq!(repo.state(), before);
    let text = repo.text(FILE);
    baseline(&repo, &["--accept-new"])
        .ends(0)
        .has(&["wrote and staged 1 waiver"]);
    assert!(repo.text(FILE).starts_with(&text));
    repo.graven(&["check"]).ends(0);
    repo.commit_index("take that too");
    repo.graven(&["audit"]).ends(0).has(&["3 findings waived"]);
}

// spec: WAIVER-011
#[test]
fn a_baseline_that_is_staged_already_counts() {
    let repo = old();
    baseline(&repo, &[]).ends(0);
    let before = repo.state();
    baseline(&repo, &[]).ends(0).has(&["nothing was written"]);
    assert_eq!(repo.state(), before);
}

// spec: WAIVER-011
#[test]
fn what_is_forbidden_remains() {
    let repo = old();
    repo.accept();
    repo.change(ADR, EDITED);
    let words = [
        "wrote and staged 2 waivers",
        "1 finding of level forbid remains and cannot be waived",
    ];
    baseline(&repo, &[]).ends(1).has(&words);
    repo.commit_index("take the past as it is");
    repo.graven(&["audit"])
        .ends(1)
        .has(&["1 error", "2 findings waived"]);
    baseline(&repo, &[])
        .ends(1)
        .has(&["nothing was written", "1 finding of level forbid remains"]);
}

// spec: WAIVER-007
// spec: WAIVER-011
#[test]
fn an_entry_of_a_baseline_that_names_nothing_is_told_by_the_audit() {
    let repo = old();
    baseline(&repo, &[]).ends(0);
    let text = repo
        .text(FILE)
        .replace("fingerprint = \"g1-", "fingerprint = \"g1-ffff")
        .replace("ffff", "0123");
    let text = regex::Regex::new("g1-0123([0-9a-f]{28})[0-9a-f]{4}")
        .unwrap()
        .replace_all(&text, "g1-0123$1")
        .into_owned();
    repo.stage(FILE, &text);
    repo.graven(&["check"]).ends(0).lacks(&["waiver-unused"]);
    repo.commit_index("take another past");
    repo.graven(&["audit"]).ends(1).has(&["waiver-unused"]);
}

// spec: WAIVER-011
#[test]
fn a_baseline_that_nobody_would_read_is_not_written() {
    let repo = old();
    repo.change("sdd/waivers/plain.toml", "# none yet\n");
    repo.write("sdd/waivers/mine.toml", "untracked\n");
    let before = repo.state();
    let cases: [(&[&str], &str); 7] = [
        (
            &["baseline.toml", "--reason", OLD],
            "is not a TOML file in the folder sdd/waivers",
        ),
        (
            &["../baseline.toml", "--reason", OLD],
            "is not a TOML file in the folder sdd/waivers",
        ),
        (
            &["sdd/waivers/deep/a.toml", "--reason", OLD],
            "is not a TOML file in the folder sdd/waivers",
        ),
        (
            &["sdd/waivers/plain.toml", "--reason", OLD],
            "is not a baseline",
        ),
        (
            &["sdd/waivers/mine.toml", "--reason", OLD],
            "an untracked file is there",
        ),
        (&[FILE, "--reason", "TODO"], "the reason is a placeholder"),
        (&[FILE], "--reason"),
    ];
    for (arguments, words) in cases {
        let said = repo.graven(&[&["audit", "--write-baseline"], arguments].concat());
        said.ends(2).has(&[words]).lacks(&["panicked"]);
        assert_eq!(repo.state(), before, "{arguments:?}");
    }
    repo.graven(&["audit", "--reason", REASON])
        .ends(2)
        .has(&["--write-baseline"]);
}
