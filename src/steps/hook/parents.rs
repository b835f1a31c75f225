//! The further parents of a commit that is about to be made: a clean merge names them in variables, one that stopped at a
//! conflict in a file.

use std::env;
use std::fs;
use std::io;

use bstr::ByteSlice;

use super::{Hook, HookInputError, excerpt};
use crate::git::Repository;
use crate::repo::ObjectId;

/// The parents to be besides `HEAD`, sorted. Also for a staged change that a person asks about: it stands where
/// pre-commit stands.
pub fn parents_to_be(hook: Hook, repository: &Repository) -> Result<Vec<ObjectId>, HookInputError> {
    let variables = || announced(env::vars_os().map(|(name, _)| name.into_encoded_bytes()));
    let mut found = match hook {
        Hook::PreMergeCommit => variables()?,
        Hook::PreCommit => stopped(repository)?,
        // Git asks for the message of a clean merge and of one that stopped.
        Hook::CommitMsg => match stopped(repository)? {
            none if none.is_empty() => variables()?,
            parents => parents,
        },
        Hook::PrePush | Hook::PreReceive | Hook::Update => Vec::new(),
    };
    found.sort();
    found.dedup();
    Ok(found)
}

/// The parents of a merge that stopped at a conflict.
fn stopped(repository: &Repository) -> Result<Vec<ObjectId>, HookInputError> {
    match fs::read(repository.git_dir().join("MERGE_HEAD")) {
        Ok(content) => merged(&content),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(HookInputError::Merge {
            place: "MERGE_HEAD",
            content: error.to_string(),
        }),
    }
}

/// Variables are called `GITHEAD_<id>`.
fn announced(names: impl Iterator<Item = Vec<u8>>) -> Result<Vec<ObjectId>, HookInputError> {
    names
        .filter_map(|name| name.strip_prefix(b"GITHEAD_").map(<[u8]>::to_vec))
        .map(|id| commit("a variable GITHEAD_*", &id))
        .collect()
}

fn merged(content: &[u8]) -> Result<Vec<ObjectId>, HookInputError> {
    content
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| commit("MERGE_HEAD", line))
        .collect()
}

fn commit(place: &'static str, digits: &[u8]) -> Result<ObjectId, HookInputError> {
    ObjectId::from_hex(digits).ok_or_else(|| HookInputError::Merge {
        place,
        content: excerpt(digits),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: HOOK-005
    #[test]
    fn parents_are_read_from_variables_and_from_the_file() {
        let id = "c".repeat(40);
        let names = ["PATH".to_owned(), format!("GITHEAD_{id}")];
        let read = announced(names.into_iter().map(String::into_bytes)).unwrap();
        assert_eq!(read, merged(format!("{id}\n").as_bytes()).unwrap());
        assert_eq!(read[0].to_string(), id);
        assert!(announced([b"GITHEAD_x".to_vec()].into_iter()).is_err());
        assert!(merged(b"x\n").is_err());
    }
}
