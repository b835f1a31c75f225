//! Writes files into the index and the work tree, all of them or none, for a person who asked for it. Judging does not
//! use this.

use super::Repository;
use super::cli::{WorktreeState, native};
use super::error::GitError;
use crate::repo::{RepoPath, Write};
use crate::text::escape::{Escaped, word};

impl Repository {
    /// Writes these files into the index and the work tree: all of them, or none if the work tree has unstaged changes
    /// at one of the paths.
    pub fn stage(&self, writes: &[Write]) -> Result<(), GitError> {
        let Some(root) = self.work_dir() else {
            let remedy = "run this in a clone that has one";
            return Err(GitError::new(
                "nothing can be staged",
                "there is no work tree",
                remedy,
            ));
        };
        for write in writes {
            self.ensure_can_write(&write.path)?;
        }
        self.backend.git().stage(writes, root)
    }

    /// An error when writing this path would lose something of the work tree that is not in the index.
    pub fn ensure_can_write(&self, path: &RepoPath) -> Result<(), GitError> {
        self.ensure_real_folders(path)?;
        let (why, remedy) = match self.backend.git().worktree_state(path)? {
            WorktreeState::Unchanged => return Ok(()),
            WorktreeState::Conflicted => (
                "it has a merge conflict",
                "resolve it, then: git add".to_owned(),
            ),
            WorktreeState::Untracked => (
                "an untracked file is there",
                "move it away, or choose another name".to_owned(),
            ),
            WorktreeState::Changed => (
                "it has unstaged changes",
                format!(
                    "stage or stash them: git add -- {}",
                    word(&path.to_string())
                ),
            ),
        };
        Err(GitError::new(
            format!("{path} was not changed"),
            why,
            remedy,
        ))
    }

    /// An error when a parent of the path exists and is not a folder: through a symbolic link the file would be written
    /// elsewhere, and a file in its place would be lost.
    fn ensure_real_folders(&self, path: &RepoPath) -> Result<(), GitError> {
        let Some(root) = self.work_dir() else {
            return Ok(());
        };
        let native = native(path);
        let folders = native
            .ancestors()
            .skip(1)
            .filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders {
            let Ok(found) = std::fs::symlink_metadata(root.join(folder)) else {
                continue;
            };
            if !found.is_dir() {
                let folder = Escaped::new(folder.as_os_str().as_encoded_bytes());
                let (what, why) = (
                    format!("{path} cannot be written"),
                    format!("{folder} is not a folder"),
                );
                return Err(GitError::new(
                    what,
                    &why,
                    "move it away, or choose another name",
                ));
            }
        }
        Ok(())
    }
}
