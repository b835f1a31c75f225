//! The steps of a push. Every line is judged by itself, and none hides another.

use bstr::{BString, ByteSlice};

use super::protection::{Fork, Protection};
use super::{Policies, commit_step, line_step, not_judged};
use crate::engine::Batch;
use crate::git::Repository;
use crate::repo::{ObjectError, ObjectId, Side};
use crate::report::{Origin, Problem};
use crate::rules::rule::RefMove;
use crate::steps::hook::{Direction, RefLine};
use crate::text::escape::Escaped;

/// The steps of the ref updates, a batch for each line.
pub fn push(
    repository: &Repository,
    lines: &[RefLine],
    direction: &Direction,
    policies: &dyn Policies,
) -> Result<Vec<Batch>, Problem> {
    // No line can be judged without the protected branches.
    let protection = match direction {
        Direction::Received => Protection::received(repository, policies),
        Direction::Sent { remote } => {
            Protection::sent(repository, Some(remote.as_bstr()), policies)
        }
    }?;
    let push = Push {
        repository,
        direction,
        protection,
        policies,
    };
    Ok(lines.iter().map(|line| push.line(line)).collect())
}

struct Push<'a> {
    repository: &'a Repository,
    direction: &'a Direction,
    protection: Protection<'a>,
    policies: &'a dyn Policies,
}

impl Push<'_> {
    fn line(&self, line: &RefLine) -> Batch {
        let (protected, found) = match self.branch_of(line) {
            Ok(None) => (false, Ok(self.empty())),
            Ok(Some(branch)) => {
                let protected = self.protection.protects(branch.as_bstr());
                (
                    protected,
                    line.after.map_or_else(
                        || Ok(self.empty()),
                        |after| self.branch(line, &branch, after, protected),
                    ),
                )
            }
            Err(problem) => (false, Err(problem)),
        };
        let mut batch = found.unwrap_or_else(|problem| Batch {
            problems: vec![problem],
            ..self.empty()
        });
        batch.moves.push(RefMove {
            name: line.name.clone(),
            before: line.before,
            after: line.after,
            protected,
        });
        batch
    }

    /// The branch that a line moves; `None` for tags, notes and the like.
    fn branch_of(&self, line: &RefLine) -> Result<Option<BString>, Problem> {
        // A namespace has its own policy and protected branches, which are not read from outside.
        if line.name.as_bstr().starts_with(b"refs/namespaces/")
            && line.name.as_bstr().contains_str("/refs/heads/")
        {
            let message = format!("{} is a branch of another namespace", line.name);
            return Err(not_judged(
                message,
                "push to the namespace itself, by its own URL",
                None,
            ));
        }
        let name = match self.direction {
            // A symbolic ref on the server moves the branch that it names.
            Direction::Received => self.repository.reference(line.name.as_bstr())?.name,
            Direction::Sent { .. } => line.name.as_bstr().to_owned(),
        };
        Ok(name.strip_prefix(b"refs/heads/").map(BString::from))
    }

    fn empty(&self) -> Batch {
        Batch {
            policy: self.protection.policy(),
            moves: Vec::new(),
            steps: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The steps of a branch that moves to `after`.
    fn branch(
        &self,
        line: &RefLine,
        branch: &BString,
        after: ObjectId,
        protected: bool,
    ) -> Result<Batch, Problem> {
        if !self
            .repository
            .is_commit(after)
            .map_err(|error| not_had(line, &error))?
        {
            let message = format!(
                "{} would point to {}, which is not a commit",
                line.name,
                after.short()
            );
            return Err(not_judged(message, "push a commit to a branch", None));
        }
        match line.before.filter(|_| protected) {
            Some(before) => self.moved(line, before, after),
            None if self.protection.is_first(branch.as_bstr()) => self
                .first(line, after)
                .map_err(|error| not_had(line, &error)),
            None => self
                .new_line(line, branch, after)
                .map_err(|error| not_had(line, &error)),
        }
    }

    /// A protected branch: revision by revision, or in one step when it is not a fast-forward of its first-parent line.
    fn moved(&self, line: &RefLine, before: ObjectId, after: ObjectId) -> Result<Batch, Problem> {
        if !self
            .repository
            .contains(before)
            .map_err(|error| not_had(line, &error))?
        {
            return Err(self.missing(line, before));
        }
        let commits = self
            .repository
            .first_parents_between(before, after)
            .map_err(|error| not_had(line, &error))?;
        let policy = self.policies.at(Some(&Side::Commit(before)))?;
        let Some(commits) = commits else {
            let fork = Fork {
                base: Some(before),
                tip: None,
            };
            let step = line_step(
                self.repository,
                policy,
                &fork,
                after,
                range(line, Some(before), after),
            );
            return step.map_err(|error| not_had(line, &error));
        };
        let steps = commits
            .into_iter()
            .map(|(id, commit)| commit_step(id, commit, false))
            .collect();
        Ok(Batch {
            policy,
            moves: Vec::new(),
            steps,
            problems: Vec::new(),
        })
    }

    /// Any other branch, or a new one: the one step that it would be if it were merged now.
    fn new_line(
        &self,
        line: &RefLine,
        branch: &BString,
        after: ObjectId,
    ) -> Result<Batch, ObjectError> {
        let fork = self.protection.fork(&[after], Some(branch.as_bstr()))?;
        if fork.base == Some(after) {
            // All of it is published already.
            return Ok(self.empty());
        }
        let origin = range(line, fork.base, after);
        line_step(
            self.repository,
            self.protection.policy(),
            &fork,
            after,
            origin,
        )
    }

    /// The first branch that is protected by name: until now all were, so it is compared with each of them.
    fn first(&self, line: &RefLine, after: ObjectId) -> Result<Batch, ObjectError> {
        let mut batch = self.empty();
        for tip in self
            .protection
            .tips(None)
            .into_iter()
            .filter(|tip| *tip != after)
        {
            let fork = Fork {
                base: Some(tip),
                tip: None,
            };
            let origin = range(line, fork.base, after);
            batch.steps.extend(
                line_step(
                    self.repository,
                    self.protection.policy(),
                    &fork,
                    after,
                    origin,
                )?
                .steps,
            );
        }
        Ok(batch)
    }

    fn missing(&self, line: &RefLine, before: ObjectId) -> Problem {
        let message = format!(
            "{} is at commit {}, which is not in this repository",
            line.name,
            before.short()
        );
        let command = match self.direction {
            Direction::Received => "git fsck --full".to_owned(),
            Direction::Sent { remote } => format!("git fetch {}", Escaped::new(remote)),
        };
        not_judged(message, "get the missing commit", Some(command))
    }
}

/// The error of an object, with the ref that could not be judged.
fn not_had(line: &RefLine, error: &ObjectError) -> Problem {
    not_judged(format!("{}: {error}", line.name), &error.remedy, None)
}

fn range(line: &RefLine, before: Option<ObjectId>, after: ObjectId) -> Origin {
    Origin::Range {
        before,
        after,
        name: line.name.as_bstr().to_str_lossy().into_owned(),
    }
}
