//! The ways on which records come into force, and end.

use super::silent;
use super::team::{CACHE, CACHE_TEXT, PATHS, RFC};
use crate::evasion::case::{Group, push};
use crate::support::guarded::{ACCEPTED, ADR, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Legal: the life of a record",
    cases: &[
        silent(
            "new-draft",
            "a decision with the next number is drafted",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0004-log.md",
                    &CACHE_TEXT.replace("ADR-0003: Cache listings", "ADR-0004: Log"),
                );
                push(&["main"])
            },
        ),
        silent(
            "draft-polished",
            "a draft is polished again and again on main, and accepted",
            |team| {
                team.begins()
                    .edits(CACHE, "may cache", "shall cache")
                    .commits("Decide");
                team.edits(CACHE, "listings.", "listings for ever.")
                    .commits("Go too far");
                team.edits(CACHE, "for ever", "for a minute")
                    .commits("Come back");
                team.edits(
                    CACHE,
                    "# ADR-0003: Cache listings",
                    "# ADR-0003: Cache all listings",
                )
                .commits("Rename");
                team.edits(CACHE, "Draft", "Proposed")
                    .commits("Propose")
                    .edits(CACHE, "Proposed", "Accepted")
                    .commits("Accept");
                push(&["main"])
            },
        ),
        silent(
            "draft-accepted-with-last-words",
            "a draft is accepted in the commit that finishes its text",
            |team| {
                team.begins()
                    .edits(CACHE, "may cache", "cache")
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept");
                push(&["main"])
            },
        ),
        silent(
            "accepted-text-polished-on-a-branch",
            "a record that is accepted on its branch is polished there until it is merged",
            |team| {
                team.begins()
                    .branches("topic")
                    .edits(CACHE, "Draft", "Accepted")
                    .commits("Accept");
                team.does(&["push", "--quiet", "origin", "topic"])
                    .edits(CACHE, "may cache", "cache")
                    .commits("Decide");
                team.edits(CACHE, "Accepted", "Proposed")
                    .commits("Think again");
                push(&["topic"])
            },
        ),
        silent(
            "draft-renamed",
            "the file of a draft gets another name",
            |team| {
                team.begins()
                    .does(&["mv", CACHE, "sdd/adrs/0003-cache-folders.md"])
                    .commits("Rename");
                push(&["main"])
            },
        ),
        silent("draft-dropped", "a draft is dropped", |team| {
            team.begins()
                .does(&["rm", "--quiet", CACHE])
                .commits("Drop");
            push(&["main"])
        }),
        silent(
            "draft-rejected-and-kept",
            "a draft is rejected, with the reason",
            |team| {
                team.begins().edits(CACHE, "Draft", "Rejected").edits(
                    CACHE,
                    "listings.\n",
                    "listings.\n\nNobody needs it.\n",
                );
                team.commits("Reject");
                push(&["main"])
            },
        ),
        silent(
            "draft-withdrawn",
            "a proposal is withdrawn by its author",
            |team| {
                team.begins()
                    .edits(RFC, "Under Review", "Withdrawn")
                    .commits("Withdraw");
                push(&["main"])
            },
        ),
        silent(
            "superseded",
            "an accepted record is superseded, and both sides say so",
            |team| {
                superseded(team);
                push(&["main"])
            },
        ),
        silent(
            "superseded-on-a-branch-and-merged",
            "the same on a branch that is merged",
            |team| {
                team.begins().branches("topic").edits(
                    PATHS,
                    "Accepted",
                    "Superseded by [ADR-0004](0004-posix.md)",
                );
                team.clone.write("sdd/adrs/0004-posix.md", POSIX);
                team.commits("Supersede").goes("main").does(&[
                    "merge",
                    "--quiet",
                    "--no-ff",
                    "--no-edit",
                    "topic",
                ]);
                push(&["main"])
            },
        ),
        silent(
            "successor-comes-first",
            "the successor is published as a proposal, and takes over in a later commit",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0004-posix.md",
                    "# ADR-0004: POSIX\n\n## Status\n\nProposed\n\n## Decision\n\nSlashes.\n",
                );
                team.edits(
                    "sdd/adrs/0004-posix.md",
                    "Proposed\n",
                    "Accepted\n\nSupersedes [ADR-0002](0002-native-paths.md)\n",
                );
                team.edits(PATHS, "Accepted", "Superseded by [ADR-0004](0004-posix.md)")
                    .commits("Supersede");
                push(&["main"])
            },
        ),
        silent(
            "superseded-in-a-chain",
            "a successor is itself superseded in the same push",
            |team| {
                superseded(team);
                team.edits(
                    "sdd/adrs/0004-posix.md",
                    "Accepted",
                    "Superseded by [ADR-0005](0005-uris.md)",
                );
                team.clone.write(
                    "sdd/adrs/0005-uris.md",
                    &POSIX.replace("ADR-0004: POSIX", "ADR-0005: URIs").replace(
                        "[ADR-0002](0002-native-paths.md)",
                        "[ADR-0004](0004-posix.md)",
                    ),
                );
                team.commits("Supersede again");
                push(&["main"])
            },
        ),
        silent(
            "two-superseded-by-one",
            "one record takes the place of two",
            |team| {
                team.begins()
                    .edits(PATHS, "Accepted", "Superseded by [ADR-0004](0004-posix.md)");
                team.edits(ADR, "Accepted", "Superseded by [ADR-0004](0004-posix.md)");
                team.clone.write(
                    "sdd/adrs/0004-posix.md",
                    &POSIX.replace(
                        "(0002-native-paths.md)",
                        "(0002-native-paths.md)\n\n\
                Supersedes [ADR-0001](0001-keep-records.md)",
                    ),
                );
                team.commits("Supersede");
                push(&["main"])
            },
        ),
        silent(
            "superseded-in-words-of-its-own",
            "the status keeps its word on a line, and the successor follows below",
            |team| {
                team.begins()
                    .edits(PATHS, "Accepted", "Superseded\n\nSuperseded by ADR-0004");
                team.saves("sdd/adrs/0004-posix.md", POSIX);
                push(&["main"])
            },
        ),
        silent("deprecated", "an accepted record is deprecated", |team| {
            team.begins()
                .edits(PATHS, "Accepted", "Deprecated")
                .commits("Deprecate");
            push(&["main"])
        }),
        silent(
            "amended-by",
            "an accepted record says that another one amends it",
            |team| {
                team.begins().edits(
                    PATHS,
                    "Accepted\n",
                    "Accepted\n\nAmended by [ADR-0004](0004-posix.md)\n",
                );
                team.saves(
                    "sdd/adrs/0004-posix.md",
                    &POSIX.replace("Supersedes", "Amends"),
                );
                push(&["main"])
            },
        ),
        silent("rfc-accepted", "a proposal is accepted", |team| {
            team.begins().edits(RFC, "Under Review", "Accepted").edits(
                RFC,
                "Read lazily.",
                "Read lazily, always.",
            );
            team.commits("Accept");
            push(&["main"])
        }),
        silent(
            "rfc-becomes-a-decision",
            "an accepted proposal is superseded by a later one",
            |team| {
                team.begins()
                    .edits(RFC, "Under Review", "Accepted")
                    .commits("Accept");
                team.edits(
                    RFC,
                    "Accepted",
                    "Superseded by [RFC-0002](rfc-0002-pull.md)",
                );
                team.saves(
                "sdd/rfcs/rfc-0002-pull.md",
                "# Pull\n\n## Status\n\nAccepted\n\nSupersedes [RFC-0001](rfc-0001-streams.md)\n",
            );
                push(&["main"])
            },
        ),
        silent(
            "status-in-front-matter",
            "a new record has its status in the front matter, and is superseded there",
            |team| {
                let text = "---\nstatus: Accepted\ndate: 2026-02-01\n---\n\n# 4. Log\n\nWe log.\n";
                team.begins()
                    .saves("sdd/adrs/0004-log.md", text)
                    .does(&["push", "--quiet", "origin", "main"]);
                team.edits(
                    "sdd/adrs/0004-log.md",
                    "status: Accepted",
                    "status: superseded by [ADR-0005](0005-trace.md)",
                );
                team.saves(
                    "sdd/adrs/0005-trace.md",
                    "---\nstatus: Accepted\nsupersedes: ADR-0004\n---\n\n# 5. Trace\n\nWe trace.\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "status-in-a-bullet",
            "a new record has its status in a list at its top, and is deprecated there",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0004-log.md",
                    "# 4. Log\n\n* Status: **Accepted**\n* Date: 2026-02-01\n\n## Decision\n\nWe log.\n",
                );
                team.edits("sdd/adrs/0004-log.md", "**Accepted**", "**Deprecated**")
                    .commits("Deprecate");
                push(&["main"])
            },
        ),
        silent(
            "status-in-a-table",
            "a new record has its status in a table, and is superseded there",
            |team| {
                let text = "# 4. Log\n\n## Status\n\n| | |\n|---|---|\n| Status | Accepted |\n| Supersedes | — |\n| Superseded by | — |\n\n## Decision\n\nWe log.\n";
                team.begins()
                    .saves("sdd/adrs/0004-log.md", text)
                    .does(&["push", "--quiet", "origin", "main"]);
                team.edits("sdd/adrs/0004-log.md", "| Accepted |", "| Superseded |");
                team.edits(
                    "sdd/adrs/0004-log.md",
                    "| Superseded by | — |",
                    "| Superseded by | [ADR-0005](0005-trace.md) |",
                );
                let next = text.replace("# 4. Log", "# 5. Trace").replace(
                    "| Supersedes | — |",
                    "| Supersedes | [ADR-0004](0004-log.md) |",
                );
                team.saves("sdd/adrs/0005-trace.md", &next);
                push(&["main"])
            },
        ),
        silent(
            "other-case-of-a-status",
            "a record is accepted in capitals, with a date behind",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0004-log.md",
                    &ACCEPTED
                        .replace("1. Keep records", "4. Log")
                        .replace("\nAccepted\n", "\nACCEPTED (2026-02-01)\n"),
                );
                push(&["main"])
            },
        ),
        silent("draft-deprecated", "a draft is deprecated", |team| {
            team.begins()
                .edits(CACHE, "Draft", "Deprecated")
                .commits("Deprecate");
            push(&["main"])
        }),
        silent(
            "draft-superseded",
            "a draft is superseded before anybody agreed to it",
            |team| {
                team.begins()
                    .edits(CACHE, "Draft", "Superseded by [ADR-0004](0004-posix.md)");
                team.saves(
                    "sdd/adrs/0004-posix.md",
                    &POSIX.replace(
                        "ADR-0002](0002-native-paths.md",
                        "ADR-0003](0003-cache-listings.md",
                    ),
                );
                push(&["main"])
            },
        ),
        silent(
            "amended-twice",
            "two later records amend one, and it names both",
            |team| {
                team.begins().edits(
                    PATHS,
                    "Accepted\n",
                    "Accepted\n\nAmended by [ADR-0004](0004-posix.md)\n",
                );
                team.saves(
                    "sdd/adrs/0004-posix.md",
                    &POSIX.replace("Supersedes", "Amends"),
                );
                team.edits(
                    PATHS,
                    "(0004-posix.md)\n",
                    "(0004-posix.md)\n\nAmended by [ADR-0005](0005-uris.md)\n",
                );
                team.saves(
                    "sdd/adrs/0005-uris.md",
                    &POSIX
                        .replace("ADR-0004: POSIX", "ADR-0005: URIs")
                        .replace("Supersedes", "Amends"),
                );
                push(&["main"])
            },
        ),
        silent(
            "amended-then-superseded",
            "a record that was amended is superseded",
            |team| {
                team.begins().edits(
                    PATHS,
                    "Accepted\n",
                    "Accepted\n\nAmended by [ADR-0004](0004-posix.md)\n",
                );
                team.saves(
                    "sdd/adrs/0004-posix.md",
                    &POSIX.replace("Supersedes", "Amends"),
                );
                team.edits(
                    PATHS,
                    "Accepted\n",
                    "Superseded by [ADR-0005](0005-uris.md)\n",
                );
                team.saves(
                    "sdd/adrs/0005-uris.md",
                    &POSIX.replace("ADR-0004: POSIX", "ADR-0005: URIs"),
                );
                push(&["main"])
            },
        ),
    ],
};

const POSIX: &str = "# ADR-0004: POSIX\n\n## Status\n\nAccepted\n\nSupersedes [ADR-0002](0002-native-paths.md)\n\n\
    ## Decision\n\nWe use slashes.\n";

fn superseded(team: &Pushing) {
    team.begins()
        .edits(PATHS, "Accepted", "Superseded by [ADR-0004](0004-posix.md)");
    team.saves("sdd/adrs/0004-posix.md", POSIX);
}
