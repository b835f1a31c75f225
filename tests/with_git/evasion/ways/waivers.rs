//! Ways by waivers.

use std::fs;

use super::{EDIT, accepted, case, not_judged, publish, refused};
use crate::evasion::case::{Group, Verdict, push};
use crate::support::guarded::{ADR, EDITED, Pushing};

const NOTE: &str = "sdd/research/research-disks.md";
const WRONG: &str = "# Disks\n\nThe disk reads 2 GB/s.\n\nIt was measured twice.\n";
const RIGHT: &str = "# Disks\n\nThe disk reads 2 MB/s.\n\nIt was measured twice.\n";
const WORSE: &str = "# Disks\n\nThe disk reads 9 GB/s.\n\nIt was measured twice.\n";
const REASON: &str = "the unit was wrong: the log of the run says megabytes";
const NOTE_EDITED: Verdict = refused(
    "frozen-text-edited",
    "published research sdd/research/research-disks.md was edited",
);

pub(crate) const GROUP: Group = Group {
    title: "By waivers",
    cases: &[
        case(
            "waive-what-is-forbidden",
            "a waiver names the edit of the accepted record, which cannot be waived",
            EDIT,
            |pushing| {
                let print = fingerprint(accepted(pushing));
                pushing
                    .clone
                    .change("sdd/waivers/a.toml", &waiver("adr-0001", &print, REASON));
                push(&["main"])
            },
        ),
        case(
            "waive-before-the-edit",
            "the waiver comes a push before the edit",
            EDIT,
            |pushing| {
                let print = fingerprint(accepted(pushing));
                pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
                publish(
                    pushing,
                    "sdd/waivers/a.toml",
                    &waiver("adr-0001", &print, REASON),
                );
                super::edit(pushing)
            },
        ),
        case(
            "waive-in-a-baseline",
            "the waiver calls itself the baseline of an audit",
            EDIT,
            |pushing| {
                let print = fingerprint(accepted(pushing));
                let text = format!("baseline = true\n{}", waiver("adr-0001", &print, REASON));
                pushing.clone.change("sdd/waivers/a.toml", &text);
                push(&["main"])
            },
        ),
        case(
            "waiver-for-another-edit",
            "a waiver for one edit comes with another",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                pushing.clone.change(NOTE, WORSE);
                pushing.clone.git(&["reset", "--quiet", "--soft", "HEAD~2"]);
                pushing.clone.commit_index("correct it");
                push(&["main"])
            },
        ),
        case(
            "waiver-for-a-later-edit",
            "a waiver that was used lets a second edit stand",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                pushing.allow(&["main"]);
                pushing.clone.change(NOTE, WORSE);
                push(&["main"])
            },
        ),
        case(
            "two-edits-under-one",
            "a waived edit is followed by another in the same push",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                pushing.clone.change(NOTE, WORSE);
                push(&["main"])
            },
        ),
        case(
            "waiver-of-another-repository",
            "a waiver is copied from a repository where the same note was edited otherwise",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                let text = pushing.clone.text("sdd/waivers/a.toml");
                pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
                pushing
                    .clone
                    .write("sdd/waivers/a.toml", &text)
                    .change(NOTE, &WORSE.replace("# Disks", "# The disks"));
                push(&["main"])
            },
        ),
        case(
            "waiver-for-another-note",
            "a waiver for one note comes with the same edit of another",
            refused(
                "frozen-text-edited",
                "published research sdd/research/research-more.md was edited",
            ),
            |pushing| {
                publish(pushing, "sdd/research/research-more.md", WRONG);
                waived(pushing);
                pushing.clone.change("sdd/research/research-more.md", RIGHT);
                push(&["main"])
            },
        ),
        case(
            "waiver-on-another-branch",
            "the waiver stands on another branch of the same push",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                pushing.clone.branch("waived");
                pushing
                    .clone
                    .git(&["checkout", "--quiet", "-B", "main", "main~1"]);
                pushing.clone.change(NOTE, RIGHT);
                push(&["waived", "main"])
            },
        ),
        case(
            "waiver-gone-at-the-tip",
            "the waiver comes with the edit, and the next commit takes it away",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                super::remove(pushing, "sdd/waivers");
                push(&["main"])
            },
        ),
        case(
            "waiver-in-another-folder",
            "the waiver stands where the policy does not look",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                fs::create_dir_all(pushing.clone.path().join("waivers")).unwrap();
                pushing
                    .clone
                    .git(&["mv", "sdd/waivers/a.toml", "waivers/a.toml"]);
                pushing
                    .clone
                    .git(&["commit", "--quiet", "--amend", "--no-edit"]);
                push(&["main"])
            },
        ),
        case(
            "waiver-as-a-link",
            "the waiver is a symbolic link to a file elsewhere",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                pushing.clone.git(&["mv", "sdd/waivers/a.toml", "a.toml"]);
                fs::create_dir_all(pushing.clone.path().join("sdd/waivers")).unwrap();
                std::os::unix::fs::symlink(
                    "../../a.toml",
                    pushing.clone.path().join("sdd/waivers/a.toml"),
                )
                .unwrap();
                pushing.clone.commit("a link");
                push(&["main"])
            },
        ),
        case(
            "waiver-without-reason",
            "the reason of the waiver is empty",
            refused("waiver-hollow", "the reason is empty"),
            |pushing| with_reason(pushing, ""),
        ),
        case(
            "waiver-with-a-placeholder",
            "the reason of the waiver is a placeholder",
            refused("waiver-hollow", "the reason is a placeholder"),
            |pushing| with_reason(pushing, "TODO"),
        ),
        case(
            "waiver-with-one-word",
            "the reason of the waiver is shorter than the policy asks",
            refused("waiver-hollow", "characters"),
            |pushing| with_reason(pushing, "wrong unit"),
        ),
        case(
            "baseline-without-reason",
            "the same, in a file that calls itself a baseline",
            refused("waiver-hollow", "the reason is empty"),
            |pushing| {
                with_reason(pushing, "");
                let text = format!(
                    "baseline = true\n{}",
                    pushing.clone.text("sdd/waivers/a.toml")
                );
                pushing.clone.stage("sdd/waivers/a.toml", &text).git(&[
                    "commit",
                    "--quiet",
                    "--amend",
                    "--no-edit",
                ]);
                push(&["main"])
            },
        ),
        case(
            "published-waiver-edited",
            "a published waiver gets another reason",
            refused("frozen-text-edited", "published waiver"),
            |pushing| {
                waived(pushing);
                pushing.allow(&["main"]);
                let text = pushing.clone.text("sdd/waivers/a.toml");
                pushing.clone.change(
                    "sdd/waivers/a.toml",
                    &text.replace(REASON, "somebody said that this may be so"),
                );
                push(&["main"])
            },
        ),
        case(
            "published-waiver-deleted",
            "a published waiver is deleted",
            refused("frozen-document-deleted", "published waiver"),
            |pushing| {
                waived(pushing);
                pushing.allow(&["main"]);
                super::remove(pushing, "sdd/waivers");
                push(&["main"])
            },
        ),
        case(
            "waiver-twice",
            "a second waiver names what another one names already",
            not_judged("duplicate waiver"),
            |pushing| {
                waived(pushing);
                pushing.allow(&["main"]);
                let text = pushing.clone.text("sdd/waivers/a.toml");
                pushing.clone.change(
                    "sdd/waivers/b.toml",
                    &text.replace(REASON, "somebody said that this may be so"),
                );
                push(&["main"])
            },
        ),
        case(
            "waiver-with-a-fault",
            "a file of waivers is cut off",
            NOTE_EDITED,
            |pushing| {
                waived(pushing);
                let text = pushing.clone.text("sdd/waivers/a.toml");
                pushing
                    .clone
                    .change("sdd/waivers/a.toml", &text[..text.len() - 4]);
                push(&["main"])
            },
        ),
        case(
            "waive-a-deleted-branch",
            "a waiver is to let main be deleted",
            refused(
                "protected-branch-deleted",
                "the push deletes the protected branch refs/heads/main",
            ),
            |pushing| {
                accepted(pushing)
                    .server
                    .git(&["config", "receive.denyDeleteCurrent", "ignore"]);
                let text = waiver("refs/heads/main", &format!("g1-{}", "0".repeat(32)), REASON);
                let text = text.replace("frozen-text-edited", "protected-branch-deleted");
                pushing.clone.change("sdd/waivers/a.toml", &text);
                push(&["main:topic", ":main"])
            },
        ),
    ],
};

/// Commits the edit of the accepted record; its fingerprint.
fn fingerprint(pushing: &Pushing) -> String {
    pushing.clone.stage(ADR, EDITED);
    let report = pushing.clone.graven(&["--format", "json", "check"]);
    let report: serde_json::Value = serde_json::from_str(&report.out).unwrap();
    pushing.clone.commit_index("edit");
    report["findings"][0]["fingerprint"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn waiver(subject: &str, fingerprint: &str, reason: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"frozen-text-edited\"\nsubject = \"{subject}\"\nfingerprint = \"{fingerprint}\"\nreason = \"{reason}\"\n"
    )
}

/// A note is published, and a commit corrects it with a waiver in `sdd/waivers/a.toml`.
fn waived(pushing: &Pushing) {
    publish(pushing, NOTE, WRONG).clone.stage(NOTE, RIGHT);
    pushing.clone.graven(&["waive", "--reason", REASON]).ends(0);
    let file = pushing.clone.git(&["ls-files", "sdd/waivers"]);
    pushing.clone.git(&["mv", &file, "sdd/waivers/a.toml"]);
    pushing.clone.commit_index("correct the unit");
}

/// The same with another reason.
fn with_reason(pushing: &Pushing, reason: &str) -> crate::evasion::case::Last {
    waived(pushing);
    let text = pushing
        .clone
        .text("sdd/waivers/a.toml")
        .replace(REASON, reason);
    pushing.clone.stage("sdd/waivers/a.toml", &text).git(&[
        "commit",
        "--quiet",
        "--amend",
        "--no-edit",
    ]);
    push(&["main"])
}
