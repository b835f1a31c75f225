//! Ways by merges.

use super::{EDIT, GONE, accepted, case, edit, not_judged, publish, refused};
use crate::evasion::case::{Group, Verdict, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

const OTHER_PAST: Verdict =
    not_judged("contains a version of sdd/adrs/0001-keep-records.md that was never published");

/// Merges a line that shares no history.
const STRANGERS: [&str; 4] = [
    "merge",
    "--quiet",
    "--no-edit",
    "--allow-unrelated-histories",
];

pub(crate) const GROUP: Group = Group {
    title: "By merges",
    cases: &[
        case(
            "merge-of-an-edit",
            "a branch that was never pushed edits the record, and main merges it",
            EDIT,
            |pushing| {
                topic(pushing).checkout("main").merge(&["topic"]);
                push(&["main"])
            },
        ),
        case(
            "fast-forward-to-an-edit",
            "main is moved forward to a branch with the edit",
            EDIT,
            |pushing| {
                topic(pushing);
                push(&["topic:main"])
            },
        ),
        case(
            "evil-merge",
            "neither parent of a merge has the edit, the merge itself has",
            EDIT,
            |pushing| {
                aside(pushing);
                pushing
                    .clone
                    .git(&["merge", "--quiet", "--no-ff", "--no-commit", "aside"]);
                edit(pushing)
            },
        ),
        case(
            "octopus",
            "one of three merged branches has the edit",
            EDIT,
            |pushing| {
                topic(pushing);
                pushing
                    .clone
                    .git(&["checkout", "--quiet", "-b", "third", "main"]);
                pushing.clone.change("third.txt", "1");
                pushing.clone.checkout("main").change("other.txt", "1");
                pushing.clone.merge(&["topic", "third"]);
                push(&["main"])
            },
        ),
        case(
            "ours-of-an-older-branch",
            "an older branch merges main with `-s ours`, so that the record is dropped, and main follows",
            GONE,
            |pushing| {
                older(pushing);
                pushing
                    .clone
                    .git(&["merge", "--quiet", "--no-edit", "--strategy=ours", "main"]);
                push(&["older:main"])
            },
        ),
        case(
            "ours-with-other-words",
            "an older branch with other words for the record merges main with `-s ours`",
            EDIT,
            |pushing| {
                older(pushing);
                pushing.clone.change(ADR, EDITED);
                pushing
                    .clone
                    .git(&["merge", "--quiet", "--no-edit", "--strategy=ours", "main"]);
                push(&["older:main"])
            },
        ),
        case(
            "theirs-in-a-conflict",
            "main merges an older branch with other words, with `-X theirs`",
            EDIT,
            |pushing| {
                older(pushing);
                pushing.clone.change(ADR, EDITED);
                pushing.clone.checkout("main").git(&[
                    "merge",
                    "--quiet",
                    "--no-edit",
                    "-X",
                    "theirs",
                    "older",
                ]);
                push(&["main"])
            },
        ),
        case(
            "parents-the-other-way-round",
            "a merge has the branch with the edit as its first parent, and main as its second",
            EDIT,
            |pushing| {
                aside(pushing);
                pushing.clone.checkout("aside").change(ADR, EDITED);
                let merge = pushing.clone.git(&[
                    "commit-tree",
                    "-p",
                    "aside",
                    "-p",
                    "main",
                    "-m",
                    "merge",
                    "aside^{tree}",
                ]);
                push(&[&format!("{merge}:refs/heads/main")])
            },
        ),
        case(
            "a-parent-twice",
            "a merge names main twice as its parent and brings the edit",
            EDIT,
            |pushing| {
                accepted(pushing).clone.branch("topic").change(ADR, EDITED);
                let merge = pushing.clone.git(&[
                    "commit-tree",
                    "-p",
                    "main",
                    "-p",
                    "topic",
                    "-m",
                    "merge",
                    "topic^{tree}",
                ]);
                push(&[&format!("{merge}:refs/heads/main")])
            },
        ),
        case(
            "island-over-main",
            "a branch that shares no history is pushed over main",
            EDIT,
            |pushing| {
                island(accepted(pushing));
                push(&["--force", "island:main"])
            },
        ),
        case(
            "island-that-was-pushed-before",
            "the same, once it has been let in under another name",
            EDIT,
            |pushing| {
                island(accepted(pushing));
                pushing.allow(&["island"]);
                push(&["--force", "island:main"])
            },
        ),
        case(
            "island-merged",
            "main merges a branch that shares no history, and takes its words",
            EDIT,
            |pushing| {
                island(accepted(pushing));
                pushing.allow(&["island"]);
                pushing
                    .clone
                    .checkout("main")
                    .git(&[&STRANGERS[..], &["-X", "theirs", "island"]].concat());
                push(&["main"])
            },
        ),
        case(
            "island-that-merged-main",
            "a branch that shares no history merges main with `-s ours`, and main follows",
            EDIT,
            |pushing| {
                island(accepted(pushing));
                pushing
                    .clone
                    .git(&[&STRANGERS[..], &["--strategy=ours", "main"]].concat());
                push(&["island:main"])
            },
        ),
        case(
            "another-past",
            "a branch has other words first, then merges main and takes its words; main follows, and has both in its past",
            OTHER_PAST,
            |pushing| {
                island(accepted(pushing));
                pushing
                    .clone
                    .git(&[&STRANGERS[..], &["-X", "theirs", "main"]].concat());
                push(&["island:main"])
            },
        ),
        case(
            "another-past-of-an-older-branch",
            "the same by a branch that left main before the record came",
            OTHER_PAST,
            |pushing| {
                older(pushing);
                pushing.clone.change(ADR, EDITED);
                pushing
                    .clone
                    .git(&["merge", "--quiet", "--no-edit", "-X", "theirs", "main"]);
                push(&["older:main"])
            },
        ),
        case(
            "another-past-by-force",
            "a forced push has other words first, then those of main",
            OTHER_PAST,
            |pushing| {
                island(accepted(pushing));
                pushing.clone.change(ADR, ACCEPTED);
                push(&["--force", "island:main"])
            },
        ),
        case(
            "one-number-from-two-branches",
            "two branches take one number, and main merges both",
            refused(
                "number-taken",
                "adr-0002 is already taken by sdd/adrs/0002-left.md",
            ),
            |pushing| {
                accepted(pushing);
                for name in ["left", "right"] {
                    pushing
                        .clone
                        .git(&["checkout", "--quiet", "-b", name, "main"]);
                    pushing.clone.change(
                        &format!("sdd/adrs/0002-{name}.md"),
                        &ACCEPTED.replace("# 1.", "# 2."),
                    );
                    pushing.clone.checkout("main").merge(&[name]);
                }
                push(&["main"])
            },
        ),
    ],
};

/// `topic` edits the record that main has.
fn topic(pushing: &Pushing) -> &crate::support::Repo {
    accepted(pushing).clone.branch("topic").change(ADR, EDITED);
    &pushing.clone
}

/// `aside` adds a file to main, on which the clone stays.
fn aside(pushing: &Pushing) {
    accepted(pushing)
        .clone
        .branch("aside")
        .change("aside.txt", "1");
    pushing.clone.checkout("main");
}

/// `older` left main before the record came.
fn older(pushing: &Pushing) {
    publish(pushing, "other.txt", "1")
        .clone
        .git(&["branch", "older"]);
    accepted(pushing)
        .clone
        .checkout("older")
        .change("older.txt", "1");
}

/// `island` has other words for the record, and no commit of main.
fn island(pushing: &Pushing) {
    pushing
        .clone
        .git(&["checkout", "--quiet", "--orphan", "island"]);
    pushing.clone.change(ADR, EDITED);
}
