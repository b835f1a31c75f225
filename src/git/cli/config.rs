//! The configuration as `git config` lists it.

use std::path::PathBuf;

use bstr::{BString, ByteSlice};

use super::GitCli;
use super::command::Git;
use crate::git::backend::Scope;
use crate::git::error::{ErrorKind, FSCK, GitError};

/// A key with its section and its name in lower case, and its value; one that was only named has an empty one.
pub(super) type Setting = (BString, BString);

impl GitCli {
    pub(super) fn configured(&self, key: &str) -> Result<Option<String>, GitError> {
        let wanted = normal(key);
        let settings = self.settings()?;
        let Some((_, value)) = settings.iter().rev().find(|(key, _)| *key == wanted) else {
            return Ok(None);
        };
        value
            .to_str()
            .map(|value| Some(value.to_owned()))
            .map_err(|_| {
                let what = format!("the configuration value {key} cannot be read");
                GitError::new(
                    ErrorKind::Other,
                    what,
                    "it is not UTF-8",
                    format!("set it anew: git config {key}"),
                )
            })
    }

    pub(super) fn addressed(&self) -> Result<Vec<BString>, GitError> {
        let name = |key: &BString| {
            let rest = key.strip_prefix(b"remote.")?;
            let name = rest
                .strip_suffix(b".url")
                .or_else(|| rest.strip_suffix(b".pushurl"))?;
            (!name.is_empty()).then(|| BString::from(name))
        };
        let mut names: Vec<BString> = self
            .settings()?
            .iter()
            .filter_map(|(key, _)| name(key))
            .collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn settings(&self) -> Result<&[Setting], GitError> {
        if let Some(known) = self.config.get() {
            return Ok(known);
        }
        // In a hook the repository's own configuration counts, with what it includes.
        let own: &[&str] = if self.git.in_hook() {
            &["--local", "--includes"]
        } else {
            &[]
        };
        let arguments = [&["config", "--null"], own, &["--list"]].concat();
        let answer = self.git.demand("the configuration", &arguments)?;
        let settings = answer
            .out
            .split_str("\0")
            .filter(|setting| !setting.is_empty());
        let split = |setting: &[u8]| match setting.split_once_str("\n") {
            Some((key, value)) => (key.into(), value.into()),
            None => (setting.into(), BString::default()),
        };
        Ok(self.config.get_or_init(|| settings.map(split).collect()))
    }
}

impl Git {
    /// A setting that is a path.
    pub(super) fn path_setting(&self, key: &str) -> Result<Option<PathBuf>, GitError> {
        let answer = self.setting(key, "--type=path")?;
        Ok(answer.and_then(|out| {
            out.strip_suffix(b"\0")
                .map(|path| path.to_path_lossy().into_owned())
        }))
    }

    /// A setting that is yes or no.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, GitError> {
        Ok(self
            .setting(key, "--type=bool")?
            .map(|out| out == b"true\0"))
    }

    /// Which file says what a setting is.
    pub(super) fn scope(&self, key: &str) -> Result<Option<Scope>, GitError> {
        Ok(self
            .setting(key, "--show-scope")?
            .map(|out| match out.split_once_str("\0") {
                Some((b"system", _)) => Scope::System,
                Some((b"global", _)) => Scope::Global,
                Some((b"worktree", _)) => Scope::Worktree,
                _ => Scope::Local,
            }))
    }

    fn setting(&self, key: &str, manner: &str) -> Result<Option<Vec<u8>>, GitError> {
        let answer = self.ask(&["config", "--null", manner, "--get", key])?;
        match answer.status.code() {
            Some(0) => Ok(Some(answer.out)),
            Some(1) => Ok(None),
            _ => Err(GitError::new(
                ErrorKind::Other,
                format!("{key} cannot be read"),
                &answer.why(),
                FSCK,
            )),
        }
    }
}

/// The key as git lists it: what stands between the first and the last dot keeps its case.
fn normal(key: &str) -> BString {
    let (Some(first), Some(last)) = (key.find('.'), key.rfind('.')) else {
        return key.to_lowercase().into();
    };
    format!(
        "{}{}{}",
        key[..first].to_lowercase(),
        &key[first..last],
        key[last..].to_lowercase()
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_the_case_of_its_middle_part() {
        for (key, wanted) in [
            ("core.hooksPath", "core.hookspath"),
            ("Remote.A.b.URL", "remote.A.b.url"),
            ("X", "x"),
        ] {
            assert_eq!(normal(key), wanted);
        }
    }
}
