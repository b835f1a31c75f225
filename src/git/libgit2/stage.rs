//! Staging through libgit2.

use std::path::Path;

use bstr::ByteSlice;
use git2::build::CheckoutBuilder;
use git2::{ErrorCode, Index, IndexEntry, IndexTime, Oid, Status};

use super::{Libgit2, reading};
use crate::git::backend::WorktreeState;
use crate::git::error::{ErrorKind, GitError, NO_ROOM};
use crate::git::stage::{native, remove};
use crate::repo::{RepoPath, Write};

/// An ordinary file.
const FILE: u32 = 0o100_644;
/// What a work tree may hold beside the index without anything being lost.
const KEPT: Status = Status::INDEX_NEW
    .union(Status::INDEX_MODIFIED)
    .union(Status::INDEX_TYPECHANGE);

impl Libgit2 {
    pub(super) fn put(&self, writes: &[Write], root: &Path) -> Result<(), GitError> {
        let mut index = self
            .inner
            .index()
            .map_err(|error| reading("the index", &error))?;
        let written = self.write(&mut index, writes, root);
        if written.is_err() {
            self.take_back(&mut index, writes, root);
        }
        written
    }

    pub(super) fn compare(&self, path: &RepoPath) -> Result<WorktreeState, GitError> {
        let status = match self.inner.status_file(&native(path)) {
            Ok(status) => status,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(WorktreeState::Kept),
            Err(error) => return Err(failed(&format!("{path} cannot be looked at"), &error)),
        };
        Ok(if status.difference(KEPT).is_empty() {
            WorktreeState::Kept
        } else if status.contains(Status::CONFLICTED) {
            WorktreeState::Conflicted
        } else if status.intersects(Status::WT_NEW | Status::IGNORED) {
            WorktreeState::Untracked
        } else {
            WorktreeState::Changed
        })
    }

    /// The index goes to the disk last: until then it is what it was.
    fn write(&self, index: &mut Index, writes: &[Write], root: &Path) -> Result<(), GitError> {
        for write in writes {
            self.enter(index, write)?;
        }
        for write in writes {
            self.check_out(index, write, root)?;
        }
        index
            .write()
            .map_err(|error| failed("the index cannot be written", &error))
    }

    fn enter(&self, index: &mut Index, write: &Write) -> Result<(), GitError> {
        let failed =
            |error: git2::Error| failed(&format!("{} cannot be staged", write.path), &error);
        let path = native(&write.path);
        let Some(content) = &write.content else {
            return index.remove_path(&path).map_err(failed);
        };
        let id = self.inner.blob(content).map_err(failed)?;
        let mode = index.get_path(&path, 0).map_or(FILE, |entry| entry.mode);
        index.add(&entry(&write.path, mode, id)).map_err(failed)
    }

    fn check_out(&self, index: &mut Index, write: &Write, root: &Path) -> Result<(), GitError> {
        if write.content.is_none() {
            return remove(&write.path, root);
        }
        let written = self
            .inner
            .checkout_index(Some(index), Some(&mut only(&write.path)));
        written.map_err(|error| failed(&format!("{} cannot be written", write.path), &error))
    }

    /// Leaves everything as it was, as far as that can still be done: what failed is being told already.
    fn take_back(&self, index: &mut Index, writes: &[Write], root: &Path) {
        if index.read(true).is_err() {
            return;
        }
        for write in writes {
            let path = native(&write.path);
            if index.get_path(&path, 0).is_some() {
                drop(
                    self.inner
                        .checkout_index(Some(index), Some(&mut only(&write.path))),
                );
            } else {
                drop(std::fs::remove_file(root.join(path)));
            }
        }
    }
}

/// Writes one file, and leaves the index on the disk alone.
fn only(path: &RepoPath) -> CheckoutBuilder<'static> {
    let mut options = CheckoutBuilder::new();
    options
        .force()
        .update_index(false)
        .disable_pathspec_match(true)
        .path(path.as_bstr().as_bytes());
    options
}

fn entry(path: &RepoPath, mode: u32, id: Oid) -> IndexEntry {
    let never = IndexTime::new(0, 0);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bstr().to_vec(),
    }
}

fn failed(what: &str, error: &git2::Error) -> GitError {
    GitError::new(ErrorKind::Other, what, error.message(), NO_ROOM)
}
