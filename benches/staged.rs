//! `graven check` and `graven hook pre-commit` against `git diff --cached --quiet`, as whole processes.
//!
//! `cargo bench --bench staged`; `ROUNDS=100` runs each pair a hundred times.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed"
)]

mod whole_process;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use whole_process::repository::{commit, import, stage};
use whole_process::{Contender, Folder, Table, Target, git, graven};

const PROMISED: Target = Target {
    times: 2.0,
    more: Duration::from_millis(5),
};
const DECISIONS: usize = 40;
const SPECS: usize = 24;
const ACCEPTED: &str = "sdd/adrs/0003-decision.md";
const DRAFT: &str = "sdd/adrs/0040-decision.md";
const SPEC: &str = "sdd/specs/003-topic.md";

fn main() {
    if !whole_process::is_asked() {
        return;
    }
    let folder = Folder::new("staged");
    let mut table = Table::default();
    for files in [1_000, 10_000] {
        let repo = folder.path().join(files.to_string());
        build(&repo, files, true);
        let mut case = |name: &str, path: &str, more: &str, refused: bool| {
            stage(&repo, path, more);
            for (shown, arguments, hook) in [
                ("check", &["check"][..], false),
                ("hook", &["hook", "pre-commit"], true),
            ] {
                let mut ours = Contender::new(
                    graven(),
                    &repo,
                    arguments,
                    if refused { &[1] } else { &[0] },
                );
                if hook {
                    // What git sets when it asks before a commit.
                    ours.command.envs([
                        ("GIT_INDEX_FILE", ".git/index"),
                        ("GIT_EDITOR", ":"),
                        ("GIT_PREFIX", ""),
                    ]);
                }
                let theirs =
                    Contender::new("git", &repo, &["diff", "--cached", "--quiet"], &[0, 1]);
                table.compare(
                    &format!("{files} files, {name}: {shown}"),
                    ours,
                    theirs,
                    PROMISED,
                );
            }
            git(&repo, &["reset", "--quiet", "--hard"]);
        };
        case("a source file", "src/part-3/file-5.rs", "// more\n", false);
        case("an open decision", DRAFT, "\nMore words.\n", false);
        case("an accepted decision", ACCEPTED, "\nMore words.\n", true);
        case(
            "a spec",
            SPEC,
            "\n## TOPIC3-099: One more\n\nIt MUST stand.\n",
            false,
        );
        git(&repo, &["switch", "--quiet", "--create", "side"]);
        commit(&repo, "src/part-3/file-6.rs", "// more\n");
        case(
            "a decision on a side branch",
            DRAFT,
            "\nMore words.\n",
            false,
        );
    }
    let repo = folder.path().join("plain");
    build(&repo, 1_000, false);
    stage(&repo, "src/part-3/file-5.rs", "// more\n");
    let ours = Contender::new(graven(), &repo, &["check"], &[0]);
    let theirs = Contender::new("git", &repo, &["diff", "--cached", "--quiet"], &[1]);
    table.compare(
        "1000 files, nothing governed: check",
        ours,
        theirs,
        PROMISED,
    );
    table.print();
}

/// A repository with so many files on its branch `main`, some of them documents.
fn build(repo: &Path, files: usize, governed: bool) {
    let mut written = if governed { documents() } else { Vec::new() };
    for file in written.len()..files {
        let path = format!("src/part-{}/file-{}.rs", file % 40, file / 40);
        written.push((path, format!("//! File {file}.\n").repeat(20)));
    }
    import(repo, [written]);
}

fn documents() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for number in 1..=DECISIONS {
        let status = if number == DECISIONS {
            "Proposed"
        } else {
            "Accepted"
        };
        let prose =
            "We looked at *several* ways, and at [what others do](https://example.com/).\n\n"
                .repeat(20);
        let text = format!(
            "# {number}. Decision\n\n- Date: 2024-01-01\n\n## Status\n\n{status}\n\n## Context\n\n{prose}\n## Decision\n\n{prose}"
        );
        found.push((format!("sdd/adrs/{number:04}-decision.md"), text));
    }
    for spec in 1..=SPECS {
        let mut text = format!("# Topic {spec}\n\n**Prefix:** TOPIC{spec}\n\n");
        for section in 1..=30 {
            let _ = write!(
                text,
                "## TOPIC{spec}-{section:03}: Title {section}\n\nThe answer `{section}` MUST be given within {section} s.\n\n"
            );
        }
        found.push((format!("sdd/specs/{spec:03}-topic.md"), text));
    }
    found
}
