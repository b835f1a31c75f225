//! Ways through a status or a section that is declared in other markup.

use super::text::{PATHS, SECOND, new_record, published, put, refused, silent, spec, with_status};
use crate::evasion::case::Group;

const REMOVED: (&str, &str) = (
    "section-removed",
    "PATH-002 was published, but no spec declares it now",
);
const LATER: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0002 was edited: its text changed",
);

pub(crate) const GROUP: Group = Group {
    title: "Statuses and sections in other markup",
    cases: &[
        refused(
            "status-in-a-comment",
            "a new record says draft in a comment and shows accepted in a heading of HTML; then it is edited",
            (
                "status-missing",
                "the status of adr-0002 is hidden in a comment",
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
                "the status of adr-0002 is hidden in a comment",
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
                "adr-0002 has the status \"Draft Accepted\", which is not defined for kind adr",
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
    ],
};

/// A second record is published, if that is allowed, and then turned round.
fn later(pushing: &crate::support::guarded::Pushing, text: &str) -> crate::evasion::case::Last {
    let _ = put(published(pushing), SECOND, text);
    pushing.clone.attempt(&["push", "origin", "main"]);
    put(pushing, SECOND, text.replace("drop them", "keep them"))
}
