//! What happens to branches, and how they are pushed.

use super::silent;
use super::team::{CACHE, CACHE_TEXT, CODE};
use crate::case::{Group, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Legal: branches",
    cases: &[
        silent("side-branch-force-pushed", "a branch is amended and pushed by force", |team| {
            topic(team);
            team.edits(CACHE, "may", "shall").does(&["commit", "--quiet", "--all", "--amend", "--no-edit"]);
            push(&["--force", "topic"])
        }),
        silent("side-branch-force-pushed-with-lease", "the same with a lease", |team| {
            topic(team);
            team.does(&["commit", "--quiet", "--amend", "--message", "Cache it"]);
            push(&["--force-with-lease", "topic"])
        }),
        silent(
            "rebased-branch-force-pushed",
            "a branch with an accepted record is rebased, polished and pushed by force",
            |team| {
                topic(team);
                team.edits(CACHE, "Draft", "Accepted").commits("Accept").does(&["push", "--quiet", "origin", "topic"]);
                team.goes("main")
                    .saves(CODE, "new = True\n")
                    .does(&["push", "--quiet", "origin", "main"])
                    .goes("topic");
                team.does(&["rebase", "--quiet", "main"]).edits(CACHE, "may cache", "cache").commits("Decide");
                push(&["--force", "topic"])
            },
        ),
        silent("side-branch-deleted", "a branch with a record that was never merged is deleted", |team| {
            topic(team);
            push(&["--delete", "topic"])
        }),
        silent("merged-branch-deleted", "a branch is merged and deleted in one push", |team| {
            topic(team);
            team.goes("main").does(&["merge", "--quiet", "--no-ff", "--no-edit", "topic"]);
            push(&["main", ":topic"])
        }),
        silent("side-branch-recreated", "a branch is deleted and made again from main with other content", |team| {
            topic(team);
            team.does(&["push", "--quiet", "origin", ":topic"]).does(&["checkout", "--quiet", "-B", "topic", "main"]);
            team.saves(CACHE, &CACHE_TEXT.replace("may cache", "never cache"));
            push(&["topic"])
        }),
        silent("side-branch-renamed", "a branch is pushed under another name, and its old name deleted", |team| {
            topic(team);
            team.does(&["branch", "--move", "topic", "cache"]);
            push(&["cache", ":topic"])
        }),
        silent("branch-at-an-old-commit", "a branch begins where main was before a record was superseded", |team| {
            team.begins().saves("sdd/adrs/0004-log.md", &ACCEPTED.replace("1. Keep records", "4. Keep logs"));
            team.does(&["push", "--quiet", "origin", "main"]).does(&["branch", "old", "HEAD~1"]);
            push(&["old"])
        }),
        silent("branch-from-a-tag", "a maintenance branch begins at a tag and gets a fix", |team| {
            team.begins().does(&["tag", "v1.0"]).saves(CODE, "next = 1\n");
            team.does(&["push", "--quiet", "origin", "main", "v1.0"])
                .does(&["checkout", "--quiet", "-b", "v1", "v1.0"]);
            team.saves(CODE, "mended = 1\n");
            push(&["v1"])
        }),
        silent("many-branches-at-once", "forty branches are pushed at once", |team| {
            team.begins();
            for number in 0..40 {
                team.clone.git(&["branch", &format!("topic/{number}")]);
            }
            push(&["refs/heads/topic/*:refs/heads/topic/*"])
        }),
        silent("branches-pushed-atomically", "main and a branch are pushed as one transaction", |team| {
            topic(team);
            team.edits(CACHE, "may", "shall").commits("Decide").goes("main").saves(CODE, "new = 1\n");
            push(&["--atomic", "main", "topic"])
        }),
        silent("all-branches", "push --all", |team| {
            topic(team);
            team.goes("main").saves(CODE, "new = 1\n");
            push(&["--all"])
        }),
        silent(
            "mirror-to-an-empty-server",
            "a history with branches and tags is mirrored to an empty server",
            |team| {
                team.guarded().saves(ADR, ACCEPTED).branches("topic").saves(CACHE, CACHE_TEXT);
                team.does(&["tag", "--annotate", "--message", "First", "v1.0"]);
                push(&["--mirror"])
            },
        ),
        silent("mirror-goes-on", "the mirror is brought up to date", |team| {
            team.begins().saves(CODE, "new = 1\n").branches("topic").saves(CACHE, &CACHE_TEXT.replace("may", "shall"));
            push(&["--mirror"])
        }),
        silent("branch-without-common-history", "a branch for pages begins from nothing", |team| {
            team.begins().does(&["checkout", "--quiet", "--orphan", "pages"]).does(&["rm", "-r", "--quiet", "-f", "."]);
            team.saves("index.html", "<h1>Atlas</h1>\n");
            push(&["pages"])
        }),
        silent(
            "branch-that-lacks-a-new-record",
            "a branch from before a record was added is pushed once more",
            |team| {
                topic(team);
                team.goes("main").saves("sdd/audits/audit-002-speed.md", "# Audit of speed\n\nSlow.\n");
                team.does(&["push", "--quiet", "origin", "main"]).goes("topic").saves(CODE, "topic = 1\n");
                push(&["topic"])
            },
        ),
        silent("branch-of-a-branch", "work on top of a branch that is not merged yet is pushed", |team| {
            topic(team);
            team.branches("more").edits(CACHE, "Draft", "Accepted").commits("Accept");
            push(&["more"])
        }),
        silent("nothing-new", "everything is up to date", |team| {
            team.begins();
            push(&["main"])
        }),
        silent(
            "edit-undone-on-a-pushed-branch",
            "a branch whose illegal edit was refused is pushed after the edit is undone",
            |team| {
                team.begins().branches("topic").clone.smuggle(ADR, EDITED);
                team.clone.attempt(&["push", "--quiet", "--no-verify", "origin", "topic"]).ends(1);
                team.saves(ADR, ACCEPTED);
                push(&["topic"])
            },
        ),
    ],
};

/// A branch with a draft in other words is on the server.
fn topic(team: &Pushing) {
    team.begins().branches("topic").edits(CACHE, "listings.", "listings, for a while.").commits("Say for how long");
    team.does(&["push", "--quiet", "--set-upstream", "origin", "topic"]);
}
