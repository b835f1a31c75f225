//! What is odd about a repository, for those who look after it. Judging needs none of this.

use std::path::PathBuf;

use bstr::BString;

use super::Repository;
use super::error::GitError;

/// Which configuration file says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// That of the machine.
    System,
    /// That of the person.
    Global,
    /// That of the repository.
    Local,
    /// That of one work tree.
    Worktree,
}

impl Repository {
    /// The folder of hooks where nothing is configured, absolute.
    #[must_use]
    pub fn own_hooks_dir(&self) -> PathBuf {
        self.inner.commondir().join("hooks")
    }

    /// Which configuration file says what a key is; `None` where none does.
    pub fn config_scope(&self, key: &str) -> Result<Option<Scope>, GitError> {
        let reading = |error: &git2::Error| GitError::reading(&format!("the configuration value {key}"), error);
        let config = self.inner.config().map_err(|error| reading(&error))?;
        let level = match config.get_entry(key) {
            Ok(entry) => entry.level(),
            Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
            Err(error) => return Err(reading(&error)),
        };
        Ok(Some(match level {
            git2::ConfigLevel::ProgramData | git2::ConfigLevel::System => Scope::System,
            git2::ConfigLevel::XDG | git2::ConfigLevel::Global => Scope::Global,
            git2::ConfigLevel::Worktree => Scope::Worktree,
            _ => Scope::Local,
        }))
    }

    /// A configuration value that is yes or no.
    pub fn config_bool(&self, key: &str) -> Result<Option<bool>, GitError> {
        let reading = |error: &git2::Error| GitError::reading(&format!("the configuration value {key}"), error);
        match self.inner.config().map_err(|error| reading(&error))?.get_bool(key) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(reading(&error)),
        }
    }

    /// True when objects are missing on purpose, to be fetched when Git needs them.
    pub fn is_partial(&self) -> Result<bool, GitError> {
        let reading = |error: &git2::Error| GitError::reading("the configuration of the remotes", error);
        let config = self.inner.config().map_err(|error| reading(&error))?;
        let mut entries = config.entries(Some(r"^remote\..*\.promisor$")).map_err(|error| reading(&error))?;
        while let Some(entry) = entries.next() {
            let entry = entry.map_err(|error| reading(&error))?;
            let says_yes = |value: &str| git2::Config::parse_bool(value).unwrap_or(true);
            // A key without a value means yes.
            if !entry.has_value() || entry.value().is_ok_and(says_yes) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The objects that others stand for, as `refs/replace/` says, sorted. graven never looks there.
    pub fn replaced(&self) -> Result<Vec<BString>, GitError> {
        let reading = |error: &git2::Error| GitError::reading("the refs in refs/replace/", error);
        let mut found = Vec::new();
        for reference in self.inner.references_glob("refs/replace/*").map_err(|error| reading(&error))? {
            let reference = reference.map_err(|error| reading(&error))?;
            found.extend(reference.name_bytes().strip_prefix(b"refs/replace/").map(BString::from));
        }
        found.sort();
        Ok(found)
    }

    /// The file of grafts, where there is one. graven never looks into it.
    #[must_use]
    pub fn grafts(&self) -> Option<PathBuf> {
        Some(self.inner.commondir().join("info").join("grafts")).filter(|file| file.exists())
    }
}
