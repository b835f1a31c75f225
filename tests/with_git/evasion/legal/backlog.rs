//! The backlog, the change log, and the messages that speak of them.

use super::silent;
use super::team::{BACKLOG, CHANGES, CODE, DONE, SPEC, SPEC_TEXT, TESTS, TESTS_TEXT};
use crate::evasion::case::{Group, push};

const DOTS: &str = "- [ ] **BK-001 — Reject dots**\n  In every backend.\n";
const JOINS: &str = "- [ ] **BUG-001 — Joins lose a slash**\n";

pub(crate) const GROUP: Group = Group {
    title: "Legal: backlog and workflow",
    cases: &[
        silent("item-added", "the backlog gets items", |team| {
            team.begins().edits(
                BACKLOG,
                JOINS,
                &format!("{JOINS}- [ ] **ID-001 — Stream**\n- [ ] **BK-002 — Chunk**\n"),
            );
            team.commits("Plan");
            push(&["main"])
        }),
        silent(
            "item-edited",
            "the words of an item change, and a checklist comes",
            |team| {
                team.begins().edits(
                    BACKLOG,
                    "  In every backend.\n",
                    "  In two backends (see PATH-001).\n  - [ ] S3\n  - [x] SMB\n",
                );
                team.commits("Say more");
                push(&["main"])
            },
        ),
        silent(
            "items-reordered",
            "the backlog is sorted by worth, below new headings",
            |team| {
                team.begins().edits(BACKLOG, DOTS, "").edits(
                    BACKLOG,
                    JOINS,
                    &format!("## Now\n\n{JOINS}\n## Later\n\n{DOTS}"),
                );
                team.commits("Sort");
                push(&["main"])
            },
        ),
        silent("item-done", "an item moves to what is done", |team| {
            team.begins().edits(BACKLOG, DOTS, "");
            team.edits(
                DONE,
                "# Done\n\n",
                &format!("# Done\n\n{}", DOTS.replace("[ ]", "[x]")),
            )
            .commits("Reject dots");
            push(&["main"])
        }),
        silent("item-reopened", "a finished item is opened again", |team| {
            team.begins()
                .edits(DONE, "- [x] **BK-000 — Publish the package**\n", "");
            team.edits(
                BACKLOG,
                "# Backlog\n\n",
                "# Backlog\n\n- [ ] **BK-000 — Publish the package**\n",
            )
            .commits("Reopen");
            push(&["main"])
        }),
        silent(
            "item-added-and-done-at-once",
            "an item is written down in what is done at once",
            |team| {
                team.begins()
                    .edits(
                        DONE,
                        "# Done\n",
                        "# Done\n\n## 1.1\n\n- [x] **BK-002 — Chunk**\n\n## 1.0\n",
                    )
                    .commits("Chunk");
                push(&["main"])
            },
        ),
        silent(
            "whole-fix",
            "a fix with its item, its line in the change log, its test and its code",
            |team| {
                team.begins().edits(BACKLOG, JOINS, "");
                team.edits(
                    DONE,
                    "# Done\n\n",
                    &format!("# Done\n\n{}", JOINS.replace("[ ]", "[x]")),
                );
                team.edits(CHANGES, "joined.\n", "joined.\n- Joins keep their slash.\n")
                    .edits(CODE, "'/'", "\"/\"");
                team.edits(
                    TESTS,
                    "def test_separators():\n    assert True",
                    "def test_separators():\n    assert 1",
                );
                team.commits("fix(paths): keep the slash (BUG-001)");
                push(&["main"])
            },
        ),
        silent(
            "fix-in-parts-on-a-branch",
            "the same in four commits of a branch",
            |team| {
                team.begins()
                    .branches("bug")
                    .edits(CODE, "'/'", "\"/\"")
                    .commits("Keep the slash");
                team.edits(
                    TESTS,
                    "def test_separators():\n    assert True",
                    "def test_separators():\n    assert 1",
                );
                team.commits("Test it")
                    .edits(CHANGES, "joined.\n", "joined.\n- Joins keep their slash.\n")
                    .commits("Tell it");
                team.edits(BACKLOG, JOINS, "").edits(
                    DONE,
                    "# Done\n\n",
                    &format!("# Done\n\n{}", JOINS.replace("[ ]", "[x]")),
                );
                team.commits("fix: keep the slash");
                push(&["bug"])
            },
        ),
        silent(
            "fix-of-a-guide",
            "a subject that begins with fix, of documentation only",
            |team| {
                team.begins()
                    .edits("README.md", "anything", "everything")
                    .commits("fix: a word of the guide");
                push(&["main"])
            },
        ),
        silent(
            "whole-feature",
            "a feature with its section, its test and its code",
            |team| {
                team.begins().clone.write(
                    SPEC,
                    &format!("{SPEC_TEXT}\n## PATH-004: Dots\n\nA segment is never a dot.\n"),
                );
                team.clone.write(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-004\")\ndef test_dots(): ...\n"
                    ),
                );
                team.edits(CODE, "'/'", "'/' if segments else ''")
                    .commits("feat(paths)!: reject dots");
                push(&["main"])
            },
        ),
        silent(
            "feature-of-the-build",
            "a feature that touches the build only",
            |team| {
                team.begins()
                    .saves(".github/workflows/ci.yml", "on: push\n")
                    .clone
                    .write("Makefile", "all:\n");
                team.commits("feat: build everything");
                push(&["main"])
            },
        ),
        silent(
            "chore-of-code",
            "code is tidied under a subject that claims nothing",
            |team| {
                team.begins()
                    .edits(CODE, "segments", "parts")
                    .commits("refactor: rename");
                push(&["main"])
            },
        ),
        silent(
            "strange-messages",
            "messages that are empty, huge, in other scripts, or look like orders",
            |team| {
                team.begins().clone.write("src/a.py", "a = 1\n");
                team.does(&["add", "--all"]).does(&[
                    "commit",
                    "--quiet",
                    "--allow-empty-message",
                    "--message",
                    "",
                ]);
                for message in [
                    "\u{4fee}\u{6b63}: \u{8def}\u{5f84}",
                    "fixup! something",
                    "Status: Superseded",
                    "#1 \u{1b}[31mred",
                    "[skip ci]",
                ] {
                    team.does(&[
                        "commit",
                        "--quiet",
                        "--allow-empty",
                        "--cleanup=verbatim",
                        "--message",
                        message,
                    ]);
                }
                team.does(&[
                    "commit",
                    "--quiet",
                    "--allow-empty",
                    "--message",
                    &"long words ".repeat(8000),
                ]);
                push(&["main"])
            },
        ),
    ],
};
