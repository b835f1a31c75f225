//! The fast backend, through libgit2. The only place that names git2; it starts no process.

use std::path::PathBuf;

use bstr::{BStr, BString, ByteSlice};
use git2::ErrorCode;

use super::backend::{Backend, Header, Kind, Target};
use super::cli::GitCommand;
use super::error::{ErrorKind, FSCK, GitError, LookupError, unsupported};
use crate::repo::{Entry, ObjectId};
use crate::text::escape::Escaped;

mod alternates;
mod index;
mod open;

/// Parses a list of object stores. For the fuzzers only.
#[cfg(fuzzing)]
pub(super) fn fuzz(bytes: &[u8]) {
    let _ = alternates::split(bytes);
}

/// A repository opened by libgit2.
pub(super) struct Libgit2 {
    inner: git2::Repository,
    git: GitCommand,
    /// The index to read where libgit2 does not find it itself.
    index_file: Option<PathBuf>,
}

impl Backend for Libgit2 {
    fn git(&self) -> &GitCommand {
        &self.git
    }

    fn config(&self, key: &str) -> Result<Option<String>, GitError> {
        let what = || format!("the configuration value {key}");
        let mut config = self
            .inner
            .config()
            .map_err(|error| cannot_read(&what(), &error))?;
        // The verdict must not depend on who pushes.
        if self.git.in_hook {
            config = match config.open_level(git2::ConfigLevel::Local) {
                Ok(local) => local,
                Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
                Err(error) => return Err(cannot_read(&what(), &error)),
            };
        }
        let snapshot = config
            .snapshot()
            .map_err(|error| cannot_read(&what(), &error))?;
        match snapshot.get_string(key) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(cannot_read(&what(), &error)),
        }
    }

    fn remotes(&self) -> Result<Vec<BString>, GitError> {
        let remotes = self
            .inner
            .remotes()
            .map_err(|error| cannot_read("the list of remotes", &error))?;
        Ok(remotes.iter_bytes().map(BString::from).collect())
    }

    fn header(&self, id: ObjectId) -> Result<Header, LookupError> {
        let oid = oid(id)?;
        let (size, kind) = self
            .inner
            .odb()
            .and_then(|odb| odb.read_header(oid))
            .map_err(|error| lookup_error(&error))?;
        let kind = match kind {
            git2::ObjectType::Commit => Kind::Commit,
            git2::ObjectType::Tree => Kind::Tree,
            git2::ObjectType::Blob => Kind::Blob,
            git2::ObjectType::Tag => Kind::Tag,
            git2::ObjectType::Any => {
                return Err(LookupError::Corrupt("it has no known type".to_owned()));
            }
        };
        Ok(Header { size, kind })
    }

    fn body(&self, id: ObjectId, _: Header) -> Result<Vec<u8>, LookupError> {
        let oid = oid(id)?;
        let odb = self.inner.odb().map_err(|error| lookup_error(&error))?;
        odb.read(oid)
            .map(|object| object.data().to_vec())
            .map_err(|error| lookup_error(&error))
    }

    fn contains(&self, id: ObjectId) -> Result<bool, LookupError> {
        let oid = oid(id)?;
        Ok(self
            .inner
            .odb()
            .map_err(|error| lookup_error(&error))?
            .exists(oid))
    }

    fn find_ref(&self, name: &BStr) -> Result<Option<Target>, GitError> {
        let cannot_read =
            |error: &git2::Error| cannot_read(&format!("the ref {}", Escaped::new(name)), error);
        let Ok(text) = name.to_str() else {
            // git2 finds only names in UTF-8; others are looked up in the list of all refs.
            for found in self
                .inner
                .references()
                .map_err(|error| cannot_read(&error))?
            {
                let found = found.map_err(|error| cannot_read(&error))?;
                if found.name_bytes() == name.as_bytes() {
                    return Ok(target(&found));
                }
            }
            return Ok(None);
        };
        match self.inner.find_reference(text) {
            Ok(found) => Ok(target(&found)),
            // No ref can have an invalid name.
            Err(error) if matches!(error.code(), ErrorCode::NotFound | ErrorCode::InvalidSpec) => {
                Ok(None)
            }
            Err(error) => Err(cannot_read(&error)),
        }
    }

    fn refs_with_prefix(&self, prefix: &BStr) -> Result<Vec<(BString, Target)>, GitError> {
        let cannot_read = |error: &git2::Error| {
            cannot_read(&format!("the refs in {}", Escaped::new(prefix)), error)
        };
        let Ok(glob) = prefix.to_str().map(|prefix| format!("{prefix}*")) else {
            return Err(GitError::of(
                ErrorKind::Unsupported,
                "the namespace cannot be read",
                "it is not UTF-8",
                FSCK,
            ));
        };
        let mut found = Vec::new();
        for reference in self
            .inner
            .references_glob(&glob)
            .map_err(|error| cannot_read(&error))?
        {
            let reference = reference.map_err(|error| cannot_read(&error))?;
            // A namespace may contain characters that are special in a pattern.
            if let Some(target) =
                target(&reference).filter(|_| reference.name_bytes().starts_with(prefix))
            {
                found.push((reference.name_bytes().into(), target));
            }
        }
        Ok(found)
    }

    fn resolve(&self, revision: &str) -> Result<ObjectId, String> {
        let named = self
            .inner
            .revparse_single(revision)
            .and_then(|object| object.peel(git2::ObjectType::Commit));
        let commit = named.map_err(|error| {
            let short =
                error.code() == ErrorCode::Ambiguous && error.message().contains("too short");
            match error.code() {
                ErrorCode::InvalidSpec => "the name is not valid".to_owned(),
                code if short || code == ErrorCode::NotFound => {
                    "no branch, tag or commit has this name".to_owned()
                }
                _ => error.message().to_owned(),
            }
        })?;
        ObjectId::from_bytes(commit.id().as_bytes())
            .ok_or_else(|| "the commit has no ID".to_owned())
    }

    fn index(&self) -> Result<Vec<Entry>, GitError> {
        self.entries()
    }
}

fn cannot_read(what: &str, error: &git2::Error) -> GitError {
    let kind = if unsupported(error.message()) {
        ErrorKind::Unsupported
    } else {
        ErrorKind::Other
    };
    GitError::of(
        kind,
        format!("{what} cannot be read"),
        error.message(),
        FSCK,
    )
}

fn oid(id: ObjectId) -> Result<git2::Oid, LookupError> {
    git2::Oid::from_bytes(id.as_bytes()).map_err(|error| lookup_error(&error))
}

fn lookup_error(error: &git2::Error) -> LookupError {
    match error.code() {
        ErrorCode::NotFound => LookupError::Missing,
        _ => LookupError::Corrupt(error.message().to_owned()),
    }
}

/// What a ref points to; `None` for the zero ID.
fn target(reference: &git2::Reference<'_>) -> Option<Target> {
    match reference.symbolic_target_bytes() {
        Some(name) => Some(Target::Symbolic(name.into())),
        None => reference
            .target()
            .and_then(|oid| ObjectId::from_bytes(oid.as_bytes()))
            .map(Target::Object),
    }
}
