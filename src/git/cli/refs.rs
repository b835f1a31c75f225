//! Refs, listed once, and revisions that a person typed.

use std::collections::BTreeMap;

use bstr::{BStr, BString, ByteSlice};

use super::GitCli;
use super::command::{GitCommand, run};
use crate::git::backend::Target;
use crate::git::error::{FSCK, GitError};
use crate::repo::ObjectId;
use crate::text::escape::Escaped;

/// Names of refs contain no space.
const FORMAT: &str = "--format=%(objectname) %(symref) %(refname)";

impl GitCli {
    pub(super) fn ref_target(&self, name: &BStr) -> Result<Option<Target>, GitError> {
        if let Some(known) = self.all_refs()?.get(name) {
            return Ok(Some(known.clone()));
        }
        if name == "HEAD" {
            return self
                .symbolic(name)?
                .map_or_else(|| self.detached_head(), |target| Ok(Some(target)));
        }
        // `for-each-ref` leaves out a symbolic ref whose target does not exist yet.
        let may_be =
            name.starts_with(b"refs/") && (!self.refs_are_files || self.has_ref_file(name));
        if may_be {
            self.symbolic(name)
        } else {
            Ok(None)
        }
    }

    pub(super) fn refs_starting_with(
        &self,
        prefix: &BStr,
    ) -> Result<Vec<(BString, Target)>, GitError> {
        let all = self.all_refs()?.range(prefix.to_owned()..);
        let found = all.take_while(|(name, _)| name.starts_with(prefix));
        Ok(found
            .map(|(name, target)| (name.clone(), target.clone()))
            .collect())
    }

    /// Every ref that points to an object.
    fn all_refs(&self) -> Result<&BTreeMap<BString, Target>, GitError> {
        if let Some(known) = self.refs.get() {
            return Ok(known);
        }
        let answer = self
            .git
            .read("the list of refs", &["for-each-ref", FORMAT])?;
        // It skips refs that it cannot read, and one of them may be a protected branch.
        if let Some(line) = answer
            .err
            .lines()
            .find(|line| line.contains_str("ignoring"))
        {
            let why = line
                .strip_prefix(b"warning: ")
                .unwrap_or(line)
                .to_str_lossy();
            return Err(GitError::new("the list of refs cannot be read", &why, FSCK));
        }
        let mut refs = BTreeMap::new();
        for line in answer.out.lines() {
            let (name, target) = parse_line(line).ok_or_else(|| {
                let why = format!("git says {}", Escaped::new(line));
                GitError::new("the list of refs cannot be read", &why, FSCK)
            })?;
            refs.insert(name, target);
        }
        Ok(self.refs.get_or_init(|| refs))
    }

    /// The final target of a symbolic ref; `None` if it is not one.
    fn symbolic(&self, name: &BStr) -> Result<Option<Target>, GitError> {
        let ask = |question: &[&str]| {
            let mut command = self.git.command(question);
            command.arg(name.to_os_str_lossy());
            run(&mut command, b"")
        };
        let answer = ask(&["symbolic-ref", "--quiet"])?;
        match answer.status.code() {
            Some(0) => Ok(Some(Target::Symbolic(answer.line().into()))),
            Some(1) => Ok(None),
            // No ref can have an invalid name.
            _ if !ask(&["check-ref-format", "--allow-onelevel"])?
                .status
                .success() =>
            {
                Ok(None)
            }
            _ => Err(GitError::new(unreadable(name), &answer.message(), FSCK)),
        }
    }

    fn has_ref_file(&self, name: &BStr) -> bool {
        let file = name.to_path_lossy();
        [&self.git.git_dir, &self.git.common_dir]
            .iter()
            .any(|dir| dir.join(&file).symlink_metadata().is_ok())
    }

    fn detached_head(&self) -> Result<Option<Target>, GitError> {
        let answer = self
            .git
            .read("HEAD", &["rev-parse", "--verify", "--quiet", "HEAD"])?;
        Ok(ObjectId::from_hex(answer.line()).map(Target::Object))
    }
}

impl GitCommand {
    /// The commit that a revision names.
    pub(in crate::git) fn resolve(&self, revision: &str) -> Result<ObjectId, String> {
        let named = |revision: &str| {
            if revision.starts_with('-') || revision.contains('\0') {
                return Err("the name is not valid".to_owned());
            }
            let answer = self.output(&["rev-parse", "--verify", "--quiet", revision]);
            let answer = answer.map_err(|error| error.to_string())?;
            match ObjectId::from_hex(answer.line()).filter(|_| answer.status.success()) {
                Some(id) => Ok(id),
                None if answer.err.is_empty() => {
                    Err("no branch, tag or commit has this name".to_owned())
                }
                None => Err(answer.message()),
            }
        };
        // In two steps: after `:/`, the suffix would be part of the text to search for.
        named(&format!("{}^{{commit}}", named(revision)?))
    }
}

/// A line of the list.
fn parse_line(line: &[u8]) -> Option<(BString, Target)> {
    let mut parts = line.splitn_str(3, " ");
    let (id, symbolic, name) = (
        ObjectId::from_hex(parts.next()?)?,
        parts.next()?,
        parts.next()?,
    );
    let target = if symbolic.is_empty() {
        Target::Object(id)
    } else {
        Target::Symbolic(symbolic.into())
    };
    name.starts_with(b"refs/").then(|| (name.into(), target))
}

fn unreadable(name: &BStr) -> String {
    format!("the ref {} cannot be read", Escaped::new(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_list_is_read_as_git_writes_it() {
        let id = "1".repeat(40);
        let (name, target) = parse_line(format!("{id}  refs/heads/main").as_bytes()).unwrap();
        assert_eq!(
            (name.as_bstr(), target),
            (
                BStr::new("refs/heads/main"),
                Target::Object(ObjectId::from_hex(id.as_bytes()).unwrap())
            )
        );
        let symbolic = parse_line(format!("{id} refs/heads/main refs/heads/alias").as_bytes())
            .unwrap()
            .1;
        assert_eq!(symbolic, Target::Symbolic("refs/heads/main".into()));
        for odd in [
            "",
            "nonsense",
            "a b refs/heads/main",
            &format!("{id} refs/heads/main"),
            &format!("{id}  main"),
        ] {
            assert!(parse_line(odd.as_bytes()).is_none(), "{odd}");
        }
    }
}
