//! A repository's content as it would be after some files were staged, so that they can be judged before anything is
//! written. Does not depend on who writes what.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Blob, ChangeVisitor, Difference, Entry, Mode, ObjectError, ObjectId, Objects, RepoPath, Side,
    Version, Write,
};
use crate::repo::PathSet;

/// New blobs in memory, in front of a repository.
pub struct Overlay<'a> {
    base: &'a dyn Objects,
    blobs: BTreeMap<ObjectId, Vec<u8>>,
}

impl<'a> Overlay<'a> {
    /// Shows the base as it is, until something is staged.
    #[must_use]
    pub fn new(base: &'a dyn Objects) -> Self {
        Self {
            base,
            blobs: BTreeMap::new(),
        }
    }

    /// The index that `index` becomes when the writes are staged. A file keeps its mode; a new one is an ordinary file.
    /// A write that changes nothing leaves its entry as it is.
    pub fn stage(&mut self, index: &[Entry], writes: &[Write]) -> Result<Side, ObjectError> {
        let entries = index
            .iter()
            .map(|entry| (entry.path.clone(), entry.clone()));
        let mut entries: BTreeMap<RepoPath, Entry> = entries.collect();
        for write in writes {
            let Some(content) = &write.content else {
                entries.remove(&write.path);
                continue;
            };
            let known = entries.get(&write.path);
            if let Some(known) = known.filter(|known| known.mode.is_file())
                && self.blob(known.id, content.len() as u64)? == Blob::Bytes(content.clone())
            {
                continue;
            }
            let mode = known
                .map(|known| known.mode)
                .filter(|mode| mode.is_file())
                .unwrap_or(Mode::File);
            // Any ID will do, since it never gets into Git.
            let id = ObjectId::from_sha256(&[b"laid over\0", content]);
            self.blobs.insert(id, content.clone());
            entries.insert(
                write.path.clone(),
                Entry {
                    path: write.path.clone(),
                    mode,
                    id,
                },
            );
        }
        Ok(Side::Index(Arc::new(entries.into_values().collect())))
    }
}

impl Objects for Overlay<'_> {
    fn entries(&self, side: &Side, watch: &PathSet) -> Result<Vec<Entry>, ObjectError> {
        self.base.entries(side, watch)
    }

    fn differences(
        &self,
        before: Option<&Side>,
        after: &Side,
        watch: &PathSet,
    ) -> Result<Vec<Difference>, ObjectError> {
        self.base.differences(before, after, watch)
    }

    fn entry(&self, side: &Side, path: &RepoPath) -> Result<Option<Entry>, ObjectError> {
        self.base.entry(side, path)
    }

    fn blob(&self, id: ObjectId, limit: u64) -> Result<Blob, ObjectError> {
        match self.blobs.get(&id) {
            None => self.base.blob(id, limit),
            Some(content) if content.len() as u64 > limit => {
                Ok(Blob::TooLarge(content.len() as u64))
            }
            Some(content) => Ok(Blob::Bytes(content.clone())),
        }
    }

    fn versions(&self, commit: ObjectId, path: &RepoPath) -> Result<Vec<Version>, ObjectError> {
        self.base.versions(commit, path)
    }

    fn first_parent_changes(
        &self,
        commit: ObjectId,
        watch: &PathSet,
        visit: &mut ChangeVisitor<'_>,
    ) -> Result<(), ObjectError> {
        self.base.first_parent_changes(commit, watch, visit)
    }
}

impl std::fmt::Debug for Overlay<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Overlay({} blobs)", self.blobs.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::memory::Memory;

    fn write(path: &str, content: Option<&str>) -> Write {
        Write {
            path: RepoPath::new(path),
            content: content.map(|content| content.as_bytes().to_vec()),
        }
    }

    #[test]
    fn what_is_laid_over_a_side_is_read_from_it() {
        let mut memory = Memory::default();
        let files: [(&str, Mode, &[u8]); 3] = [
            ("a", Mode::Executable, b"1"),
            ("b", Mode::File, b"2"),
            ("c", Mode::File, b"3"),
        ];
        let side = Side::Commit(memory.commit(None, files));
        let mut overlay = Overlay::new(&memory);
        let writes = [
            write("a", Some("9")),
            write("b", Some("2")),
            write("c", None),
            write("d", Some("4")),
        ];
        let all = PathSet::new(["**"]).unwrap();
        let index = memory.entries(&side, &all).unwrap();
        let after = overlay.stage(&index, &writes).unwrap();
        let differences = overlay.differences(Some(&side), &after, &all).unwrap();
        let paths: Vec<String> = differences
            .iter()
            .map(|difference| difference.path.to_string())
            .collect();
        assert_eq!(paths, ["a", "c", "d"]);
        let entry = overlay.entry(&after, &RepoPath::new("a")).unwrap().unwrap();
        assert_eq!(entry.mode, Mode::Executable);
        assert_eq!(
            overlay.blob(entry.id, 10).unwrap(),
            Blob::Bytes(b"9".to_vec())
        );
        assert_eq!(overlay.blob(entry.id, 0).unwrap(), Blob::TooLarge(1));
    }
}
