//! How a repository is set up: hooks, configuration, partial clones, replaced objects. For doctor and setup; through
//! the git command, so slow.

use std::path::PathBuf;

use bstr::BStr;

use super::Repository;
use super::cli::ConfigScope;
use super::error::GitError;

impl Repository {
    /// Where Git looks for hooks, absolute: `core.hooksPath` when it is set, else the folder in the common directory.
    pub fn hooks_dir(&self) -> Result<PathBuf, GitError> {
        Ok(match self.backend.git().config_path("core.hooksPath")? {
            // Git takes a relative path from where it runs hooks: the root of the work tree, or the bare repository.
            Some(path) => self.work_dir().unwrap_or_else(|| self.git_dir()).join(path),
            None => self.default_hooks_dir(),
        })
    }

    /// The folder of hooks where `core.hooksPath` is not set, absolute.
    #[must_use]
    pub fn default_hooks_dir(&self) -> PathBuf {
        self.backend.git().common_dir.join("hooks")
    }

    /// Which configuration file sets a key; `None` where none does.
    pub fn config_scope(&self, key: &str) -> Result<Option<ConfigScope>, GitError> {
        self.backend.git().config_scope(key)
    }

    /// A boolean configuration value.
    pub fn config_bool(&self, key: &str) -> Result<Option<bool>, GitError> {
        self.backend.git().config_bool(key)
    }

    /// True for a partial clone: Git fetches missing objects when it needs them.
    pub fn is_partial(&self) -> Result<bool, GitError> {
        Ok(self.config("extensions.partialClone")?.is_some()
            || self.backend.git().has_promisor()?)
    }

    /// How many objects `refs/replace/` replaces. graven ignores it.
    pub fn replacements(&self) -> Result<usize, GitError> {
        Ok(self
            .backend
            .refs_with_prefix(BStr::new("refs/replace/"))?
            .len())
    }

    /// The grafts file, if it exists. graven ignores it.
    #[must_use]
    pub fn grafts_file(&self) -> Option<PathBuf> {
        Some(self.backend.git().common_dir.join("info").join("grafts")).filter(|file| file.exists())
    }
}
