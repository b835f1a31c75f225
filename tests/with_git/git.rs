//! Repositories, their objects, their history and the index, against what Git says of them.

mod environment;
mod history;
mod index;
mod places;
mod repositories;
mod stage;
mod trees;

use graven::repo::PathSet;
use graven::repo::{Difference, Entry, Mode};

use crate::support::Repo;

fn everything() -> PathSet {
    PathSet::new(["**"]).unwrap()
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::File => "100644",
        Mode::Executable => "100755",
        Mode::Symlink => "120000",
        Mode::Submodule => "160000",
    }
}

/// The words of `git ls-tree -r -z`.
fn listed(repo: &Repo, commit: &str) -> Vec<String> {
    let listing = repo.git(&[
        "-c",
        "core.quotePath=false",
        "ls-tree",
        "-r",
        "-z",
        "--format=%(objectmode) %(objectname) %(path)",
        commit,
    ]);
    let mut lines: Vec<String> = listing.split_terminator('\0').map(str::to_owned).collect();
    lines.sort_by(|one, other| one.split(' ').nth(2).cmp(&other.split(' ').nth(2)));
    lines
}

fn shown(entries: &[Entry]) -> Vec<String> {
    entries
        .iter()
        .map(|entry| format!("{} {} {}", mode(entry.mode), entry.id, entry.path))
        .collect()
}

/// The words of `git diff-tree --raw -z`, a line for each path that is a file on some side.
fn compared(repo: &Repo, before: &str, after: &str) -> Vec<String> {
    let raw = repo.git(&[
        "diff-tree",
        "-r",
        "--raw",
        "-z",
        "--no-renames",
        "--no-abbrev",
        before,
        after,
    ]);
    let mut parts = raw.split_terminator('\0');
    let mut lines = Vec::new();
    while let (Some(meta), Some(path)) = (parts.next(), parts.next()) {
        let meta: Vec<&str> = meta.trim_start_matches(':').split(' ').collect();
        lines.push(format!(
            "{path} {} {} {} {}",
            meta[0], meta[2], meta[1], meta[3]
        ));
    }
    lines.sort();
    lines
}

fn differing(differences: &[Difference], digits: usize) -> Vec<String> {
    let side = |entry: &Option<Entry>| {
        entry.as_ref().map_or_else(
            || format!("000000 {}", "0".repeat(digits)),
            |entry| format!("{} {}", mode(entry.mode), entry.id),
        )
    };
    let line = |found: &Difference| {
        format!(
            "{} {} {}",
            found.path,
            side(&found.before),
            side(&found.after)
        )
    };
    let mut lines: Vec<String> = differences.iter().map(line).collect();
    assert!(
        differences.is_sorted_by(|one, other| one.path < other.path),
        "sorted by path"
    );
    lines.sort();
    lines
}

/// Commits of every sort of change, tagged 1, 2, ….
fn eventful(format: &'static str) -> (Repo, usize) {
    let repo = Repo::of_format(format);
    let mut count = 0;
    let mut tag = || {
        count += 1;
        repo.commit(&format!("{count}"));
        repo.git(&["tag", &count.to_string()]);
    };
    repo.write("sdd/adrs/0001-a.md", "one")
        .write("sdd/adrs/0002-b.md", "two")
        .write("a", "file")
        .write("a.b", "x");
    repo.write("a-", "x")
        .write("über/ö.md", "x")
        .write("top.md", "x");
    tag();
    // A file gives way to a folder, a folder to a file.
    std::fs::remove_file(repo.path().join("a")).unwrap();
    repo.write("a/b", "in a folder");
    tag();
    std::fs::remove_dir_all(repo.path().join("sdd")).unwrap();
    repo.write("sdd", "now a file");
    tag();
    // And back, with a link, a run bit and a submodule.
    std::fs::remove_file(repo.path().join("sdd")).unwrap();
    repo.write("sdd/adrs/0001-a.md", "one");
    std::os::unix::fs::symlink("0001-a.md", repo.path().join("sdd/adrs/0002-b.md")).unwrap();
    repo.git(&["add", "--all"]);
    repo.git(&["update-index", "--chmod=+x", "top.md"]);
    repo.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{},sub", repo.id("1")),
    ]);
    count += 1;
    repo.commit_index("4");
    repo.git(&["tag", "4"]);
    (repo, count)
}
