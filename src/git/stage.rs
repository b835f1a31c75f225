//! Writing: some files put into the index and the work tree together, or none of them. The only place that touches a work
//! tree, and only ever for a person who asked for it; judging never comes here.

use std::path::{Path, PathBuf};

use bstr::ByteSlice;
use git2::build::CheckoutBuilder;
use git2::{ErrorCode, Index, IndexEntry, IndexTime, Oid, Status};

use super::Repository;
use super::error::{GitError, Hurdle};
use crate::escape::{Escaped, word};
use crate::object::{RepoPath, Write};

/// An ordinary file.
const FILE: u32 = 0o100_644;
/// What a work tree may hold beside the index without anything being lost.
const KEPT: Status = Status::INDEX_NEW.union(Status::INDEX_MODIFIED).union(Status::INDEX_TYPECHANGE);

impl Repository {
    /// Puts these files into the index and the work tree. All of them or none: where the work tree holds anything at one of
    /// the paths that the index does not, nothing is written.
    pub fn stage(&self, writes: &[Write]) -> Result<(), GitError> {
        let Some(root) = self.work_dir() else {
            let remedy = "run it in a clone that has one";
            return Err(GitError::new(Hurdle::Other, "nothing can be staged", "there is no work tree here", remedy));
        };
        for write in writes {
            self.refuse_to_lose(&write.path)?;
        }
        let mut index = self.index()?;
        let written = self.write(&mut index, writes, root);
        if written.is_err() {
            self.take_back(&mut index, writes, root);
        }
        written
    }

    /// An error when something stands at this path in the work tree that is not in the index, or in the way to it.
    pub fn refuse_to_lose(&self, path: &RepoPath) -> Result<(), GitError> {
        self.refuse_to_leave(path)?;
        let status = match self.inner.status_file(&native(path)) {
            Ok(status) => status,
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(()),
            Err(error) => return Err(failed(&format!("{path} cannot be looked at"), &error)),
        };
        if status.difference(KEPT).is_empty() {
            return Ok(());
        }
        let (why, remedy) = if status.contains(Status::CONFLICTED) {
            ("it is in conflict", "resolve it, then: git add".to_owned())
        } else if status.intersects(Status::WT_NEW | Status::IGNORED) {
            ("a file that is not tracked stands there", "move it away, or choose another name".to_owned())
        } else {
            (
                "it has changes that are not staged",
                format!("stage or stash them: git add -- {}", word(&path.to_string())),
            )
        };
        Err(GitError::new(Hurdle::Other, format!("{path} is left as it is"), why, remedy))
    }

    /// An error when something that is no folder stands where this path has one: behind a symbolic link the file would be
    /// written elsewhere, and a file would be lost.
    fn refuse_to_leave(&self, path: &RepoPath) -> Result<(), GitError> {
        let Some(root) = self.work_dir() else { return Ok(()) };
        let native = native(path);
        let folders = native.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders {
            let Ok(found) = std::fs::symlink_metadata(root.join(folder)) else { continue };
            if !found.is_dir() {
                let folder = Escaped::new(folder.as_os_str().as_encoded_bytes());
                let (what, why) = (format!("{path} cannot be written"), format!("{folder} is no folder"));
                return Err(GitError::new(Hurdle::Other, what, &why, "move it away, or choose another name"));
            }
        }
        Ok(())
    }

    /// The index goes to the disk last: until then it is what it was.
    fn write(&self, index: &mut Index, writes: &[Write], root: &Path) -> Result<(), GitError> {
        for write in writes {
            self.enter(index, write)?;
        }
        for write in writes {
            self.check_out(index, write, root)?;
        }
        index.write().map_err(|error| failed("the index cannot be written", &error))
    }

    fn index(&self) -> Result<Index, GitError> {
        self.inner.index().map_err(|error| GitError::reading("the index", &error))
    }

    fn enter(&self, index: &mut Index, write: &Write) -> Result<(), GitError> {
        let failed = |error: git2::Error| failed(&format!("{} cannot be staged", write.path), &error);
        let path = native(&write.path);
        let Some(content) = &write.content else { return index.remove_path(&path).map_err(failed) };
        let id = self.inner.blob(content).map_err(failed)?;
        let mode = index.get_path(&path, 0).map_or(FILE, |entry| entry.mode);
        index.add(&entry(&write.path, mode, id)).map_err(failed)
    }

    fn check_out(&self, index: &mut Index, write: &Write, root: &Path) -> Result<(), GitError> {
        if write.content.is_none() {
            return std::fs::remove_file(root.join(native(&write.path))).map_err(|error| {
                let what = format!("{} cannot be removed", write.path);
                GitError::new(Hurdle::Other, what, &error.to_string(), "see to its permissions")
            });
        }
        let written = self.inner.checkout_index(Some(index), Some(&mut only(&write.path)));
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
                drop(self.inner.checkout_index(Some(index), Some(&mut only(&write.path))));
            } else {
                drop(std::fs::remove_file(root.join(path)));
            }
        }
    }
}

/// Writes one file, and leaves the index on the disk alone.
fn only(path: &RepoPath) -> CheckoutBuilder<'static> {
    let mut options = CheckoutBuilder::new();
    options.force().update_index(false).disable_pathspec_match(true).path(path.as_bstr().as_bytes());
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

fn native(path: &RepoPath) -> PathBuf {
    path.as_bstr().to_path_lossy().into_owned()
}

fn failed(what: &str, error: &git2::Error) -> GitError {
    GitError::new(Hurdle::Other, what, error.message(), "see to its permissions and to the room on the disk")
}
