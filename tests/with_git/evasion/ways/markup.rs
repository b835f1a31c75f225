//! Ways through what Markdown hides, or shows otherwise than it is written.

use super::text::{SECOND, also, published, put, record, refused, silent, with_status};
use crate::evasion::case::Group;
use crate::support::guarded::ACCEPTED;

const WORDS: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0001 was edited: its text changed",
);
const MARKUP: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0002 was edited: its markup changed",
);
const LATER: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0002 was edited: its text changed",
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
                "accepted adr-0001 was edited: its text changed",
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
