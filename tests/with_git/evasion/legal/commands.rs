//! The commands of Git with which people come to a commit or a push.

use super::silent;
use super::team::{CACHE, CACHE_TEXT, CODE, PATHS, PATHS_TEXT, SPEC};
use crate::evasion::case::{Group, git, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Legal: commands of Git",
    cases: &[
        silent("commit-all-of-the-work", "commit -a", |team| {
            team.begins()
                .edits(CACHE, "may", "shall")
                .edits(CODE, "segments", "parts");
            git(&["commit", "--all", "--message", "Decide"])
        }),
        silent(
            "commit-path",
            "commit PATH, while other files are staged",
            |team| {
                team.begins()
                    .edits(CACHE, "may", "shall")
                    .clone
                    .stage("src/b.py", "b = 1\n");
                git(&["commit", "--message", "Decide", "--", CACHE])
            },
        ),
        silent(
            "commit-path-beside-a-staged-edit",
            "commit PATH, while an illegal edit is staged and stays behind",
            |team| {
                team.begins()
                    .edits(PATHS, "keep native", "lose native")
                    .does(&["add", "--all"])
                    .edits(CODE, "segments", "parts");
                git(&["commit", "--message", "Rename", "--", CODE])
            },
        ),
        silent(
            "commit-beside-an-unstaged-edit",
            "what is staged is clean; the work tree is not",
            |team| {
                team.begins().clone.stage("src/b.py", "b = 1\n");
                team.edits(PATHS, "keep native", "lose native");
                git(&["commit", "--message", "Write b"])
            },
        ),
        silent(
            "message-amended",
            "the message of the last commit is amended",
            |team| {
                team.begins()
                    .saves(CACHE, &CACHE_TEXT.replace("Draft", "Accepted"));
                git(&["commit", "--amend", "--message", "Accept ADR-0003"])
            },
        ),
        silent(
            "record-amended",
            "a new accepted record is amended before it is pushed",
            |team| {
                team.begins()
                    .saves(CACHE, &CACHE_TEXT.replace("Draft", "Accepted"))
                    .edits(CACHE, "may cache", "cache");
                git(&["commit", "--all", "--amend", "--no-edit"])
            },
        ),
        silent("empty-commit", "commit --allow-empty", |team| {
            team.begins();
            git(&["commit", "--allow-empty", "--message", "Run CI again"])
        }),
        silent(
            "commit-from-a-file",
            "the message comes from a file, with comments and scissors",
            |team| {
                team.begins().clone.stage("src/b.py", "b = 1\n");
                team.clone.write("../message", "Write b\n\n# fix: not a subject\n# ------------------------ >8 ------------------------\nfeat: below\n");
                git(&["commit", "--cleanup=scissors", "--file", "../message"])
            },
        ),
        silent(
            "verbose-commit",
            "commit --verbose shows the change below the message",
            |team| {
                team.begins()
                    .edits(CODE, "join", "fix")
                    .does(&["add", "--all"]);
                git(&["commit", "--verbose", "--edit", "--message", "Rename"])
            },
        ),
        silent(
            "stash-popped",
            "work is stashed, popped and committed",
            |team| {
                team.begins()
                    .edits(CACHE, "may", "shall")
                    .does(&["stash", "--quiet"])
                    .saves(CODE, "new = 1\n");
                team.does(&["stash", "pop", "--quiet"]);
                git(&["commit", "--all", "--message", "Decide"])
            },
        ),
        silent(
            "linked-work-tree",
            "a commit in a linked work tree",
            |team| {
                team.begins()
                    .does(&["worktree", "add", "--quiet", "-b", "topic", "../linked"]);
                team.clone.write("../linked/src/b.py", "b = 1\n");
                team.does(&["-C", "../linked", "add", "--all"]);
                git(&["-C", "../linked", "commit", "--message", "Write b"])
            },
        ),
        silent(
            "commit-in-a-folder",
            "a commit from a folder deep in the tree",
            |team| {
                team.begins()
                    .edits(SPEC, "How paths look.", "How they look.");
                git(&["-C", "sdd/specs", "commit", "--all", "--message", "Polish"])
            },
        ),
        silent("detached-head", "a commit on no branch", |team| {
            team.begins()
                .does(&["checkout", "--quiet", "--detach"])
                .clone
                .stage("src/b.py", "b = 1\n");
            git(&["commit", "--message", "Try"])
        }),
        silent(
            "detached-head-at-an-old-state",
            "a commit on an old state, from before a record was there",
            |team| {
                team.begins()
                    .saves("sdd/audits/audit-002-speed.md", "# Speed\n\nSlow.\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.does(&["checkout", "--quiet", "HEAD~1"])
                    .clone
                    .stage("src/b.py", "b = 1\n");
                git(&["commit", "--message", "Try"])
            },
        ),
        silent("bisect", "old states are looked at by bisect", |team| {
            team.begins();
            for number in 0..4 {
                team.saves("src/b.py", &format!("b = {number}\n"));
            }
            team.does(&["bisect", "start", "HEAD", "HEAD~4"]);
            git(&["bisect", "run", "true"])
        }),
        silent("mailed-patches", "patches are applied by am", |team| {
            patches(team);
            git(&[
                "am",
                "../patches/0001-Decide.patch",
                "../patches/0002-Accept.patch",
            ])
        }),
        silent("mailed-patches-pushed", "and pushed", |team| {
            patches(team);
            team.does(&[
                "am",
                "--quiet",
                "../patches/0001-Decide.patch",
                "../patches/0002-Accept.patch",
            ]);
            push(&["main"])
        }),
        silent(
            "pull-with-rebase",
            "pull --rebase puts local commits on what a second user pushed",
            |team| {
                second(team);
                team.edits(CACHE, "may", "shall").commits("Decide");
                git(&["pull", "--quiet", "--rebase"])
            },
        ),
        silent(
            "pull-with-rebase-pushed",
            "and the result is pushed",
            |team| {
                second(team);
                team.edits(CACHE, "may", "shall")
                    .commits("Decide")
                    .does(&["pull", "--quiet", "--rebase"]);
                push(&["main"])
            },
        ),
        silent(
            "pull-with-merge",
            "pull makes a merge of main and what a second user pushed",
            |team| {
                second(team);
                team.edits(CACHE, "may", "shall").commits("Decide");
                git(&["pull", "--quiet", "--no-rebase", "--no-edit"])
            },
        ),
        silent(
            "pull-with-merge-pushed",
            "and the merge is pushed, its own line first",
            |team| {
                second(team);
                team.edits(CACHE, "may", "shall").commits("Decide").does(&[
                    "pull",
                    "--quiet",
                    "--no-rebase",
                    "--no-edit",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "second-user-pushes",
            "a second user pushes a record to main",
            |team| {
                second(team);
                team.clone.write(
                    "../second/sdd/audits/audit-003-size.md",
                    "# Size\n\nSmall.\n",
                );
                team.does(&["-C", "../second", "add", "--all"]).does(&[
                    "-C",
                    "../second",
                    "commit",
                    "--quiet",
                    "--message",
                    "Audit",
                ]);
                git(&["-C", "../second", "push", "origin", "main"])
            },
        ),
        silent(
            "sequence-of-picks",
            "three commits are picked at once",
            |team| {
                team.begins()
                    .branches("topic")
                    .saves("src/b.py", "b = 1\n")
                    .edits(CACHE, "may", "shall")
                    .commits("Decide");
                team.edits(CACHE, "Draft", "Accepted")
                    .commits("Accept")
                    .goes("main");
                git(&["cherry-pick", "topic~3..topic"])
            },
        ),
        silent(
            "interactive-parts",
            "a part of a change is staged, and the rest stays behind",
            |team| {
                team.begins()
                    .edits(CACHE, "may", "shall")
                    .does(&["add", "--all"])
                    .edits(PATHS, "keep native", "lose native");
                git(&["commit", "--message", "Decide"])
            },
        ),
        silent(
            "intent-to-add",
            "a file is announced by add --intent-to-add while another one is committed",
            |team| {
                team.begins()
                    .clone
                    .write("sdd/adrs/0004-log.md", "# 4. Log\n");
                team.does(&["add", "--intent-to-add", "sdd/adrs/0004-log.md"])
                    .clone
                    .stage("src/b.py", "b = 1\n");
                git(&["commit", "--message", "Write b"])
            },
        ),
        silent(
            "assumed-unchanged",
            "a record is marked as assumed unchanged, and other work is committed",
            |team| {
                team.begins()
                    .does(&["update-index", "--assume-unchanged", PATHS])
                    .clone
                    .stage("src/b.py", "b = 1\n");
                git(&["commit", "--message", "Write b"])
            },
        ),
        silent(
            "commit-as-another-author",
            "a commit in the name of somebody else, with trailers",
            |team| {
                team.begins()
                    .edits(CACHE, "may", "shall")
                    .does(&["add", "--all"]);
                git(&[
                    "commit",
                    "--author",
                    "Éve <eve@example.com>",
                    "--signoff",
                    "--trailer",
                    "Co-authored-by: Ada <a@b>",
                    "--message",
                    "Decide",
                ])
            },
        ),
        silent(
            "push-with-a-mark",
            "push without arguments, to the upstream",
            |team| {
                team.begins().saves(CODE, "new = 1\n");
                git(&["push"])
            },
        ),
        silent(
            "branch-created-by-push",
            "HEAD is pushed to a new branch for a pull request",
            |team| {
                team.begins()
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept");
                push(&["HEAD:refs/heads/accept-caching"])
            },
        ),
        silent("alias", "commit by an alias", |team| {
            team.begins().edits(CACHE, "may", "shall");
            git(&["-c", "alias.ci=commit --all", "ci", "--message", "Decide"])
        }),
        silent(
            "illegal-edit-amended-away-by-an-alias",
            "an illegal edit is undone by an alias for commit --amend",
            |team| {
                team.begins()
                    .clone
                    .smuggle(PATHS, "# ADR-0002: Native paths\n\n## Status\n\nAccepted\n");
                team.clone
                    .stage(PATHS, PATHS_TEXT)
                    .stage("src/b.py", "b = 1\n");
                git(&[
                    "-c",
                    "alias.redo=!git commit --amend",
                    "redo",
                    "--message",
                    "Write b",
                ])
            },
        ),
        silent(
            "git-directory-named",
            "a commit with --git-dir and --work-tree",
            |team| {
                team.begins().edits(CACHE, "may", "shall");
                git(&[
                    "--git-dir=.git",
                    "--work-tree=.",
                    "commit",
                    "--all",
                    "--message",
                    "Decide",
                ])
            },
        ),
        silent(
            "merge-amended",
            "the merge of a branch with a record is amended",
            |team| {
                team.begins()
                    .branches("topic")
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept")
                    .goes("main");
                team.saves(CODE, "new = 1\n")
                    .does(&["merge", "--quiet", "--no-edit", "topic"]);
                team.edits(CACHE, "may cache", "cache")
                    .does(&["add", "--all"]);
                git(&[
                    "commit",
                    "--amend",
                    "--message",
                    "Merge the decision to cache",
                ])
            },
        ),
        silent(
            "first-commit-amended",
            "the very first commit, with an accepted record, is amended before any push",
            |team| {
                team.guarded().saves(ADR, ACCEPTED).clone.stage(ADR, EDITED);
                git(&["commit", "--amend", "--no-edit"])
            },
        ),
        silent(
            "rebase-stopped-for-an-edit",
            "a rebase of a branch stops, a record is polished there, and it goes on",
            |team| {
                team.begins()
                    .branches("topic")
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept")
                    .saves("src/b.py", "b = 1\n");
                team.clone
                    .set("GIT_SEQUENCE_EDITOR", "sed -i 1s/pick/edit/");
                team.does(&["rebase", "--quiet", "--interactive", "main"])
                    .edits(CACHE, "may cache", "cache");
                team.does(&["commit", "--quiet", "--all", "--amend", "--no-edit"]);
                git(&["rebase", "--continue"])
            },
        ),
        silent(
            "pull-with-a-conflict",
            "pull --rebase conflicts in code; it is resolved, and goes on",
            |team| {
                second(team);
                team.edits(CACHE, "may", "shall")
                    .saves("src/b.py", "b = 2\n");
                team.clone.attempt(&["pull", "--quiet", "--rebase"]).ends(1);
                team.clone.stage("src/b.py", "b = 3\n");
                git(&["rebase", "--continue"])
            },
        ),
        silent(
            "branch-switched-with-changes",
            "work is carried to a new branch, and committed there",
            |team| {
                team.begins()
                    .edits(CACHE, "may", "shall")
                    .does(&["switch", "--quiet", "--create", "topic"]);
                git(&["commit", "--all", "--message", "Decide"])
            },
        ),
        silent(
            "commit-below-a-bare-clone",
            "a commit in a work tree of a bare clone",
            |team| {
                team.begins().does(&[
                    "clone",
                    "--quiet",
                    "--bare",
                    &team.server.url(),
                    "../bare.git",
                ]);
                team.does(&[
                    "-C",
                    "../bare.git",
                    "worktree",
                    "add",
                    "--quiet",
                    "../topic",
                    "-b",
                    "topic",
                ]);
                team.clone
                    .graven(&["install", "--repo", "../topic"])
                    .ends(0);
                team.clone.write("../topic/src/b.py", "b = 1\n");
                team.does(&["-C", "../topic", "add", "--all"]);
                git(&["-C", "../topic", "commit", "--message", "Write b"])
            },
        ),
        silent("no-remote", "a clone without any remote", |team| {
            team.begins()
                .does(&["remote", "remove", "origin"])
                .edits(CACHE, "Draft", "Accepted");
            git(&["commit", "--all", "--message", "Accept"])
        }),
    ],
};

/// Two patches that decide and accept a draft.
fn patches(team: &Pushing) {
    team.begins()
        .branches("topic")
        .edits(CACHE, "may", "shall")
        .commits("Decide");
    team.edits(CACHE, "Draft", "Accepted")
        .commits("Accept")
        .does(&["format-patch", "--quiet", "-o", "../patches", "main"]);
    team.goes("main");
}

/// A second clone, with hooks, whose user has pushed a record and some code.
fn second(team: &Pushing) {
    team.begins()
        .does(&["clone", "--quiet", &team.server.url(), "../second"]);
    team.clone
        .graven(&["install", "--repo", "../second"])
        .ends(0);
    team.clone
        .write(
            "../second/sdd/audits/audit-002-speed.md",
            "# Speed\n\nSlow.\n",
        )
        .write("../second/src/b.py", "b = 1\n");
    team.does(&["-C", "../second", "add", "--all"]).does(&[
        "-C",
        "../second",
        "commit",
        "--quiet",
        "--message",
        "Audit",
    ]);
    team.does(&["-C", "../second", "push", "--quiet"]);
}
