//! Which branches are protected, and their published tips.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use bstr::{BStr, BString, ByteSlice};

use super::Policies;
use crate::git::Repository;
use crate::policy::Policy;
use crate::repo::{ObjectError, ObjectId, Side};
use crate::report::Problem;

/// The branches of a repository as others see them, and which of them are protected.
pub(super) struct Protection<'a> {
    repository: &'a Repository,
    published: BTreeMap<BString, ObjectId>,
    default: Option<BString>,
    /// Branches that a symbolic ref with a protected name points to: moving them moves it.
    shown: BTreeSet<BString>,
    /// The policy at the tip of the default branch.
    policy: Arc<Policy>,
    /// True when there is no protected branch, so that every branch counts as one.
    everywhere: bool,
    /// The protected branches and their tips, the default branch first, then by name. Each line of a push asks for them.
    protected: Vec<(BString, ObjectId)>,
}

/// The protected branches of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarded {
    /// The default branch, when it is known; it need not exist. Foreign text.
    pub default: Option<BString>,
    /// Its tip.
    pub tip: Option<ObjectId>,
    /// The branches that the policy protects, sorted. Foreign text.
    pub protected: Vec<BString>,
    /// The others, sorted. Where none is protected, all of these count as protected. Foreign text.
    pub open: Vec<BString>,
}

/// Where a line of work left the published history.
pub(super) struct Fork {
    /// The merge base; `None` when they share no history.
    pub(super) base: Option<ObjectId>,
    /// The tip of the protected branch that it left.
    pub(super) tip: Option<ObjectId>,
}

impl<'a> Protection<'a> {
    /// As a clone, or a local repository, sees it.
    pub(super) fn here(
        repository: &'a Repository,
        policies: &dyn Policies,
    ) -> Result<Self, Problem> {
        if repository.is_bare() {
            Self::received(repository, policies)
        } else {
            Self::sent(repository, None, policies)
        }
    }

    /// As a clone sees a remote that it pushes to.
    pub(super) fn sent(
        repository: &'a Repository,
        remote: Option<&BStr>,
        policies: &dyn Policies,
    ) -> Result<Self, Problem> {
        let usual = repository.default_remote()?;
        let mut published = repository.branches()?;
        let mut default = None;
        // The nearest source wins: the remote itself, the usual remote, the local branches.
        for remote in usual.iter().map(|usual| usual.as_bstr()).chain(remote) {
            published.extend(repository.remote_branches(remote)?);
            default = repository.default_branch(Some(remote))?.or(default);
        }
        Self::new(repository, published, default, policies)
    }

    /// As a server sees what it has.
    pub(super) fn received(
        repository: &'a Repository,
        policies: &dyn Policies,
    ) -> Result<Self, Problem> {
        let mut found = Self::new(
            repository,
            repository.branches()?,
            repository.head_branch()?,
            policies,
        )?;
        let mut shown = BTreeSet::new();
        for name in found
            .published
            .keys()
            .filter(|name| found.protects(name.as_bstr()))
        {
            let end = repository
                .reference(BStr::new(&[b"refs/heads/", name.as_slice()].concat()))?
                .name;
            shown.extend(
                end.strip_prefix(b"refs/heads/")
                    .map(BString::from)
                    .filter(|end| end != name),
            );
        }
        found.shown = shown;
        found.protected = found.list();
        Ok(found)
    }

    fn new(
        repository: &'a Repository,
        published: BTreeMap<BString, ObjectId>,
        default: Option<BString>,
        policies: &dyn Policies,
    ) -> Result<Self, Problem> {
        let tip = match default.as_ref().and_then(|name| published.get(name)) {
            Some(tip) => Some(*tip),
            None => repository.reference(BStr::new("HEAD"))?.target,
        };
        let policy = policies.at(tip.map(Side::Commit).as_ref())?;
        let (shown, protected) = (BTreeSet::new(), Vec::new());
        let mut found = Self {
            repository,
            published,
            default,
            shown,
            policy,
            everywhere: false,
            protected,
        };
        found.everywhere = !found
            .published
            .keys()
            .any(|name| found.protects(name.as_bstr()));
        found.protected = found.list();
        Ok(found)
    }

    fn list(&self) -> Vec<(BString, ObjectId)> {
        let protected = self
            .published
            .iter()
            .filter(|(name, _)| self.protects(name.as_bstr()));
        let mut list: Vec<_> = protected.map(|(name, tip)| (name.clone(), *tip)).collect();
        list.sort_by_key(|(name, _)| Some(name) != self.default.as_ref());
        list
    }

    /// True when the branch of this short name is protected.
    pub(super) fn protects(&self, name: &BStr) -> bool {
        let default = self.default.as_ref().map(|name| name.as_bstr());
        self.everywhere
            || self.shown.contains(name.as_bytes())
            || self.policy.branches.protects(name, default)
    }

    /// True when every branch counts as protected, because none is by name.
    pub(super) fn is_everywhere(&self) -> bool {
        self.everywhere
    }

    /// The default branch, its tip, and which branches are protected.
    pub(super) fn guarded(&self) -> Guarded {
        let (protected, open) = self.published.keys().cloned().partition(|name| {
            let default = self.default.as_ref().map(|name| name.as_bstr());
            self.policy.branches.protects(name.as_bstr(), default)
        });
        let tip = self
            .default
            .as_ref()
            .and_then(|name| self.published.get(name))
            .copied();
        Guarded {
            default: self.default.clone(),
            tip,
            protected,
            open,
        }
    }

    /// True when the branch of this short name would be the first one that is protected by its name, where others have
    /// been published before.
    pub(super) fn is_first(&self, name: &BStr) -> bool {
        let default = self.default.as_ref().map(|name| name.as_bstr());
        self.everywhere
            && !self.published.is_empty()
            && self.policy.branches.protects(name, default)
    }

    /// The policy at the tip of the default branch.
    pub(super) fn policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy)
    }

    /// Where the line that ends in these commits left the protected branches other than `except`: of several places, the
    /// newest.
    pub(super) fn fork(
        &self,
        ends: &[ObjectId],
        except: Option<&BStr>,
    ) -> Result<Fork, ObjectError> {
        let tips = self.tips(except);
        let mut bases = Vec::new();
        for end in ends {
            bases.extend(self.repository.merge_base_with_any(*end, &tips)?);
        }
        let Some(base) = self.repository.newest_independent(bases)? else {
            return Ok(Fork {
                base: None,
                tip: tips.first().copied(),
            });
        };
        for tip in &tips {
            if self.repository.merge_base(base, *tip)? == Some(base) {
                return Ok(Fork {
                    base: Some(base),
                    tip: Some(*tip),
                });
            }
        }
        Ok(Fork {
            base: Some(base),
            tip: None,
        })
    }

    /// The published tips of the protected branches: the default branch first, then by name.
    pub(super) fn tips(&self, except: Option<&BStr>) -> Vec<ObjectId> {
        let others = self
            .protected
            .iter()
            .filter(|(name, _)| Some(name.as_bstr()) != except);
        let mut seen = HashSet::new();
        others
            .map(|(_, tip)| *tip)
            .filter(|tip| seen.insert(*tip))
            .collect()
    }
}
