//! The contracts of `sdd/specs` that no other test proves: the real binary on real repositories. A test says which section
//! it proves in a line `// spec: PREFIX-NNN` above it; another test holds that nothing is left out.

mod fingerprint;
mod outcome;
mod sameness;
mod steps;
mod trust;

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::Repo;

/// Where the accepted ADR stands.
const ADR: &str = "sdd/adrs/0001-keep-records.md";
const ACCEPTED: &str =
    "# 1. Keep records\n\n## Status\n\nAccepted\n\n## Decision\n\nWe keep them.\n";
const EDITED: &str = "# 1. Keep records\n\n## Status\n\nAccepted\n\n## Decision\n\nWe lose them.\n";

/// The end of a process.
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Said {
    /// Its standard output as JSON.
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error} in: {}{}", self.out, self.err))
    }
}

/// graven, about to run in a repository.
fn command(repo: &Repo, arguments: &[&str]) -> Command {
    let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
    command.args(arguments);
    command
}

/// Runs graven in a repository.
fn graven(repo: &Repo, arguments: &[&str]) -> Said {
    fed(repo, arguments, "")
}

/// Runs graven in a repository, with something on its standard input.
fn fed(repo: &Repo, arguments: &[&str], input: &str) -> Said {
    let mut command = command(repo, arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever is not asked for standard input need not read it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said {
        code: output.status.code(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

/// `main` with an accepted ADR, and `topic` with one more commit, checked out, in which the ADR holds this text.
fn forked(text: &str) -> Repo {
    let repo = Repo::init();
    repo.change(ADR, ACCEPTED);
    repo.branch("topic").change(ADR, text);
    repo
}

/// The line that pre-receive reads when a branch is pushed.
fn received(repo: &Repo, before: &str, after: &str, branch: &str) -> String {
    format!(
        "{} {} refs/heads/{branch}\n",
        repo.id(before),
        repo.id(after)
    )
}

/// What the findings of a report say of themselves: rule, level, subject, fingerprint.
fn findings(report: &Value) -> BTreeSet<[String; 4]> {
    let all = report["findings"].as_array().unwrap().iter();
    all.map(|finding| {
        ["rule", "level", "subject", "fingerprint"]
            .map(|field| finding[field].as_str().unwrap().into())
    })
    .collect()
}

/// The rules of a report's findings.
fn rules(report: &Value) -> BTreeSet<String> {
    findings(report)
        .into_iter()
        .map(|[rule, ..]| rule)
        .collect()
}
