//! Every command writes one JSON object when it is asked to.

use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED};

const SPEC: &str = "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: Slashes\n\nForward.\n";
const BACKLOG: &str = "# Backlog\n\n- BK-001: Read links\n";

#[test]
fn every_command_writes_one_object_of_schema_1() {
    let repo = Repo::init();
    repo.write("sdd/specs/001-paths.md", SPEC)
        .write("sdd/BACKLOG.md", BACKLOG)
        .write("graven.toml", "")
        .accept();
    repo.stage("sdd/research/research-disks.md", "Slow.\n")
        .commit_index("measure");
    let reason = "measured again on a machine that was at rest";
    let cases: &[(&[&str], i32, &str)] = &[
        (&["check"], 0, "outcome"),
        (&["audit"], 0, "scope"),
        (&["simulate"], 0, "rules"),
        (&["status"], 0, "documents"),
        (&["trace"], 0, "specs"),
        (&["next", "adr"], 0, "next"),
        (&["rules"], 0, "rules"),
        (&["explain", "waiver-hollow"], 0, "page"),
        (&["init", "--dry-run"], 0, "policy"),
        (&["supersede", ADR, "Keep more"], 0, "done"),
        (&["deprecate", "PATH-001"], 0, "done"),
        (&["done", "BK-001"], 0, "done"),
        (&["doctor"], 1, "checks"),
        (&["install"], 0, "done"),
        (&["doctor"], 0, "checks"),
        (&["uninstall"], 0, "done"),
    ];
    for (arguments, code, field) in cases {
        object(&repo, arguments, *code, field);
        repo.git(&["reset", "--quiet", "--hard"]);
    }
    repo.stage("sdd/research/research-disks.md", "Fast.\n");
    object(&repo, &["waive", "--reason", reason], 0, "done");
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.smuggle("sdd/research/research-disks.md", "Fast.\n");
    object(
        &repo,
        &[
            "audit",
            "--write-baseline",
            "sdd/waivers/b.toml",
            "--reason",
            reason,
        ],
        0,
        "done",
    );
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.stage(ADR, EDITED);
    object(&repo, &["check"], 1, "findings");
    object(&repo, &["supersede", ADR, "Keep more"], 1, "findings");
    repo.stage(ADR, ACCEPTED);
}

/// Runs graven, which must end so and write one object with this field.
#[track_caller]
fn object(repo: &Repo, arguments: &[&str], code: i32, field: &str) {
    let said = repo.graven(&[arguments, &["--format", "json"]].concat());
    let read: serde_json::Value = serde_json::from_str(&said.ends(code).out).unwrap();
    assert_eq!(read["schema"], 1, "{arguments:?}");
    assert!(
        read.get(field).is_some(),
        "{arguments:?} has no {field}: {read}"
    );
}

#[test]
fn what_cannot_be_done_leaves_standard_output_empty() {
    let repo = Repo::init();
    repo.accept();
    for arguments in [
        &["explain", "nope"][..],
        &["next", "nope"],
        &["trace", "nope"],
        &["status", "nope"],
    ] {
        let said = repo.graven(&[arguments, &["--format", "json"]].concat());
        said.ends(2).has(&["graven: "]);
        assert_eq!(said.out, "", "{arguments:?}");
    }
}
