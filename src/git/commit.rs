//! Parses commits. Only what judging needs is parsed, and only that must be well formed.

use std::collections::HashMap;

use bstr::ByteSlice;

use super::backend::Kind;
use super::error::malformed;
use super::{Repository, error};
use crate::repo::{ObjectError, ObjectId};

/// Larger commits are refused.
const MAX_BYTES: usize = 16 << 20;

/// Bytes of a subject line that are kept, since every step keeps one.
const MAX_SUBJECT_BYTES: usize = 4096;

/// The cache is emptied when it holds more than this.
const CACHE_BYTES: usize = 32 << 20;

/// Commits read before. Walks, comparisons of steps and the refs of a push need the same ones several times.
#[derive(Debug, Default)]
pub(super) struct CommitCache {
    known: HashMap<ObjectId, Commit>,
    bytes: usize,
}

impl CommitCache {
    fn put(&mut self, id: ObjectId, commit: Commit) {
        if self.bytes > CACHE_BYTES {
            *self = Self::default();
        }
        self.bytes += size_of::<(ObjectId, Commit)>()
            + commit.subject.len()
            + commit.parents.len() * size_of::<ObjectId>();
        self.known.insert(id, commit);
    }
}

/// A parsed commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its tree.
    pub tree: ObjectId,
    /// Its parents as written, whatever grafts or a shallow boundary say.
    pub parents: Vec<ObjectId>,
    /// The committer's time in seconds since 1970; 0 where it cannot be read, as in Git.
    pub time: i64,
    /// The first line of its message. Foreign text.
    pub subject: String,
}

impl Repository {
    /// Reads a commit.
    pub fn commit(&self, id: ObjectId) -> Result<Commit, ObjectError> {
        if let Some(known) = self.commits.borrow().known.get(&id) {
            return Ok(known.clone());
        }
        let raw = self.read_object(id, Kind::Commit, MAX_BYTES)?;
        let commit = parse(&raw, self.id_digits()).map_err(|why| malformed("commit", id, why))?;
        self.commits.borrow_mut().put(id, commit.clone());
        Ok(commit)
    }

    /// The tree of a commit.
    pub(super) fn tree_of(&self, id: ObjectId) -> Result<ObjectId, ObjectError> {
        let known = self
            .commits
            .borrow()
            .known
            .get(&id)
            .map(|commit| commit.tree);
        known.map_or_else(|| Ok(self.commit(id)?.tree), Ok)
    }

    /// The parents to walk to; an error where a shallow clone ends.
    pub(super) fn parents_of<'a>(
        &self,
        id: ObjectId,
        commit: &'a Commit,
    ) -> Result<&'a [ObjectId], ObjectError> {
        if !commit.parents.is_empty() && self.boundary.contains(&id) {
            return Err(error::shallow(id));
        }
        Ok(&commit.parents)
    }

    /// True when the object is here and is a commit.
    pub fn is_commit(&self, id: ObjectId) -> Result<bool, ObjectError> {
        Ok(self.header(id)?.kind == Kind::Commit)
    }

    /// True when the object is here.
    pub fn contains(&self, id: ObjectId) -> Result<bool, ObjectError> {
        self.check_length(id)?;
        self.backend
            .contains(id)
            .map_err(|error| self.unavailable(format!("object {}", id.short()), &error))
    }
}

pub(super) fn parse(raw: &[u8], digits: usize) -> Result<Commit, &'static str> {
    let mut rest = raw;
    let tree = take_id(&mut rest, b"tree ", digits)?.ok_or("it has no tree")?;
    let mut parents = Vec::new();
    while let Some(parent) = take_id(&mut rest, b"parent ", digits)? {
        parents.push(parent);
    }
    let (headers, message) = match rest.split_once_str("\n\n") {
        Some((headers, message)) => (headers, message),
        None => (rest, &b""[..]),
    };
    // Git reads only the first headers; another reader must not find other trees or parents.
    if headers
        .lines()
        .any(|line| line.starts_with(b"tree ") || line.starts_with(b"parent "))
    {
        return Err("a tree or parent header is out of place");
    }
    let time = headers
        .lines()
        .find_map(|line| line.strip_prefix(b"committer "))
        .map_or(0, parse_time);
    let subject = message
        .lines()
        .map(<[u8]>::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let subject = truncate_subject(subject.to_str_lossy().into_owned());
    Ok(Commit {
        tree,
        parents,
        time,
        subject,
    })
}

/// Cuts a subject line to the length that is kept.
#[must_use]
pub fn truncate_subject(mut subject: String) -> String {
    if let Some(end) = (0..=MAX_SUBJECT_BYTES)
        .rev()
        .find(|&end| subject.is_char_boundary(end))
    {
        subject.truncate(end);
    }
    subject
}

/// Takes the next header line, if it is this one, and gives the object it names.
fn take_id(
    rest: &mut &[u8],
    header: &[u8],
    digits: usize,
) -> Result<Option<ObjectId>, &'static str> {
    let Some(line) = rest.strip_prefix(header) else {
        return Ok(None);
    };
    let id = line
        .get(..digits)
        .and_then(ObjectId::from_hex)
        .ok_or("a header has no object ID")?;
    if line.get(digits) != Some(&b'\n') {
        return Err("a header line has no end");
    }
    *rest = &line[digits + 1..];
    Ok(Some(id))
}

/// The number after the last `>` of a committer line.
fn parse_time(line: &[u8]) -> i64 {
    let after = line.rfind_byte(b'>').map_or(&b""[..], |at| &line[at + 1..]);
    after
        .fields()
        .next()
        .and_then(|field| field.to_str().ok()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "tree 1111111111111111111111111111111111111111\n";

    #[test]
    fn a_commit_that_git_accepts_and_libgit2_does_not_is_read() {
        let raw = format!(
            "{TREE}parent {}\nauthor A > <x> nonsense\ncommitter B <<b>> 77 +0000\n\n\n subject \nbody",
            "2".repeat(40)
        );
        let commit = parse(raw.as_bytes(), 40).unwrap();
        assert_eq!(
            (commit.parents.len(), commit.time, commit.subject.as_str()),
            (1, 77, "subject")
        );
    }

    // spec: BUDGET-005
    #[test]
    fn of_a_subject_line_without_an_end_the_beginning_is_kept() {
        let raw = format!(
            "{TREE}author\ncommitter\n\nab{}\nmore",
            "\u{20ac}".repeat(100_000)
        );
        let subject = parse(raw.as_bytes(), 40).unwrap().subject;
        assert_eq!(
            (subject.len(), subject.chars().last()),
            (4094, Some('\u{20ac}'))
        );
        assert_eq!(truncate_subject("short".to_owned()), "short");
    }

    #[test]
    fn a_commit_without_a_message_or_time_is_read() {
        let commit = parse(format!("{TREE}author\ncommitter\n").as_bytes(), 40).unwrap();
        assert_eq!((commit.time, commit.subject.as_str()), (0, ""));
    }

    #[test]
    fn a_commit_whose_headers_name_no_object_is_malformed() {
        let [twice, late] = [
            format!("{TREE}{TREE}\nx"),
            format!("{TREE}author\n{}\nx", TREE.replace("tree", "parent")),
        ];
        for raw in [
            &twice,
            &late,
            "",
            "tree 12\n",
            "tree 1111111111111111111111111111111111111111",
            &format!("{TREE}parent x\n"),
        ] {
            assert!(parse(raw.as_bytes(), 40).is_err(), "{raw}");
        }
        assert!(parse(TREE.as_bytes(), 64).is_err());
    }
}
