//! `graven check`: judges what is staged, or a range of commits as the one step it would be.

use super::Streams;
use super::pipeline::{deliver, judge, view};
use super::policy_source::{PolicySource, WarnAbout};
use crate::cli::{Check, Cli};
use crate::git::Repository;
use crate::render::Surface;
use crate::report::{Outcome, Problem, Report};
use crate::rules::RULES;
use crate::steps;
use crate::steps::hook::{MergedCommits, merge_parents};

/// `graven check`
pub(super) fn check(
    check: &Check,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let view = view(Surface::Check, &check.judging);
    deliver(report(check, cli), cli.format(), &view, streams.out)
}

fn report(check: &Check, cli: &Cli) -> Result<Report, Problem> {
    let repository = Repository::open(cli.repo.as_deref())?;
    let policies = PolicySource::new(&repository, check.judging.policy.as_deref())?;
    let batches = match &check.range {
        Some(range) => steps::range(&repository, range, &policies),
        None if repository.is_bare() => Err(Problem::not_judged(
            "a bare repository has no index",
            "give a range, as in graven check main..topic, or audit the history: graven audit",
        )),
        None => {
            let merge_parents = merge_parents(MergedCommits::InMergeHead, &repository)?;
            steps::staged(&repository, false, &merge_parents, &policies)
        }
    }?;
    judge(&batches, &policies, RULES, WarnAbout::All, false)
}
