//! The names of findings.

use graven::report::Fingerprint;

use super::{ACCEPTED, ADR, EDITED, fed, findings, graven, received};
use crate::support::Repo;

// spec: PRINT-003
// spec: SAME-004
#[test]
fn one_step_has_the_same_findings_on_every_surface() {
    let repo = Repo::init();
    repo.change(ADR, ACCEPTED);
    repo.stage(ADR, EDITED)
        .stage("sdd/adrs/0001-once-more.md", ACCEPTED);
    let json = |arguments: &[&str], input: &str| {
        let said = fed(&repo, &[&["--format", "json"], arguments].concat(), input);
        assert_eq!(
            said.code,
            Some(1),
            "{arguments:?}: {}{}",
            said.out,
            said.err
        );
        findings(&said.json())
    };
    let staged = json(&["check"], "");
    assert_eq!(staged.len(), 2);
    assert_eq!(json(&["hook", "pre-commit"], ""), staged);
    repo.commit_index("break it");
    let line = received(&repo, "HEAD~1", "HEAD", "main");
    assert_eq!(json(&["hook", "pre-receive"], &line), staged);
    let sent = format!(
        "refs/heads/main {} refs/heads/main {}\n",
        repo.id("HEAD"),
        repo.id("HEAD~1")
    );
    assert_eq!(
        json(&["hook", "pre-push", "origin", "nowhere"], &sent),
        staged
    );
    assert_eq!(json(&["check", "HEAD~1..HEAD"], ""), staged);
    assert_eq!(json(&["audit"], ""), staged);
}

// spec: PRINT-003
#[test]
fn a_fingerprint_survives_squash_and_cherry_pick() {
    let repo = Repo::init();
    repo.change(ADR, ACCEPTED);
    repo.branch("topic").change(ADR, "# Half\n\nway\n");
    let tip = repo.change(ADR, EDITED);
    let json = |arguments: &[&str]| {
        findings(&graven(&repo, &[&["--format", "json"], arguments].concat()).json())
    };
    let branch = json(&["check", "main..topic"]);
    assert_eq!(branch.len(), 1);
    repo.checkout("main").change("other", "1");
    repo.git(&["merge", "--quiet", "--squash", "topic"]);
    repo.commit_index("squashed");
    assert_eq!(json(&["audit"]), branch);
    repo.git(&["checkout", "--quiet", "-b", "elsewhere", "HEAD~2"]);
    repo.git(&[
        "restore",
        &format!("--source={tip}"),
        "--staged",
        "--worktree",
        "--",
        ADR,
    ]);
    repo.commit_index("picked");
    assert_eq!(json(&["check", "main~2..elsewhere"]), branch);
}

// spec: PRINT-002
#[test]
fn each_part_counts_and_none_runs_into_the_next() {
    let of = |rule, subject, before: &str, after: &str| {
        Fingerprint::of(
            rule,
            subject,
            Some(before.as_bytes()),
            Some(after.as_bytes()),
        )
    };
    let one = of("rule", "subject", "before", "after");
    for other in [
        of("rulf", "subject", "before", "after"),
        of("rule", "subjecu", "before", "after"),
        of("rule", "subject", "beforf", "after"),
        of("rule", "subject", "before", "aftes"),
        of("rules", "ubject", "before", "after"),
        of("rule", "subject", "beforea", "fter"),
        Fingerprint::of("rule", "subject", None, Some(b"after")),
        Fingerprint::of("rule", "subject", Some(b"before"), None),
    ] {
        assert_ne!(one, other);
    }
}

// spec: PRINT-001
// spec: PRINT-004
#[test]
fn a_fingerprint_is_the_same_in_every_version() {
    let one = Fingerprint::of(
        "frozen-text-edited",
        "adr-0005",
        Some(b"before\n"),
        Some(b"after\n"),
    );
    assert_eq!(one.to_string(), "g1-ff5a2f95f117dae3d3c110c620750aaf");
    let gone = Fingerprint::of(
        "frozen-document-deleted",
        "adr-0005",
        Some(b"before\n"),
        None,
    );
    assert_eq!(gone.to_string(), "g1-c8312635958d00a4bfa341a20bd7561f");
}
