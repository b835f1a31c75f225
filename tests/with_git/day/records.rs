//! Decisions and research.

use std::fs;

use super::project::Project;

const NOTE: &str = "sdd/research/research-file-locks.md";
const WRONG: &str = "# File locks\n\nLinux has had flock since 1984.\n";
const RIGHT: &str = "# File locks\n\nLinux has had flock since 1992.\n";

/// The path of the only ADR with this slug.
fn adr(project: &Project, slug: &str) -> String {
    let listed = project
        .clone()
        .git(&["ls-files", &format!("sdd/adrs/*-{slug}.md")]);
    assert_eq!(listed.lines().count(), 1, "{slug}: {listed}");
    listed
}

#[test]
fn an_adr_is_proposed_and_accepted() {
    let project = &Project::adopted();
    let clone = project.branch("locks");
    let number = clone.graven(&["next", "adr"]);
    number.ends(0);
    let number = number.out.trim();
    let path = format!("sdd/adrs/{number}-lock-files.md");
    let text = |status: &str, said: &str| {
        format!("# ADR-{number}: Lock files\n\n## Status\n\n{status}\n\n## Decision\n\n{said}\n")
    };
    clone.write(&path, &text("Proposed", "We might lock files."));
    project.commit("Propose lock files");
    // Nothing of a draft is frozen.
    clone.write(
        &path,
        &text("Proposed", "We lock files while they are written."),
    );
    project.commit("Say when");
    clone.write(
        &path,
        &text("Accepted", "We lock files while they are written."),
    );
    project.commit("Accept lock files");
    project.publish();

    clone.write(&path, &text("Accepted", "We never lock files."));
    project.wrong("frozen-text-edited", "Change our mind");
    clone.write(
        &path,
        &text("Proposed", "We lock files while they are written."),
    );
    project.wrong("status-reversed", "Think again");
    fs::remove_file(clone.path().join(&path)).unwrap();
    project.wrong("frozen-document-deleted", "Forget it");
    clone.write(
        &format!("sdd/adrs/{number}-queues.md"),
        &text("Proposed", "We queue.").replace("Lock files", "Queues"),
    );
    project.wrong("number-taken", "Take the same number");
    project.ends_clean();
}

#[test]
fn an_adr_is_superseded() {
    let project = &Project::adopted();
    let clone = project.branch("locks");
    clone.write(
        "sdd/adrs/0901-lock-files.md",
        "# ADR-0901: Lock files\n\n## Status\n\nAccepted\n\n## Decision\n\nWe lock files.\n",
    );
    project.commit("Accept lock files");
    project.publish();
    project.branch("leases");
    let old = adr(project, "lock-files");
    clone
        .graven(&["supersede", &old, "Leases instead of locks"])
        .ends(0)
        .has(&[&old]);
    let new = adr(project, "leases-instead-of-locks");
    let text = clone.text(&new);
    assert!(text.contains("Leases instead of locks"), "{text}");
    project.commit("Supersede lock files with leases");
    project.publish();
    assert!(
        clone.text(&old).contains("Superseded"),
        "{}",
        clone.text(&old)
    );

    // A status that names nobody.
    clone.write(
        &new,
        &clone.text(&new).replace("\nAccepted", "\nSuperseded"),
    );
    project.wrong("successor-missing", "End leases");
    project.ends_clean();
}

#[test]
fn a_research_note_is_corrected() {
    let project = &Project::adopted();
    let clone = project.branch("research");
    clone.write(NOTE, WRONG);
    project.commit("Look at file locks");
    project.publish();

    let clone = project.branch("correct-research");
    clone.stage(NOTE, RIGHT);
    clone
        .refuse(&["commit", "--message", "Correct the year"])
        .has(&["error[frozen-text-edited]", "graven waive"]);
    clone.graven(&["waive", "--reason", "todo"]).ends(2);
    let reason = "an error of fact: the first release of Linux is of 1991";
    clone
        .graven(&["waive", "--reason", reason])
        .ends(0)
        .has(&[NOTE]);
    project.commit("Correct the year").has(&["waived", reason]);
    project.publish();
    assert_eq!(clone.text(NOTE), RIGHT);

    // The same waiver lifts nothing else, and stays as it was written.
    clone.write(NOTE, "# File locks\n\nLinux has no flock.\n");
    project.wrong("frozen-text-edited", "Rewrite the note");
    let waiver = clone.git(&["ls-files", "sdd/waivers/2*.toml"]);
    clone.write(
        &waiver,
        &clone
            .text(&waiver)
            .replace(reason, "because somebody said so, and nobody minded"),
    );
    project.wrong("frozen-text-edited", "Rewrite the reason");
    fs::remove_file(clone.path().join(&waiver)).unwrap();
    project.wrong("frozen-document-deleted", "Drop the waiver");
    project.ends_clean();
}
