//! Ways that spread an edit over commits and pushes.

use super::{
    EDIT, GONE, REVERSED, accepted, case, edit, publish, refused, remove, unguarded, versions,
};
use crate::evasion::case::{Group, push};
use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED};

const OTHER: &str = "# 1. Keep records\n\n## Status\n\nAccepted\n\n## Decision\n\nWe burn them.\n";
const TWIN: &str = "sdd/adrs/0001-twin.md";

pub(crate) const GROUP: Group = Group {
    title: "Through the history",
    cases: &[
        case(
            "edit-in-one-commit",
            "an accepted record is edited and pushed past the hooks of the clone",
            EDIT,
            |pushing| edit(accepted(pushing)),
        ),
        case(
            "edit-in-two-commits",
            "half of the edit is in one commit, half in the next",
            EDIT,
            |pushing| {
                let half = ACCEPTED.replace("We keep", "We may keep");
                versions(accepted(pushing), &[&half, EDITED]);
                push(&["main"])
            },
        ),
        case(
            "accept-and-edit",
            "a new record is accepted in one commit and edited in the next one of the push",
            EDIT,
            |pushing| {
                versions(publish(pushing, "other.txt", "1"), &[ACCEPTED, EDITED]);
                push(&["main"])
            },
        ),
        case(
            "delete-then-add-again",
            "the record is deleted in one push; the next one would add it with other words",
            GONE,
            |pushing| {
                remove(accepted(pushing), ADR);
                push(&["main"])
            },
        ),
        case(
            "delete-and-add-again",
            "the record is deleted and added again with other words, in one push",
            GONE,
            |pushing| {
                remove(accepted(pushing), ADR);
                edit(pushing)
            },
        ),
        case(
            "revert-the-acceptance",
            "the commit that brought the record is reverted",
            GONE,
            |pushing| {
                accepted(publish(pushing, "other.txt", "1")).clone.git(&[
                    "revert",
                    "--no-edit",
                    "HEAD",
                ]);
                push(&["main"])
            },
        ),
        case(
            "draft-and-back",
            "the status goes back to Draft, the text changes, the status returns: one push",
            REVERSED,
            |pushing| {
                versions(accepted(pushing), &[DRAFT, EDITED]);
                push(&["main"])
            },
        ),
        case(
            "draft-for-a-push",
            "the status goes back to Draft in a push of its own, so that the next may edit",
            REVERSED,
            |pushing| {
                versions(accepted(pushing), &[&ACCEPTED.replace("Accepted", "Draft")]);
                push(&["main"])
            },
        ),
        case(
            "no-status",
            "the line of the status is taken away, so that nothing is accepted",
            refused(
                "status-reversed",
                "the status of adr-0001, which was Accepted, was removed",
            ),
            |pushing| {
                versions(accepted(pushing), &[&ACCEPTED.replace("Accepted\n\n", "")]);
                push(&["main"])
            },
        ),
        case(
            "status-with-text",
            "a legal change of the status carries a new sentence",
            EDIT,
            |pushing| {
                publish(
                    pushing,
                    "sdd/adrs/0002-drop-records.md",
                    "# 2. Drop records\n\n## Status\n\nAccepted\n\nSupersedes ADR-0001\n",
                );
                let after =
                    EDITED.replace("Accepted", "Superseded by [ADR-0002](0002-drop-records.md)");
                versions(accepted(pushing), &[&after]);
                push(&["main"])
            },
        ),
        case(
            "superseded-and-back",
            "a superseded record becomes accepted again, by its own earlier text",
            refused(
                "status-reversed",
                "the status of adr-0001 changed from Superseded to Accepted",
            ),
            |pushing| {
                publish(
                    pushing,
                    "sdd/adrs/0002-drop-records.md",
                    "# 2. Drop records\n\n## Status\n\nAccepted\n\nSupersedes ADR-0001\n",
                );
                let after =
                    ACCEPTED.replace("Accepted", "Superseded by [ADR-0002](0002-drop-records.md)");
                publish(accepted(pushing), ADR, &after);
                versions(pushing, &[ACCEPTED]);
                push(&["main"])
            },
        ),
        case(
            "put-back-an-edit",
            "one push edits the record, restores it, and puts the edit back as an earlier version",
            EDIT,
            |pushing| {
                versions(accepted(pushing), &[EDITED, ACCEPTED, EDITED]);
                push(&["main"])
            },
        ),
        case(
            "put-back-an-edit-later",
            "one push edits the record and restores it; the next puts the edit back",
            EDIT,
            |pushing| {
                versions(accepted(pushing), &[EDITED, ACCEPTED]);
                pushing.allow(&["main"]);
                edit(pushing)
            },
        ),
        case(
            "put-back-the-first-of-two",
            "a push of two edits ends restored; the next puts the first of them back",
            EDIT,
            |pushing| {
                versions(accepted(pushing), &[EDITED, OTHER, ACCEPTED]);
                pushing.allow(&["main"]);
                edit(pushing)
            },
        ),
        case(
            "put-back-from-a-draft",
            "a push by way of Draft to another text ends restored; the next puts that text back",
            EDIT,
            |pushing| {
                versions(accepted(pushing), &[DRAFT, EDITED, ACCEPTED]);
                pushing.allow(&["main"]);
                edit(pushing)
            },
        ),
        case(
            "put-back-from-a-deletion",
            "a push deletes, adds other words and restores; the next puts these words back",
            EDIT,
            |pushing| {
                remove(accepted(pushing), ADR);
                versions(pushing, &[EDITED, ACCEPTED]);
                pushing.allow(&["main"]);
                edit(pushing)
            },
        ),
        case(
            "restored-beside-a-twin",
            "two old records share a number; both are edited, and only the first is restored",
            refused(
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| {
                publish(unguarded(pushing, ADR, ACCEPTED), "other.txt", "1");
                unguarded(pushing, TWIN, &ACCEPTED.replace("We keep", "We copy"));
                versions(pushing, &[EDITED]);
                pushing.clone.change(TWIN, OTHER);
                versions(pushing, &[ACCEPTED]);
                push(&["main"])
            },
        ),
        case(
            "deleted-behind-a-twin",
            "one of two old records of a number is deleted; the other takes its text for a moment",
            GONE,
            |pushing| {
                unguarded(pushing, ADR, ACCEPTED);
                unguarded(pushing, TWIN, OTHER);
                remove(pushing, ADR);
                pushing.clone.change(TWIN, ACCEPTED);
                pushing.clone.change(TWIN, OTHER);
                push(&["main"])
            },
        ),
        case(
            "restored-by-a-copy",
            "the edit stays, and a copy beside it has the old text; a waiver lifts that its number is taken",
            EDIT,
            |pushing| {
                accepted(pushing).clone.stage(TWIN, ACCEPTED);
                pushing
                    .clone
                    .graven(&["waive", "--reason", "the copy is wanted for the time being"])
                    .ends(0);
                pushing.clone.git(&["rm", "--quiet", "--cached", TWIN]);
                let waivers = pushing.clone.git(&["ls-files", "sdd/waivers"]);
                let waiver = pushing.clone.text(&waivers);
                pushing.clone.git(&["reset", "--quiet", "--hard"]);
                versions(pushing, &[EDITED]);
                pushing
                    .clone
                    .write(TWIN, ACCEPTED)
                    .write(&waivers, &waiver)
                    .commit("copy");
                push(&["main"])
            },
        ),
        case(
            "amend-what-is-published",
            "the published commit is amended with the edit, and pushed by force",
            EDIT,
            |pushing| {
                accepted(pushing).clone.stage(ADR, EDITED).git(&[
                    "commit",
                    "--quiet",
                    "--amend",
                    "--no-edit",
                ]);
                push(&["--force", "main"])
            },
        ),
        case(
            "force-past-the-acceptance",
            "a forced push drops the accepting commit",
            GONE,
            |pushing| {
                accepted(publish(pushing, "other.txt", "1"))
                    .clone
                    .git(&["reset", "--quiet", "--hard", "HEAD~1"]);
                push(&["--force", "main"])
            },
        ),
        case(
            "force-another-acceptance",
            "a forced push accepts other words from an older commit on",
            EDIT,
            |pushing| {
                accepted(publish(pushing, "other.txt", "1"))
                    .clone
                    .git(&["reset", "--quiet", "--hard", "HEAD~1"]);
                pushing.clone.change(ADR, EDITED);
                push(&["--force", "main"])
            },
        ),
        case(
            "carried-by-a-rebase",
            "a rebase carries the edit, for which no hook of the clone runs",
            EDIT,
            |pushing| {
                accepted(pushing).clone.branch("topic").change(ADR, EDITED);
                pushing.clone.checkout("main").change("other.txt", "1");
                pushing.clone.git(&["rebase", "--quiet", "main", "topic"]);
                push(&["topic:main"])
            },
        ),
        case(
            "carried-by-a-cherry-pick",
            "a cherry-pick carries the edit, for which no hook of the clone runs",
            EDIT,
            |pushing| {
                accepted(pushing).clone.branch("topic").change(ADR, EDITED);
                pushing.clone.checkout("main").change("other.txt", "1");
                pushing.clone.git(&["cherry-pick", "topic"]);
                push(&["main"])
            },
        ),
    ],
};
