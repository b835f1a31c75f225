//! Sections and the tests that cite them, in real repositories: steps that are refused, and what `graven trace` lists.

mod listed;
mod steps;
mod strange;
mod undone;

use std::fmt::Write as _;

use crate::support::Repo;

const SPEC: &str = "sdd/specs/004-path.md";
const TEST: &str = "tests/test_path.py";

/// A spec with these sections: what stands behind the `## PATH-` of each.
fn spec(sections: &[&str]) -> String {
    let mut text = "# Path model\n".to_owned();
    for section in sections {
        let _ = write!(
            text,
            "\n## PATH-{section}\n\n**Invariant:** It holds for {section}.\n"
        );
    }
    text
}

/// A Python test for each of these IDs.
fn tests(ids: &[&str]) -> String {
    let mut text = "import pytest\n".to_owned();
    for id in ids {
        let name = id.to_lowercase().replace('-', "_");
        let _ = write!(
            text,
            "\n\n@pytest.mark.spec(\"{id}\")\ndef test_{name}():\n    assert check()\n"
        );
    }
    text
}

/// Two sections, each with its test, published and guarded.
fn guarded() -> Repo {
    let repo = Repo::init();
    repo.write(SPEC, &spec(&["001: Absolute paths", "002: Double dots"]));
    repo.write(TEST, &tests(&["PATH-001", "PATH-002"]))
        .commit("begin");
    repo.guard();
    repo
}
