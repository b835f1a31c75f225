//! What a rule only shows: it goes through, and the one who does it hears of it.

use super::team::{CODE, DONE, PATHS, SPEC, SPEC_TEXT, TESTS, TESTS_TEXT};
use super::told;
use crate::evasion::case::{Group, git, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED};

pub(crate) const GROUP: Group = Group {
    title: "Legal, and shown",
    cases: &[
        told(
            "section-without-a-test",
            "a spec gets a section that no test cites yet",
            "warning[section-untested]: PATH-004 is new, but no test cites it",
            |team| {
                team.begins().clone.stage(
                    SPEC,
                    &format!("{SPEC_TEXT}\n## PATH-004: Dots\n\nA segment is never a dot.\n"),
                );
                git(&["commit", "--quiet", "--message", "Specify dots"])
            },
        ),
        told(
            "section-retitled",
            "the title of a section is reworded",
            "warning[section-retitled]: the title of PATH-002 changed",
            |team| {
                team.begins()
                    .edits(SPEC, "PATH-002: Length", "PATH-002: Greatest length");
                git(&["commit", "--quiet", "--all", "--message", "Retitle"])
            },
        ),
        told(
            "section-with-a-foreign-prefix",
            "a section comes with a prefix that its spec does not declare",
            "warning[section-prefix-undeclared]: NAME-001",
            |team| {
                team.begins().clone.write(
                    SPEC,
                    &format!("{SPEC_TEXT}\n## NAME-001: Names\n\nA name is short.\n"),
                );
                team.clone.write(
                    TESTS,
                    &format!(
                        "{TESTS_TEXT}\n\n@pytest.mark.spec(\"NAME-001\")\ndef test_names(): ...\n"
                    ),
                );
                team.does(&["add", "--all"]);
                git(&["commit", "--quiet", "--message", "Specify names"])
            },
        ),
        told(
            "misnamed-record",
            "a draft stands among the records without a number",
            "warning[file-name-malformed]: sdd/adrs/log.md",
            |team| {
                team.begins()
                    .clone
                    .stage("sdd/adrs/log.md", "# Log\n\n## Status\n\nDraft\n");
                git(&["commit", "--quiet", "--message", "Log"])
            },
        ),
        told(
            "successor-says-nothing",
            "a record is superseded, and its successor does not say so",
            "warning[successor-silent]: adr-0002",
            |team| {
                team.begins()
                    .edits(PATHS, "Accepted", "Superseded by [ADR-0004](0004-log.md)");
                team.clone.write(
                    "sdd/adrs/0004-log.md",
                    &ACCEPTED.replace("1. Keep records", "4. Log"),
                );
                team.does(&["add", "--all"]);
                git(&["commit", "--quiet", "--message", "Supersede"])
            },
        ),
        told(
            "feature-without-spec",
            "a feature of code alone",
            "warning[feature-without-spec]",
            |team| {
                team.begins().edits(CODE, "segments", "parts");
                git(&[
                    "commit",
                    "--quiet",
                    "--all",
                    "--message",
                    "feat: join parts",
                ])
            },
        ),
        told(
            "fix-in-parts",
            "a fix of code alone",
            "warning[fix-incomplete]",
            |team| {
                team.begins().edits(CODE, "segments", "parts");
                git(&["commit", "--quiet", "--all", "--message", "fix: join parts"])
            },
        ),
        told(
            "bug-done-without-its-code",
            "a bug is moved to what is done, and nothing else",
            "warning[fix-incomplete]",
            |team| {
                team.begins().clone.graven(&["done", "BUG-001"]).ends(0);
                assert!(team.clone.text(DONE).contains("BUG-001"));
                git(&["commit", "--quiet", "--all", "--message", "Close the bug"])
            },
        ),
        told(
            "deprecated-section-cited",
            "a new test cites a deprecated section",
            "warning[test-cites-deprecated]",
            |team| {
                team.begins()
                    .edits(SPEC, "PATH-002: Length", "PATH-002: Length [DEPRECATED]")
                    .commits("Deprecate");
                team.clone.stage(
                    "tests/test_more.py",
                    "import pytest\n\n\n@pytest.mark.spec(\"PATH-002\")\ndef test_more(): ...\n",
                );
                git(&["commit", "--quiet", "--message", "Test more"])
            },
        ),
        told(
            "record-made-executable",
            "a record gets its run bit",
            "warning[frozen-document-replaced]: accepted adr-0002",
            |team| {
                team.begins().does(&["update-index", "--chmod=+x", PATHS]);
                git(&["commit", "--quiet", "--message", "Lose the mode"])
            },
        ),
        told(
            "edit-undone-in-the-same-push",
            "an edit past the hooks is undone by the next commit, and both are pushed",
            "note[frozen-text-edited]: accepted adr-0001 was edited: its text changed",
            |team| {
                team.begins().clone.smuggle(ADR, EDITED);
                team.does(&["revert", "--no-edit", "HEAD"]);
                push(&["main"])
            },
        ),
        told(
            "policy-mended",
            "a policy that could not be read is mended",
            "(fixed in this step, which is judged by the last valid policy)",
            |team| {
                team.begins()
                    .server
                    .git(&["config", "core.hooksPath", "/dev/null"]);
                team.clone.smuggle("graven.toml", "preset = \n");
                team.clone
                    .git(&["push", "--quiet", "--no-verify", "origin", "main"]);
                team.server.git(&["config", "--unset", "core.hooksPath"]);
                team.clone.stage("graven.toml", "preset = \"sdd\"\n");
                git(&["commit", "--quiet", "--message", "Mend the policy"])
            },
        ),
    ],
};
