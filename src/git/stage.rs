//! Writing: some files put into the index and the work tree together, or none of them. The only place that touches a work
//! tree, and only ever for a person who asked for it; judging never comes here.

use super::Repository;
use super::cli::{WorktreeState, native};
use super::error::{ErrorKind, GitError};
use crate::repo::{RepoPath, Write};
use crate::text::escape::{Escaped, word};

impl Repository {
    /// Puts these files into the index and the work tree. All of them or none: where the work tree holds anything at one of
    /// the paths that the index does not, nothing is written.
    pub fn stage(&self, writes: &[Write]) -> Result<(), GitError> {
        let Some(root) = self.work_dir() else {
            let remedy = "run it in a clone that has one";
            return Err(GitError::new(
                ErrorKind::Other,
                "nothing can be staged",
                "there is no work tree here",
                remedy,
            ));
        };
        for write in writes {
            self.ensure_can_write(&write.path)?;
        }
        self.backend.git().stage(writes, root)
    }

    /// An error when something stands at this path in the work tree that is not in the index, or in the way to it.
    pub fn ensure_can_write(&self, path: &RepoPath) -> Result<(), GitError> {
        self.ensure_real_folders(path)?;
        let (why, remedy) = match self.backend.git().worktree_state(path)? {
            WorktreeState::Unchanged => return Ok(()),
            WorktreeState::Conflicted => {
                ("it is in conflict", "resolve it, then: git add".to_owned())
            }
            WorktreeState::Untracked => (
                "a file that is not tracked stands there",
                "move it away, or choose another name".to_owned(),
            ),
            WorktreeState::Changed => (
                "it has changes that are not staged",
                format!(
                    "stage or stash them: git add -- {}",
                    word(&path.to_string())
                ),
            ),
        };
        Err(GitError::new(
            ErrorKind::Other,
            format!("{path} is left as it is"),
            why,
            remedy,
        ))
    }

    /// An error when something that is no folder stands where this path has one: behind a symbolic link the file would be
    /// written elsewhere, and a file would be lost.
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
                    format!("{folder} is no folder"),
                );
                return Err(GitError::new(
                    ErrorKind::Other,
                    what,
                    &why,
                    "move it away, or choose another name",
                ));
            }
        }
        Ok(())
    }
}
