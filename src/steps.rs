//! Finds the steps to judge: which states are compared, under which policy. Of a policy it depends only on
//! the names of protected branches; it does not depend on the rules.
//!
//! A protected branch is judged revision by revision, along its first parents. Anything else is judged as the one step that
//! it would be if it were merged now.
//!
//! When nothing can be judged, the result is an error; otherwise the problems are in the batch.

use std::sync::Arc;

use bstr::{BStr, BString, ByteSlice};

use crate::engine::{Batch, Step};
use crate::git::{Commit, GitError, Head, Repository};
use crate::policy::Policy;
use crate::repo::{ObjectError, ObjectId, Side};
use crate::report::{Help, Origin, Problem, Weight};
use crate::text::escape::{Escaped, word};

pub mod hook;
mod protection;
mod push;

pub use protection::Guarded;
use protection::{Fork, Protection};
pub use push::push;

/// Commits of one step whose subject lines are read at most: the newest.
const MOST_SUBJECTS: usize = 1_000;

/// Where policies come from.
pub trait Policies {
    /// The policy that a state of the repository holds; without a state, the built-in one.
    fn at(&self, side: Option<&Side>) -> Result<Arc<Policy>, Problem>;
}

/// The step to what is staged. `merge_parents` are the parents of the commit to be besides `HEAD`.
pub fn staged(
    repository: &Repository,
    amending: bool,
    merge_parents: &[ObjectId],
    policies: &dyn Policies,
) -> Result<Vec<Batch>, Problem> {
    let head = repository.head()?;
    let mut parents: Vec<ObjectId> = match head.commit() {
        Some(commit) if amending => repository.commit(commit)?.parents,
        commit => commit.into_iter().collect(),
    };
    let before = parents.first().copied();
    parents.extend_from_slice(merge_parents);
    let after = repository.staged()?;

    let protection = Protection::here(repository, policies)?;
    let protected = match &head {
        Head::Branch { name, .. } => protection.protects(name.as_bstr()),
        Head::Detached(_) => protection.is_everywhere(),
    };
    let fork = if protected {
        Fork {
            base: before,
            tip: None,
        }
    } else {
        protection.fork(&parents, None)?
    };
    let policy = match fork.base {
        None if !protected => protection.policy(),
        base => policies.at(base.map(Side::Commit).as_ref())?,
    };
    Ok(vec![one_step(
        policy,
        &fork,
        after,
        Origin::Staged { before: fork.base },
    )])
}

/// The policy of a server as it was before a push: the one at the tip of its default branch.
pub fn policy_before(
    repository: &Repository,
    policies: &dyn Policies,
) -> Result<Arc<Policy>, Problem> {
    let tip = repository.reference(BStr::new("HEAD"))?.target;
    policies.at(tip.map(Side::Commit).as_ref())
}

/// The published tips of the protected branches: the default branch first, then by name.
pub fn published(
    repository: &Repository,
    policies: &dyn Policies,
) -> Result<Vec<ObjectId>, Problem> {
    Ok(Protection::here(repository, policies)?.tips(None))
}

/// The protected branches as seen by a clone or, for `server` and a bare repository, by a server.
pub fn guarded(
    repository: &Repository,
    server: bool,
    policies: &dyn Policies,
) -> Result<Guarded, Problem> {
    let seen = if server {
        Protection::received(repository, policies)?
    } else {
        Protection::here(repository, policies)?
    };
    Ok(seen.guarded())
}

/// The same step while the message of the commit to be is being written: with its subject line, behind those of the commits
/// that the step holds already.
pub fn message(
    repository: &Repository,
    amending: bool,
    merge_parents: &[ObjectId],
    subject: &str,
    policies: &dyn Policies,
) -> Result<Vec<Batch>, Problem> {
    let mut batches = staged(repository, amending, merge_parents, policies)?;
    let parent = match repository.head()?.commit() {
        Some(commit) if amending => repository.commit(commit)?.parents.first().copied(),
        commit => commit,
    };
    for step in batches.iter_mut().flat_map(|batch| &mut batch.steps) {
        let before = step.origin.before();
        let line = parent
            .map(|parent| repository.first_parent_subjects(before, parent, MOST_SUBJECTS))
            .transpose()?;
        let mut subjects = line.unwrap_or_default();
        subjects.push(subject.to_owned());
        step.subjects = Some(subjects);
    }
    Ok(batches)
}

/// The one step from where two lines of history part to the tip of the second: `BASE..HEAD`.
pub fn range(
    repository: &Repository,
    range: &str,
    policies: &dyn Policies,
) -> Result<Vec<Batch>, Problem> {
    let shown = Escaped::new(range);
    let Some((base, tip)) = range.split_once("..") else {
        let message = format!("\"{shown}\" is not a commit range");
        let base = match range {
            "" => "main".to_owned(),
            // From HEAD to HEAD nothing changes, so its own commit is meant.
            "HEAD" | "@" => "HEAD~1".to_owned(),
            _ => shown.to_string(),
        };
        return Err(not_judged(
            message,
            "give both ends",
            Some(format!("graven check {base}..HEAD")),
        ));
    };
    // Git reads an empty base as HEAD; then an unset variable of a script would let everything pass.
    if base.is_empty() {
        let message = format!("the range {shown} has no base");
        return Err(not_judged(
            message,
            "give both ends",
            Some("graven check main..HEAD".to_owned()),
        ));
    }
    // With three dots Git means the merge base too.
    let tip = tip.strip_prefix('.').unwrap_or(tip);
    let resolve = |name: &str| repository.resolve(if name.is_empty() { "HEAD" } else { name });
    let (base, tip) = (resolve(base)?, resolve(tip)?);
    let Some(parting) = repository.merge_base(base, tip)? else {
        let message = format!("the two ends of {shown} share no history");
        return Err(if repository.is_shallow() {
            not_judged(
                message,
                "fetch the history of both ends",
                Some("git fetch --unshallow".to_owned()),
            )
        } else {
            not_judged(
                message,
                "choose a base that shares history with the other end, or audit it alone: graven audit",
                None,
            )
        });
    };
    let policy = policies.at(Some(&Side::Commit(parting)))?;
    let origin = Origin::Range {
        before: Some(parting),
        after: tip,
        name: range.to_owned(),
    };
    let fork = Fork {
        base: Some(parting),
        tip: Some(base),
    };
    Ok(vec![line_step(repository, policy, &fork, tip, origin)?])
}

/// Every step of a history, oldest first: along the first parents, or commit by commit.
pub fn history(
    repository: &Repository,
    revision: Option<&str>,
    every_commit: bool,
    policies: &dyn Policies,
) -> Result<Vec<Batch>, Problem> {
    let tip = match revision {
        Some(revision) => repository.resolve(revision)?,
        None => match repository.head()? {
            Head::Branch { name, commit: None } => return Err(unborn(repository, &name)?),
            Head::Branch {
                commit: Some(commit),
                ..
            }
            | Head::Detached(commit) => commit,
        },
    };
    let policy = policies.at(Some(&Side::Commit(tip)))?;
    let commits = if every_commit {
        repository.all_commits(tip)?
    } else {
        let mut line = repository
            .first_parents(tip)
            .collect::<Result<Vec<_>, _>>()?;
        line.reverse();
        line
    };
    let steps = commits
        .into_iter()
        .map(|(id, commit)| commit_step(id, commit, every_commit))
        .collect();
    Ok(vec![Batch {
        policy,
        moves: Vec::new(),
        steps,
        problems: Vec::new(),
    }])
}

/// The commit of `HEAD`, for the commands that list; `None` while the repository has no commit.
pub fn listed(repository: &Repository) -> Result<Option<ObjectId>, Problem> {
    let head = repository.head()?;
    let Head::Branch { name, commit: None } = &head else {
        return Ok(head.commit());
    };
    let Some(other) = first(&repository.branches()?.into_keys().collect::<Vec<_>>()).cloned()
    else {
        return Ok(None);
    };
    let command = format!(
        "git symbolic-ref HEAD {}",
        word(&format!("refs/heads/{}", other.to_str_lossy()))
    );
    let help = vec![Help {
        text: "point HEAD at one of them".to_owned(),
        command: Some(command),
    }];
    Err(Problem {
        help,
        ..unborn(repository, name)?
    })
}

/// The branch that is meant most often.
fn first(branches: &[BString]) -> Option<&BString> {
    branches
        .iter()
        .find(|branch| matches!(branch.as_slice(), b"main" | b"master"))
        .or(branches.first())
}

/// `HEAD` points to a branch without a commit: an audit of it would check nothing and report no findings.
fn unborn(repository: &Repository, name: &BString) -> Result<Problem, GitError> {
    let others: Vec<BString> = repository.branches()?.into_keys().collect();
    let name = Escaped::new(name);
    let Some(first) = first(&others) else {
        let message =
            format!("HEAD points to {name}, which has no commit, and there is no other branch");
        return Ok(not_judged(
            message,
            "audit a repository that has commits",
            None,
        ));
    };
    let listed: Vec<String> = others
        .iter()
        .take(8)
        .map(|other| Escaped::new(other).to_string())
        .collect();
    let more = if others.len() > listed.len() {
        ", …"
    } else {
        ""
    };
    let message = format!(
        "HEAD points to {name}, which has no commit; the branches are {}{more}",
        listed.join(", ")
    );
    Ok(not_judged(
        message,
        "choose a branch",
        Some(format!("graven audit {}", word(&first.to_str_lossy()))),
    ))
}

/// The step of one commit against its first parent.
fn commit_step(id: ObjectId, commit: Commit, every_commit: bool) -> Step {
    let before = commit.parents.first().copied();
    let other_parents = if every_commit {
        commit.parents.iter().skip(1).copied().collect()
    } else {
        Vec::new()
    };
    Step {
        before: before.map(Side::Commit),
        after: Side::Commit(id),
        subjects: Some(vec![commit.subject.clone()]),
        origin: Origin::Commit {
            before,
            commit: id,
            subject: commit.subject,
            time: commit.time,
        },
        published: None,
        other_parents,
    }
}

/// A batch of the one step to a commit of a line of work, with the subject lines of that line.
fn line_step(
    repository: &Repository,
    policy: Arc<Policy>,
    fork: &Fork,
    after: ObjectId,
    origin: Origin,
) -> Result<Batch, ObjectError> {
    let subjects = repository.first_parent_subjects(fork.base, after, MOST_SUBJECTS)?;
    let mut batch = one_step(policy, fork, Side::Commit(after), origin);
    for step in &mut batch.steps {
        step.subjects = Some(subjects.clone());
    }
    Ok(batch)
}

/// A batch of the one step that a line of work would be if it were merged now.
fn one_step(policy: Arc<Policy>, fork: &Fork, after: Side, origin: Origin) -> Batch {
    let published = fork
        .tip
        .filter(|tip| fork.base != Some(*tip))
        .map(Side::Commit);
    let step = Step {
        before: fork.base.map(Side::Commit),
        after,
        origin,
        published,
        subjects: None,
        other_parents: Vec::new(),
    };
    Batch {
        policy,
        moves: Vec::new(),
        steps: vec![step],
        problems: Vec::new(),
    }
}

fn not_judged(message: String, text: &str, command: Option<String>) -> Problem {
    Problem {
        weight: Weight::NotJudged,
        message,
        help: vec![Help {
            text: text.to_owned(),
            command,
        }],
    }
}
