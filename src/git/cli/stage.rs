//! Stages files with git. The files are written from a temporary index; the index of the repository is changed last, in
//! one call.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use bstr::ByteSlice;

use super::command::{GitCommand, Output, run};
use crate::git::error::{GitError, NO_ROOM};
use crate::repo::{RepoPath, Write};

/// An ordinary file.
const FILE: &str = "100644";
/// Writes the temporary index: not split, and without running a hook.
const UPDATE_TEMPORARY: [&str; 6] = [
    "-c",
    "core.splitIndex=false",
    "-c",
    "core.hooksPath=/dev/null",
    "update-index",
    "--add",
];

/// How a path of the work tree compares with the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::git) enum WorktreeState {
    /// As in the index, or absent: nothing would be lost.
    Unchanged,
    Conflicted,
    Untracked,
    Changed,
}

impl GitCommand {
    pub(in crate::git) fn worktree_state(
        &self,
        path: &RepoPath,
    ) -> Result<WorktreeState, GitError> {
        let question = [
            "--literal-pathspecs",
            "status",
            "--porcelain",
            "-z",
            "--no-renames",
            "--ignored=matching",
            "--untracked-files=all",
            "--ignore-submodules=none",
            "--",
        ];
        let what = format!("{path} cannot be compared with the index");
        let answer = run_to_success(&what, self.at_root(&question).arg(native(path)))?;
        let found: Vec<WorktreeState> = answer
            .out
            .split_str("\0")
            .filter_map(|line| state(line.get(..2)?))
            .collect();
        let worst = [
            WorktreeState::Conflicted,
            WorktreeState::Untracked,
            WorktreeState::Changed,
        ];
        Ok(worst
            .into_iter()
            .find(|state| found.contains(state))
            .unwrap_or(WorktreeState::Unchanged))
    }

    pub(in crate::git) fn stage(&self, writes: &[Write], root: &Path) -> Result<(), GitError> {
        let entries = writes
            .iter()
            .map(|write| self.entry(write))
            .collect::<Result<Vec<_>, _>>()?;
        let mut enter = self.at_root(&["update-index", "--add"]);
        enter.args(
            entries
                .iter()
                .flatten()
                .flat_map(|entry| [OsString::from("--cacheinfo"), entry.clone()]),
        );
        enter.arg("--force-remove").arg("--");
        let gone = writes.iter().filter(|write| write.content.is_none());
        enter.args(gone.map(|write| native(&write.path)));
        let written = self
            .write(writes, &entries, root)
            .and_then(|()| run_to_success("the index cannot be written", &mut enter).map(drop));
        if written.is_err() {
            self.take_back(writes, root);
        }
        written
    }

    /// Stores the content as a blob and gives the entry for `update-index --cacheinfo`; `None` for a file to remove.
    fn entry(&self, write: &Write) -> Result<Option<OsString>, GitError> {
        let Some(content) = &write.content else {
            return Ok(None);
        };
        let what = format!("{} cannot be staged", write.path);
        let stored = run(
            &mut self.at_root(&["hash-object", "-w", "--stdin"]),
            content,
        )?;
        let id = check_success(&what, stored)?;
        let mut list = self.at_root(&["--literal-pathspecs", "ls-files", "--stage", "-z", "--"]);
        let listed = run_to_success(&what, list.arg(native(&write.path)))?;
        // For a folder of that name, git lists its files.
        let known = listed
            .out
            .strip_suffix(b"\0")
            .and_then(|line| line.split_once_str("\t"));
        let known = known
            .filter(|(_, path)| path == write.path.as_bstr())
            .map(|(fields, _)| fields);
        let mode = known
            .and_then(|fields| fields.split_once_str(" "))
            .map_or(FILE.as_bytes(), |(mode, _)| mode);
        let mut entry = OsString::from(format!(
            "{},{},",
            mode.to_str_lossy(),
            id.line().to_str_lossy()
        ));
        entry.push(native(&write.path));
        Ok(Some(entry))
    }

    /// Writes the files into the work tree from a temporary index, and removes those to remove.
    fn write(
        &self,
        writes: &[Write],
        entries: &[Option<OsString>],
        root: &Path,
    ) -> Result<(), GitError> {
        let temporary = TemporaryIndex::new(&self.git_dir);
        let mut enter = temporary.of(self.at_root(&UPDATE_TEMPORARY));
        enter.args(
            entries
                .iter()
                .flatten()
                .flat_map(|entry| [OsString::from("--cacheinfo"), entry.clone()]),
        );
        run_to_success("the files cannot be staged", &mut enter)?;
        for write in writes {
            let what = format!("{} cannot be written", write.path);
            if write.content.is_some() {
                let mut check_out =
                    temporary.of(self.at_root(&["checkout-index", "--force", "--quiet", "--"]));
                run_to_success(&what, check_out.arg(native(&write.path)))?;
            } else {
                remove(&write.path, root)?;
            }
        }
        Ok(())
    }

    /// Restores the work tree from the index as far as possible. Errors are ignored: the first one is being reported.
    fn take_back(&self, writes: &[Write], root: &Path) {
        for write in writes {
            let path = native(&write.path);
            let mut check_out = self.at_root(&["checkout-index", "--force", "--quiet", "--"]);
            let back = run_to_success("", check_out.arg(&path));
            if back.is_err() && write.content.is_some() {
                drop(std::fs::remove_file(root.join(path)));
            }
        }
    }

    /// A call at the root of the work tree, to which paths are relative.
    fn at_root(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        if let Some(root) = &self.work_dir {
            command.current_dir(root);
        }
        command
    }
}

/// An index file for the files that are being written, removed on drop.
struct TemporaryIndex(PathBuf);

impl TemporaryIndex {
    fn new(git_dir: &Path) -> Self {
        Self(git_dir.join(format!("graven-index-{}", std::process::id())))
    }

    fn of(&self, mut command: Command) -> Command {
        command.env("GIT_INDEX_FILE", &self.0);
        command
    }
}

impl Drop for TemporaryIndex {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}

/// The two letters of `git status --porcelain`: the index against HEAD, the work tree against the index.
fn state(letters: &[u8]) -> Option<WorktreeState> {
    match letters {
        b"??" | b"!!" => Some(WorktreeState::Untracked),
        b"DD" | b"AA" | [b'U', _] | [_, b'U'] => Some(WorktreeState::Conflicted),
        [_, b' '] => None,
        _ => Some(WorktreeState::Changed),
    }
}

fn run_to_success(what: &str, command: &mut Command) -> Result<Output, GitError> {
    check_success(what, run(command, b"")?)
}

fn check_success(what: &str, answer: Output) -> Result<Output, GitError> {
    if answer.status.success() {
        return Ok(answer);
    }
    Err(GitError::new(what, &answer.message(), NO_ROOM))
}

/// Removes a file of the work tree at `root`.
fn remove(path: &RepoPath, root: &Path) -> Result<(), GitError> {
    std::fs::remove_file(root.join(native(path))).map_err(|error| {
        GitError::new(
            format!("{path} cannot be removed"),
            &error.to_string(),
            "check its permissions",
        )
    })
}

/// The path for this platform's file system.
pub(in crate::git) fn native(path: &RepoPath) -> PathBuf {
    path.as_bstr().to_path_lossy().into_owned()
}
