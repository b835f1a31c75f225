//! What happens to branches, and how they are pushed.

use super::silent;
use super::team::{CACHE, CACHE_TEXT, CODE, SPEC, SPEC_TEXT, TESTS, TESTS_TEXT};
use crate::evasion::case::{Group, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Legal: branches",
    cases: &[
        silent(
            "side-branch-force-pushed",
            "a branch is amended and pushed by force",
            |team| {
                topic(team);
                team.edits(CACHE, "may", "shall").does(&[
                    "commit",
                    "--quiet",
                    "--all",
                    "--amend",
                    "--no-edit",
                ]);
                push(&["--force", "topic"])
            },
        ),
        silent(
            "side-branch-force-pushed-with-lease",
            "the same with a lease",
            |team| {
                topic(team);
                team.does(&["commit", "--quiet", "--amend", "--message", "Cache it"]);
                push(&["--force-with-lease", "topic"])
            },
        ),
        silent(
            "rebased-branch-force-pushed",
            "a branch with an accepted record is rebased, polished and pushed by force",
            |team| {
                topic(team);
                team.edits(CACHE, "Draft", "Accepted")
                    .commits("Accept")
                    .does(&["push", "--quiet", "origin", "topic"]);
                team.goes("main")
                    .saves(CODE, "new = True\n")
                    .does(&["push", "--quiet", "origin", "main"])
                    .goes("topic");
                team.does(&["rebase", "--quiet", "main"])
                    .edits(CACHE, "may cache", "cache")
                    .commits("Decide");
                push(&["--force", "topic"])
            },
        ),
        silent(
            "side-branch-deleted",
            "a branch with a record that was never merged is deleted",
            |team| {
                topic(team);
                push(&["--delete", "topic"])
            },
        ),
        silent(
            "merged-branch-deleted",
            "a branch is merged and deleted in one push",
            |team| {
                topic(team);
                team.goes("main")
                    .does(&["merge", "--quiet", "--no-ff", "--no-edit", "topic"]);
                push(&["main", ":topic"])
            },
        ),
        silent(
            "side-branch-recreated",
            "a branch is deleted and made again from main with other content",
            |team| {
                topic(team);
                team.does(&["push", "--quiet", "origin", ":topic"])
                    .does(&["checkout", "--quiet", "-B", "topic", "main"]);
                team.saves(CACHE, &CACHE_TEXT.replace("may cache", "never cache"));
                push(&["topic"])
            },
        ),
        silent(
            "side-branch-renamed",
            "a branch is pushed under another name, and its old name deleted",
            |team| {
                topic(team);
                team.does(&["branch", "--move", "topic", "cache"]);
                push(&["cache", ":topic"])
            },
        ),
        silent(
            "branch-at-an-old-commit",
            "a branch begins where main was before a record was superseded",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0004-log.md",
                    &ACCEPTED.replace("1. Keep records", "4. Keep logs"),
                );
                team.does(&["push", "--quiet", "origin", "main"])
                    .does(&["branch", "old", "HEAD~1"]);
                push(&["old"])
            },
        ),
        silent(
            "branch-from-a-tag",
            "a maintenance branch begins at a tag and gets a fix",
            |team| {
                team.begins()
                    .does(&["tag", "v1.0"])
                    .saves(CODE, "next = 1\n");
                team.does(&["push", "--quiet", "origin", "main", "v1.0"])
                    .does(&["checkout", "--quiet", "-b", "v1", "v1.0"]);
                team.saves(CODE, "mended = 1\n");
                push(&["v1"])
            },
        ),
        silent(
            "many-branches-at-once",
            "forty branches are pushed at once",
            |team| {
                team.begins();
                for number in 0..40 {
                    team.clone.git(&["branch", &format!("topic/{number}")]);
                }
                push(&["refs/heads/topic/*:refs/heads/topic/*"])
            },
        ),
        silent(
            "branches-pushed-atomically",
            "main and a branch are pushed as one transaction",
            |team| {
                topic(team);
                team.edits(CACHE, "may", "shall")
                    .commits("Decide")
                    .goes("main")
                    .saves(CODE, "new = 1\n");
                push(&["--atomic", "main", "topic"])
            },
        ),
        silent("all-branches", "push --all", |team| {
            topic(team);
            team.goes("main").saves(CODE, "new = 1\n");
            push(&["--all"])
        }),
        silent(
            "mirror-to-an-empty-server",
            "a history with branches and tags is mirrored to an empty server",
            |team| {
                team.guarded()
                    .saves(ADR, ACCEPTED)
                    .branches("topic")
                    .saves(CACHE, CACHE_TEXT);
                team.does(&["tag", "--annotate", "--message", "First", "v1.0"]);
                push(&["--mirror"])
            },
        ),
        silent(
            "mirror-goes-on",
            "the mirror is brought up to date",
            |team| {
                team.begins()
                    .saves(CODE, "new = 1\n")
                    .branches("topic")
                    .saves(CACHE, &CACHE_TEXT.replace("may", "shall"));
                push(&["--mirror"])
            },
        ),
        silent(
            "branch-without-common-history",
            "a branch for pages begins from nothing",
            |team| {
                team.begins()
                    .does(&["checkout", "--quiet", "--orphan", "pages"])
                    .does(&["rm", "-r", "--quiet", "-f", "."]);
                team.saves("index.html", "<h1>Atlas</h1>\n");
                push(&["pages"])
            },
        ),
        silent(
            "branch-that-lacks-a-new-record",
            "a branch from before a record was added is pushed once more",
            |team| {
                topic(team);
                team.goes("main").saves(
                    "sdd/audits/audit-002-speed.md",
                    "# Audit of speed\n\nSlow.\n",
                );
                team.does(&["push", "--quiet", "origin", "main"])
                    .goes("topic")
                    .saves(CODE, "topic = 1\n");
                push(&["topic"])
            },
        ),
        silent(
            "branch-of-a-branch",
            "work on top of a branch that is not merged yet is pushed",
            |team| {
                topic(team);
                team.branches("more")
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept");
                push(&["more"])
            },
        ),
        silent("nothing-new", "everything is up to date", |team| {
            team.begins();
            push(&["main"])
        }),
        silent(
            "edit-undone-on-a-pushed-branch",
            "a branch whose illegal edit was refused is pushed after the edit is undone",
            |team| {
                team.begins().branches("topic").clone.smuggle(ADR, EDITED);
                team.clone
                    .attempt(&["push", "--quiet", "--no-verify", "origin", "topic"])
                    .ends(1);
                team.saves(ADR, ACCEPTED);
                push(&["topic"])
            },
        ),
        silent(
            "number-changed-after-a-clash",
            "main took the number of a draft; its branch takes the next one, then merges main",
            |team| {
                clashing(team);
                team.does(&["mv", "sdd/adrs/0004-mine.md", "sdd/adrs/0005-mine.md"])
                    .commits("Take the next number");
                team.does(&["merge", "--quiet", "--no-edit", "main"]);
                push(&["topic"])
            },
        ),
        silent(
            "number-changed-by-a-rebase",
            "the same by a rebase, and the branch is merged",
            |team| {
                clashing(team);
                team.does(&["mv", "sdd/adrs/0004-mine.md", "sdd/adrs/0005-mine.md"])
                    .commits("Take the next number");
                team.does(&["rebase", "--quiet", "main"])
                    .goes("main")
                    .does(&["merge", "--quiet", "--no-ff", "--no-edit", "topic"]);
                push(&["main"])
            },
        ),
        silent(
            "section-number-changed-on-its-branch",
            "a branch gives its new section another ID before it is merged",
            |team| {
                team.begins().branches("topic").clone.write(
                    SPEC,
                    &format!("{SPEC_TEXT}\n## PATH-004: Dots\n\nNever a dot.\n"),
                );
                team.saves(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-004\")\ndef test_dots(): ...\n"
                    ),
                );
                team.does(&["push", "--quiet", "origin", "topic"]);
                team.edits(SPEC, "PATH-004", "PATH-005")
                    .edits(TESTS, "PATH-004", "PATH-005")
                    .commits("Take the next ID");
                push(&["topic"])
            },
        ),
        silent(
            "release-merged-back",
            "a release branch with a picked record and a fix is merged back",
            |team| {
                team.begins().does(&["branch", "release/1.0"]).does(&[
                    "push",
                    "--quiet",
                    "origin",
                    "release/1.0",
                ]);
                team.saves(CACHE, &CACHE_TEXT.replace("Draft", "Accepted"))
                    .goes("release/1.0")
                    .does(&["cherry-pick", "main"]);
                team.saves("src/fix.py", "f = 1\n").goes("main").does(&[
                    "merge",
                    "--quiet",
                    "--no-edit",
                    "release/1.0",
                ]);
                push(&["main", "release/1.0"])
            },
        ),
        silent(
            "old-release-merged-by-ours",
            "an old release is tied in by merge -s ours",
            |team| {
                team.begins()
                    .branches("release/1.0")
                    .saves("src/fix.py", "f = 1\n")
                    .goes("main")
                    .saves(CODE, "new = 1\n");
                team.does(&[
                    "merge",
                    "--quiet",
                    "--no-edit",
                    "--strategy=ours",
                    "release/1.0",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "fork-with-a-stale-main",
            "a branch is pushed to a fork whose main is behind",
            |team| {
                team.begins()
                    .does(&["push", "--quiet", "origin", "main:refs/heads/upstream"]);
                team.edits(CACHE, "Draft", "Accepted")
                    .commits("Accept")
                    .saves("src/b.py", "b = 1\n");
                team.branches("topic").saves("src/c.py", "c = 1\n");
                push(&["topic"])
            },
        ),
        silent(
            "local-main-behind",
            "work goes on from an old local main, and is pushed as a branch",
            |team| {
                team.begins()
                    .saves(CACHE, &CACHE_TEXT.replace("Draft", "Accepted"))
                    .does(&["push", "--quiet", "origin", "main"]);
                team.does(&["reset", "--quiet", "--hard", "HEAD~1"])
                    .saves("src/c.py", "c = 1\n");
                push(&["HEAD:refs/heads/topic"])
            },
        ),
        silent(
            "strict-server",
            "a server that checks objects, keeps packs and takes fast-forwards only",
            |team| {
                for (name, value) in [
                    ("transfer.fsckObjects", "true"),
                    ("transfer.unpackLimit", "1"),
                    ("receive.denyNonFastForwards", "true"),
                    ("receive.denyDeletes", "true"),
                ] {
                    team.server.git(&["config", name, value]);
                }
                team.begins()
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept")
                    .saves(CODE, "new = 1\n");
                push(&["HEAD:main"])
            },
        ),
        silent(
            "draft-with-a-conflict",
            "two branches change the same words of a draft; the conflict is resolved",
            |team| {
                team.begins()
                    .branches("topic")
                    .edits(CACHE, "may cache", "shall cache")
                    .commits("Be bold");
                team.goes("main")
                    .edits(CACHE, "may cache", "must not cache")
                    .commits("Be careful");
                team.clone.attempt(&["merge", "--quiet", "topic"]).ends(1);
                team.saves(CACHE, &CACHE_TEXT.replace("may cache", "cache some"));
                push(&["main"])
            },
        ),
    ],
};

/// A branch with a draft in other words is on the server.
fn topic(team: &Pushing) {
    team.begins()
        .branches("topic")
        .edits(CACHE, "listings.", "listings, for a while.")
        .commits("Say for how long");
    team.does(&["push", "--quiet", "--set-upstream", "origin", "topic"]);
}

/// A branch has a draft whose number a published record has taken since.
fn clashing(team: &Pushing) {
    team.begins()
        .branches("topic")
        .saves("sdd/adrs/0004-mine.md", "# Mine\n\n## Status\n\nDraft\n");
    team.does(&["push", "--quiet", "origin", "topic"])
        .goes("main");
    team.saves(
        "sdd/adrs/0004-theirs.md",
        &ACCEPTED.replace("1. Keep records", "4. Theirs"),
    );
    team.does(&["push", "--quiet", "origin", "main"])
        .goes("topic");
}
