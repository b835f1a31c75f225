//! `graven audit` against `git log --first-parent --raw -m` over the same folders, as whole processes.
//!
//! `cargo bench --bench audit`. Histories of real projects are taken from a folder beside the project when it is there.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed"
)]

mod whole_process;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use whole_process::{Contender, Folder, Table, Target, git, git_reading, graven};

const PROMISED: Target = Target {
    times: 1.0,
    more: Duration::ZERO,
};
const HISTORIES: &str = "../shared/corpus/histories";
const REQUIREMENTS: &str = include_str!("open-feature-spec.toml");
/// Histories, the folders that their policies watch, and those policies.
const REAL: [(&str, &[&str], &str); 6] = [
    ("adr-tools", &["doc/adr"], "preset = \"adr-tools\"\n"),
    ("application-services", &["docs/adr"], "preset = \"madr\"\n"),
    (
        "home-assistant-architecture",
        &["adr"],
        "preset = \"adr-tools\"\n",
    ),
    ("open-feature-spec", &["specification"], REQUIREMENTS),
    (
        "remote-store",
        &[
            "sdd/adrs",
            "sdd/specs",
            "sdd/rfcs",
            "sdd/research",
            "sdd/audits",
        ],
        "preset = \"sdd\"\n",
    ),
    (
        "semantic-kernel",
        &["docs/decisions"],
        "preset = \"madr\"\n",
    ),
];

fn main() {
    if !whole_process::is_asked() {
        return;
    }
    let folder = Folder::new("audit");
    let mut table = Table::default();
    for (name, paths, policy) in REAL {
        match fs::read(Path::new(HISTORIES).join(format!("{name}.fast-export"))) {
            Ok(stream) => compare(&mut table, folder.path(), name, &stream, paths, policy),
            Err(_) => println!("skipped: no history of {name} at {HISTORIES}"),
        }
    }
    let sdd = &[
        "sdd/adrs",
        "sdd/specs",
        "sdd/rfcs",
        "sdd/research",
        "sdd/audits",
    ];
    for (name, commits, every) in [
        ("1,000 made-up commits, each a document", 1_000, 1),
        ("10,000 made-up commits, a tenth a document", 10_000, 10),
        (
            "50,000 made-up commits, a hundredth a document",
            50_000,
            100,
        ),
    ] {
        compare(
            &mut table,
            folder.path(),
            name,
            history(commits, every).as_bytes(),
            sdd,
            "preset = \"sdd\"\n",
        );
    }
    table.print();
}

fn compare(
    table: &mut Table,
    folder: &Path,
    name: &str,
    stream: &[u8],
    paths: &[&str],
    policy: &str,
) {
    let repo = folder.join(format!("{name}.git"));
    let file = folder.join(format!("{name}.toml"));
    fs::write(&file, policy).expect("it can be written");
    fs::create_dir_all(&repo).expect("it can be made");
    git(
        &repo,
        &["init", "--quiet", "--bare", "--initial-branch=main"],
    );
    git_reading(&repo, &["fast-import", "--quiet"], stream);
    let master = repo.join("refs/heads/master").exists();
    git(
        &repo,
        &[
            "symbolic-ref",
            "HEAD",
            if master {
                "refs/heads/master"
            } else {
                "refs/heads/main"
            },
        ],
    );
    let policy = format!("--policy={}", file.display());
    let ours = Contender::new(graven(), &repo, &["audit", &policy], &[0, 1]);
    let mut arguments = vec!["log", "--first-parent", "--raw", "-m", "--"];
    arguments.extend(paths);
    let theirs = Contender::new("git", &repo, &arguments, &[0]);
    table.compare(name, ours, theirs, PROMISED);
}

/// So many commits, one in `every` of which touches a document and the others source files.
fn history(commits: usize, every: usize) -> String {
    let mut stream = String::new();
    for commit in 0..commits {
        let _ = writeln!(
            stream,
            "commit refs/heads/main\ncommitter Ada <ada@example.com> {} +0000\ndata 7\nA step\n",
            1_700_000_000 + commit * 60
        );
        let (path, text) = if commit % every == 0 {
            document(commit / every)
        } else {
            (
                format!("src/part-{}/file-{}.rs", commit % 40, commit % 23),
                format!("//! Step {commit}.\n"),
            )
        };
        let _ = writeln!(stream, "M 644 inline {path}\ndata {}\n{text}", text.len());
    }
    stream
}

/// Three in four steps write a new decision, the fourth adds a section to one of twenty specs.
fn document(turn: usize) -> (String, String) {
    if turn % 4 == 3 {
        let (spec, sections) = (turn / 4 % 20 + 1, turn / 80 + 1);
        let mut text = format!("# Topic {spec}\n\n**Prefix:** TOPIC{spec}\n\n");
        for section in 1..=sections {
            let _ = write!(
                text,
                "## TOPIC{spec}-{section:03}: Title {section}\n\nThe answer MUST be {section}.\n\n"
            );
        }
        return (format!("sdd/specs/{spec:03}-topic.md"), text);
    }
    let number = turn - turn / 4 + 1;
    let prose = "We looked at *several* ways, and at [what others do](https://example.com/).\n\n"
        .repeat(20);
    let text = format!(
        "# {number}. Decision\n\n## Status\n\nAccepted\n\n## Context\n\n{prose}\n## Decision\n\n{prose}"
    );
    (format!("sdd/adrs/{number:04}-decision.md"), text)
}
