//! The index that Git is about to commit. Its entries only: never the work tree behind them.

use std::cmp::Ordering;
use std::sync::Arc;

use super::Repository;
use super::error::{FSCK, GitError, Hurdle};
use crate::escape::Escaped;
use crate::object::{Difference, Entry, Mode, ObjectId, RepoPath, Side};
use crate::watch::Watch;

/// Flags of an entry, as `git help format-index` gives them.
const INTENT_TO_ADD: u16 = 1 << 13;
const STAGE: u16 = 3 << 12;

impl Repository {
    /// What is staged: every entry that a commit made now would hold, sorted by path. A conflict is an error.
    pub fn staged(&self) -> Result<Side, GitError> {
        let opened = match &self.index_file {
            Some(file) => git2::Index::open_ext(file, self.inner.object_format()),
            None => self.inner.index(),
        };
        let index = opened.map_err(|error| GitError::reading("the index", &error))?;
        let mut entries = Vec::with_capacity(index.len());
        for found in index.iter() {
            let shown = || Escaped::new(&found.path).to_string();
            if found.flags & STAGE != 0 {
                let remedy = "resolve the conflict, then: git add";
                return Err(GitError::new(
                    Hurdle::Other,
                    "the index cannot be judged",
                    &format!("unmerged path {}", shown()),
                    remedy,
                ));
            }
            // `git add -N` only announces a path; a commit leaves it out.
            if found.flags_extended & INTENT_TO_ADD != 0 {
                continue;
            }
            let (Some(mode), Some(id)) = (mode(found.mode), ObjectId::from_bytes(found.id.as_bytes())) else {
                return Err(GitError::new(
                    Hurdle::Other,
                    "the index cannot be judged",
                    &format!("odd entry {}", shown()),
                    FSCK,
                ));
            };
            entries.push(Entry { path: RepoPath::new(found.path), mode, id });
        }
        // libgit2 sorts without regard to case where `core.ignorecase` is set.
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Side::Index(Arc::new(entries)))
    }
}

fn mode(bits: u32) -> Option<Mode> {
    match bits {
        0o100_644 | 0o100_664 => Some(Mode::File),
        0o100_755 => Some(Mode::Executable),
        0o120_000 => Some(Mode::Symlink),
        0o160_000 => Some(Mode::Submodule),
        _ => None,
    }
}

/// The watched ones among sorted entries.
pub(super) fn watched(entries: &[Entry], watch: &Watch) -> Vec<Entry> {
    let (mut found, mut last) = (Vec::new(), None);
    for entry in entries {
        // Entries of one folder stand together.
        let folder = entry.path.folder();
        let enters = match last {
            Some((known, enters)) if known == folder => enters,
            _ => watch.enters(folder),
        };
        last = Some((folder, enters));
        if enters && watch.matches(&entry.path) {
            found.push(entry.clone());
        }
    }
    found
}

/// What differs between two sorted lists.
pub(super) fn merge(before: Vec<Entry>, after: Vec<Entry>) -> Vec<Difference> {
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    let mut found = Vec::new();
    loop {
        let which = match (before.peek(), after.peek()) {
            (None, None) => return found,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => one.path.cmp(&other.path),
        };
        let before = if which == Ordering::Greater { None } else { before.next() };
        let after = if which == Ordering::Less { None } else { after.next() };
        if before != after
            && let Some(entry) = before.as_ref().or(after.as_ref())
        {
            found.push(Difference { path: entry.path.clone(), before, after });
        }
    }
}
