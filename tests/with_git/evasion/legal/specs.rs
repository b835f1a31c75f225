//! Specs live on; the IDs of their sections stay.

use super::silent;
use super::team::{OTHER_SPEC, OTHER_SPEC_TEXT, SPEC, SPEC_TEXT, TESTS, TESTS_TEXT};
use crate::evasion::case::{Group, push};

const LENGTH: &str =
    "## PATH-002: Length\n\n**Invariant:** A path MUST NOT be longer than 4096 bytes.\n\n";

pub(crate) const GROUP: Group = Group {
    title: "Legal: specs",
    cases: &[
        silent(
            "new-section-with-a-test",
            "a spec gets a section, and a test that cites it",
            |team| {
                team.begins().clone.write(
                    SPEC,
                    &format!("{SPEC_TEXT}\n## PATH-004: Dots\n\nA segment is never a dot.\n"),
                );
                team.saves(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-004\")\ndef test_dots(): ...\n"
                    ),
                );
                push(&["main"])
            },
        ),
        silent(
            "new-section-in-the-middle",
            "a section with a new ID stands between old ones",
            |team| {
                team.begins().edits(
                    SPEC,
                    LENGTH,
                    &format!("{LENGTH}## PATH-004: Dots\n\nA segment is never a dot.\n\n"),
                );
                team.saves(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-004\")\ndef test_dots(): ...\n"
                    ),
                );
                push(&["main"])
            },
        ),
        silent(
            "section-number-left-out",
            "a new section leaves numbers out",
            |team| {
                team.begins().clone.write(
                    SPEC,
                    &format!("{SPEC_TEXT}\n## PATH-010: Dots\n\nA segment is never a dot.\n"),
                );
                team.saves(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-010\")\ndef test_dots(): ...\n"
                    ),
                );
                push(&["main"])
            },
        ),
        silent(
            "section-with-a-letter",
            "a section is refined by one with a letter behind its number",
            |team| {
                team.begins().edits(
                    SPEC,
                    LENGTH,
                    &format!(
                        "{LENGTH}### PATH-002a: Length of a segment\n\nAt most 255 bytes.\n\n"
                    ),
                );
                team.saves(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-002a\")\ndef test_dots(): ...\n"
                    ),
                );
                push(&["main"])
            },
        ),
        silent(
            "sections-reordered",
            "the sections of a spec are put in another order",
            |team| {
                team.begins().edits(SPEC, LENGTH, "");
                let text = format!("{}\n{LENGTH}", team.clone.text(SPEC));
                team.saves(SPEC, &text);
                push(&["main"])
            },
        ),
        silent(
            "section-moved-to-another-spec",
            "a section moves to another spec, which declares its prefix",
            |team| {
                team.begins().edits(SPEC, LENGTH, "");
                let text = OTHER_SPEC_TEXT.replace(
                    "**Prefix:** CACHE\n",
                    "**Prefix:** CACHE\n**Prefix:** PATH\n",
                );
                team.saves(OTHER_SPEC, &format!("{text}\n{LENGTH}"));
                push(&["main"])
            },
        ),
        silent(
            "section-moved-to-a-new-spec",
            "a spec is split: a section goes to a new one",
            |team| {
                team.begins().edits(SPEC, LENGTH, "");
                team.saves(
                    "sdd/specs/003-lengths.md",
                    &format!("# Lengths\n\n**Prefix:** PATH\n\n{LENGTH}"),
                );
                push(&["main"])
            },
        ),
        silent("spec-renamed", "a spec gets another file name", |team| {
            team.begins()
                .does(&["mv", SPEC, "sdd/specs/001-path-model.md"])
                .commits("Rename");
            push(&["main"])
        }),
        silent(
            "section-explained",
            "a section gets reasons, examples and a table, and its first words are polished",
            |team| {
                team.begins()
                    .edits(
                        SPEC,
                        "between its segments.\n",
                        "between all of its segments.\n\n**Example:** `a/b`\n\n\
                | in | out |\n|---|---|\n| `a//b` | `a/b` |\n\nOther systems know other signs.\n",
                    )
                    .commits("Explain");
                push(&["main"])
            },
        ),
        silent(
            "section-rewrapped",
            "a section is wrapped at another width, and its markup changed",
            |team| {
                team.begins().edits(
                    SPEC,
                    "is absolute after normalization, and begins",
                    "is *absolute* after normalization,\nand begins",
                );
                team.commits("Wrap");
                push(&["main"])
            },
        ),
        silent(
            "section-deprecated",
            "a section is marked [DEPRECATED]",
            |team| {
                team.begins()
                    .edits(SPEC, "PATH-002: Length", "PATH-002: Length [DEPRECATED]")
                    .commits("Deprecate");
                push(&["main"])
            },
        ),
        silent(
            "section-deprecated-with-a-successor",
            "a section is deprecated in favour of a new one",
            |team| {
                team.begins().edits(
                    SPEC,
                    "PATH-002: Length\n",
                    "PATH-002: Length [DEPRECATED]\n\nDeprecated in favour of PATH-004.\n",
                );
                let text = format!(
                    "{}\n## PATH-004: Size\n\nA path has at most 8192 bytes.\n",
                    team.clone.text(SPEC)
                );
                team.clone.write(SPEC, &text);
                team.saves(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-004\")\ndef test_size(): ...\n"
                    ),
                );
                push(&["main"])
            },
        ),
        silent(
            "deprecated-section-loses-its-test",
            "a section was deprecated; then its test is taken away",
            |team| {
                team.begins()
                    .edits(SPEC, "PATH-003: Roots", "PATH-003: Roots [DEPRECATED]")
                    .commits("Deprecate");
                team.does(&["push", "--quiet", "origin", "main"])
                    .edits(TESTS, ", \"PATH-003\"", "")
                    .commits("Test less");
                push(&["main"])
            },
        ),
        silent(
            "plain-heading-renamed",
            "a heading without an ID is renamed, and another one taken away",
            |team| {
                team.begins()
                    .edits(
                        SPEC,
                        "## Overview\n\nHow paths look.\n",
                        "## Purpose\n\nHow paths look here.\n",
                    )
                    .commits("Rename");
                team.edits(SPEC, "## Purpose\n\nHow paths look here.\n\n", "")
                    .commits("Shorten");
                push(&["main"])
            },
        ),
        silent(
            "heading-level-changed",
            "sections become sub-sections",
            |team| {
                team.begins()
                    .edits(SPEC, "## PATH-", "### PATH-")
                    .edits(SPEC, "## Overview", "## Contract")
                    .commits("Nest");
                push(&["main"])
            },
        ),
        silent(
            "new-spec-with-tests",
            "a new spec comes with its prefix and its tests",
            |team| {
                team.begins().clone.write(
                "sdd/specs/003-streams.md",
                "# Streams\n\n**Prefix:** STR\n\n## STR-001: Laziness\n\nNothing is read early.\n",
            );
                team.saves(
                "tests/test_streams.py",
                "import pytest\n\npytestmark = pytest.mark.spec(\"STR-001\")\n\n\ndef test_it(): ...\n",
            );
                push(&["main"])
            },
        ),
        silent(
            "ids-in-code-and-prose",
            "IDs are quoted in code blocks, comments and prose, and change there",
            |team| {
                let text = format!(
                    "{SPEC_TEXT}\n## Notes\n\nSee PATH-001 and `PATH-999`.\n\n```markdown\n## PATH-998: Example\n```\n\n<!-- ## PATH-997: no -->\n"
                );
                team.begins()
                    .saves(SPEC, &text)
                    .edits(SPEC, "PATH-998", "PATH-996")
                    .edits(SPEC, "PATH-999", "PATH-995")
                    .commits("Quote");
                push(&["main"])
            },
        ),
        silent(
            "spec-saved-on-windows",
            "a spec is saved with CR LF and a byte order mark",
            |team| {
                team.begins()
                    .bytes(
                        SPEC,
                        format!("\u{feff}{}", SPEC_TEXT.replace('\n', "\r\n")).as_bytes(),
                    )
                    .commits("Save");
                push(&["main"])
            },
        ),
        silent(
            "section-planned",
            "a new section is only reserved",
            |team| {
                team.begins().saves(
                    SPEC,
                    &format!("{SPEC_TEXT}\n## PATH-004: TBD\n\nReserved.\n"),
                );
                push(&["main"])
            },
        ),
        silent(
            "moved-section-brings-its-prefix",
            "a section moves to another spec as it is",
            |team| {
                team.begins().edits(SPEC, LENGTH, "");
                team.saves(OTHER_SPEC, &format!("{OTHER_SPEC_TEXT}\n{LENGTH}"));
                push(&["main"])
            },
        ),
        silent("specs-merged", "two specs become one", |team| {
            team.begins().does(&["rm", "--quiet", OTHER_SPEC]);
            team.saves(SPEC, &format!("{SPEC_TEXT}\n**Prefix:** CACHE\n\n## CACHE-001: Age\n\n**Invariant:** An entry is dropped after 60 seconds.\n"));
            push(&["main"])
        }),
        silent(
            "table-of-sections",
            "a spec gets a table of contents that links to its sections",
            |team| {
                team.begins().edits(SPEC, "How paths look.\n", "- [PATH-001](#path-001-separators)\n- [PATH-002](#path-002-length)\n\n| Section | Since |\n|---|---|\n| PATH-001 | 1.0 |\n");
                team.commits("Add contents");
                push(&["main"])
            },
        ),
    ],
};
