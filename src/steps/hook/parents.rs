//! The parents that the next commit will have besides `HEAD`: Git names them in variables during a merge without conflicts,
//! and in a file after a merge stopped at a conflict.

use std::env;
use std::fs;
use std::io;

use bstr::ByteSlice;

use super::excerpt;
use crate::git::Repository;
use crate::repo::ObjectId;
use crate::report::Problem;

/// Where Git names the commits that are being merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergedCommits {
    /// In the file `MERGE_HEAD`, after a merge stopped at a conflict.
    InMergeHead,
    /// In variables, during a merge without conflicts.
    InVariables,
    /// In the file, else in variables.
    InEither,
}

/// The parents of the next commit besides `HEAD`, sorted.
pub fn merge_parents(
    merged: MergedCommits,
    repository: &Repository,
) -> Result<Vec<ObjectId>, Problem> {
    let mut found = match merged {
        MergedCommits::InVariables => Vec::new(),
        MergedCommits::InMergeHead | MergedCommits::InEither => in_merge_head(repository)?,
    };
    if found.is_empty() && merged != MergedCommits::InMergeHead {
        found = in_variables(env::vars_os().map(|(name, _)| name.into_encoded_bytes()))?;
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The parents of a merge that stopped at a conflict.
fn in_merge_head(repository: &Repository) -> Result<Vec<ObjectId>, Problem> {
    match fs::read(repository.git_dir().join("MERGE_HEAD")) {
        Ok(content) => parse_merge_head(&content),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(no_commit("MERGE_HEAD", &error.to_string())),
    }
}

/// Variables are called `GITHEAD_<id>`.
fn in_variables(names: impl Iterator<Item = Vec<u8>>) -> Result<Vec<ObjectId>, Problem> {
    names
        .filter_map(|name| name.strip_prefix(b"GITHEAD_").map(<[u8]>::to_vec))
        .map(|id| commit("a variable GITHEAD_*", &id))
        .collect()
}

fn parse_merge_head(content: &[u8]) -> Result<Vec<ObjectId>, Problem> {
    content
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| commit("MERGE_HEAD", line))
        .collect()
}

fn commit(place: &str, digits: &[u8]) -> Result<ObjectId, Problem> {
    ObjectId::from_hex(digits).ok_or_else(|| no_commit(place, &excerpt(digits)))
}

fn no_commit(place: &str, content: &str) -> Problem {
    Problem::not_judged(
        format!("{place} names no commit: {content}"),
        "finish or abort the merge: git merge --abort",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: HOOK-005
    #[test]
    fn parents_are_read_from_variables_and_from_the_file() {
        let id = "c".repeat(40);
        let names = ["PATH".to_owned(), format!("GITHEAD_{id}")];
        let read = in_variables(names.into_iter().map(String::into_bytes)).unwrap();
        assert_eq!(
            read,
            parse_merge_head(format!("{id}\n").as_bytes()).unwrap()
        );
        assert_eq!(read[0].to_string(), id);
        assert!(in_variables([b"GITHEAD_x".to_vec()].into_iter()).is_err());
        assert!(parse_merge_head(b"x\n").is_err());
    }
}
