//! The index that Git is about to commit: its entries only, never the files of the work tree.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Repository;
use super::error::{ErrorKind, FSCK, GitError};
use crate::repo::{Difference, Entry, Mode, PathSet, Side};
use crate::text::escape::Escaped;

impl Repository {
    /// What is staged: every entry that a commit made now would contain, sorted by path. A conflict is an error.
    pub fn staged(&self) -> Result<Side, GitError> {
        let mut entries = match self.backend.index() {
            // libgit2 cannot read a split or a sparse index.
            Err(error) if error.kind == ErrorKind::Unsupported => self.backend.git().index(),
            read => read,
        }?;
        // libgit2 sorts without regard to case where `core.ignorecase` is set.
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Side::Index(Arc::new(entries)))
    }
}

/// A conflict: it is not known yet what would be committed.
pub(super) fn unmerged(path: &[u8]) -> GitError {
    let why = format!("unmerged path {}", Escaped::new(path));
    GitError::new(
        "the index cannot be judged",
        &why,
        "resolve the conflict, then: git add",
    )
}

/// An entry that no commit could contain.
pub(super) fn invalid_entry(path: &[u8]) -> GitError {
    let why = format!("invalid entry {}", Escaped::new(path));
    GitError::new("the index cannot be judged", &why, FSCK)
}

/// The mode of an entry of the index.
pub(super) fn mode(bits: u32) -> Option<Mode> {
    match bits {
        0o100_644 | 0o100_664 => Some(Mode::File),
        0o100_755 => Some(Mode::Executable),
        0o120_000 => Some(Mode::Symlink),
        0o160_000 => Some(Mode::Submodule),
        _ => None,
    }
}

/// The entries that `watch` matches.
pub(super) fn only_watched(entries: &[Entry], watch: &PathSet) -> Vec<Entry> {
    let (mut found, mut last) = (Vec::new(), None);
    for entry in entries {
        // Entries of one folder follow each other.
        let folder = entry.path.folder();
        let enters = match last {
            Some((known, enters)) if known == folder => enters,
            _ => watch.may_match_below(folder),
        };
        last = Some((folder, enters));
        if enters && watch.matches(&entry.path) {
            found.push(entry.clone());
        }
    }
    found
}

/// What differs between two sorted lists.
pub(super) fn diff(before: Vec<Entry>, after: Vec<Entry>) -> Vec<Difference> {
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    let mut found = Vec::new();
    loop {
        let which = match (before.peek(), after.peek()) {
            (None, None) => return found,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => one.path.cmp(&other.path),
        };
        let before = if which == Ordering::Greater {
            None
        } else {
            before.next()
        };
        let after = if which == Ordering::Less {
            None
        } else {
            after.next()
        };
        if before != after
            && let Some(entry) = before.as_ref().or(after.as_ref())
        {
            found.push(Difference {
                path: entry.path.clone(),
                before,
                after,
            });
        }
    }
}
