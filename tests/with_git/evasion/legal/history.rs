//! Merges, reverts, picks and amendments of what touches records.

use super::silent;
use super::team::{CACHE, CACHE_TEXT, CODE, PATHS, SPEC};
use crate::evasion::case::{Group, git, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Legal: merges, reverts and picks",
    cases: &[
        silent(
            "diverged-base",
            "a branch goes on from an old state while main gets a new record",
            |team| {
                diverged(team);
                team.does(&["push", "--quiet", "origin", "topic"])
                    .goes("topic")
                    .saves("src/b.py", "b = 2\n");
                push(&["topic"])
            },
        ),
        silent(
            "main-merged-into-a-branch",
            "a branch takes in what main accepted since",
            |team| {
                diverged(team);
                team.goes("topic")
                    .does(&["merge", "--quiet", "--no-edit", "main"]);
                push(&["topic"])
            },
        ),
        silent(
            "branch-merged-into-main",
            "a branch with a new accepted record is merged with a merge commit",
            |team| {
                team.begins()
                    .branches("topic")
                    .saves(CACHE, &CACHE_TEXT.replace("Draft", "Accepted"));
                team.goes("main")
                    .does(&["merge", "--quiet", "--no-ff", "--no-edit", "topic"]);
                push(&["main", "topic"])
            },
        ),
        silent(
            "fast-forward-merge",
            "the same branch is merged by moving main forward",
            |team| {
                team.begins()
                    .branches("topic")
                    .saves(CACHE, &CACHE_TEXT.replace("Draft", "Accepted"));
                team.saves(CODE, "cached = {}\n").goes("main").does(&[
                    "merge",
                    "--quiet",
                    "--ff-only",
                    "topic",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "squash-merge",
            "a branch that polished a record in three commits is merged as one",
            |team| {
                polished(team);
                team.goes("main")
                    .does(&["merge", "--quiet", "--squash", "topic"]);
                team.does(&["commit", "--quiet", "--message", "Cache listings"]);
                push(&["main"])
            },
        ),
        silent(
            "squash-pushed-beside-its-branch",
            "main gets the squashed commit, then the branch itself is pushed",
            |team| {
                polished(team);
                team.goes("main")
                    .does(&["merge", "--quiet", "--squash", "topic"]);
                team.does(&["commit", "--quiet", "--message", "Cache listings"])
                    .does(&["push", "--quiet", "origin", "main"]);
                push(&["topic"])
            },
        ),
        silent(
            "rebase-of-unpublished-work",
            "a branch with a polished record is put on top of the new main",
            |team| {
                diverged(team);
                team.goes("topic").saves(
                    "sdd/adrs/0005-chunks.md",
                    &CACHE_TEXT.replace("ADR-0003: Cache listings", "ADR-0005: Chunks"),
                );
                team.does(&["rebase", "--quiet", "main"]);
                push(&["topic"])
            },
        ),
        silent(
            "fixups-squashed-by-rebase",
            "fixups of a record are folded into its commit before it is pushed",
            |team| {
                team.begins()
                    .branches("topic")
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept");
                team.saves(CODE, "new = 1\n")
                    .edits(CACHE, "may cache", "cache");
                team.does(&["commit", "--quiet", "--all", "--fixup", "HEAD~1"]);
                team.does(&["rebase", "--quiet", "--interactive", "--autosquash", "main"]);
                push(&["topic:main"])
            },
        ),
        silent(
            "octopus-of-clean-branches",
            "three branches, one with a record, are merged at once",
            |team| {
                team.begins();
                for name in ["one", "two"] {
                    team.goes("main")
                        .branches(name)
                        .saves(&format!("src/{name}.py"), "pass\n");
                }
                team.goes("main").branches("three").saves(
                    "sdd/audits/audit-002-speed.md",
                    "# Audit of speed\n\nSlow.\n",
                );
                team.goes("main")
                    .does(&["merge", "--quiet", "--no-edit", "one", "two", "three"]);
                push(&["main"])
            },
        ),
        silent(
            "merge-with-a-conflict-elsewhere",
            "a merge brings a record in, and conflicts in code only",
            |team| {
                conflicting(team);
                team.clone.attempt(&["merge", "--quiet", "topic"]).ends(1);
                team.clone.write(CODE, "both = 3\n");
                team.does(&["add", "--all"]).does(&[
                    "-c",
                    "core.editor=true",
                    "commit",
                    "--quiet",
                    "--no-edit",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "merge-continued",
            "the same, ended by merge --continue",
            |team| {
                conflicting(team);
                team.clone.attempt(&["merge", "--quiet", "topic"]).ends(1);
                team.clone.write(CODE, "both = 3\n");
                team.does(&["add", "--all"]);
                git(&["-c", "core.editor=true", "merge", "--continue"])
            },
        ),
        silent(
            "draft-merged-from-both-sides",
            "two branches change different parts of a draft, and both are merged",
            |team| {
                team.begins().saves(
                    CACHE,
                    &format!("{CACHE_TEXT}\n## Consequences\n\n- Memory.\n"),
                );
                team.branches("topic")
                    .edits(CACHE, "may cache", "shall cache")
                    .commits("Be bold");
                team.goes("main")
                    .edits(CACHE, "- Memory.", "- Memory is needed.")
                    .commits("Be plain");
                team.does(&["merge", "--quiet", "--no-edit", "topic"]);
                push(&["main"])
            },
        ),
        silent(
            "revert-of-an-unpublished-edit",
            "an edit that went past the hooks is reverted, and both are squashed",
            |team| {
                team.begins().clone.smuggle(ADR, EDITED);
                team.does(&["revert", "--no-edit", "HEAD"])
                    .does(&["reset", "--quiet", "--soft", "HEAD~2"]);
                team.clone.write("src/c.py", "c = 3\n");
                team.commits("Write c");
                push(&["main"])
            },
        ),
        silent(
            "illegal-edit-amended-away",
            "an edit that went past the hooks is undone by amending its commit",
            |team| {
                team.begins().clone.smuggle(ADR, EDITED);
                team.clone.stage(ADR, ACCEPTED);
                git(&[
                    "commit",
                    "--quiet",
                    "--amend",
                    "--allow-empty",
                    "--message",
                    "Do nothing",
                ])
            },
        ),
        silent(
            "illegal-edit-amended-away-is-pushed",
            "what such an amendment left is pushed",
            |team| {
                team.begins().clone.stage("src/c.py", "c = 3\n");
                team.clone.smuggle(ADR, EDITED);
                team.clone.stage(ADR, ACCEPTED);
                team.does(&["commit", "--quiet", "--amend", "--message", "Write c"]);
                push(&["main"])
            },
        ),
        silent(
            "illegal-edit-reset-away",
            "an edit that went past the hooks is taken back by reset --hard",
            |team| {
                team.begins().clone.smuggle(ADR, EDITED);
                team.does(&["reset", "--quiet", "--hard", "HEAD~1"])
                    .saves("src/c.py", "c = 3\n");
                push(&["main"])
            },
        ),
        silent(
            "illegal-edit-restored-on-a-branch",
            "a branch edits a record past the hooks and puts it back before the push",
            |team| {
                team.begins().branches("topic").clone.smuggle(ADR, EDITED);
                team.saves(ADR, ACCEPTED);
                push(&["topic"])
            },
        ),
        silent(
            "code-reverted-twice",
            "a change of code is reverted, and the revert is reverted",
            |team| {
                team.begins().saves(CODE, "faster = True\n");
                team.does(&["revert", "--no-edit", "HEAD"])
                    .does(&["revert", "--no-edit", "HEAD"]);
                push(&["main"])
            },
        ),
        silent(
            "merge-reverted",
            "a merge that brought code and a draft is reverted on main",
            |team| {
                team.begins()
                    .branches("topic")
                    .clone
                    .write(CODE, "streams = []\n");
                team.commits("Stream").goes("main").does(&[
                    "merge",
                    "--quiet",
                    "--no-ff",
                    "--no-edit",
                    "topic",
                ]);
                team.does(&["revert", "--no-edit", "--mainline", "1", "HEAD"]);
                push(&["main"])
            },
        ),
        silent(
            "cherry-pick-to-a-release",
            "a fix of code is picked to a release branch at an older state",
            |team| {
                team.begins().does(&["branch", "release/1.0"]).does(&[
                    "push",
                    "--quiet",
                    "origin",
                    "release/1.0",
                ]);
                team.saves(
                    "sdd/adrs/0004-more.md",
                    &CACHE_TEXT.replace("ADR-0003", "ADR-0004"),
                )
                .saves("src/c.py", "c = 3\n");
                team.goes("release/1.0").does(&["cherry-pick", "main"]);
                push(&["main", "release/1.0"])
            },
        ),
        silent(
            "record-picked-to-a-release",
            "a new accepted record is picked to a release branch",
            |team| {
                team.begins().does(&["branch", "release/1.0"]).does(&[
                    "push",
                    "--quiet",
                    "origin",
                    "release/1.0",
                ]);
                team.saves(CACHE, &CACHE_TEXT.replace("Draft", "Accepted"))
                    .does(&["push", "--quiet", "origin", "main"]);
                team.goes("release/1.0")
                    .does(&["cherry-pick", "-x", "main"]);
                push(&["release/1.0"])
            },
        ),
        silent(
            "cherry-pick-continued",
            "a pick conflicts in code, is resolved, and goes on",
            |team| {
                conflicting(team);
                team.clone.attempt(&["cherry-pick", "topic"]).ends(1);
                team.clone.write(CODE, "both = 3\n");
                team.does(&["add", "--all"]);
                git(&["-c", "core.editor=true", "cherry-pick", "--continue"])
            },
        ),
        silent(
            "unrelated-history-merged",
            "another project is merged in, with a record of its own number",
            |team| {
                team.begins()
                    .does(&["checkout", "--quiet", "--orphan", "other"])
                    .does(&["rm", "-r", "--quiet", "-f", "."]);
                team.saves(
                    "sdd/adrs/0009-sibling.md",
                    &ACCEPTED.replace("1. Keep", "9. Keep"),
                );
                team.goes("main").does(&[
                    "merge",
                    "--quiet",
                    "--no-edit",
                    "--allow-unrelated-histories",
                    "other",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "subtree-of-another-project",
            "another project with records of the same numbers is read into a sub-folder",
            |team| {
                team.begins()
                    .does(&["checkout", "--quiet", "--orphan", "other"])
                    .does(&["rm", "-r", "--quiet", "-f", "."]);
                team.saves(ADR, EDITED).goes("main");
                team.does(&[
                    "merge",
                    "--quiet",
                    "--strategy=ours",
                    "--no-commit",
                    "--allow-unrelated-histories",
                    "other",
                ]);
                team.does(&["read-tree", "--prefix=vendor/other/", "-u", "other"])
                    .does(&["commit", "--quiet", "--no-edit"]);
                push(&["main"])
            },
        ),
        silent(
            "old-state-restored-in-part",
            "code and a spec are taken back to how they were some commits ago",
            |team| {
                team.begins()
                    .edits(SPEC, "How paths look.", "How paths look like.")
                    .clone
                    .write(CODE, "slow = True\n");
                team.commits("Go on").saves("src/c.py", "c = 3\n");
                team.does(&["checkout", "HEAD~2", "--", SPEC, CODE]).does(&[
                    "commit",
                    "--quiet",
                    "--message",
                    "Go back",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "accepted-text-put-back",
            "main lost a record past every hook; the next push puts it back, word for word",
            |team| {
                team.begins()
                    .server
                    .git(&["config", "core.hooksPath", "/dev/null"]);
                team.clone
                    .smuggle(PATHS, "# ADR-0002: Native paths\n\n## Status\n\nAccepted\n");
                team.does(&["push", "--quiet", "--no-verify", "origin", "main"]);
                team.server.git(&["config", "--unset", "core.hooksPath"]);
                team.does(&["checkout", "HEAD~1", "--", PATHS]).does(&[
                    "commit",
                    "--quiet",
                    "--message",
                    "Restore",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "deleted-record-put-back",
            "main lost a whole record past every hook; the next push puts it back",
            |team| {
                team.begins()
                    .server
                    .git(&["config", "core.hooksPath", "/dev/null"]);
                team.does(&["rm", "--quiet", PATHS]).does(&[
                    "commit",
                    "--quiet",
                    "--no-verify",
                    "--message",
                    "Drop",
                ]);
                team.does(&["push", "--quiet", "--no-verify", "origin", "main"]);
                team.server.git(&["config", "--unset", "core.hooksPath"]);
                team.does(&["checkout", "HEAD~1", "--", PATHS]).does(&[
                    "commit",
                    "--quiet",
                    "--message",
                    "Restore",
                ]);
                push(&["main"])
            },
        ),
    ],
};

/// Main has a new record, and a branch that left before has some code.
fn diverged(team: &Pushing) {
    team.begins().branches("topic").saves("src/a.py", "a = 1\n");
    team.goes("main").saves(
        "sdd/adrs/0004-log.md",
        &ACCEPTED.replace("1. Keep records", "4. Keep logs"),
    );
    team.does(&["push", "--quiet", "origin", "main"]);
}

/// A branch where a draft became an accepted record, word by word.
fn polished(team: &Pushing) {
    team.begins()
        .branches("topic")
        .edits(CACHE, "may cache", "cache")
        .commits("Decide");
    team.edits(CACHE, "Draft", "Accepted").commits("Accept");
    team.edits(CACHE, "listings.", "listings for a minute.")
        .commits("Say for how long");
}

/// Main and a branch that brings a record disagree about code.
fn conflicting(team: &Pushing) {
    team.begins()
        .branches("topic")
        .clone
        .write(CODE, "theirs = 2\n");
    team.saves(
        "sdd/adrs/0004-log.md",
        &ACCEPTED.replace("1. Keep records", "4. Keep logs"),
    );
    team.goes("main").saves(CODE, "ours = 1\n");
}
