//! Tests move and change all the time; what they cite stays cited.

use super::silent;
use super::team::{TESTS, TESTS_TEXT};
use crate::evasion::case::{Group, push};

pub(crate) const GROUP: Group = Group {
    title: "Legal: tests that cite sections",
    cases: &[
        silent("citation-added", "another test cites a section", |team| {
            team.begins().saves(
                TESTS,
                &format!("{TESTS_TEXT}\n\n@pytest.mark.spec(\"PATH-001\")\ndef test_more(): ...\n"),
            );
            push(&["main"])
        }),
        silent(
            "test-renamed",
            "a test gets another name and another body",
            |team| {
                team.begins().edits(
                    TESTS,
                    "test_separators():\n    assert True",
                    "test_slashes(tmp_path):\n    assert tmp_path",
                );
                team.commits("Rename");
                push(&["main"])
            },
        ),
        silent(
            "test-file-moved",
            "the tests move to another folder",
            |team| {
                std::fs::create_dir_all(team.path("tests/unit")).unwrap();
                team.begins()
                    .does(&["mv", TESTS, "tests/unit/test_all.py"])
                    .commits("Move");
                push(&["main"])
            },
        ),
        silent(
            "test-file-split",
            "a file of tests is split in two",
            |team| {
                let (paths, cache) = TESTS_TEXT.split_at(TESTS_TEXT.rfind("@pytest").unwrap());
                team.begins()
                    .clone
                    .write(TESTS, &format!("{}\n", paths.trim_end()));
                team.saves(
                    "tests/test_cache.py",
                    &format!("import pytest\n\n\n{cache}"),
                );
                push(&["main"])
            },
        ),
        silent(
            "test-becomes-a-class",
            "tests are gathered in a class whose mark cites for all",
            |team| {
                team.begins().saves(
                TESTS,
                "import pytest\n\nSPECS = ()\n\n\n@pytest.mark.spec(\"PATH-001\", \"PATH-002\", \"PATH-003\")\n\
                class TestPaths:\n    @pytest.mark.spec(\"CACHE-001\")\n    def test_age(self): ...\n",
            );
                push(&["main"])
            },
        ),
        silent(
            "tests-become-parameters",
            "tests become parameters with marks of their own",
            |team| {
                team.begins().saves(TESTS, "import pytest\n\npytestmark = [pytest.mark.slow, pytest.mark.spec(\"CACHE-001\")]\n\n\n\
                @pytest.mark.parametrize(\n    \"case\",\n    [\n        pytest.param(1, marks=pytest.mark.spec(\"PATH-001\")),\n        \
                pytest.param(2, marks=[pytest.mark.spec(\"PATH-002\"), pytest.mark.spec(\"PATH-003\")]),\n    ],\n)\ndef test_all(case): ...\n");
                push(&["main"])
            },
        ),
        silent(
            "test-in-another-language",
            "a test moves from Python to Rust, and cites in a comment",
            |team| {
                team.begins()
                    .edits(TESTS, "@pytest.mark.spec(\"PATH-001\")\n", "");
                team.saves(
                    "tests/paths.rs",
                    "// spec: PATH-001\n#[test]\nfn separators() {}\n",
                );
                push(&["main"])
            },
        ),
        silent(
            "test-removed-beside-another",
            "one of two tests of a section is taken away",
            |team| {
                team.begins().saves(
                    "tests/test_more.py",
                    "import pytest\n\n\n@pytest.mark.spec(\"PATH-001\")\ndef test_more(): ...\n",
                );
                team.does(&["rm", "--quiet", "tests/test_more.py"])
                    .commits("Test once");
                push(&["main"])
            },
        ),
        silent(
            "broken-python-elsewhere",
            "a file below the tests is no Python and cites nothing",
            |team| {
                team.begins()
                    .clone
                    .write("tests/data/broken.py", "def (:\n  \u{1F40D} ''' PATH-999\n");
                team.bytes("tests/data/latin1.txt", b"caf\xe9 PATH-999\n")
                    .commits("Add data");
                push(&["main"])
            },
        ),
        silent(
            "fixtures-that-quote",
            "fixtures and strings quote IDs that no spec declares",
            |team| {
                team.begins().saves(
                "tests/test_ids.py",
                "import pytest\n\nIDS = [\"NOPE-001\", 'SQL-999']\n# NOPE-002\n\n\ndef test_ids():\n    \
                \"\"\"@pytest.mark.spec(\"NOPE-003\")\"\"\"\n    assert IDS\n",
            );
                push(&["main"])
            },
        ),
        silent(
            "snapshot-of-bytes",
            "binary snapshots stand among the tests",
            |team| {
                team.begins()
                    .bytes(
                        "tests/snapshots/paths.bin",
                        &[0, 159, 146, 150, 255, 254, 13, 10],
                    )
                    .commits("Keep snapshots");
                push(&["main"])
            },
        ),
    ],
};
