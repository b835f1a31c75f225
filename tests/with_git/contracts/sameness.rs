//! What may not make a difference.

use super::{ACCEPTED, ADR, EDITED, fed, forked, graven};
use crate::support::Repo;

/// A history with several findings in several documents, and a side branch for each.
fn eventful(order: &[&str]) -> Repo {
    let repo = Repo::init();
    repo.write(ADR, ACCEPTED)
        .write("sdd/audits/audit-001-first.md", "# First\n\nAll is well.\n");
    repo.write(
        "sdd/specs/001-path.md",
        "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: One\n\nText.\n\n## PATH-002: Two\n",
    );
    let first = repo.commit("bring it in");
    repo.write(ADR, EDITED).write(
        "sdd/audits/audit-001-first.md",
        "# First\n\nNothing is well.\n",
    );
    repo.write(
        "sdd/specs/001-path.md",
        "# Paths\n\n**Prefix:** PATH\n\n## PATH-003: Three\n",
    );
    repo.commit("break it");
    for name in order {
        repo.git(&["branch", "--quiet", name, &first.to_string()]);
    }
    repo
}

const JUDGING: [&[&str]; 4] = [
    &["audit"],
    &["audit", "--verbose"],
    &["--format", "json", "audit"],
    &["check", "HEAD~1..HEAD"],
];

// spec: SAME-001
#[test]
fn the_same_question_has_the_same_bytes_as_its_answer() {
    let repo = eventful(&[]);
    for arguments in JUDGING {
        let (first, second) = (graven(&repo, arguments), graven(&repo, arguments));
        assert_eq!(first.code, Some(1), "{}{}", first.out, first.err);
        assert_eq!(
            (first.out, first.err),
            (second.out, second.err),
            "{arguments:?}"
        );
    }
}

// spec: SAME-002
#[test]
fn the_order_in_which_refs_are_named_or_made_makes_no_difference() {
    let (one, other) = (
        eventful(&["a", "release/1", "z"]),
        eventful(&["z", "release/1", "a"]),
    );
    for arguments in JUDGING {
        assert_eq!(
            graven(&one, arguments).out,
            graven(&other, arguments).out,
            "{arguments:?}"
        );
    }
    let zero = "0".repeat(40);
    let (before, after) = (one.id("HEAD~1"), one.id("HEAD"));
    let mut lines = [
        format!("{before} {after} refs/heads/a\n"),
        format!("{before} {after} refs/heads/z\n"),
        format!("{before} {zero} refs/heads/main\n"),
        format!("{zero} {after} refs/heads/new\n"),
        format!("{zero} {after} refs/replace/{after}\n"),
    ];
    one.git(&["update-ref", "refs/heads/main", &before.to_string()]);
    for format in ["text", "json"] {
        let asked = ["--format", format, "hook", "pre-receive"];
        let forwards = fed(&one, &asked, &lines.concat());
        lines.reverse();
        let backwards = fed(&one, &asked, &lines.concat());
        assert_eq!(forwards.code, Some(1));
        assert_eq!((forwards.out, forwards.err), (backwards.out, backwards.err));
    }
}

// spec: SAME-003
#[test]
fn only_git_objects_are_judged() {
    let repo = forked(EDITED);
    let reports = || JUDGING.map(|arguments| graven(&repo, arguments).out);
    let before = reports();
    let staged = graven(&repo, &["--format", "json", "check"]).out;
    repo.write(ADR, "# Something else\n")
        .write("graven.toml", "nonsense = 1\n");
    repo.write("sdd/adrs/0001-twin.md", ACCEPTED);
    repo.set("TZ", "Asia/Kathmandu");
    repo.set("LC_ALL", "tr_TR.UTF-8");
    repo.set("LANG", "de_DE.UTF-8");
    assert_eq!(reports(), before);
    assert_eq!(graven(&repo, &["--format", "json", "check"]).out, staged);
}
