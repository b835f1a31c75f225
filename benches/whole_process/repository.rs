//! Repositories that a benchmark makes, and what is staged in them.
#![allow(dead_code, reason = "each benchmark uses its own part")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::{git, git_reading};

/// A new repository with a commit on `main` for each list of files; a list names what its commit writes.
pub(crate) fn import(repo: &Path, commits: impl IntoIterator<Item = Vec<(String, String)>>) {
    fs::create_dir_all(repo).expect("it can be made");
    git(repo, &["init", "--quiet", "--initial-branch=main"]);
    let mut stream = String::new();
    for (number, files) in commits.into_iter().enumerate() {
        let time = 1_700_000_000 + number;
        let _ = writeln!(
            stream,
            "commit refs/heads/main\ncommitter Ada <ada@example.com> {time} +0000\ndata 0"
        );
        for (path, text) in files {
            let _ = writeln!(stream, "M 644 inline {path}\ndata {}\n{text}", text.len());
        }
    }
    git_reading(repo, &["fast-import", "--quiet"], stream.as_bytes());
    git(repo, &["reset", "--quiet", "--hard"]);
}

/// Adds to a file, which may be new, and stages it.
pub(crate) fn stage(repo: &Path, path: &str, more: &str) {
    let file = repo.join(path);
    let text = fs::read_to_string(&file).unwrap_or_default();
    fs::write(&file, text + more).expect("it can be written");
    git(repo, &["add", path]);
}

/// The same, committed.
pub(crate) fn commit(repo: &Path, path: &str, more: &str) {
    stage(repo, path, more);
    git(repo, &["commit", "--quiet", "--message=More"]);
}
