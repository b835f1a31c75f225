//! The trait [`Objects`] for a repository: the entries of a side, the differences between two sides, single entries,
//! blobs. Only watched folders are opened, and only where the two sides have different subtrees.

use std::cmp::Ordering;

use bstr::{BStr, BString, ByteSlice};

use super::backend::{Header, Kind};
use super::error::FSCK;
use super::tree::{Node, Tree, order};
use super::{Repository, index};
use crate::repo::{
    Blob, ChangeVisitor, Difference, Entry, Mode, ObjectError, ObjectId, Objects, PathSet,
    RepoPath, Side, Version,
};
use crate::text::escape::brief;

/// Entries visited for one answer. Twelve tree objects can spell 10^10 paths.
const MAX_ENTRIES: usize = 2_000_000;
/// Watched entries in one answer, which are all in memory at once.
const MAX_FOUND: usize = 250_000;
/// How deep folders may be nested.
const MAX_DEPTH: usize = 256;
/// Characters of a path in the error about it.
const MAX_SHOWN: usize = 80;

impl Objects for Repository {
    fn entries(&self, side: &Side, watch: &PathSet) -> Result<Vec<Entry>, ObjectError> {
        match side {
            Side::Index(entries) => Ok(index::only_watched(entries, watch)),
            Side::Commit(_) => {
                let differences = self.differences(None, side, watch)?;
                Ok(differences
                    .into_iter()
                    .filter_map(|difference| difference.after)
                    .collect())
            }
        }
    }

    fn differences(
        &self,
        before: Option<&Side>,
        after: &Side,
        watch: &PathSet,
    ) -> Result<Vec<Difference>, ObjectError> {
        let root = |commit: &ObjectId| self.tree(self.tree_of(*commit)?);
        let (before, after) = match (before, after) {
            (None, Side::Commit(after)) => (None, root(after)?),
            (Some(Side::Commit(before)), Side::Commit(after)) => {
                (Some(root(before)?), root(after)?)
            }
            (before, after) => {
                let before =
                    before.map_or_else(|| Ok(Vec::new()), |side| self.entries(side, watch))?;
                return Ok(index::diff(before, self.entries(after, watch)?));
            }
        };
        self.diff_trees(before.as_deref(), &after, watch)
    }

    fn entry(&self, side: &Side, path: &RepoPath) -> Result<Option<Entry>, ObjectError> {
        match side {
            Side::Index(entries) => Ok(entries
                .binary_search_by(|entry| entry.path.cmp(path))
                .ok()
                .map(|at| entries[at].clone())),
            Side::Commit(commit) => {
                let mut trace = PathTrace::default();
                self.follow_path(self.tree_of(*commit)?, path, &mut trace)?;
                Ok(trace.entry)
            }
        }
    }

    fn blob(&self, id: ObjectId, limit: u64) -> Result<Blob, ObjectError> {
        let header = self.header(id)?;
        if header.kind != Kind::Blob {
            return Err(wrong_kind(id, header.kind, Kind::Blob));
        }
        if header.size as u64 > limit {
            return Ok(Blob::TooLarge(header.size as u64));
        }
        self.body(id, header).map(Blob::Bytes)
    }

    fn versions(&self, commit: ObjectId, path: &RepoPath) -> Result<Vec<Version>, ObjectError> {
        let mut trace = PathTrace::default();
        let mut versions: Vec<Version> = Vec::new();
        for step in self.first_parents(commit) {
            let (id, commit) = step?;
            self.follow_path(commit.tree, path, &mut trace)?;
            match versions.last_mut() {
                Some(last) if last.entry == trace.entry => last.commit = id,
                _ => versions.push(Version {
                    commit: id,
                    entry: trace.entry.clone(),
                }),
            }
        }
        Ok(versions)
    }

    fn first_parent_changes(
        &self,
        commit: ObjectId,
        watch: &PathSet,
        visit: &mut ChangeVisitor<'_>,
    ) -> Result<(), ObjectError> {
        let mut line = self.first_parents(commit);
        let mut child = line.next().transpose()?;
        while let Some((id, commit)) = child {
            let parent = line.next().transpose()?;
            let differences = match &parent {
                // An empty commit costs nothing.
                Some((_, parent)) if parent.tree == commit.tree => Vec::new(),
                Some((_, parent)) => self.diff_trees(
                    Some(&*self.tree(parent.tree)?),
                    &*self.tree(commit.tree)?,
                    watch,
                )?,
                None => self.diff_trees(None, &*self.tree(commit.tree)?, watch)?,
            };
            if visit(id, differences).is_break() {
                break;
            }
            child = parent;
        }
        Ok(())
    }
}

/// The trees on the way to a path, and the entry found there.
#[derive(Debug, Default)]
struct PathTrace {
    trees: Vec<ObjectId>,
    entry: Option<Entry>,
}

impl Repository {
    /// The watched paths that differ between two root trees.
    fn diff_trees(
        &self,
        before: Option<&Tree>,
        after: &Tree,
        watch: &PathSet,
    ) -> Result<Vec<Difference>, ObjectError> {
        let mut comparison = Comparison {
            repository: self,
            watch,
            visited: 0,
            found: Vec::new(),
        };
        comparison.folder(&mut BString::default(), before, Some(after), 0)?;
        Ok(comparison.found)
    }

    /// Follows a path down from a root tree. Trees that the trace of another revision shares are not opened again.
    fn follow_path(
        &self,
        root: ObjectId,
        path: &RepoPath,
        trace: &mut PathTrace,
    ) -> Result<(), ObjectError> {
        let mut id = root;
        let mut parts = path.as_bstr().split_str("/").peekable();
        let mut depth = 0;
        while let Some(part) = parts.next() {
            if trace.trees.get(depth) == Some(&id) {
                return Ok(());
            }
            trace.trees.truncate(depth);
            trace.trees.push(id);
            depth += 1;
            let tree = self.tree(id)?;
            match tree.find(BStr::new(part)).map(|node| (node.mode, node.id)) {
                Some((None, folder)) if parts.peek().is_some() => id = folder,
                Some((Some(mode), id)) if parts.peek().is_none() => {
                    trace.entry = Some(Entry {
                        path: path.clone(),
                        mode,
                        id,
                    });
                    return Ok(());
                }
                _ => break,
            }
        }
        trace.entry = None;
        Ok(())
    }

    /// Size and kind of an object, without its body.
    pub(super) fn header(&self, id: ObjectId) -> Result<Header, ObjectError> {
        self.check_length(id)?;
        self.backend
            .header(id)
            .map_err(|error| self.unavailable(format!("object {}", id.short()), &error))
    }

    /// The body of an object of one kind, when it has at most `largest` bytes.
    pub(super) fn read_object(
        &self,
        id: ObjectId,
        kind: Kind,
        largest: usize,
    ) -> Result<Vec<u8>, ObjectError> {
        let what = || format!("{kind} {}", id.short());
        self.check_length(id)?;
        let header = self
            .backend
            .header(id)
            .map_err(|error| self.unavailable(what(), &error))?;
        if header.kind != kind {
            return Err(wrong_kind(id, header.kind, kind));
        }
        if header.size > largest {
            let why = format!("it has {} bytes, over the limit of {largest}", header.size);
            return Err(ObjectError {
                what: what(),
                why,
                remedy: FSCK.into(),
            });
        }
        self.body(id, header)
    }

    fn body(&self, id: ObjectId, header: Header) -> Result<Vec<u8>, ObjectError> {
        let read = self.backend.body(id, header);
        read.map_err(|error| self.unavailable(format!("{} {}", header.kind, id.short()), &error))
    }
}

fn wrong_kind(id: ObjectId, found: Kind, wanted: Kind) -> ObjectError {
    ObjectError {
        what: format!("{wanted} {}", id.short()),
        why: format!("it is a {found}"),
        remedy: FSCK.into(),
    }
}

/// A walk of two trees side by side.
struct Comparison<'a> {
    repository: &'a Repository,
    watch: &'a PathSet,
    visited: usize,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    /// Compares one folder on both sides. `path` is empty or ends in `/`, and is restored afterwards.
    fn folder(
        &mut self,
        path: &mut BString,
        before: Option<&Tree>,
        after: Option<&Tree>,
        depth: usize,
    ) -> Result<(), ObjectError> {
        if depth > MAX_DEPTH {
            return Err(self.too_much(path, "its folders are nested too deeply"));
        }
        let mut sides = TreePair {
            before,
            after,
            left: nodes(before),
            right: nodes(after),
        };
        while let Some(pair) = sides.next() {
            self.visited += 1;
            if self.visited > MAX_ENTRIES || self.found.len() > MAX_FOUND {
                return Err(self.too_much(path, "it has too many entries"));
            }
            if pair.before == pair.after {
                continue;
            }
            let folder = path.len();
            path.extend_from_slice(pair.name);
            if pair.is_folder {
                self.subfolder(path, &pair, depth)?;
            } else {
                self.add_difference(path, &pair);
            }
            path.truncate(folder);
        }
        Ok(())
    }

    /// Compares a subfolder that differs.
    fn subfolder(
        &mut self,
        path: &mut BString,
        pair: &NamePair<'_>,
        depth: usize,
    ) -> Result<(), ObjectError> {
        if !self.watch.may_match_below(path.as_bstr()) {
            return Ok(());
        }
        let open = |half: SideEntry| match half {
            Some((_, id)) => self
                .repository
                .tree(id)
                .map(Some)
                .map_err(|error| with_path(error, path)),
            None => Ok(None),
        };
        let (before, after) = (open(pair.before)?, open(pair.after)?);
        path.push(b'/');
        self.folder(path, before.as_deref(), after.as_deref(), depth + 1)
    }

    /// Adds a path that differs.
    fn add_difference(&mut self, path: &BString, pair: &NamePair<'_>) {
        let path = RepoPath::new(path.clone());
        if self.watch.matches(&path) {
            let entry = |(mode, id): (Option<Mode>, ObjectId)| {
                Some(Entry {
                    path: path.clone(),
                    mode: mode?,
                    id,
                })
            };
            let (before, after) = (pair.before.and_then(entry), pair.after.and_then(entry));
            self.found.push(Difference {
                path,
                before,
                after,
            });
        }
    }

    fn too_much(&self, path: &BString, why: &str) -> ObjectError {
        let remedy = format!(
            "narrow the globs of the policy ({} of them are watched)",
            self.watch.globs().len()
        );
        // A path nested too deeply would fill the screen.
        let shown = brief(&path.to_str_lossy(), MAX_SHOWN);
        ObjectError {
            what: format!("folder {shown}"),
            why: why.into(),
            remedy,
        }
    }
}

/// The error about a tree, with the path of its folder.
fn with_path(error: ObjectError, path: &BString) -> ObjectError {
    ObjectError {
        what: format!("{} of {}", error.what, RepoPath::new(path.clone())),
        ..error
    }
}

/// What one side has under a name: the mode, `None` for a folder, and the object.
type SideEntry = Option<(Option<Mode>, ObjectId)>;

/// One name on both sides.
struct NamePair<'a> {
    name: &'a BStr,
    is_folder: bool,
    before: SideEntry,
    after: SideEntry,
}

/// Two folders side by side, and the nodes not visited yet.
struct TreePair<'a> {
    before: Option<&'a Tree>,
    after: Option<&'a Tree>,
    left: &'a [Node],
    right: &'a [Node],
}

fn nodes(tree: Option<&Tree>) -> &[Node] {
    tree.map_or(&[], Tree::nodes)
}

impl<'a> TreePair<'a> {
    /// The next name of either side, in the order of paths.
    fn next(&mut self) -> Option<NamePair<'a>> {
        let key = |tree: Option<&'a Tree>, nodes: &'a [Node]| {
            let (tree, node) = (tree?, nodes.first()?);
            Some((tree.name(node), node.mode.is_none()))
        };
        let (left, right) = (key(self.before, self.left), key(self.after, self.right));
        let which = match (left, right) {
            (None, None) => return None,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => order(one, other),
        };
        let before = if which == Ordering::Greater {
            None
        } else {
            take(&mut self.left)
        };
        let after = if which == Ordering::Less {
            None
        } else {
            take(&mut self.right)
        };
        let (name, is_folder) = if which == Ordering::Greater {
            right?
        } else {
            left?
        };
        Some(NamePair {
            name,
            is_folder,
            before,
            after,
        })
    }
}

fn take(nodes: &mut &[Node]) -> SideEntry {
    let (first, rest) = nodes.split_first()?;
    *nodes = rest;
    Some((first.mode, first.id))
}
