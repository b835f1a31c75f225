//! Policies that begin, grow and become stricter.

use std::fs;

use super::team::{CACHE, CACHE_TEXT, CODE, PATHS};
use super::{silent, told};
use crate::evasion::case::{Group, git, push};
use crate::support::guarded::{ACCEPTED, ADR};

pub(crate) const GROUP: Group = Group {
    title: "Legal: the policy",
    cases: &[
        silent(
            "first-policy",
            "a repository gets its first policy",
            |team| {
                team.begins().saves("graven.toml", "preset = \"sdd\"\n");
                push(&["main"])
            },
        ),
        silent(
            "first-policy-is-laxer",
            "the first policy of a repository allows more than its preset",
            |team| {
                team.begins().saves(
                "graven.toml",
                "[kind.adr.edits]\nlink-target = \"warn\"\n\n[rules]\nsection-untested = \"allow\"\n",
            );
                push(&["main"])
            },
        ),
        silent("rule-raised", "a rule is raised to deny", |team| {
            team.begins()
                .saves("graven.toml", "preset = \"sdd\"\n")
                .does(&["push", "--quiet", "origin", "main"]);
            team.saves(
                "graven.toml",
                "preset = \"sdd\"\n\n[rules]\nsection-retitled = \"deny\"\ncode-without-spec = \"warn\"\n",
            );
            push(&["main"])
        }),
        silent(
            "comment-in-the-policy",
            "comments and blanks of a policy change, and its keys stand in another order",
            |team| {
                team.begins().saves(
                    "graven.toml",
                    "preset = \"sdd\"\n[limits]\nblob = \"4 MiB\"\n[branches]\nprotected = [\"HEAD\", \"main\"]\n",
                );
                team.does(&["push", "--quiet", "origin", "main"]);
                team.saves("graven.toml", "# Ours.\npreset = \"sdd\"\n\n[branches]\n# All of them.\nprotected = [\n    \"HEAD\",\n    \"main\",\n]\n\n[limits]\nblob = \"4096 KiB\"\n");
                push(&["main"])
            },
        ),
        silent(
            "default-written-down",
            "a default of the preset is written into the policy",
            |team| {
                team.begins()
                    .saves("graven.toml", "preset = \"sdd\"\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.saves(
                "graven.toml",
                "preset = \"sdd\"\n\n[kind.audit]\nfreeze = \"when-committed\"\n\n[waivers]\nreason = 20\n",
            );
                push(&["main"])
            },
        ),
        silent(
            "kind-added",
            "a policy gets a kind, and a record of it comes in the same push",
            |team| {
                team.begins()
                    .saves("graven.toml", "preset = \"sdd\"\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.clone.write("graven.toml", MEMOS);
                team.saves("memos/first.md", "# First\n")
                    .saves("memos/second.md", "# Second\n");
                push(&["main"])
            },
        ),
        silent(
            "branch-protected",
            "a policy protects release branches, and one is made",
            |team| {
                team.begins()
                    .saves("graven.toml", "preset = \"sdd\"\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.saves(
                "graven.toml",
                "preset = \"sdd\"\n\n[branches]\nprotected = [\"HEAD\", \"main\", \"master\", \"release/*\"]\n",
            );
                push(&["main", "main:release/2.0"])
            },
        ),
        silent(
            "policy-outside-the-tree",
            "the server has a policy of its own, and the usual work goes on",
            |team| {
                fs::write(
                    team.server.path().join("atlas.toml"),
                    "preset = \"sdd\"\n\n[rules]\nsection-untested = \"deny\"\n",
                )
                .unwrap();
                team.begins()
                    .server
                    .git(&["config", "graven.policy", "atlas.toml"]);
                team.edits(CACHE, "Draft", "Accepted")
                    .commits("Accept")
                    .saves(CODE, "new = 1\n");
                push(&["main"])
            },
        ),
        silent(
            "policy-on-a-branch",
            "a branch tries a laxer draft of the first policy",
            |team| {
                team.begins().branches("policy").saves(
                    "graven.toml",
                    "preset = \"sdd\"\nwithout = [\"research\"]\n",
                );
                push(&["policy"])
            },
        ),
        silent(
            "other-tool-settings",
            "files like a policy stand elsewhere and change",
            |team| {
                team.begins()
                    .saves("docs/graven.toml", "no toml at all\n")
                    .saves("graven.toml.example", "also = none\n");
                push(&["main"])
            },
        ),
        silent(
            "edge-closed",
            "a policy takes a way out of a status, and adds a frozen word",
            |team| {
                team.begins()
                    .saves("graven.toml", "preset = \"sdd\"\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.saves("graven.toml", "preset = \"sdd\"\n\n[kind.adr.status]\nedges = { Accepted = [\"Superseded\"] }\nterminal = [\"Superseded\", \"Deprecated\", \"Rejected\", \"Withdrawn\", \"Retired\"]\n");
                push(&["main"])
            },
        ),
        silent(
            "monorepo",
            "records stand below the folders of three projects, as globs of the policy say",
            |team| {
                team.guarded().clone.write("graven.toml", MONOREPO);
                for project in ["api", "web", "tools"] {
                    team.clone.write(
                        &format!("{project}/docs/adr/0001-keep-records.md"),
                        ACCEPTED,
                    );
                }
                team.commits("Begin")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.clone.write(
                    "web/docs/adr/0002-cache.md",
                    &CACHE_TEXT.replace("ADR-0003", "ADR-0002"),
                );
                team.clone.write("web/src/a.js", "1\n");
                team.commits("Cache")
                    .edits("web/docs/adr/0002-cache.md", "Draft", "Accepted")
                    .commits("Accept");
                push(&["main"])
            },
        ),
        silent(
            "monorepo-numbers",
            "each project of a monorepo has a kind, and counts from one",
            |team| {
                let kind = |name: &str| {
                    format!(
                        "[kind.{name}]\npaths = [\"{name}/adr/[0-9]*-*.md\"]\nnumber = '^(?<number>\\d+)-'\n\
                freeze = \"when-accepted\"\nstatus = {{ open = [\"Draft\"], frozen = [\"Accepted\"], terminal = [\"Superseded\"] }}\n\n"
                    )
                };
                let policy = format!("preset = \"none\"\n\n{}{}", kind("api"), kind("web"));
                team.guarded()
                    .clone
                    .write("graven.toml", &policy)
                    .write("api/adr/0001-keep.md", ACCEPTED);
                team.saves("web/adr/0001-keep.md", ACCEPTED)
                    .does(&["push", "--quiet", "origin", "main"]);
                team.clone.write(
                    "api/adr/0002-cache.md",
                    &CACHE_TEXT.replace("ADR-0003", "ADR-0002"),
                );
                team.saves(
                    "web/adr/0002-cache.md",
                    &CACHE_TEXT.replace("ADR-0003", "ADR-0002"),
                );
                push(&["main"])
            },
        ),
        silent(
            "strict-branches",
            "every branch is protected, and every commit is clean",
            |team| {
                team.begins()
                    .saves("graven.toml", "[branches]\nprotected = [\"**\"]\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.branches("topic")
                    .edits(CACHE, "may cache", "cache")
                    .commits("Decide");
                team.edits(CACHE, "Draft", "Accepted").commits("Accept");
                push(&["topic"])
            },
        ),
        silent(
            "allowed-edit",
            "a policy lets links be repaired, and one is",
            |team| {
                team.begins()
                    .saves("graven.toml", "[kind.adr.edits]\nlink-target = \"allow\"\n")
                    .does(&["push", "--quiet", "origin", "main"]);
                team.edits(
                    PATHS,
                    "../audits/audit-001-paths.md",
                    "/sdd/audits/audit-001-paths.md",
                )
                .commits("Repair a link");
                push(&["main"])
            },
        ),
        silent(
            "records-of-its-own",
            "a policy without preset guards one folder, and work goes on elsewhere",
            |team| {
                team.guarded()
                    .clone
                    .write("graven.toml", &MEMOS.replace("sdd", "none"));
                team.saves("memos/a.md", "# A\n")
                    .saves(ADR, ACCEPTED)
                    .does(&["push", "--quiet", "origin", "main"]);
                team.edits(ADR, "keep", "lose")
                    .commits("Edit what nobody guards");
                push(&["main"])
            },
        ),
        silent(
            "work-beside-an-empty-kind",
            "a policy names a kind that has no documents yet, and the usual work goes on",
            |team| {
                team.begins().clone.write("graven.toml", MEMOS);
                team.clone.git(&["add", "--all"]);
                team.clone
                    .git(&["commit", "--quiet", "--message", "Plan memos"]);
                team.clone.git(&["push", "--quiet", "origin", "main"]);
                team.saves(CODE, "new = 1\n");
                push(&["main"])
            },
        ),
        silent(
            "policy-outside-with-an-empty-kind",
            "the policy of a server names kinds that this repository does not have",
            |team| {
                fs::write(team.server.path().join("all.toml"), MEMOS).unwrap();
                team.begins()
                    .server
                    .git(&["config", "graven.policy", "all.toml"]);
                team.saves(CODE, "new = 1\n");
                push(&["main"])
            },
        ),
        told(
            "kind-before-its-documents",
            "a policy gets a kind whose globs match nothing yet",
            "warning: graven.toml: the glob \"memos/*.md\" of kind.memo.paths matches nothing",
            |team| {
                team.begins().clone.stage("graven.toml", MEMOS);
                git(&["commit", "--quiet", "--message", "Plan memos"])
            },
        ),
    ],
};

const MEMOS: &str =
    "preset = \"sdd\"\n\n[kind.memo]\npaths = [\"memos/*.md\"]\nfreeze = \"when-committed\"\n";

const MONOREPO: &str = "preset = \"none\"\n\n[kind.adr]\npaths = [\"*/docs/adr/[0-9]*-*.md\"]\nfreeze = \"when-accepted\"\n\
    status = { open = [\"Draft\"], frozen = [\"Accepted\"], terminal = [\"Superseded\"] }\n";
