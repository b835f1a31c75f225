//! [`Objects`] in memory, for tests, benchmarks and fuzzing of everything above Git.

use std::collections::BTreeMap;

use super::{
    Blob, ChangeVisitor, Difference, Entry, Mode, ObjectError, ObjectId, Objects, RepoPath, Side,
    Version,
};
use crate::repo::PathSet;

/// Commits in memory, each with its whole list of files.
#[derive(Debug, Default)]
pub struct Memory {
    blobs: BTreeMap<ObjectId, Vec<u8>>,
    commits: BTreeMap<ObjectId, Commit>,
}

#[derive(Debug)]
struct Commit {
    parent: Option<ObjectId>,
    entries: Vec<Entry>,
}

impl Memory {
    /// Adds a commit with exactly these files and gives its ID.
    pub fn commit<'f>(
        &mut self,
        parent: Option<ObjectId>,
        files: impl IntoIterator<Item = (&'f str, Mode, &'f [u8])>,
    ) -> ObjectId {
        let mut entries: Vec<Entry> = Vec::new();
        for (path, mode, content) in files {
            let id = ObjectId::from_sha256(&[b"blob", content]);
            self.blobs.insert(id, content.to_vec());
            entries.push(Entry {
                path: RepoPath::new(path),
                mode,
                id,
            });
        }
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        let count = self.commits.len().to_be_bytes();
        let id = ObjectId::from_sha256(&[b"commit", &count]);
        self.commits.insert(id, Commit { parent, entries });
        id
    }

    fn all_entries<'s>(&'s self, side: &'s Side) -> Result<&'s [Entry], ObjectError> {
        match side {
            Side::Index(entries) => Ok(entries),
            Side::Commit(id) => Ok(&self.find_commit(*id)?.entries),
        }
    }

    fn find_commit(&self, id: ObjectId) -> Result<&Commit, ObjectError> {
        self.commits.get(&id).ok_or_else(|| missing("commit", id))
    }
}

impl Objects for Memory {
    fn entries(&self, side: &Side, watch: &PathSet) -> Result<Vec<Entry>, ObjectError> {
        Ok(self
            .all_entries(side)?
            .iter()
            .filter(|entry| watch.matches(&entry.path))
            .cloned()
            .collect())
    }

    fn differences(
        &self,
        before: Option<&Side>,
        after: &Side,
        watch: &PathSet,
    ) -> Result<Vec<Difference>, ObjectError> {
        let mut paths: BTreeMap<RepoPath, (Option<Entry>, Option<Entry>)> = BTreeMap::new();
        if let Some(before) = before {
            for entry in self.entries(before, watch)? {
                let path = entry.path.clone();
                paths.entry(path).or_default().0 = Some(entry);
            }
        }
        for entry in self.entries(after, watch)? {
            let path = entry.path.clone();
            paths.entry(path).or_default().1 = Some(entry);
        }
        let differing = paths
            .into_iter()
            .filter(|(_, (before, after))| before != after);
        Ok(differing
            .map(|(path, (before, after))| Difference {
                path,
                before,
                after,
            })
            .collect())
    }

    fn entry(&self, side: &Side, path: &RepoPath) -> Result<Option<Entry>, ObjectError> {
        Ok(self
            .all_entries(side)?
            .iter()
            .find(|entry| entry.path == *path)
            .cloned())
    }

    fn blob(&self, id: ObjectId, limit: u64) -> Result<Blob, ObjectError> {
        let bytes = self.blobs.get(&id).ok_or_else(|| missing("blob", id))?;
        let size = bytes.len() as u64;
        Ok(if size > limit {
            Blob::TooLarge(size)
        } else {
            Blob::Bytes(bytes.clone())
        })
    }

    fn versions(&self, commit: ObjectId, path: &RepoPath) -> Result<Vec<Version>, ObjectError> {
        let mut versions: Vec<Version> = Vec::new();
        let mut next = Some(commit);
        while let Some(id) = next {
            let entry = self.entry(&Side::Commit(id), path)?;
            match versions.last_mut() {
                Some(version) if version.entry == entry => version.commit = id,
                _ => versions.push(Version { commit: id, entry }),
            }
            next = self.find_commit(id)?.parent;
        }
        Ok(versions)
    }

    fn first_parent_changes(
        &self,
        commit: ObjectId,
        watch: &PathSet,
        visit: &mut ChangeVisitor<'_>,
    ) -> Result<(), ObjectError> {
        let mut next = Some(commit);
        while let Some(id) = next {
            next = self.find_commit(id)?.parent;
            let differences =
                self.differences(next.map(Side::Commit).as_ref(), &Side::Commit(id), watch)?;
            if visit(id, differences).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn missing(what: &str, id: ObjectId) -> ObjectError {
    ObjectError {
        what: format!("{what} {}", id.short()),
        why: "it is not here".to_owned(),
        remedy: "add it first".to_owned(),
    }
}
