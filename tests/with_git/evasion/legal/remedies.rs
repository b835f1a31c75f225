//! What graven's own commands write, and what becomes of it.

use super::team::{BACKLOG, CACHE, CACHE_TEXT, PATHS, RESEARCH};
use super::{silent, told};
use crate::evasion::case::{Group, git, push};
use crate::support::guarded::Pushing;

pub(crate) const GROUP: Group = Group {
    title: "Legal: the remedies",
    cases: &[
        silent(
            "supersede-committed",
            "what `graven supersede` wrote is committed as it is",
            |team| {
                team.begins()
                    .clone
                    .graven(&["supersede", "adr-2", "POSIX paths"])
                    .ends(0);
                git(&["commit", "--quiet", "--message", "Supersede ADR-0002"])
            },
        ),
        silent(
            "supersede-pushed",
            "and pushed, once the new record is written",
            |team| {
                team.begins()
                    .clone
                    .graven(&["supersede", "adr-2", "POSIX paths"])
                    .ends(0);
                team.edits(
                    "sdd/adrs/0004-posix-paths.md",
                    "## Decision\n",
                    "## Decision\n\nWe use slashes.\n",
                )
                .commits("Supersede");
                push(&["main"])
            },
        ),
        silent(
            "deprecate-pushed",
            "what `graven deprecate` wrote is committed and pushed",
            |team| {
                team.begins()
                    .clone
                    .graven(&["deprecate", "PATH-002", "--by", "PATH-001"])
                    .ends(0);
                team.commits("Deprecate");
                push(&["main"])
            },
        ),
        silent(
            "done-pushed",
            "what `graven done` wrote is committed and pushed",
            |team| {
                team.begins().clone.graven(&["done", "BK-001"]).ends(0);
                team.commits("Reject dots");
                push(&["main"])
            },
        ),
        silent(
            "next-taken",
            "a record takes the number that `graven next` gave",
            |team| {
                let number = team
                    .begins()
                    .clone
                    .graven(&["next", "adr"])
                    .ends(0)
                    .out
                    .trim()
                    .to_owned();
                team.saves(
                    &format!("sdd/adrs/{number}-log.md"),
                    &CACHE_TEXT.replace("ADR-0003: Cache listings", "Log"),
                );
                push(&["main"])
            },
        ),
        silent(
            "init-committed",
            "the policy that `graven init` wrote is committed",
            |team| {
                team.begins().clone.graven(&["init"]).ends(0);
                team.commits("Add a policy");
                push(&["main"])
            },
        ),
        told(
            "waived-edit-committed",
            "an error of fact in a note of research is corrected, with a waiver",
            "note[frozen-text-edited]: published research sdd/research/research-parquet.md was edited: its text changed",
            |team| {
                waived(team);
                git(&["commit", "--quiet", "--message", "Correct the unit"])
            },
        ),
        told(
            "waived-edit-pushed",
            "the same is pushed",
            "note[frozen-text-edited]: published research sdd/research/research-parquet.md was edited: its text changed",
            |team| {
                waived(team);
                team.clone
                    .git(&["commit", "--quiet", "--message", "Correct the unit"]);
                push(&["main"])
            },
        ),
        silent(
            "after-a-waived-edit",
            "work goes on after a waived edit is published",
            |team| {
                waived(team);
                team.clone
                    .git(&["commit", "--quiet", "--message", "Correct the unit"]);
                team.clone.git(&["push", "--quiet", "origin", "main"]);
                team.edits(CACHE, "may", "shall")
                    .edits(BACKLOG, "Reject dots", "Reject all dots")
                    .commits("Go on");
                push(&["main"])
            },
        ),
        silent(
            "baseline-committed",
            "a baseline for an old history is committed and pushed",
            |team| {
                team.begins()
                    .server
                    .git(&["config", "core.hooksPath", "/dev/null"]);
                team.clone
                    .smuggle(RESEARCH, "# Parquet\n\nThe disk reads 3 GB/s.\n");
                team.does(&["push", "--quiet", "--no-verify", "origin", "main"]);
                team.server.git(&["config", "--unset", "core.hooksPath"]);
                let reason = "written before graven kept these records";
                team.clone
                    .graven(&[
                        "audit",
                        "--write-baseline",
                        "sdd/waivers/baseline.toml",
                        "--reason",
                        reason,
                    ])
                    .ends(0);
                team.commits("Take the past as it is");
                push(&["main"])
            },
        ),
        silent(
            "record-put-back",
            "a refused edit is put back as the refusal says, and other work is committed",
            |team| {
                team.begins()
                    .edits(PATHS, "keep native", "lose native")
                    .does(&["add", "--all"]);
                team.clone
                    .attempt(&["commit", "--quiet", "--message", "Edit"])
                    .ends(1);
                team.does(&[
                    "restore",
                    "--source=HEAD",
                    "--staged",
                    "--worktree",
                    "--",
                    PATHS,
                ])
                .clone
                .stage("src/b.py", "b = 1\n");
                git(&["commit", "--quiet", "--message", "Write b"])
            },
        ),
    ],
};

fn waived(team: &Pushing) {
    team.begins()
        .edits(RESEARCH, "GB/s", "MB/s")
        .does(&["add", "--all"]);
    team.clone
        .graven(&[
            "waive",
            "--reason",
            "the unit was wrong: the log of the run says megabytes",
        ])
        .ends(0);
}
