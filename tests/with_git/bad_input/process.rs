//! Waivers, tests and a backlog that nobody can mean: each is said with its place, and nothing is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::not_judged;
use crate::support::Repo;
use crate::support::guarded::Said;

const NOTE: &str = "sdd/research/research-parquet.md";
const REASON: &str = "the unit was wrong: the log says megabytes";
const WAIVERS: &str = "sdd/waivers/parquet.toml";
const OTHER: &str = "sdd/waivers/other.toml";
const SPEC: &str = "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: Slashes\n\nForward.\n";
const BACKLOG: &str = "sdd/BACKLOG.md";

/// A published research note that is corrected in what is staged, with its waiver beside it.
fn corrected() -> Repo {
    let repo = Repo::init();
    repo.change(NOTE, "The disk reads 2 GB/s.\n");
    repo.stage(NOTE, "The disk reads 2 MB/s.\n");
    repo.graven(&["waive", "--reason", REASON]).ends(0);
    let written = repo.git(&["diff", "--cached", "--name-only", "--", "sdd/waivers"]);
    repo.git(&["mv", written.trim(), WAIVERS]);
    repo.graven(&["check"]).ends(0);
    repo
}

/// Every file of the repository, Git's own among them.
fn files(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), found);
        } else {
            found.insert(
                entry.path().display().to_string(),
                fs::read(entry.path()).unwrap(),
            );
        }
    }
}

/// Runs graven, which must say this and write nothing at all.
#[track_caller]
fn idle(repo: &Repo, code: i32, arguments: &[&str], words: &[&str]) -> Said {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    files(repo.path(), &mut before);
    let said = repo.graven(arguments);
    files(repo.path(), &mut after);
    said.ends(code).has(words).lacks(&["panicked"]);
    assert!(before == after, "graven {arguments:?} wrote something");
    said
}

/// What is staged must not be judged, in these words, by a check, by a commit and by a command that would write.
#[track_caller]
fn stops(repo: &Repo, words: &[&str]) {
    not_judged(repo, &["check"], words);
    idle(repo, 2, &["check"], words);
    idle(repo, 2, &["waive", "--reason", REASON], &words[..1]);
    repo.guard();
    let before = repo.state();
    repo.attempt(&["commit", "--message", "correct the unit"])
        .ends(1)
        .has(words);
    assert_eq!(repo.state(), before);
}

// spec: WAIVER-002
#[test]
fn a_waiver_with_an_unknown_rule_stops_its_step() {
    let repo = corrected();
    let text = repo.text(WAIVERS);
    repo.stage(
        OTHER,
        &text.replace("frozen-text-edited", "frozen-text-edit"),
    );
    let line = text
        .lines()
        .position(|line| line.starts_with("rule"))
        .unwrap()
        + 1;
    stops(
        &repo,
        &[
            &format!("{OTHER}:{line}:8: unknown rule `frozen-text-edit`"),
            "did you mean `frozen-text-edited`?",
        ],
    );
    idle(
        &repo,
        2,
        &["waive", "--rule", "frozen-text-edit", "--reason", REASON],
        &["unknown rule", "did you mean `frozen-text-edited`?"],
    );
}

// spec: WAIVER-002
#[test]
fn a_fingerprint_of_another_shape_stops_its_step() {
    let repo = corrected();
    let text = repo.text(WAIVERS);
    let line = text
        .lines()
        .position(|line| line.starts_with("fingerprint"))
        .unwrap()
        + 1;
    for (good, bad) in [("\"g1-", "\"g2-"), ("\"g1-", "\"g1-0"), ("\"g1-", "\"")] {
        let repo = corrected();
        repo.stage(OTHER, &text.replace(good, bad));
        stops(
            &repo,
            &[
                &format!("{OTHER}:{line}:15: `{}", &bad[1..]),
                "is not a valid `fingerprint`",
            ],
        );
    }
}

// spec: WAIVER-002
#[test]
fn two_waivers_for_one_finding_stop_their_step() {
    let repo = corrected();
    let text = repo.text(WAIVERS);
    repo.stage(WAIVERS, &format!("{text}\n{text}"));
    stops(&repo, &["duplicate waiver: line 5 waives the same finding"]);
}

// spec: CITE-004
#[test]
fn a_python_file_that_does_not_parse_is_named_and_read_as_far_as_possible() {
    let repo = Repo::init();
    repo.change("sdd/specs/001-paths.md", SPEC);
    let broken = "@pytest.mark.spec(\"PATH-001\")\ndef test_a(:\n    pass\n";
    let named = "warning: tests/test_paths.py:2:12: syntax error; some citations in this file may be missed";
    repo.stage("tests/test_paths.py", broken);
    idle(
        &repo,
        0,
        &["check"],
        &[named, "graven: allowed, with 1 warning"],
    );
    repo.stage(
        "tests/test_paths.py",
        &format!("{broken}\n@pytest.mark.spec(\"PATH-009\")\ndef test_b(): pass\n"),
    );
    idle(
        &repo,
        1,
        &["check"],
        &[named, "error[test-cites-unknown]", "PATH-009"],
    );
    repo.git(&["commit", "--quiet", "--no-verify", "--message", "broken"]);
    idle(
        &repo,
        0,
        &["trace"],
        &[
            "tests/test_paths.py:2:12: syntax error",
            "1: tests/test_paths.py:1",
        ],
    );
}

#[test]
fn an_item_that_stands_in_two_tables_is_neither_allowed_nor_moved() {
    let repo = Repo::init();
    repo.change("other.txt", "1");
    let table = "| ID | Title |\n|---|---|\n| BK-001 | Read links |\n";
    repo.stage(
        BACKLOG,
        &format!("# Backlog\n\n{table}\n## Later\n\n{table}"),
    );
    idle(
        &repo,
        1,
        &["check"],
        &["[backlog-item-duplicated]: BK-001 is listed twice in sdd/BACKLOG.md"],
    );
    let words = [
        "graven: BK-001 is listed more than once among the open items",
        "help: keep it in one place",
    ];
    idle(&repo, 2, &["done", "BK-001"], &words);
    repo.stage(BACKLOG, &format!("# Backlog\n\n{table}"))
        .stage("sdd/BACKLOG-DONE.md", &format!("# Done\n\n{table}"));
    idle(
        &repo,
        2,
        &["done", "BK-001"],
        &["graven: BK-001 is listed in both files of the backlog"],
    );
}
