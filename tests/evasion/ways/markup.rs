//! Ways through what Markdown hides, or shows otherwise than it is written.

use super::text::{
    PATHS, SECOND, also, new_record, published, put, record, refused, silent, spec, with_status,
};
use crate::case::Group;
use crate::support::guarded::ACCEPTED;

const WORDS: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0001 was edited: its words changed",
);
const REMOVED: (&str, &str) = (
    "section-removed",
    "PATH-002 was published and is declared nowhere any more",
);
const MARKUP: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0002 was edited: the same words have other markup",
);
const LATER: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0002 was edited: its words changed",
);

pub(crate) const GROUP: Group = Group {
    title: "Hidden in markup",
    cases: &[
        refused(
            "comment",
            "words are hidden in a comment of an accepted record",
            WORDS,
            |pushing| {
                record(
                    pushing,
                    format!("{ACCEPTED}\n<!-- But not the old ones. -->\n"),
                )
            },
        ),
        refused(
            "comment-in-a-line",
            "the same inside a sentence",
            WORDS,
            |pushing| record(pushing, ACCEPTED.replace("keep", "keep<!-- not -->")),
        ),
        refused(
            "comment-of-status",
            "a comment in front says another status",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("## Status", "<!-- status: draft -->\n\n## Status"),
                )
            },
        ),
        refused(
            "link-definition",
            "words are hidden in the definition of a link",
            WORDS,
            |pushing| {
                record(
                    pushing,
                    format!("{ACCEPTED}\n[//]: # (But not the old ones)\n"),
                )
            },
        ),
        refused(
            "link-definition-twice",
            "a link's definition is put in front of the one that counted",
            ("frozen-text-edited", "accepted adr-0002 was edited"),
            |pushing| {
                let text = format!(
                    "{}\nSee [there].\n\n[there]: a.md\n",
                    with_status("Accepted")
                );
                also(published(pushing), SECOND, &text);
                put(
                    pushing,
                    SECOND,
                    text.replace("\nSee", "\n[there]: b.md\n\nSee"),
                )
            },
        ),
        refused(
            "link-title",
            "words are hidden in the title of a link",
            LATER,
            |pushing| {
                let text = format!("{}\nSee [there](a.md).\n", with_status("Accepted"));
                also(published(pushing), SECOND, &text);
                put(pushing, SECOND, text.replace("a.md", "a.md \"or not\""))
            },
        ),
        refused(
            "image-text",
            "words are hidden in the text of an image",
            LATER,
            |pushing| {
                let text = format!("{}\n![plan](a.png)\n", with_status("Accepted"));
                also(published(pushing), SECOND, &text);
                put(pushing, SECOND, text.replace("plan", "another plan"))
            },
        ),
        refused(
            "footnote",
            "words are added as a footnote that nothing names",
            WORDS,
            |pushing| {
                record(
                    pushing,
                    format!("{ACCEPTED}\n[^1]: But not the old ones.\n"),
                )
            },
        ),
        refused("details", "words are folded away", WORDS, |pushing| {
            record(
                pushing,
                format!(
                    "{ACCEPTED}\n<details><summary>More</summary>Not the old ones.</details>\n"
                ),
            )
        }),
        refused(
            "attribute",
            "words stand in an attribute of a tag",
            WORDS,
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("keep them", "<span title=\"not\">keep them</span>"),
                )
            },
        ),
        refused(
            "excess-cells",
            "a row of a table gets a cell too many, which nobody is shown",
            LATER,
            |pushing| {
                let text = format!(
                    "{}\n| a | b |\n|---|---|\n| 1 | 2 |\n",
                    with_status("Accepted")
                );
                also(published(pushing), SECOND, &text);
                put(
                    pushing,
                    SECOND,
                    text.replace("| 1 | 2 |", "| 1 | 2 | not |"),
                )
            },
        ),
        refused(
            "info-string",
            "words stand behind the language of a code block",
            MARKUP,
            |pushing| {
                let text = format!("{}\n```sh\nls\n```\n", with_status("Accepted"));
                also(published(pushing), SECOND, &text);
                put(
                    pushing,
                    SECOND,
                    text.replace("```sh", "```sh but not the old ones"),
                )
            },
        ),
        refused(
            "front-matter-late",
            "front matter is put behind the first byte",
            WORDS,
            |pushing| record(pushing, format!("\n---\nstatus: draft\n---\n{ACCEPTED}")),
        ),
        refused(
            "front-matter",
            "front matter says another status than the text",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| {
                record(
                    pushing,
                    format!("---\nstatus: draft\nnote: not the old ones\n---\n{ACCEPTED}"),
                )
            },
        ),
        refused(
            "fence-above",
            "a code block is opened above the decision",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| record(pushing, ACCEPTED.replace("## Decision", "```\n## Decision")),
        ),
        refused(
            "fence-above-all",
            "a code block is opened above everything",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| record(pushing, format!("```\n{ACCEPTED}")),
        ),
        refused(
            "comment-above",
            "a comment is opened above the decision",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("## Decision", "<!--\n## Decision"),
                )
            },
        ),
        refused(
            "script-above",
            "a script is opened above the decision",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("## Decision", "<script>\n## Decision"),
                )
            },
        ),
        refused(
            "pre-above",
            "text as it stands is opened above the decision",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("## Decision", "<pre>\n## Decision"),
                )
            },
        ),
        refused(
            "struck",
            "the decision is struck through",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("We keep them.", "~~We keep them.~~"),
                )
            },
        ),
        refused(
            "entity",
            "a letter is spelt as a reference that shows another one",
            WORDS,
            |pushing| record(pushing, ACCEPTED.replace("keep", "&#115;eep")),
        ),
        refused(
            "status-swallows",
            "a legal status, and the heading below it becomes bold, so that the decision stands in the status",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its words changed",
            ),
            |pushing| {
                successor(pushing);
                let text =
                    ACCEPTED.replace("Accepted", "Superseded by [ADR-0002](0002-drop-records.md)");
                put(
                    pushing,
                    crate::support::guarded::ADR,
                    text.replace(
                        "## Decision\n\nWe keep them.",
                        "**Decision**\n\nWe lose them.",
                    ),
                )
            },
        ),
        refused(
            "relation-with-words",
            "a line on relations carries words of its own",
            ("frozen-text-edited", "accepted adr-0001 was edited"),
            |pushing| {
                successor(pushing);
                put(
                    pushing,
                    crate::support::guarded::ADR,
                    ACCEPTED.replace(
                        "Accepted",
                        "Accepted\n\nAmended by [ADR-0002](0002-drop-records.md) because they never were to be kept",
                    ),
                )
            },
        ),
        refused(
            "status-in-a-comment",
            "a new record says draft in a comment and shows accepted in a heading of HTML; then it is edited",
            (
                "status-missing",
                "adr-0002 says its status only where nobody sees it",
            ),
            |pushing| {
                later(
                    pushing,
                    "# 2. Drop records\n\n<!-- status: draft -->\n\n<h2>Status</h2>\n\nAccepted\n\n## Decision\n\nWe drop them.\n",
                )
            },
        ),
        refused(
            "status-only-in-a-comment",
            "a new record says draft where nobody sees it, and accepted in a sentence",
            (
                "status-missing",
                "adr-0002 says its status only where nobody sees it",
            ),
            |pushing| {
                new_record(
                    pushing,
                    "# 2. Drop records\n\n<!-- status: draft -->\n\nThis record was accepted by all.\n\n## Decision\n\nWe drop them.\n",
                )
            },
        ),
        refused(
            "status-twice",
            "a new record says draft in a hidden line and accepted in its section; then it is edited",
            LATER,
            |pushing| {
                later(
                    pushing,
                    &with_status("Accepted")
                        .replace("## Status", "<!-- status: draft -->\n\n## Status"),
                )
            },
        ),
        refused(
            "status-two-lines",
            "a new record has two status sections; then it is edited",
            LATER,
            |pushing| {
                later(
                    pushing,
                    &with_status("Draft")
                        .replace("## Decision", "## Status\n\nAccepted\n\n## Decision"),
                )
            },
        ),
        refused(
            "status-front-matter",
            "front matter says draft, the section accepted; then it is edited",
            LATER,
            |pushing| {
                later(
                    pushing,
                    &format!("---\nstatus: draft\n---\n{}", with_status("Accepted")),
                )
            },
        ),
        refused(
            "status-struck",
            "a draft that is struck through stands in front of accepted; then it is edited",
            LATER,
            |pushing| later(pushing, &with_status("~~Draft~~ Accepted")),
        ),
        refused(
            "status-comment-in-front",
            "a comment in front of the word says draft; then it is edited",
            LATER,
            |pushing| later(pushing, &with_status("<!-- Draft -->Accepted")),
        ),
        refused(
            "status-html-in-front",
            "the same hidden by an attribute",
            (
                "status-unknown",
                "adr-0002 has the status \"Draft Accepted\", which no adr knows",
            ),
            |pushing| later(pushing, &with_status("<span hidden>Draft</span> Accepted")),
        ),
        refused(
            "status-white",
            "the same in a comment that is a block",
            LATER,
            |pushing| later(pushing, &with_status("<!--\nDraft\n-->\n\nAccepted")),
        ),
        refused(
            "status-entity",
            "the status is spelt with references; then it is edited",
            LATER,
            |pushing| later(pushing, &with_status("&#65;ccepted")),
        ),
        refused(
            "status-setext",
            "the heading of the status is underlined; then it is edited",
            LATER,
            |pushing| {
                later(
                    pushing,
                    &with_status("Accepted").replace("## Status", "Status\n------"),
                )
            },
        ),
        refused(
            "status-heading-html",
            "the heading of the status is HTML",
            ("status-missing", "adr-0002 has no status"),
            |pushing| {
                later(
                    pushing,
                    &with_status("Accepted").replace("## Status", "<h2>Status</h2>"),
                )
            },
        ),
        refused(
            "section-indented",
            "a section's heading is indented into code",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "    ## PATH-002")),
        ),
        refused(
            "section-fenced",
            "a section is put into a code block",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "```\n## PATH-002")),
        ),
        refused(
            "section-commented",
            "a section is put into a comment",
            REMOVED,
            |pushing| {
                spec(
                    pushing,
                    format!("{}-->\n", PATHS.replace("## PATH-002", "<!--\n## PATH-002")),
                )
            },
        ),
        refused(
            "section-in-pre",
            "a section is put into text as it stands",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "<pre>\n## PATH-002")),
        ),
        refused(
            "section-bold",
            "a section's heading becomes bold",
            REMOVED,
            |pushing| {
                spec(
                    pushing,
                    PATHS.replace("## PATH-002: Dots", "**PATH-002: Dots**"),
                )
            },
        ),
        refused(
            "section-escaped",
            "a section's heading is escaped",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "\\## PATH-002")),
        ),
        refused(
            "section-html",
            "a section's heading becomes HTML",
            REMOVED,
            |pushing| {
                spec(
                    pushing,
                    PATHS.replace("## PATH-002: Dots", "<h2>PATH-002: Dots</h2>"),
                )
            },
        ),
        refused(
            "section-in-a-list",
            "a section's heading is put into a list",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "- ## PATH-002")),
        ),
        refused(
            "section-quoted",
            "a section's heading is quoted",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "> ## PATH-002")),
        ),
        refused(
            "section-too-deep",
            "a section's heading gets a seventh mark",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "####### PATH-002")),
        ),
        refused(
            "section-title",
            "a section's heading becomes one of level 1",
            REMOVED,
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "# PATH-002")),
        ),
        refused(
            "section-code",
            "a section's ID is set as code",
            REMOVED,
            |pushing| {
                spec(
                    pushing,
                    PATHS.replace("## PATH-002: Dots", "## `PATH-002`: Dots"),
                )
            },
        ),
        refused(
            "section-front-matter",
            "front matter swallows a section",
            REMOVED,
            |pushing| {
                spec(
                    pushing,
                    PATHS.replace("## PATH-002: Dots", "").replace(
                        "# Paths\n",
                        "---\nold: |\n  ## PATH-002: Dots\n---\n# Paths\n",
                    ),
                )
            },
        ),
        silent(
            "section-setext",
            "a section's heading is underlined instead",
            |pushing| {
                spec(
                    pushing,
                    PATHS.replace("## PATH-002: Dots", "PATH-002: Dots\n---"),
                )
            },
        ),
        silent("wrapped", "an accepted text is wrapped anew", |pushing| {
            record(
                pushing,
                ACCEPTED.replace("We keep them.", "We\nkeep\nthem."),
            )
        }),
        silent(
            "superseded-as-it-should-be",
            "an accepted record is superseded as it should be",
            |pushing| {
                successor(pushing);
                put(
                    pushing,
                    crate::support::guarded::ADR,
                    ACCEPTED.replace("Accepted", "Superseded by [ADR-0002](0002-drop-records.md)"),
                )
            },
        ),
    ],
};

/// A record that takes the place of the first one is published.
fn successor(pushing: &crate::support::guarded::Pushing) {
    let text = with_status("Accepted\n\nSupersedes [ADR-0001](0001-keep-records.md)");
    published(pushing).clone.write(SECOND, &text);
    pushing.clone.commit("successor");
    pushing.clone.attempt(&["push", "origin", "main"]);
}

/// A second record is published, if that is allowed, and then turned round.
fn later(pushing: &crate::support::guarded::Pushing, text: &str) -> crate::case::Last {
    let _ = put(published(pushing), SECOND, text);
    pushing.clone.attempt(&["push", "origin", "main"]);
    put(pushing, SECOND, text.replace("drop them", "keep them"))
}
