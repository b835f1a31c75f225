//! Ways through bytes that are no text, or another text to another reader.

use super::text::{
    PATHS, SECOND, SPEC, also, new_record, not_judged, published, put, record, refused, silent,
    spec, with_status,
};
use crate::evasion::case::Group;
use crate::support::guarded::{ACCEPTED, EDITED};

const UNREADABLE: (&str, &str) = (
    "frozen-document-unreadable",
    "accepted adr-0001 became unreadable",
);
const WORDS: (&str, &str) = (
    "frozen-text-edited",
    "accepted adr-0001 was edited: its text changed",
);

pub(crate) const GROUP: Group = Group {
    title: "Bytes that are no text, or another one to another reader",
    cases: &[
        refused(
            "nul-in-a-record",
            "a NUL is put into an accepted record",
            UNREADABLE,
            |pushing| record(pushing, ACCEPTED.replace("keep", "lose\0")),
        ),
        refused(
            "utf-16-record",
            "the record is written anew as UTF-16, little end first",
            UNREADABLE,
            |pushing| {
                record(
                    pushing,
                    utf16(&format!("\u{feff}{EDITED}"), u16::to_le_bytes),
                )
            },
        ),
        refused(
            "utf-16-big",
            "the same with the big end first",
            UNREADABLE,
            |pushing| {
                record(
                    pushing,
                    utf16(&format!("\u{feff}{EDITED}"), u16::to_be_bytes),
                )
            },
        ),
        refused(
            "utf-16-unmarked",
            "the same without a byte order mark",
            UNREADABLE,
            |pushing| record(pushing, utf16(EDITED, u16::to_le_bytes)),
        ),
        refused(
            "utf-32-record",
            "the same as UTF-32",
            UNREADABLE,
            |pushing| {
                record(
                    pushing,
                    EDITED
                        .chars()
                        .flat_map(|sign| u32::from(sign).to_le_bytes())
                        .collect::<Vec<_>>(),
                )
            },
        ),
        refused(
            "invalid-byte",
            "a byte that no UTF-8 holds is put at its end",
            UNREADABLE,
            |pushing| record(pushing, [EDITED.as_bytes(), b"\xff"].concat()),
        ),
        refused(
            "latin-1",
            "the record is written anew as Latin-1",
            UNREADABLE,
            |pushing| record(pushing, [EDITED.as_bytes(), b"\xfcber\n"].concat()),
        ),
        refused(
            "overlong",
            "a line end is spelt in two bytes",
            UNREADABLE,
            |pushing| record(pushing, [EDITED.as_bytes(), b"\xc0\x8a"].concat()),
        ),
        refused(
            "surrogate",
            "half a surrogate pair is put in",
            UNREADABLE,
            |pushing| record(pushing, [EDITED.as_bytes(), b"\xed\xa0\x80"].concat()),
        ),
        refused(
            "second-mark",
            "a second byte order mark is put behind the first",
            WORDS,
            |pushing| record(pushing, format!("\u{feff}\u{feff}{ACCEPTED}")),
        ),
        refused(
            "mark-inside",
            "a byte order mark is put into the text",
            WORDS,
            |pushing| record(pushing, ACCEPTED.replace("keep", "keep\u{feff}")),
        ),
        refused(
            "carriage-return-hides",
            "a carriage return shows the new words over the old ones",
            WORDS,
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("We keep them.", "We lose them.\rWe keep them."),
                )
            },
        ),
        refused(
            "carriage-returns-alone",
            "every line end becomes a carriage return, and the decision another",
            WORDS,
            |pushing| record(pushing, EDITED.replace('\n', "\r")),
        ),
        refused(
            "carriage-return-heading",
            "the heading below the status ends in a carriage return alone, and words follow",
            WORDS,
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("## Decision\n", "## Decision\rNot so:\n"),
                )
            },
        ),
        refused(
            "line-separator",
            "a line end becomes U+2028",
            WORDS,
            |pushing| record(pushing, ACCEPTED.replace("\n\nWe keep", "\u{2028}We keep")),
        ),
        refused("next-line", "a line end becomes U+0085", WORDS, |pushing| {
            record(pushing, ACCEPTED.replace("\n\nWe keep", "\u{85}We keep"))
        }),
        refused(
            "line-separator-in-status",
            "the status of a new record goes on behind U+2028",
            (
                "frozen-text-edited",
                "accepted adr-0002 was edited: its text changed",
            ),
            |pushing| {
                let text = with_status("Accepted\u{2028}Draft");
                also(published(pushing), SECOND, &text);
                put(pushing, SECOND, text.replace("drop them", "keep them"))
            },
        ),
        refused(
            "vertical-tab",
            "a vertical tab is put between two words",
            WORDS,
            |pushing| record(pushing, ACCEPTED.replace("keep them", "keep \u{b} them")),
        ),
        not_judged(
            "new-record-nul",
            "a new record holds a NUL, so that it would be no document",
            "sdd/adrs/0002-drop-records.md cannot be read",
            |pushing| new_record(pushing, format!("{}\0", with_status("Accepted"))),
        ),
        not_judged(
            "new-record-utf-16",
            "a new record is UTF-16",
            "sdd/adrs/0002-drop-records.md cannot be read",
            |pushing| new_record(pushing, utf16(&with_status("Accepted"), u16::to_le_bytes)),
        ),
        not_judged(
            "new-record-invalid",
            "a new record is no UTF-8",
            "sdd/adrs/0002-drop-records.md cannot be read",
            |pushing| {
                new_record(
                    pushing,
                    [with_status("Accepted").as_bytes(), b"\xfe"].concat(),
                )
            },
        ),
        refused(
            "spec-nul",
            "a spec gets a NUL and loses its sections",
            (
                "section-removed",
                "PATH-001 was published, but its document became unreadable",
            ),
            |pushing| spec(pushing, "# Paths\0\n"),
        ),
        refused(
            "spec-utf-16",
            "a spec becomes UTF-16 and loses its sections",
            (
                "section-removed",
                "PATH-001 was published, but its document became unreadable",
            ),
            |pushing| spec(pushing, utf16("\u{feff}# Paths\n", u16::to_le_bytes)),
        ),
        refused(
            "spec-carriage-return",
            "a section stands in a code block for readers whose lines end at a carriage return",
            (
                "text-deceptive",
                "spec-001 contains U+000D, which only some programs treat as a line break",
            ),
            |pushing| {
                spec(
                    pushing,
                    PATHS.replace("## PATH-002: Dots\n", "```\r## PATH-002: Dots\r```\n"),
                )
            },
        ),
        not_judged(
            "policy-utf-16",
            "the policy becomes UTF-16",
            "graven.toml is not a text file",
            |pushing| {
                also(published(pushing), "graven.toml", "preset = \"sdd\"\n");
                put(
                    pushing,
                    "graven.toml",
                    utf16("\u{feff}preset = \"none\"\n", u16::to_le_bytes),
                )
            },
        ),
        not_judged(
            "policy-nul",
            "the policy gets a NUL",
            "graven.toml",
            |pushing| {
                also(published(pushing), "graven.toml", "preset = \"sdd\"\n");
                put(pushing, "graven.toml", "preset = \"sdd\"\n\0")
            },
        ),
        not_judged(
            "policy-carriage-return",
            "a carriage return hides a rule in the policy behind a comment",
            "graven.toml",
            |pushing| {
                also(published(pushing), "graven.toml", "preset = \"sdd\"\n");
                put(
                    pushing,
                    "graven.toml",
                    "preset = \"sdd\" # guarded\r[rules]\rfrozen-text-edited = \"allow\"\n",
                )
            },
        ),
        refused(
            "waiver-utf-16",
            "an edit comes with a waiver in UTF-16",
            WORDS,
            |pushing| {
                published(pushing)
                    .clone
                    .write(crate::support::guarded::ADR, EDITED);
                let waiver = "[[waiver]]\nrule = \"frozen-text-edited\"\n";
                put(
                    pushing,
                    "sdd/waivers/2026-01-01-edit.toml",
                    utf16(waiver, u16::to_le_bytes),
                )
            },
        ),
        not_judged(
            "waiver-nul",
            "a waiver holds a NUL",
            "sdd/waivers/2026-01-01-edit.toml",
            |pushing| {
                put(
                    published(pushing),
                    "sdd/waivers/2026-01-01-edit.toml",
                    "# nothing\0\n",
                )
            },
        ),
        refused(
            "backlog-utf-16",
            "the backlog becomes UTF-16 and loses an item",
            ("backlog-item-lost", "BK-001 (Sort) was removed"),
            |pushing| {
                also(
                    published(pushing),
                    "sdd/BACKLOG.md",
                    "# Backlog\n\n- [ ] **BK-001 — Sort**\n",
                );
                put(
                    pushing,
                    "sdd/BACKLOG.md",
                    utf16("# Backlog\n", u16::to_le_bytes),
                )
            },
        ),
        refused(
            "test-nul",
            "the only test of a section becomes a binary file to Git",
            (
                "last-test-removed",
                "the last test that cites PATH-002 was removed",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "tests/paths.rs",
                    "\0// spec: PATH-001, PATH-002\n",
                )
            },
        ),
        silent(
            "line-ends",
            "an accepted record gets Windows line ends, a byte order mark and a final blank line",
            |pushing| {
                record(
                    pushing,
                    format!("\u{feff}{}\r\n", ACCEPTED.replace('\n', "\r\n")),
                )
            },
        ),
        silent(
            "form-feed",
            "a form feed stands between two paragraphs",
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("\n\nWe keep", "\n\n\u{c}\n\nWe keep"),
                )
            },
        ),
        silent(
            "spec-line-ends",
            "a spec gets Windows line ends",
            |pushing| put(published(pushing), SPEC, PATHS.replace('\n', "\r\n")),
        ),
    ],
};

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}
