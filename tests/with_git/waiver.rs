//! Waivers with real commits and pushes: written by the real binary, read wherever it judges.

mod baseline;
mod command;
mod faults;
mod lifting;
mod surfaces;

use crate::support::Repo;
use crate::support::guarded::{Pushing, Said};

/// A published research note with an error of fact in it.
const NOTE: &str = "sdd/research/research-parquet.md";
const WRONG: &str = "# Parquet\n\nThe disk reads 2 GB/s.\n\nIt was measured twice.\n";
const RIGHT: &str = "# Parquet\n\nThe disk reads 2 MB/s.\n\nIt was measured twice.\n";
const REASON: &str = "the unit was wrong: the log of the run says megabytes";

/// A repository in which the note is published.
fn published() -> Repo {
    let repo = Repo::init();
    repo.change(NOTE, WRONG);
    repo
}

/// A guarded server on which the note is published, and the clone it came from.
fn pushed() -> Pushing {
    let pushing = Pushing::of("sha1");
    pushing.clone.change(NOTE, WRONG);
    pushing.allow(&["main"]);
    pushing
}

/// What is found of a question, as `level rule subject state`.
fn found(said: &Said) -> Vec<String> {
    let report: serde_json::Value =
        serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.all()));
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let line = |finding| {
        ["level", "rule", "subject", "state"]
            .map(|key| word(finding, key))
            .join(" ")
    };
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(line)
        .collect()
}

/// What is found in what is staged.
fn staged(repo: &Repo) -> Vec<String> {
    found(&repo.graven(&["--format", "json", "check"]))
}

/// The files of waivers in the index.
fn files(repo: &Repo) -> Vec<String> {
    repo.git(&["ls-files", "sdd/waivers"])
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Waives everything that is staged and refused; the file that was written.
#[track_caller]
fn waive(repo: &Repo, reason: &str) -> String {
    let before = files(repo);
    repo.graven(&["waive", "--reason", reason])
        .ends(0)
        .has(&["waived ", "wrote and staged sdd/waivers/"]);
    files(repo)
        .into_iter()
        .find(|file| !before.contains(file))
        .unwrap()
}
