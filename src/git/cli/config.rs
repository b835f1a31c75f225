//! Reads configuration with `git config`.

use std::path::PathBuf;

use bstr::{BString, ByteSlice};

use super::command::GitCommand;
use crate::git::error::{FSCK, GitError};

/// Which configuration file sets a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConfigScope {
    /// Of the machine.
    System,
    /// Of the user.
    Global,
    /// Of the repository.
    Local,
    /// Of one work tree.
    Worktree,
}

impl GitCommand {
    /// A value; in a hook only the repository's own configuration counts, with what it includes.
    pub(super) fn config(&self, key: &str) -> Result<Option<String>, GitError> {
        let Some(value) = self.query(self.files(), &["--get", key])? else {
            return Ok(None);
        };
        String::from_utf8(value).map(Some).map_err(|_| {
            let what = format!("the configuration value {key} cannot be read");
            let remedy = format!("set it again: git config {key}");
            GitError::new(what, "it is not UTF-8", remedy)
        })
    }

    /// The remotes that have an address, sorted.
    pub(super) fn remotes(&self) -> Result<Vec<BString>, GitError> {
        let pattern = r"^remote\..+\.(push)?url$";
        let keys = self.query(self.files(), &["--name-only", "--get-regexp", pattern])?;
        let name = |key: &[u8]| {
            let rest = key.strip_prefix(b"remote.")?;
            Some(BString::from(&rest[..rest.rfind_byte(b'.')?]))
        };
        let mut names: Vec<BString> = keys
            .unwrap_or_default()
            .split_str("\0")
            .filter_map(name)
            .collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// True when a remote is a promisor: it will send missing objects on request.
    pub(in crate::git) fn has_promisor(&self) -> Result<bool, GitError> {
        let pattern = r"^remote\..+\.promisor$";
        let settings = self.query(&[], &["--type=bool", "--get-regexp", pattern])?;
        Ok(settings.is_some_and(|settings| {
            settings
                .split_str("\0")
                .any(|setting| setting.ends_with(b"\ntrue"))
        }))
    }

    /// A value that is a path, with a leading `~` expanded.
    pub(in crate::git) fn config_path(&self, key: &str) -> Result<Option<PathBuf>, GitError> {
        let value = self.query(&[], &["--type=path", "--get", key])?;
        Ok(value.map(|path| path.to_path_lossy().into_owned()))
    }

    /// A boolean value.
    pub(in crate::git) fn config_bool(&self, key: &str) -> Result<Option<bool>, GitError> {
        let value = self.query(&[], &["--type=bool", "--get", key])?;
        Ok(value.map(|value| value == b"true"))
    }

    /// Which file sets a key; `None` where none does.
    pub(in crate::git) fn config_scope(&self, key: &str) -> Result<Option<ConfigScope>, GitError> {
        let found = self.query(&[], &["--show-scope", "--get", key])?;
        Ok(found.map(|found| match found.split_once_str("\0") {
            Some((b"system", _)) => ConfigScope::System,
            Some((b"global", _)) => ConfigScope::Global,
            Some((b"worktree", _)) => ConfigScope::Worktree,
            _ => ConfigScope::Local,
        }))
    }

    /// The files that may change a verdict.
    fn files(&self) -> &'static [&'static str] {
        if self.in_hook {
            &["--local", "--includes"]
        } else {
            &[]
        }
    }

    /// What `git config` answers, without the NUL at its end; `None` where nothing is set. The key is asked for last.
    fn query(&self, files: &[&str], question: &[&str]) -> Result<Option<Vec<u8>>, GitError> {
        let mut answer = self.output(&[&["config", "--null"], files, question].concat())?;
        match answer.status.code() {
            Some(0) => {
                answer.out.pop();
                Ok(Some(answer.out))
            }
            Some(1) => Ok(None),
            _ => {
                let key = question.last().unwrap_or(&"the configuration");
                let what = format!("{key} cannot be read");
                Err(GitError::new(what, &answer.message(), FSCK))
            }
        }
    }
}
