//! What is odd about a repository, for those who look after it. Judging needs none of this.

use super::backend::Scope;
use std::path::PathBuf;

use bstr::{BStr, BString, ByteSlice};

use super::Repository;
use super::error::GitError;

impl Repository {
    /// The folder of hooks where nothing is configured, absolute.
    #[must_use]
    pub fn own_hooks_dir(&self) -> PathBuf {
        self.backend.common_dir().join("hooks")
    }

    /// Which configuration file says what a key is; `None` where none does.
    pub fn config_scope(&self, key: &str) -> Result<Option<Scope>, GitError> {
        self.backend.scope(key)
    }

    /// A configuration value that is yes or no.
    pub fn config_bool(&self, key: &str) -> Result<Option<bool>, GitError> {
        self.backend.flag(key)
    }

    /// True when objects are missing on purpose, to be fetched when Git needs them.
    pub fn is_partial(&self) -> Result<bool, GitError> {
        if self.backend.config("extensions.partialClone")?.is_some() {
            return Ok(true);
        }
        for remote in self.backend.remotes()? {
            // No key of a remote can be asked for by a name that is no text.
            let Ok(remote) = remote.to_str() else {
                continue;
            };
            if self
                .backend
                .flag(&format!("remote.{remote}.promisor"))?
                .unwrap_or(false)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The objects that others stand for, as `refs/replace/` says, sorted. graven never looks there.
    pub fn replaced(&self) -> Result<Vec<BString>, GitError> {
        let folder = BStr::new("refs/replace/");
        let names = self.backend.below(folder)?.into_iter();
        let mut found: Vec<BString> = names
            .filter_map(|(name, _)| name.strip_prefix(folder.as_bytes()).map(BString::from))
            .collect();
        found.sort();
        Ok(found)
    }

    /// The file of grafts, where there is one. graven never looks into it.
    #[must_use]
    pub fn grafts(&self) -> Option<PathBuf> {
        Some(self.backend.common_dir().join("info").join("grafts")).filter(|file| file.exists())
    }
}
