//! Teams that keep their decisions with adr-tools or as MADR.

use super::silent;
use crate::evasion::case::{Group, push};
use crate::support::guarded::Pushing;

pub(crate) const GROUP: Group = Group {
    title: "Legal: adr-tools and MADR",
    cases: &[
        silent(
            "adr-tools-init",
            "`adr init` in a repository that has a policy",
            |team| {
                adr_tools(team);
                push(&["main"])
            },
        ),
        silent("adr-tools-new", "`adr new`", |team| {
            adr_tools(team).saves(
                "doc/adr/0003-use-make.md",
                &nygard(3, "Use Make", "Accepted"),
            );
            push(&["main"])
        }),
        silent("adr-tools-supersede", "`adr new -s 2`", |team| {
            adr_tools(team).does(&["push", "--quiet", "origin", "main"]);
            team.edits(
                "doc/adr/0002-use-shell.md",
                "\nAccepted\n",
                "\nSuperseded by [3. Use Rust](0003-use-rust.md)\n",
            );
            team.saves(
                "doc/adr/0003-use-rust.md",
                &nygard(
                    3,
                    "Use Rust",
                    "Accepted\n\nSupersedes [2. Use shell](0002-use-shell.md)",
                ),
            );
            push(&["main"])
        }),
        silent(
            "adr-tools-supersede-old-spelling",
            "the same by an old adr-tools, which writes `Superceded by`",
            |team| {
                adr_tools(team).does(&["push", "--quiet", "origin", "main"]);
                team.edits(
                    "doc/adr/0002-use-shell.md",
                    "\nAccepted\n",
                    "\nSuperceded by [3. Use Rust](0003-use-rust.md)\n",
                );
                team.saves(
                    "doc/adr/0003-use-rust.md",
                    &nygard(
                        3,
                        "Use Rust",
                        "Accepted\n\nSupercedes [2. Use shell](0002-use-shell.md)",
                    ),
                );
                push(&["main"])
            },
        ),
        silent(
            "adr-tools-link",
            "`adr link 3 Amends 2 \"Amended by\"`",
            |team| {
                adr_tools(team).saves(
                    "doc/adr/0003-use-bash.md",
                    &nygard(3, "Use bash", "Accepted"),
                );
                team.does(&["push", "--quiet", "origin", "main"]);
                team.edits(
                    "doc/adr/0002-use-shell.md",
                    "\nAccepted\n",
                    "\nAccepted\n\nAmended by [3. Use bash](0003-use-bash.md)\n",
                );
                team.edits(
                    "doc/adr/0003-use-bash.md",
                    "\nAccepted\n",
                    "\nAccepted\n\nAmends [2. Use shell](0002-use-shell.md)\n",
                );
                team.commits("Link");
                push(&["main"])
            },
        ),
        silent(
            "adr-tools-generate",
            "`adr generate toc` and graph, written beside the records",
            |team| {
                adr_tools(team).clone.write(
                    "doc/adr/README.md",
                    "# Architecture Decision Records\n\n* [1. Record](0001-record.md)\n",
                );
                team.saves(
                    "doc/adr/graph.dot",
                    "digraph {\n  node [shape=plaintext];\n}\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "adr-tools-unconfigured",
            "a repository of adr-tools without a policy of graven",
            |team| {
                team.guarded()
                    .saves("doc/adr/0001-record.md", &nygard(1, "Record", "Accepted"));
                team.does(&["push", "--quiet", "origin", "main"])
                    .edits("doc/adr/0001-record.md", "We will.", "We may.")
                    .commits("Edit");
                push(&["main"])
            },
        ),
        silent(
            "madr-new",
            "a MADR record is proposed with options, and accepted",
            |team| {
                madr(team).saves(
                    "docs/decisions/0002-use-sqlite.md",
                    &any(2, "Use SQLite", "proposed"),
                );
                team.edits(
                    "docs/decisions/0002-use-sqlite.md",
                    "status: proposed",
                    "status: accepted",
                )
                .commits("Accept");
                push(&["main"])
            },
        ),
        silent(
            "madr-superseded",
            "a MADR record is superseded in its front matter",
            |team| {
                madr(team).does(&["push", "--quiet", "origin", "main"]);
                team.edits(
                    "docs/decisions/0001-use-files.md",
                    "status: accepted",
                    "status: superseded by [ADR-0002](0002-use-sqlite.md)",
                );
                team.saves(
                    "docs/decisions/0002-use-sqlite.md",
                    &any(2, "Use SQLite", "accepted\nsupersedes: ADR-0001"),
                );
                push(&["main"])
            },
        ),
        silent(
            "madr-bullets",
            "a MADR 2 record with its status in a list is superseded",
            |team| {
                let text = "# Use files\n\n* Status: accepted\n* Deciders: Ada\n* Date: 2026-02-01\n\n## Decision Outcome\n\nFiles.\n";
                madr(team)
                    .saves("docs/decisions/0002-use-folders.md", text)
                    .does(&["push", "--quiet", "origin", "main"]);
                team.edits(
                    "docs/decisions/0002-use-folders.md",
                    "accepted",
                    "superseded by [ADR-0003](0003-use-s3.md)",
                );
                team.saves("docs/decisions/0003-use-s3.md", "# Use S3\n\n* Status: accepted, supersedes [ADR-0002](0002-use-folders.md)\n\n## Decision Outcome\n\nS3.\n");
                push(&["main"])
            },
        ),
        silent(
            "madr-template",
            "the template of MADR is put beside the records, and changed",
            |team| {
                madr(team).saves(
                    "docs/decisions/adr-template.md",
                    "---\nstatus: {proposed | rejected | accepted}\n---\n\n# {title}\n",
                );
                team.saves(
                    "docs/decisions/adr-template.md",
                    "---\nstatus: \"{proposed | accepted}\"\n---\n\n# {title}\n",
                );
                team.saves(
                    "docs/decisions/index.md",
                    "---\nnav_order: 1\n---\n# Decisions\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "madr-rejected",
            "a MADR record is rejected, with late words",
            |team| {
                madr(team).saves(
                    "docs/decisions/0002-use-sqlite.md",
                    &any(2, "Use SQLite", "proposed"),
                );
                team.edits(
                    "docs/decisions/0002-use-sqlite.md",
                    "status: proposed",
                    "status: rejected",
                );
                team.edits(
                    "docs/decisions/0002-use-sqlite.md",
                    "Chosen option",
                    "Not the chosen option",
                )
                .commits("Reject");
                push(&["main"])
            },
        ),
    ],
};

fn adr_tools(team: &Pushing) -> &Pushing {
    team.guarded()
        .clone
        .write("graven.toml", "preset = \"adr-tools\"\n")
        .write(".adr-dir", "doc/adr\n");
    team.clone.write(
        "doc/adr/0001-record.md",
        &nygard(1, "Record architecture decisions", "Accepted"),
    );
    team.saves(
        "doc/adr/0002-use-shell.md",
        &nygard(2, "Use shell", "Accepted"),
    )
}

/// What `adr new` writes.
fn nygard(number: u8, title: &str, status: &str) -> String {
    format!(
        "# {number}. {title}\n\nDate: 2026-02-12\n\n## Status\n\n{status}\n\n## Context\n\n\
         The issue motivating this decision, and any context that influences or constrains the decision.\n\n\
         ## Decision\n\nWe will.\n\n## Consequences\n\nWhat becomes easier or more difficult to do.\n"
    )
}

fn madr(team: &Pushing) -> &Pushing {
    team.guarded()
        .clone
        .write("graven.toml", "preset = \"madr\"\n");
    team.saves(
        "docs/decisions/0001-use-files.md",
        &any(1, "Use files", "accepted"),
    )
}

/// What the template of MADR 4 becomes.
fn any(number: u8, title: &str, status: &str) -> String {
    format!(
        "---\nstatus: {status}\ndate: 2026-02-{number:02}\ndecision-makers: Ada, Eve\n---\n\n# {title}\n\n\
         ## Context and Problem Statement\n\nWhere do we store it?\n\n## Considered Options\n\n* {title}\n* Nothing\n\n\
         ## Decision Outcome\n\nChosen option: \"{title}\", because it is simple.\n\n### Consequences\n\n* Good, because small\n"
    )
}
