//! Reads the index with `git diff-index --cached` against the empty tree: without `git add -N`, with the folders of a
//! sparse index expanded and a split index joined. The work tree is not read.

use bstr::ByteSlice;

use super::command::GitCommand;
use crate::git::error::{FSCK, GitError};
use crate::git::index::{invalid_entry, mode, unmerged};
use crate::git::tree::EMPTY_TREES;
use crate::repo::{Entry, ObjectId, RepoPath};

/// With options that override configuration: it could hide a submodule or detect renames.
const QUESTION: [&str; 10] = [
    "diff-index",
    "-r",
    "--cached",
    "--raw",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    "--no-abbrev",
    "--ita-invisible-in-index",
    "--ignore-submodules=none",
];

impl GitCommand {
    pub(in crate::git) fn index(&self) -> Result<Vec<Entry>, GitError> {
        let empty = EMPTY_TREES[usize::from(self.id_bytes == 32)];
        let answer = self.read("the index", &[&QUESTION[..], &[empty]].concat())?;
        entries(&answer.out)
    }
}

/// Two fields make an entry; each ends in a NUL.
fn entries(output: &[u8]) -> Result<Vec<Entry>, GitError> {
    let mut fields: Vec<&[u8]> = output.split_str("\0").collect();
    if fields.pop().is_some_and(|rest| !rest.is_empty()) || fields.len() % 2 == 1 {
        return Err(unexpected(output));
    }
    fields
        .chunks_exact(2)
        .map(|pair| entry(pair[0], pair[1]))
        .collect()
}

/// One entry: `:000000 100644 <zeros> <id> A` and its path.
fn entry(line: &[u8], path: &[u8]) -> Result<Entry, GitError> {
    let fields: Vec<&[u8]> = line.split_str(" ").collect();
    let [b":000000", bits, _, id, status] = fields.as_slice() else {
        return Err(unexpected(line));
    };
    match *status {
        b"A" => {}
        b"U" => return Err(unmerged(path)),
        _ => return Err(unexpected(line)),
    }
    let bits = bits
        .to_str()
        .ok()
        .and_then(|bits| u32::from_str_radix(bits, 8).ok());
    match (bits.and_then(mode), ObjectId::from_hex(id)) {
        (Some(mode), Some(id)) => Ok(Entry {
            path: RepoPath::new(path),
            mode,
            id,
        }),
        _ => Err(invalid_entry(path)),
    }
}

fn unexpected(output: &[u8]) -> GitError {
    let start = output[..output.len().min(100)].to_str_lossy();
    GitError::new(
        "the index cannot be read",
        &format!("git says {start}"),
        FSCK,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Mode;

    #[test]
    fn what_is_cut_off_is_no_shorter_index() {
        let entry = format!(
            ":000000 100644 {} {} A\0a\0",
            "0".repeat(40),
            "1".repeat(40)
        );
        let twice = entry.repeat(2);
        assert_eq!(entries(twice.as_bytes()).unwrap().len(), 2);
        assert!(entries(b"").unwrap().is_empty());
        for end in (1..twice.len()).filter(|&end| end != entry.len()) {
            assert!(entries(&twice.as_bytes()[..end]).is_err(), "{end}");
        }
        assert!(entries(b"\0\0").is_err());
    }

    #[test]
    fn an_entry_is_read_as_git_writes_it() {
        let (zeros, id) = ("0".repeat(40), "1".repeat(40));
        let line = |status: &str| format!(":000000 120000 {zeros} {id} {status}").into_bytes();
        let read = entry(&line("A"), b"a\nb").unwrap();
        assert_eq!(
            (read.path, read.mode),
            (RepoPath::new("a\nb"), Mode::Symlink)
        );
        assert!(
            entry(&line("U"), b"a")
                .unwrap_err()
                .why
                .contains("unmerged path a")
        );
        for odd in [
            line("M"),
            format!(":000000 040000 {zeros} {id} A").into_bytes(),
            b":000000 100644 A".to_vec(),
        ] {
            assert!(entry(&odd, b"a").is_err());
        }
    }
}
