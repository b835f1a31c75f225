//! The repository itself: its sections, their citations, the length of its files, its own records.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MARK: &str = "// spec: ";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with this extension, sorted.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path(), extension));
        } else if entry.path().extension().is_some_and(|it| it == extension) {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    let all = ["src", "tests"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), "rs"));
    all.map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

/// The declared sections, and those of them that need a test.
fn sections() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut declared, mut live) = (BTreeSet::new(), BTreeSet::new());
    for path in files(&root().join("sdd/specs"), "md") {
        for line in fs::read_to_string(&path).unwrap().lines() {
            let Some(heading) = line.strip_prefix("## ") else {
                continue;
            };
            let (id, _title) = heading
                .split_once(": ")
                .unwrap_or_else(|| panic!("{}: {line}", path.display()));
            assert!(declared.insert(id.to_owned()), "{id} is declared twice");
            if !heading.contains("[DEPRECATED]") {
                live.insert(id.to_owned());
            }
        }
    }
    (declared, live)
}

// spec: BUILD-004
#[test]
fn every_section_has_a_test_and_every_citation_a_section() {
    let (declared, live) = sections();
    let mut cited: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in sources() {
        let mut lines = text.lines().map(str::trim).enumerate().peekable();
        while let Some((at, line)) = lines.next() {
            let Some(id) = line.strip_prefix(MARK) else {
                continue;
            };
            let place = format!("{}:{}", path.display(), at + 1);
            let above = lines
                .peek()
                .is_some_and(|(_, next)| next.starts_with(MARK) || next.starts_with("#["));
            assert!(
                above,
                "{place}: a citation stands above the attributes of a test"
            );
            cited.insert(id.to_owned(), place);
        }
    }
    let unknown: Vec<_> = cited
        .iter()
        .filter(|(id, _)| !declared.contains(*id))
        .collect();
    assert!(
        unknown.is_empty(),
        "citations of sections that no spec declares: {unknown:?}"
    );
    let untested: Vec<_> = live.iter().filter(|id| !cited.contains_key(*id)).collect();
    assert!(
        untested.is_empty() && !live.is_empty(),
        "sections that no test cites: {untested:?}"
    );
}

// spec: BUILD-001
#[test]
fn no_source_file_is_longer_than_500_lines() {
    let long = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 500);
    let long: Vec<PathBuf> = long.map(|(path, _)| path).collect();
    assert!(long.is_empty(), "split them: {long:?}");
}

// spec: BUILD-005
#[test]
fn the_history_of_the_project_is_clean_under_its_own_policy() {
    let shallow = Command::new("git")
        .arg("-C")
        .arg(root())
        .args(["rev-parse", "--is-shallow-repository"])
        .output();
    let whole = shallow.is_ok_and(|output| output.stdout.starts_with(b"false"));
    if !root().join(".git").exists() || !whole {
        println!("skipped: the project's whole history is not here");
        return;
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_graven"));
    let output = command
        .arg("--repo")
        .arg(root())
        .arg("audit")
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
