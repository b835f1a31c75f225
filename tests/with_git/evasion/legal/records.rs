//! What may happen to the bytes of a record that is frozen, and what may stand beside it.

use super::team::{ADRS, AUDIT, CACHE, CACHE_TEXT, PATHS, PATHS_TEXT, RESEARCH};
use super::{silent, told};
use crate::evasion::case::{Group, push};
use crate::support::guarded::{ACCEPTED, ADR};

pub(crate) const GROUP: Group = Group {
    title: "Legal: frozen records and their neighbours",
    cases: &[
        silent(
            "paragraph-rewrapped",
            "a paragraph of an accepted record is wrapped at another width",
            |team| {
                team.begins().edits(
                    PATHS,
                    "separators, and users see what the backend has;\n",
                    "separators,\nand users see\nwhat the backend has; ",
                );
                team.commits("Wrap");
                push(&["main"])
            },
        ),
        silent(
            "trailing-blanks",
            "an editor takes trailing blanks away",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0004-log.md",
                    "# 4. Log  \n\n## Status \n\nAccepted\t\n\n## Decision\n\nWe log. \n",
                );
                team.does(&["push", "--quiet", "origin", "main"]);
                team.saves(
                    "sdd/adrs/0004-log.md",
                    "# 4. Log\n\n## Status\n\nAccepted\n\n## Decision\n\nWe log.\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "line-ends-normalised",
            "all line ends are made LF by .gitattributes and add --renormalize",
            |team| {
                team.begins()
                    .bytes(ADR, ACCEPTED.replace('\n', "\r\n").as_bytes())
                    .commits("Save on Windows");
                team.does(&["push", "--quiet", "origin", "main"])
                    .clone
                    .write(".gitattributes", "* text=auto\n");
                team.does(&["add", "--renormalize", "."])
                    .commits("Normalise line ends");
                push(&["main"])
            },
        ),
        silent(
            "line-ends-to-crlf",
            "an editor saves records with CR LF",
            |team| {
                team.begins();
                for path in [PATHS, AUDIT, RESEARCH] {
                    let text = team.clone.text(path).replace('\n', "\r\n");
                    team.bytes(path, text.as_bytes());
                }
                team.commits("Save on Windows");
                push(&["main"])
            },
        ),
        silent(
            "byte-order-mark-added",
            "an editor puts a byte order mark in front",
            |team| {
                team.begins()
                    .bytes(PATHS, format!("\u{feff}{PATHS_TEXT}").as_bytes())
                    .commits("Save with Notepad");
                push(&["main"])
            },
        ),
        silent(
            "byte-order-mark-removed",
            "and another one takes it away",
            |team| {
                team.begins()
                    .bytes(PATHS, format!("\u{feff}{PATHS_TEXT}").as_bytes())
                    .commits("Save with Notepad");
                team.does(&["push", "--quiet", "origin", "main"])
                    .saves(PATHS, PATHS_TEXT);
                push(&["main"])
            },
        ),
        silent(
            "final-newline",
            "the newline at the end is taken away, and put back",
            |team| {
                team.begins()
                    .saves(PATHS, PATHS_TEXT.trim_end())
                    .does(&["push", "--quiet", "origin", "main"]);
                team.saves(PATHS, PATHS_TEXT);
                push(&["main"])
            },
        ),
        silent(
            "table-aligned",
            "a formatter pads the cells of a table",
            |team| {
                team.begins().edits(
                PATHS,
                "| backend | separator |\n|---|---|\n| S3 | slash |\n| SMB | backslash |\n",
                "| backend | separator |\n| ------- | --------- |\n| S3      | slash     |\n| SMB     | backslash |\n",
            );
                team.commits("Format");
                push(&["main"])
            },
        ),
        silent(
            "blank-lines",
            "a formatter puts blank lines between items and after headings",
            |team| {
                team.begins()
                    .edits(PATHS, "Accepted\n\n", "Accepted\n\n\n")
                    .edits(PATHS, "## Decision\n\n", "## Decision\n\n\n");
                team.commits("Format");
                push(&["main"])
            },
        ),
        told(
            "record-moved-to-a-folder",
            "an accepted record is moved into another watched folder",
            "warning[frozen-document-moved]: accepted adr-0002 was moved",
            |team| {
                team.begins().saves(
                    "graven.toml",
                    "[kind.adr]\npaths = [\"sdd/adrs/**/[0-9]*-*.md\"]\n",
                );
                team.does(&["push", "--quiet", "origin", "main"]);
                std::fs::create_dir(team.path("sdd/adrs/old")).unwrap();
                team.does(&["mv", PATHS, "sdd/adrs/old/0002-native-paths.md"]);
                team.clone.git(&["commit", "--quiet", "--message", "Sort"]);
                push(&["main"])
            },
        ),
        told(
            "record-renamed",
            "the file name of an accepted record is reworded",
            "warning[frozen-document-moved]: accepted adr-0002 was moved",
            |team| {
                team.begins().does(&["mv", PATHS, "sdd/adrs/0002-paths.md"]);
                team.clone
                    .git(&["commit", "--quiet", "--message", "Rename"]);
                push(&["main"])
            },
        ),
        silent(
            "image-beside-a-record",
            "a picture is put beside the records",
            |team| {
                team.begins()
                    .bytes(
                        "sdd/adrs/images/0002-paths.png",
                        b"\x89PNG\r\n\x1a\n\0\xff\xfe",
                    )
                    .commits("Draw");
                push(&["main"])
            },
        ),
        silent("picture-changed", "the picture is drawn again", |team| {
            team.begins()
                .bytes(
                    "sdd/adrs/images/0002-paths.png",
                    b"\x89PNG\r\n\x1a\n\0\xff\xfe",
                )
                .commits("Draw");
            team.does(&["push", "--quiet", "origin", "main"]);
            team.bytes(
                "sdd/adrs/images/0002-paths.png",
                b"\x89PNG\r\n\x1a\n\0\x01\x02",
            )
            .commits("Draw again");
            push(&["main"])
        }),
        silent(
            "index-changed",
            "the list of decisions gets a line, and a template beside it is rewritten",
            |team| {
                team.begins()
                    .edits("sdd/adrs/README.md", "# Decisions\n", "# All decisions\n");
                team.clone.write(
                    "sdd/adrs/template.md",
                    "# {number}: {title}\n\n## Status\n\n{Draft|Accepted}\n",
                );
                team.commits("Tidy the index")
                    .saves("sdd/adrs/template.md", "# Title\n\n## Status\n\nDraft\n");
                push(&["main"])
            },
        ),
        silent(
            "record-like-file-elsewhere",
            "files that look like records stand outside the watched folders, and change",
            |team| {
                let paths = [
                    "docs/0001-keep-records.md",
                    "adrs/0001-keep-records.md",
                    "vendor/x/sdd/adrs/0001-keep-records.md",
                ];
                team.begins();
                for path in paths {
                    team.clone.write(path, ACCEPTED);
                }
                team.commits("Copy")
                    .does(&["push", "--quiet", "origin", "main"]);
                for path in paths {
                    team.edits(path, "We keep them.", "We lose them.");
                }
                team.commits("Rewrite the copies");
                push(&["main"])
            },
        ),
        silent(
            "record-cited",
            "other documents link to records in new ways",
            |team| {
                team.begins().edits(
                    "README.md",
                    "Reads",
                    "Decided in [ADR-0002](sdd/adrs/0002-native-paths.md): reads",
                );
                team.edits(
                    CACHE,
                    "We may",
                    "As [ADR-2](0002-native-paths.md#decision) says, we may",
                )
                .commits("Link");
                push(&["main"])
            },
        ),
        silent(
            "new-audit",
            "a new audit with tables, boxes and quotations",
            |team| {
                team.begins().saves(
                "sdd/audits/audit-002-sql.md",
                "# Audit 2\n\n> Status: Draft\n\n- [ ] open\n- [x] done\n\n\
                | ID | finding |\n|---|---|\n| PATH-001 | holds |\n| SQL-009 | is no section of ours |\n",
            );
                push(&["main"])
            },
        ),
        silent(
            "new-research",
            "a new note of research with front matter and a code block",
            |team| {
                team.begins().saves(
                    "sdd/research/research-arrow.md",
                    "---\ndate: 2026-02-01\nauthor: Ada\n---\n\n# Arrow\n\n\
                ```markdown\n## PATH-999: not a section\n## Status\nAcceptted\n```\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "two-records-in-one-commit",
            "two decisions, one of them accepted at once",
            |team| {
                team.begins().clone.write(
                    "sdd/adrs/0004-log.md",
                    &ACCEPTED.replace("1. Keep records", "4. Log"),
                );
                team.saves(
                    "sdd/adrs/0005-trace.md",
                    &CACHE_TEXT.replace("ADR-0003: Cache listings", "ADR-0005: Trace"),
                );
                push(&["main"])
            },
        ),
        silent(
            "thirty-records-at-once",
            "a team writes down what it decided in the last years",
            |team| {
                team.begins();
                for number in 10..40 {
                    let text = ACCEPTED
                        .replace("1. Keep records", &format!("{number}. Decision {number}"));
                    team.clone
                        .write(&format!("{ADRS}/{number:04}-decision-{number}.md"), &text);
                }
                team.commits("Write down what was decided");
                push(&["main"])
            },
        ),
        silent(
            "number-left-out",
            "the next record leaves a number out",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0010-round.md",
                    &ACCEPTED.replace("1. Keep records", "10. Round numbers"),
                );
                push(&["main"])
            },
        ),
        silent(
            "same-number-of-another-kind",
            "an RFC and an audit have the number of a decision",
            |team| {
                team.begins().clone.write(
                    "sdd/rfcs/rfc-0002-paths.md",
                    "# Paths\n\n## Status\n\nDraft\n",
                );
                team.saves(
                    "sdd/audits/audit-003-roots.md",
                    "# Audit of roots\n\nNone.\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "long-record",
            "a record of 300 KiB with ten thousand lines",
            |team| {
                let lines = "- an item of the list\n".repeat(10_000);
                team.begins().saves(
                    "sdd/adrs/0004-log.md",
                    &format!("{}\n{lines}", ACCEPTED.replace("1. Keep records", "4. Log")),
                );
                push(&["main"])
            },
        ),
        silent(
            "list-indented",
            "a formatter indents the items of a list otherwise",
            |team| {
                team.begins()
                    .edits(PATHS, "- Every", "-   Every")
                    .edits(PATHS, "- Nobody", "-   Nobody")
                    .commits("Format");
                push(&["main"])
            },
        ),
        silent(
            "files-beside-records",
            "backups, placeholders and data of other tools lie beside the records",
            |team| {
                team.begins()
                    .clone
                    .write("sdd/adrs/0002-native-paths.md.orig", "old\n")
                    .write("sdd/adrs/.gitkeep", "");
                team.clone
                    .write("sdd/adrs/0002-native-paths.json", "{}\n")
                    .write("sdd/README.md", "# Ours\n")
                    .write("sdd/notes/a.md", "a\n");
                team.commits("Keep everything")
                    .does(&["rm", "-r", "--quiet", "sdd/notes", "sdd/adrs/.gitkeep"])
                    .commits("Tidy");
                push(&["main"])
            },
        ),
        silent(
            "number-in-the-title-only",
            "a record and its heading number each other differently from the start",
            |team| {
                team.begins().saves(
                    "sdd/adrs/0004-log.md",
                    &ACCEPTED.replace("1. Keep records", "ADR 4 - Log"),
                );
                push(&["main"])
            },
        ),
    ],
};
