//! Reads the index with libgit2.

use super::{Libgit2, cannot_read};
use crate::git::error::GitError;
use crate::git::index::{invalid_entry, mode, unmerged};
use crate::repo::{Entry, ObjectId, RepoPath};

/// Flags of an entry, as `git help format-index` gives them.
const INTENT_TO_ADD: u16 = 1 << 13;
const STAGE: u16 = 3 << 12;

impl Libgit2 {
    pub(super) fn entries(&self) -> Result<Vec<Entry>, GitError> {
        let opened = match &self.index_file {
            Some(file) => git2::Index::open_ext(file, self.inner.object_format()),
            None => self.inner.index(),
        };
        let index = opened.map_err(|error| cannot_read("the index", &error))?;
        let mut entries = Vec::with_capacity(index.len());
        for found in index.iter() {
            if found.flags & STAGE != 0 {
                return Err(unmerged(&found.path));
            }
            // A path of `git add -N` is in no commit.
            if found.flags_extended & INTENT_TO_ADD != 0 {
                continue;
            }
            let (Some(mode), Some(id)) =
                (mode(found.mode), ObjectId::from_bytes(found.id.as_bytes()))
            else {
                return Err(invalid_entry(&found.path));
            };
            entries.push(Entry {
                path: RepoPath::new(found.path),
                mode,
                id,
            });
        }
        Ok(entries)
    }
}
