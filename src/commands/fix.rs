//! The commands that write documents. What they write is judged as if it were staged, and then staged: all of it
//! or nothing.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::policy_source::{PolicySource, rule_names};
use super::{Streams, write, write_listing};
use crate::cli::Cli;
use crate::engine::{Batch, JudgeContext, judge};
use crate::git::Repository;
use crate::policy::Policy;
use crate::render::lists::ActionsDone;
use crate::render::{self, Surface, View};
use crate::repo::overlay::Overlay;
use crate::repo::{Objects, Side, Write};
use crate::report::{Finding, Outcome, Problem, Report, Weight};
use crate::rules::RULES;
use crate::steps;
use crate::steps::hook::{MergedCommits, merge_parents};

pub(crate) mod baseline;
mod deprecate;
pub(crate) mod done;
mod supersede;
pub(crate) mod waive;
mod which_document;

pub(super) use deprecate::deprecate;
pub(super) use supersede::supersede;

/// The index, opened for a command that adds to it.
pub(super) struct Staged<'r> {
    repository: &'r Repository,
    policies: PolicySource<'r>,
    batches: Vec<Batch>,
    /// Faults of the policy that do not prevent judging.
    faults: Vec<Problem>,
    /// The report on it as it is; computed on first use.
    as_is: OnceCell<Report>,
}

/// The result of writing files.
pub(super) enum Carried {
    /// They were written; the report on the index with them.
    Out(Report),
    /// They would be refused, which was reported.
    Not(Outcome),
}

impl<'r> Staged<'r> {
    /// Opens the index and the policy that judges it.
    pub(super) fn open(repository: &'r Repository) -> Result<Self, Problem> {
        Self::with_subject(repository, None)
    }

    /// The same, together with the message that the commit is to have.
    pub(super) fn with_message(repository: &'r Repository, message: &str) -> Result<Self, Problem> {
        let subject = message
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap_or_default();
        Self::with_subject(repository, Some(subject))
    }

    fn with_subject(repository: &'r Repository, subject: Option<&str>) -> Result<Self, Problem> {
        if repository.is_bare() {
            return Err(Problem::not_judged(
                "a bare repository has no index",
                "run this in a clone",
            ));
        }
        let policies = PolicySource::new(repository, None)?;
        let parents = merge_parents(MergedCommits::InMergeHead, repository)?;
        let batches = match subject {
            None => steps::staged(repository, false, &parents, &policies),
            Some(subject) => steps::message(repository, false, &parents, subject, &policies),
        }?;
        let faults = policies.faults(&batches)?;
        match faults
            .iter()
            .find(|fault| fault.weight == Weight::NotJudged)
        {
            Some(fault) => Err(fault.clone()),
            None => Ok(Self {
                repository,
                policies,
                batches,
                faults,
                as_is: OnceCell::new(),
            }),
        }
    }

    /// The policy that judges it.
    pub(super) fn policy(&self) -> Result<&Policy, Problem> {
        Ok(&self.batch()?.policy)
    }

    /// What is staged.
    pub(super) fn after(&self) -> Result<&Side, Problem> {
        let step = self.batch()?.steps.last();
        step.map(|step| &step.after).ok_or_else(Self::nothing)
    }

    fn batch(&self) -> Result<&Batch, Problem> {
        self.batches.last().ok_or_else(Self::nothing)
    }

    fn nothing() -> Problem {
        Problem::not_judged(
            "the index cannot be judged as one step",
            "see why: graven check",
        )
    }

    /// The report on it as it is.
    pub(super) fn as_is(&self) -> Result<&Report, Problem> {
        if let Some(report) = self.as_is.get() {
            return Ok(report);
        }
        let report = self.judged(&[])?;
        Ok(self.as_is.get_or_init(|| report))
    }

    /// The report on it with these files written as well.
    fn judged(&self, writes: &[Write]) -> Result<Report, Problem> {
        let mut overlay = Overlay::new(self.repository);
        let mut batches = self.batches.clone();
        for step in batches.iter_mut().flat_map(|batch| &mut batch.steps) {
            let Side::Index(index) = &step.after else {
                return Err(Self::nothing());
            };
            step.after = overlay.stage(index, writes)?;
        }
        let objects: &dyn Objects = &overlay;
        let mut context = JudgeContext {
            objects,
            rules: RULES,
            rule_names: &rule_names(),
            progress: &mut |_, _| {},
        };
        let mut report = judge(&batches, &mut context);
        report.problems.extend(self.faults.iter().cloned());
        Ok(report)
    }

    /// What a state would add to what is refused or cannot be judged already.
    fn brought(&self, mut after: Report) -> Result<Report, Problem> {
        let before = self.as_is()?;
        let key = |finding: &Finding| (finding.rule, finding.subject.clone(), finding.fingerprint);
        let known: BTreeSet<_> = before
            .findings
            .iter()
            .filter(|finding| finding.refuses())
            .map(key)
            .collect();
        after
            .findings
            .retain(|finding| finding.refuses() && !known.contains(&key(finding)));
        after.problems.retain(|problem| {
            problem.weight == Weight::NotJudged
                && !before
                    .problems
                    .iter()
                    .any(|other| other.message == problem.message)
        });
        Ok(after)
    }
}

/// Writes files into the work tree and the index, unless that would add a finding that refuses. Writes all of them
/// or none, and reports why not as `graven check` would.
pub(super) fn carry_out(
    staged: &Staged<'_>,
    cli: &Cli,
    writes: &[Write],
    streams: &mut Streams<'_>,
) -> anyhow::Result<Carried> {
    // Before judging, so that unstaged work is reported first.
    for write in writes {
        staged
            .repository
            .ensure_can_write(&write.path)
            .map_err(Problem::from)?;
    }
    let after = staged.judged(writes)?;
    let report = staged.brought(after.clone())?;
    let outcome = report.outcome();
    if outcome != Outcome::Allowed {
        let all: Vec<String> = writes.iter().map(|write| write.path.to_string()).collect();
        write(writeln!(
            streams.err,
            "graven: nothing was written; {} would be refused:",
            all.join(" and ")
        ))?;
        write(render::report(
            &report,
            cli.format(),
            &View::new(Surface::Check),
            streams.out,
        ))?;
        write(streams.out.flush())?;
        return Ok(Carried::Not(outcome));
    }
    staged.repository.stage(writes).map_err(Problem::from)?;
    Ok(Carried::Out(after))
}

/// The same; also prints what was written and the next command.
pub(super) fn carry_out_and_tell(
    staged: &Staged<'_>,
    cli: &Cli,
    writes: &[Write],
    streams: &mut Streams<'_>,
    next: &str,
) -> anyhow::Result<Outcome> {
    if let Carried::Not(outcome) = carry_out(staged, cli, writes, streams)? {
        return Ok(outcome);
    }
    let mut done: Vec<String> = writes
        .iter()
        .map(|write| match write.content {
            Some(_) => format!("wrote and staged {}", write.path),
            None => format!("removed {}", write.path),
        })
        .collect();
    done.push(format!("next: {next}"));
    write_listing(&ActionsDone { done }, cli, streams)?;
    Ok(Outcome::Allowed)
}
