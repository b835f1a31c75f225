//! Names for commits: branches, `HEAD`, revisions. Names are relative to `GIT_NAMESPACE`, as they are for those who
//! push.

use std::collections::BTreeMap;

use bstr::{BStr, BString, ByteSlice, ByteVec};

use super::Repository;
use super::backend::Target;
use super::error::{FSCK, GitError};
use crate::repo::ObjectId;
use crate::text::escape::Escaped;

/// What `HEAD` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// A branch.
    Branch {
        /// Its short name. Foreign text.
        name: BString,
        /// Its tip; `None` before its first commit.
        commit: Option<ObjectId>,
    },
    /// A commit, and no branch.
    Detached(ObjectId),
}

impl Head {
    /// The commit, if there is one.
    #[must_use]
    pub fn commit(&self) -> Option<ObjectId> {
        match self {
            Self::Branch { commit, .. } => *commit,
            Self::Detached(commit) => Some(*commit),
        }
    }
}

/// A ref, with symbolic refs followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The full name at the end. Foreign text.
    pub name: BString,
    /// The object it points to; `None` if it does not exist yet.
    pub target: Option<ObjectId>,
}

/// Symbolic refs that are followed from one name; Git stops at five.
const MAX_SYMBOLIC_REFS: usize = 5;

impl Repository {
    /// What `HEAD` names.
    pub fn head(&self) -> Result<Head, GitError> {
        let head = self.reference(BStr::new("HEAD"))?;
        match (head.name.strip_prefix(b"refs/heads/"), head.target) {
            (Some(name), commit) => Ok(Head::Branch {
                name: name.into(),
                commit,
            }),
            (None, Some(commit)) => Ok(Head::Detached(commit)),
            (None, None) => {
                let why = format!("it points to {}", Escaped::new(&head.name));
                Err(GitError::new(
                    "HEAD cannot be read",
                    &why,
                    "git symbolic-ref HEAD refs/heads/main",
                ))
            }
        }
    }

    /// The local branches by short name, sorted.
    pub fn branches(&self) -> Result<BTreeMap<BString, ObjectId>, GitError> {
        self.resolved_refs("refs/heads/")
    }

    /// The tips of all local and remote-tracking branches, sorted by name.
    pub fn all_branch_tips(&self) -> Result<Vec<ObjectId>, GitError> {
        let mut found: Vec<ObjectId> = self.branches()?.into_values().collect();
        found.extend(self.resolved_refs("refs/remotes/")?.into_values());
        Ok(found)
    }

    /// The branches of a remote as this clone last saw them, by short name, sorted; its `HEAD` is none of them.
    pub fn remote_branches(&self, remote: &BStr) -> Result<BTreeMap<BString, ObjectId>, GitError> {
        let mut branches = match remote.to_str() {
            // A URL is no remote, and a wildcard would match several.
            Ok(name) if is_remote_name(name) => {
                self.resolved_refs(&format!("refs/remotes/{name}/"))?
            }
            _ => BTreeMap::new(),
        };
        branches.remove(BStr::new("HEAD"));
        Ok(branches)
    }

    /// The default remote: the only one, else `origin`.
    pub fn default_remote(&self) -> Result<Option<BString>, GitError> {
        let mut names = self.backend.remotes()?;
        Ok(match names.as_slice() {
            [_] => names.pop(),
            names => names.iter().find(|name| *name == "origin").cloned(),
        })
    }

    /// The short name of the default branch: what `HEAD` names in a bare repository, and in a clone what the `HEAD` of
    /// the remote names. `None` when neither is set.
    pub fn default_branch(&self, remote: Option<&BStr>) -> Result<Option<BString>, GitError> {
        if self.is_bare() && remote.is_none() {
            return self.head_branch();
        }
        let remote = match remote {
            Some(remote) => Some(remote.to_owned()),
            None => self.default_remote()?,
        };
        let Some(remote) = remote
            .as_ref()
            .and_then(|remote| remote.to_str().ok())
            .filter(|name| is_remote_name(name))
        else {
            return Ok(None);
        };
        let head = self.reference(BStr::new(&format!("refs/remotes/{remote}/HEAD")))?;
        let prefix = format!("refs/remotes/{remote}/");
        Ok(head
            .name
            .strip_prefix(prefix.as_bytes())
            .filter(|name| *name != b"HEAD")
            .map(BString::from))
    }

    /// The short name of the branch that `HEAD` names.
    pub fn head_branch(&self) -> Result<Option<BString>, GitError> {
        Ok(self
            .reference(BStr::new("HEAD"))?
            .name
            .strip_prefix(b"refs/heads/")
            .map(BString::from))
    }

    /// Follows symbolic refs from a full name. For a ref that does not exist, gives its name without a target.
    pub fn reference(&self, name: &BStr) -> Result<Reference, GitError> {
        let mut name = name.to_owned();
        for _ in 0..MAX_SYMBOLIC_REFS {
            let mut full = self.namespace.clone();
            full.push_str(&name);
            match self.backend.find_ref(full.as_bstr())? {
                None => return Ok(Reference { name, target: None }),
                Some(Target::Object(id)) => {
                    return Ok(Reference {
                        name,
                        target: Some(id),
                    });
                }
                Some(Target::Symbolic(next)) => {
                    name = next
                        .strip_prefix(self.namespace.as_bytes())
                        .map_or(next.clone(), BString::from);
                }
            }
        }
        let why = "it has too many levels of symbolic refs";
        Err(GitError::new(
            format!("the ref {} cannot be read", Escaped::new(&name)),
            why,
            FSCK,
        ))
    }

    /// The commit that a revision typed by a person names.
    pub fn resolve(&self, revision: &str) -> Result<ObjectId, GitError> {
        // libgit2 always follows grafts; git can be told not to.
        let found = if self.grafts_file().is_some() {
            self.backend.git().resolve(revision)
        } else {
            self.backend.resolve(revision)
        };
        found.map_err(|why| {
            let what = format!("unknown revision {}", Escaped::new(revision));
            let remedy = if self.is_shallow() {
                "this is a shallow clone: git fetch --unshallow"
            } else {
                "list the branches: git branch --all"
            };
            GitError::new(what, &why, remedy)
        })
    }

    /// The refs below a prefix by short name, symbolic refs followed; dangling ones are left out.
    fn resolved_refs(&self, folder: &str) -> Result<BTreeMap<BString, ObjectId>, GitError> {
        let mut prefix = self.namespace.clone();
        prefix.push_str(folder);
        let mut found = BTreeMap::new();
        for (full, target) in self.backend.refs_with_prefix(prefix.as_bstr())? {
            let Some(name) = full.strip_prefix(prefix.as_bytes()).map(BString::from) else {
                continue;
            };
            let target = match target {
                Target::Object(id) => Some(id),
                Target::Symbolic(_) => {
                    self.reference(BStr::new(&[folder.as_bytes(), &name].concat()))?
                        .target
                }
            };
            if let Some(target) = target {
                found.insert(name, target);
            }
        }
        Ok(found)
    }
}

/// The ref prefix of a namespace, empty without one: for `a/b`, `refs/namespaces/a/refs/namespaces/b/`.
pub(super) fn namespace(name: &[u8]) -> BString {
    let parts = name.split_str("/").filter(|part| !part.is_empty());
    parts
        .flat_map(|part| [b"refs/namespaces/", part, b"/"])
        .collect::<Vec<_>>()
        .concat()
        .into()
}

/// True for a name of a remote; false for a URL.
fn is_remote_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains([':', '*', '?', '[', '\\', ' ', '~', '^'])
        && !name.starts_with(['/', '.', '-'])
}
