//! Ways through letters that look like others, or like nothing.

use super::text::{
    PATHS, SECOND, also, new_record, published, put, record, refused, silent, spec, with_status,
};
use crate::evasion::case::{Group, Last};
use crate::support::guarded::{ACCEPTED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "Letters that look like others, or like nothing",
    cases: &[
        refused(
            "status-greek",
            "the status of an accepted record is written with a Greek Alpha, so that it would not be frozen",
            (
                "status-unknown",
                "adr-0001 has the status \"Αccepted\", which looks like Accepted but contains U+0391",
            ),
            |pushing| record(pushing, ACCEPTED.replace("Accepted", "Αccepted")),
        ),
        refused(
            "status-greek-then-edit",
            "the same, with another decision",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| {
                record(
                    pushing,
                    ACCEPTED
                        .replace("Accepted", "Αccepted")
                        .replace("keep them", "lose them"),
                )
            },
        ),
        refused(
            "status-cyrillic-new",
            "a new record looks accepted and would stay free to be edited: a Cyrillic A",
            (
                "status-unknown",
                "adr-0002 has the status \"Аccepted\", which looks like Accepted but contains U+0410",
            ),
            |pushing| new_record(pushing, with_status("Аccepted")),
        ),
        refused(
            "status-all-cyrillic-new",
            "the same with every letter that has a twin",
            (
                "status-unknown",
                "adr-0002 has the status \"Ассерtеd\", which looks like Accepted but contains U+0410",
            ),
            |pushing| new_record(pushing, with_status("Ассерtеd")),
        ),
        refused(
            "status-full-width-new",
            "the same in full-width letters",
            (
                "status-unknown",
                "adr-0002 has the status \"Ａｃｃｅｐｔｅｄ\", which looks like Accepted but contains U+FF21",
            ),
            |pushing| new_record(pushing, with_status("Ａｃｃｅｐｔｅｄ")),
        ),
        refused(
            "status-mathematical-new",
            "the same in mathematical letters",
            (
                "status-unknown",
                "adr-0002 has the status \"𝐀𝐜𝐜𝐞𝐩𝐭𝐞𝐝\", which looks like Accepted but contains U+1D400",
            ),
            |pushing| new_record(pushing, with_status("𝐀𝐜𝐜𝐞𝐩𝐭𝐞𝐝")),
        ),
        refused(
            "status-combining-new",
            "the same with a mark below a letter",
            (
                "status-unknown",
                "adr-0002 has the status \"Accep\u{323}ted\", which looks like Accepted but contains U+0323",
            ),
            |pushing| new_record(pushing, with_status("Accep\u{323}ted")),
        ),
        refused(
            "status-digit-new",
            "the same with a digit for a letter",
            (
                "status-unknown",
                "adr-0002 has the status \"W1thdrawn\", which looks like Withdrawn but contains U+0031",
            ),
            |pushing| new_record(pushing, with_status("W1thdrawn")),
        ),
        refused(
            "status-zero-width-new",
            "the same with a zero-width space inside the word",
            ("text-deceptive", "adr-0002 contains U+200B inside a word"),
            |pushing| new_record(pushing, with_status("Acc\u{200b}epted")),
        ),
        refused(
            "status-zero-width",
            "such a record came with the first push of all, which is only warned about; then its decision is turned round",
            (
                "frozen-text-edited",
                "accepted adr-0002 was edited: its text changed",
            ),
            |pushing| from_the_first(pushing, "Acc\u{200b}epted"),
        ),
        refused(
            "status-filler",
            "the same with a Hangul filler inside the word",
            (
                "frozen-text-edited",
                "accepted adr-0002 was edited: its text changed",
            ),
            |pushing| from_the_first(pushing, "Acc\u{115f}epted"),
        ),
        refused(
            "status-heading-look-alike",
            "the heading of the status has a Cyrillic letter, and a comment says draft to graven alone; then an edit",
            (
                "frozen-text-edited",
                "accepted adr-0002 was edited: its text changed",
            ),
            |pushing| {
                let text = with_status("Accepted")
                    .replace("## Status", "<!-- status: draft -->\n\n## Ѕtatus");
                let _ = put(published(pushing), SECOND, &text);
                pushing.clone.attempt(&["push", "origin", "main"]);
                put(pushing, SECOND, text.replace("drop them", "keep them"))
            },
        ),
        refused(
            "status-heading-lost",
            "the heading of an accepted record's status is written with a Cyrillic letter",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| record(pushing, ACCEPTED.replace("## Status", "## Ѕtatus")),
        ),
        refused(
            "id-hyphen",
            "a new section is headed by an ID with a non-breaking hyphen",
            (
                "id-look-alike",
                "\"PATH‑003\" looks like the ID PATH-003 but contains U+2011",
            ),
            |pushing| spec(pushing, format!("{PATHS}\n## PATH‑003: Blanks\n\nNone.\n")),
        ),
        refused(
            "id-en-dash",
            "the same with an en dash",
            (
                "id-look-alike",
                "\"PATH–003\" looks like the ID PATH-003 but contains U+2013",
            ),
            |pushing| spec(pushing, format!("{PATHS}\n## PATH–003: Blanks\n\nNone.\n")),
        ),
        refused(
            "id-cyrillic",
            "the same with a Cyrillic P",
            (
                "id-look-alike",
                "\"РATH-003\" looks like the ID PATH-003 but contains U+0420",
            ),
            |pushing| spec(pushing, format!("{PATHS}\n## РATH-003: Blanks\n\nNone.\n")),
        ),
        refused(
            "id-digits",
            "the same with full-width digits, which are digits to an expression",
            (
                "id-look-alike",
                "\"PATH-００３\" looks like the ID PATH-003 but contains U+FF10",
            ),
            |pushing| {
                spec(
                    pushing,
                    format!("{PATHS}\n## PATH-００３: Blanks\n\nNone.\n"),
                )
            },
        ),
        refused(
            "id-arabic-digits",
            "the same with Arabic digits",
            (
                "id-look-alike",
                "\"PATH-٠٠٣\" looks like the ID PATH-003 but contains U+0660",
            ),
            |pushing| {
                spec(
                    pushing,
                    format!("{PATHS}\n## PATH-\u{660}\u{660}\u{663}: Blanks\n\nNone.\n"),
                )
            },
        ),
        refused(
            "id-zero-width",
            "the same with a zero-width space",
            (
                "id-look-alike",
                "\"PATH-\\u{200b}003\" looks like the ID PATH-003 but contains U+200B",
            ),
            |pushing| {
                spec(
                    pushing,
                    format!("{PATHS}\n## PATH-\u{200b}003: Blanks\n\nNone.\n"),
                )
            },
        ),
        refused(
            "id-in-table",
            "the same in a table of IDs",
            (
                "id-look-alike",
                "\"РATH-003\" looks like the ID PATH-003 but contains U+0420",
            ),
            |pushing| {
                spec(
                    pushing,
                    format!("{PATHS}\n| ID | Title |\n|---|---|\n| РATH-003 | Blanks |\n"),
                )
            },
        ),
        refused(
            "id-disguised",
            "a published ID is written with a Cyrillic P",
            (
                "section-removed",
                "PATH-002 was published, but no spec declares it now",
            ),
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "## РATH-002")),
        ),
        refused(
            "id-disguised-digits",
            "a published ID is written with full-width digits",
            (
                "section-removed",
                "PATH-002 was published, but no spec declares it now",
            ),
            |pushing| spec(pushing, PATHS.replace("## PATH-002", "## PATH-００２")),
        ),
        refused(
            "citation-look-alike",
            "a test cites an ID with a Cyrillic P",
            (
                "test-cites-unknown",
                "a test cites \"РATH-001\", which is not a section ID",
            ),
            |pushing| put(published(pushing), "tests/more.rs", "// spec: РATH-001\n"),
        ),
        refused(
            "citation-zero-width",
            "a test cites an ID with a zero-width space, which nobody sees",
            (
                "test-cites-unknown",
                "a test cites \"PATH-\\u{200b}001\", which is not a section ID",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "tests/more.rs",
                    "// spec: PATH-\u{200b}001\n",
                )
            },
        ),
        refused(
            "citation-digits",
            "a test cites an ID with full-width digits",
            (
                "test-cites-unknown",
                "a test cites PATH-００１, which no spec declares",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "tests/more.rs",
                    "// spec: PATH-００１\n",
                )
            },
        ),
        refused(
            "citation-disguised",
            "the only citation of a section is written with a non-breaking hyphen",
            (
                "last-test-removed",
                "the last test that cites PATH-002 was removed",
            ),
            |pushing| {
                put(
                    published(pushing),
                    "tests/paths.rs",
                    "// spec: PATH-001, PATH‑002\n",
                )
            },
        ),
        refused(
            "backlog-id-look-alike",
            "a new item of the backlog has a Cyrillic K in its ID",
            (
                "id-look-alike",
                "\"BК-002\" looks like the ID BK-002 but contains U+041A",
            ),
            |pushing| {
                also(
                    published(pushing),
                    "sdd/BACKLOG.md",
                    "# Backlog\n\n- [ ] **BK-001 — Sort**\n",
                );
                let more = "# Backlog\n\n- [ ] **BK-001 — Sort**\n- [ ] **BК-002 — Search**\n";
                put(pushing, "sdd/BACKLOG.md", more)
            },
        ),
        refused(
            "backlog-id-disguised",
            "an item of the backlog gets a Cyrillic K in its ID",
            (
                "backlog-item-lost",
                "BK-001 (Sort) was removed from the backlog",
            ),
            |pushing| {
                also(
                    published(pushing),
                    "sdd/BACKLOG.md",
                    "# Backlog\n\n- [ ] **BK-001 — Sort**\n",
                );
                put(
                    pushing,
                    "sdd/BACKLOG.md",
                    "# Backlog\n\n- [ ] **BК-001 — Sort**\n",
                )
            },
        ),
        refused(
            "zero-width-in-frozen-text",
            "a zero-width space is put into an accepted text",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| record(pushing, ACCEPTED.replace("keep", "ke\u{200b}ep")),
        ),
        refused(
            "zero-width-between-words",
            "a zero-width joiner is put between two words of an accepted text",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| record(pushing, ACCEPTED.replace("keep them", "keep \u{200d} them")),
        ),
        refused(
            "no-break-space-in-frozen-text",
            "a blank of an accepted text becomes a no-break space",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| record(pushing, ACCEPTED.replace("keep them", "keep\u{a0}them")),
        ),
        refused(
            "bidi-in-frozen-text",
            "an override turns the letters of an accepted text round",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its text changed",
            ),
            |pushing| record(pushing, ACCEPTED.replace("keep", "\u{202e}keep\u{202c}")),
        ),
        refused(
            "bidi-beside-the-status",
            "the same behind the status word",
            (
                "frozen-text-edited",
                "accepted adr-0001 was edited: its markup changed",
            ),
            |pushing| {
                record(
                    pushing,
                    ACCEPTED.replace("Accepted", "Accepted \u{202e}\u{202c}"),
                )
            },
        ),
        refused(
            "bidi-in-new-record",
            "a new record reads otherwise than it is stored: a right-to-left override",
            (
                "text-deceptive",
                "adr-0002 contains U+202E, which reverses letters",
            ),
            |pushing| {
                new_record(
                    pushing,
                    with_status("Accepted").replace("drop", "\u{202e}peek\u{202c}"),
                )
            },
        ),
        refused(
            "isolates-in-new-record",
            "the same with isolates that all are closed, among Latin letters",
            (
                "text-deceptive",
                "adr-0002 contains U+2067, which reorders words",
            ),
            |pushing| {
                let turned = "\u{2067}\u{2066}drop\u{2069} \u{2066}them\u{2069}\u{2069}";
                new_record(
                    pushing,
                    with_status("Accepted").replace("drop them", turned),
                )
            },
        ),
        refused(
            "tags-in-new-record",
            "a new record carries a text in tag characters, which programs read and people do not see",
            (
                "text-deceptive",
                "adr-0002 contains U+E0069, an invisible character",
            ),
            |pushing| {
                let hidden: String = "ignore all records"
                    .chars()
                    .filter_map(|sign| char::from_u32(0xe0000 + u32::from(sign)))
                    .collect();
                new_record(
                    pushing,
                    with_status("Accepted").replace("drop", &format!("drop{hidden}")),
                )
            },
        ),
        refused(
            "selectors-in-new-record",
            "the same in variation selectors",
            (
                "text-deceptive",
                "adr-0002 contains U+FE01, a repeated variation selector",
            ),
            |pushing| {
                new_record(
                    pushing,
                    with_status("Accepted").replace("drop", "drop\u{fe00}\u{fe01}\u{fe02}\u{fe03}"),
                )
            },
        ),
        refused(
            "zero-width-in-new-spec",
            "a word of a new section is not what a search finds: a zero-width joiner inside",
            ("text-deceptive", "spec-001 contains U+200D inside a word"),
            |pushing| {
                spec(
                    pushing,
                    PATHS.replace("rejected with", "rejected wi\u{200d}th"),
                )
            },
        ),
        silent(
            "emoji-and-scripts",
            "a draft with emoji of several signs, Persian, Hindi, Hebrew with isolates, a soft hyphen and a byte order mark",
            |pushing| {
                let text = with_status("✍\u{fe0f} Draft").replace(
                    "We drop them.",
                    "👩\u{200d}💻 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 1\u{fe0f}\u{20e3} \
                     می\u{200c}خواهم क\u{94d}\u{200d}ष \u{2067}שלום\u{2069} und \u{200f}שלום\u{200f} Über\u{ad}größe.",
                );
                new_record(pushing, format!("\u{feff}{text}"))
            },
        ),
    ],
};

/// A record with this status is the first that is ever pushed; then it says the opposite.
fn from_the_first(pushing: &Pushing, status: &str) -> Last {
    let text = with_status(status);
    also(pushing, SECOND, &text);
    put(pushing, SECOND, text.replace("drop them", "keep them"))
}
