//! Parses trees strictly. Servers accept malformed trees by default, and a tree with duplicate or unsorted names can
//! show a path to one reader and hide it from another: such a tree is an error.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use bstr::{BStr, ByteSlice};

use super::Repository;
use super::backend::Kind;
use super::error::malformed;
use crate::repo::{Mode, ObjectError, ObjectId};

/// Larger trees are refused.
const MAX_BYTES: usize = 64 << 20;
/// Bytes of trees in one generation of the cache.
const CACHE_BYTES: usize = 16 << 20;
/// The IDs of the empty tree, which Git knows without storing it.
pub(super) const EMPTY_TREES: [&str; 2] = [
    "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
];

/// A well-formed tree: its nodes in Git's order, no name twice.
#[derive(Debug, Default)]
pub(super) struct Tree {
    raw: Vec<u8>,
    nodes: Vec<Node>,
}

/// One entry of a tree.
#[derive(Debug, Clone)]
pub(super) struct Node {
    name: Range<usize>,
    /// `None` for a folder.
    pub(super) mode: Option<Mode>,
    pub(super) id: ObjectId,
}

impl Tree {
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(super) fn name(&self, node: &Node) -> &BStr {
        self.raw[node.name.clone()].as_bstr()
    }

    /// The entry of this name, folder or not.
    pub(super) fn find(&self, name: &BStr) -> Option<&Node> {
        self.search(name, false).or_else(|| self.search(name, true))
    }

    fn search(&self, name: &BStr, folder: bool) -> Option<&Node> {
        let at = self
            .nodes
            .binary_search_by(|node| order((self.name(node), node.mode.is_none()), (name, folder)));
        at.ok().map(|at| &self.nodes[at])
    }
}

/// Git's order of names: a folder's name counts as if it ended in `/`, so that the order is that of whole paths.
pub(super) fn order(one: (&BStr, bool), other: (&BStr, bool)) -> Ordering {
    let shared = one.0.len().min(other.0.len());
    let end = |(name, folder): (&BStr, bool)| name.get(shared).copied().or(folder.then_some(b'/'));
    // Names contain no `/`, so after the shared part one byte decides, then the length.
    one.0[..shared]
        .cmp(&other.0[..shared])
        .then_with(|| end(one).cmp(&end(other)))
        .then_with(|| one.0.len().cmp(&other.0.len()))
}

fn parse(raw: Vec<u8>, id_bytes: usize) -> Result<Tree, &'static str> {
    let mut tree = Tree {
        raw,
        nodes: Vec::new(),
    };
    let mut at = 0;
    while at < tree.raw.len() {
        let rest = &tree.raw[at..];
        let space = rest
            .iter()
            .take(8)
            .position(|&byte| byte == b' ')
            .ok_or("an entry has no mode")?;
        let mode = mode(&rest[..space])?;
        let nul = rest[space..].find_byte(0).ok_or("an entry has no end")? + space;
        let raw_id = rest
            .get(nul + 1..nul + 1 + id_bytes)
            .ok_or("an entry is cut off")?;
        let id = ObjectId::from_bytes(raw_id).ok_or("an entry has no object ID")?;
        check_name(rest[space + 1..nul].as_bstr())?;
        let node = Node {
            name: at + space + 1..at + nul,
            mode,
            id,
        };
        at += nul + 1 + id_bytes;
        if let Some(last) = tree.nodes.last()
            && order(
                (tree.name(last), last.mode.is_none()),
                (tree.name(&node), mode.is_none()),
            ) != Ordering::Less
        {
            return Err("its entries are unsorted or duplicated");
        }
        // A file and a folder of one name need not be neighbours; the folder comes later.
        if mode.is_none() && tree.search(tree.name(&node), false).is_some() {
            return Err("a name is both a file and a folder");
        }
        tree.nodes.push(node);
    }
    Ok(tree)
}

/// Every entry of a parsed tree is found by its name. For the fuzzers only.
#[cfg(fuzzing)]
pub(super) fn fuzz(raw: Vec<u8>, id_bytes: usize) {
    let Ok(tree) = parse(raw, id_bytes) else {
        return;
    };
    for node in tree.nodes() {
        let found = tree.find(tree.name(node));
        assert!(
            found.is_some_and(|found| found.name == node.name),
            "a node that cannot be found"
        );
    }
}

fn check_name(name: &BStr) -> Result<(), &'static str> {
    match name.as_bytes() {
        b"" => Err("an entry has no name"),
        b"." | b".." => Err("an entry is named . or .."),
        name if name.eq_ignore_ascii_case(b".git") => Err("an entry is named .git"),
        name if name.contains(&b'/') => Err("a name contains a slash"),
        _ => Ok(()),
    }
}

fn mode(digits: &[u8]) -> Result<Option<Mode>, &'static str> {
    match digits {
        // Old writers put a zero in front; every reader accepts it.
        b"40000" | b"040000" => Ok(None),
        b"100644" | b"100664" => Ok(Some(Mode::File)),
        b"100755" => Ok(Some(Mode::Executable)),
        b"120000" => Ok(Some(Mode::Symlink)),
        b"160000" => Ok(Some(Mode::Submodule)),
        _ => Err("an entry has an unknown mode"),
    }
}

/// Trees by ID, in two generations: when the younger is full the older is dropped, so memory stays bounded.
#[derive(Debug, Default)]
pub(super) struct TreeCache {
    young: HashMap<ObjectId, Arc<Tree>>,
    old: HashMap<ObjectId, Arc<Tree>>,
    bytes: usize,
}

impl TreeCache {
    fn get(&mut self, id: ObjectId) -> Option<Arc<Tree>> {
        if let Some(tree) = self.young.get(&id) {
            return Some(Arc::clone(tree));
        }
        let tree = self.old.remove(&id)?;
        self.put(id, Arc::clone(&tree));
        Some(tree)
    }

    fn put(&mut self, id: ObjectId, tree: Arc<Tree>) {
        if self.bytes > CACHE_BYTES {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        self.bytes += tree.raw.len() + tree.nodes.len() * size_of::<Node>();
        self.young.insert(id, tree);
    }
}

impl Repository {
    /// Reads a tree, from the cache if it is there.
    pub(super) fn tree(&self, id: ObjectId) -> Result<Arc<Tree>, ObjectError> {
        let known = self.trees.borrow_mut().get(id);
        if let Some(tree) = known {
            return Ok(tree);
        }
        let tree = if EMPTY_TREES.contains(&id.to_string().as_str()) {
            Tree::default()
        } else {
            let raw = self.read_object(id, Kind::Tree, MAX_BYTES)?;
            parse(raw, self.id_digits() / 2).map_err(|why| malformed("tree", id, why))?
        };
        let tree = Arc::new(tree);
        self.trees.borrow_mut().put(id, Arc::clone(&tree));
        Ok(tree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(entries: &[(&str, &str)]) -> Vec<u8> {
        entries
            .iter()
            .flat_map(|(mode, name)| [format!("{mode} {name}\0").as_bytes(), &[7; 20]].concat())
            .collect()
    }

    fn parse_all(entries: &[(&str, &str)]) -> Result<Tree, &'static str> {
        parse(raw(entries), 20)
    }

    #[test]
    fn a_tree_in_gits_order_is_read_and_searched() {
        let tree = parse_all(&[
            ("100644", "a"),
            ("100644", "a.b"),
            ("40000", "a-"),
            ("120000", "b"),
        ]);
        assert!(tree.is_err(), "a- comes before a.b");
        let tree = parse_all(&[
            ("100755", "a-"),
            ("160000", "a.b"),
            ("40000", "a"),
            ("100664", "a0"),
            ("040000", "é"),
        ])
        .unwrap();
        for name in ["a-", "a.b", "a", "a0", "é"] {
            assert_eq!(
                tree.find(BStr::new(name)).map(|node| tree.name(node)),
                Some(BStr::new(name))
            );
        }
        assert!(tree.find(BStr::new("b")).is_none());
        assert!(tree.find(BStr::new("a")).unwrap().mode.is_none());
    }

    #[test]
    fn a_malformed_tree_is_refused() {
        for entries in [
            &[("100644", "b"), ("100644", "a")][..],
            &[("100644", "a"), ("100644", "a")],
            &[("40000", "a"), ("40000", "a")],
            &[("100644", "a"), ("100644", "a.b"), ("40000", "a")],
            &[("100644", "a"), ("40000", "a")],
            &[("100644", "..")],
            &[("40000", ".")],
            &[("40000", ".GIT")],
            &[("100644", "")],
            &[("100644", "a/b")],
            &[("100600", "a")],
            &[("644", "a")],
            &[("", "a")],
        ] {
            assert!(parse_all(entries).is_err(), "{entries:?}");
        }
    }

    #[test]
    fn a_tree_cut_off_anywhere_is_refused() {
        let whole = raw(&[("100644", "a"), ("40000", "b")]);
        for end in (1..whole.len()).filter(|&end| end != whole.len() / 2 + 1 && end != 29) {
            let cut = parse(whole[..end].to_vec(), 20);
            assert!(
                cut.is_err() || end == raw(&[("100644", "a")]).len(),
                "{end}"
            );
        }
    }
}
