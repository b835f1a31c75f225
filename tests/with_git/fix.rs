//! Remedies carried out in real repositories: what they write is committed through the real hooks, and where they cannot do
//! everything they do nothing.

mod deprecate;
mod done;
mod next_number;
mod offered_commands;
mod supersede;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::Repo;
use crate::support::guarded::Said;

/// An accepted record with the number 5.
const ADR: &str = "sdd/adrs/0005-native-paths.md";
const ACCEPTED: &str =
    "# ADR-0005: Native paths\n\n## Status\n\nAccepted\n\n## Context\n\nPaths differ.\n";
const SPEC: &str = "sdd/specs/001-paths.md";
const SECTIONS: &str = "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: Separators\n\nA path MUST use slashes.\n\n## PATH-002: Length\n\nA path MUST be short.\n";

/// A repository with an accepted record and a spec on `main`, guarded.
fn guarded(format: &'static str) -> Repo {
    let repo = Repo::of_format(format);
    repo.guard()
        .write(ADR, ACCEPTED)
        .write(SPEC, SECTIONS)
        .commit("bring them");
    repo
}

/// Every file below a folder, the index and the objects among them. What Git notes down beside is left out.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.insert(
                entry.path().display().to_string(),
                fs::read(entry.path()).unwrap(),
            );
        }
    }
    found
}

/// Runs graven, which must do nothing at all.
#[track_caller]
fn idle(repo: &Repo, code: i32, arguments: &[&str]) -> Said {
    let before = files(repo.path());
    let said = repo.graven(arguments);
    said.ends(code);
    let after = files(repo.path());
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|one| one.0)
        .collect();
    assert!(
        changed.is_empty() && before.len() == after.len(),
        "graven {arguments:?} changed {changed:?}"
    );
    said
}
