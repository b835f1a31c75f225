//! `graven check` of a step that adds a section and its test, where there are many specs, tests and backlog items, against
//! `git diff --cached --quiet`, as whole processes.
//!
//! `cargo bench --bench process`; `ROUNDS=100` runs each pair a hundred times.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed"
)]

mod whole_process;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use whole_process::repository::{import, stage};
use whole_process::{Contender, Folder, Table, Target, git, graven};

const PROMISED: Target = Target {
    times: 3.0,
    more: Duration::from_millis(30),
};
/// For what is only worth knowing.
const NOTHING: Target = Target {
    times: f64::INFINITY,
    more: Duration::ZERO,
};
/// What a walk of the whole history may take beside git's.
const LISTED: Target = Target {
    times: 2.0,
    more: Duration::ZERO,
};
const SPECS: usize = 300;
const SECTIONS: usize = 30;
const TESTS: usize = 3_000;
const ITEMS: usize = 2_000;
/// Revisions that published those specs one section at a time, in the repository with a past.
const REVISIONS: usize = 5_000;

const SPEC: &str = "sdd/specs/003-topic.md";
const SECTION: &str = "\n## TOPIC3-099: One more\n\nIt MUST stand.\n";
const TEST: &str = "tests/test_more.py";
const CITING: &str =
    "import pytest\n\n\n@pytest.mark.spec(\"TOPIC3-099\")\ndef test_more():\n    assert True\n";
const ITEM: &str = "- [ ] **BK-9999 — One more**\n";

fn main() {
    if !whole_process::is_asked() {
        return;
    }
    let folder = Folder::new("process");
    let mut table = Table::default();
    for (name, revisions) in [("one revision", 0), ("5,000 revisions", REVISIONS)] {
        let repo = folder.path().join(revisions.to_string());
        build(&repo, revisions);
        let mut case = |what: &str, staged: &[(&str, &str)], target: Target| {
            for (path, more) in staged {
                stage(&repo, path, more);
            }
            let ours = Contender::new(graven(), &repo, &["check"], &[0]);
            let theirs = Contender::new("git", &repo, &["diff", "--cached", "--quiet"], &[1]);
            table.compare(&format!("{name}, {what}"), ours, theirs, target);
            git(&repo, &["reset", "--quiet", "--hard"]);
        };
        let promised = if revisions == 0 { PROMISED } else { NOTHING };
        case(
            "a section and its test",
            &[(SPEC, SECTION), (TEST, CITING)],
            promised,
        );
        case("a section without a test", &[(SPEC, SECTION)], NOTHING);
        case(
            "a test of an old section",
            &[(TEST, &CITING.replace("099", "001"))],
            NOTHING,
        );
        case("a backlog item", &[("sdd/BACKLOG.md", ITEM)], NOTHING);
        case("a source file", &[("src/part_3.py", "# more\n")], NOTHING);
    }
    walk(&folder.path().join(REVISIONS.to_string()), &mut table);
    table.print();
}

/// What a new ID costs in a long history, beside what git takes to list the same revisions. Nothing is kept between two
/// steps, so a server pays it as well.
fn walk(repo: &Path, table: &mut Table) {
    stage(repo, SPEC, SECTION);
    stage(repo, TEST, CITING);
    let ours = Contender::new(graven(), repo, &["check"], &[0]);
    let theirs = Contender::new(
        "git",
        repo,
        &["log", "--first-parent", "--raw", "-m", "--", "sdd"],
        &[0],
    );
    table.compare(
        "5,000 revisions, a section and its test, beside git log --raw",
        ours,
        theirs,
        LISTED,
    );
}

/// Specs, tests and a backlog on `main`; with revisions, the specs grow one section at a time.
fn build(repo: &Path, revisions: usize) {
    let first = [specs(SECTIONS), tests(), vec![backlog()]].concat();
    let later = (0..revisions).map(|revision| {
        let (spec, section) = (revision % SPECS + 1, SECTIONS + 1 + revision / SPECS);
        vec![(
            format!("sdd/specs/{spec:03}-topic.md"),
            spec_of(spec, section),
        )]
    });
    import(repo, std::iter::once(first).chain(later));
    git(repo, &["repack", "-q", "-a", "-d"]);
}

fn specs(sections: usize) -> Vec<(String, String)> {
    (1..=SPECS)
        .map(|spec| {
            (
                format!("sdd/specs/{spec:03}-topic.md"),
                spec_of(spec, sections),
            )
        })
        .collect()
}

fn spec_of(spec: usize, sections: usize) -> String {
    let mut text = format!("# Topic {spec}\n\n**Prefix:** TOPIC{spec}\n\n");
    for section in 1..=sections {
        let _ = write!(
            text,
            "## TOPIC{spec}-{section:03}: Title {section}\n\nThe answer `{section}` MUST be given within {section} s.\n\n"
        );
    }
    text
}

fn tests() -> Vec<(String, String)> {
    let test = |number: usize| {
        let mut text = String::from("import pytest\n");
        for one in 0..3 {
            let (spec, section) = (number / 10 + 1, (number % 10) * 3 + one + 1);
            let _ = write!(
                text,
                "\n\n@pytest.mark.spec(\"TOPIC{spec}-{section:03}\")\ndef test_{one}():\n    assert {one} == {one}\n"
            );
        }
        (format!("tests/part_{}/test_{number}.py", number % 30), text)
    };
    let code = (0..40).map(|part| (format!("src/part_{part}.py"), "VALUE = 1\n".repeat(50)));
    (0..TESTS).map(test).chain(code).collect()
}

fn backlog() -> (String, String) {
    let mut text = String::from("# Backlog\n\n");
    for item in 1..=ITEMS {
        let _ = writeln!(
            text,
            "- [ ] **BK-{item:04} — Item {item}.** What is to be done, and why, in a line or two."
        );
    }
    ("sdd/BACKLOG.md".to_owned(), text)
}
