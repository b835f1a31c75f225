//! `graven audit`: judges a whole history, step by step.

use super::Streams;
use super::fix::baseline;
use super::pipeline::{deliver, judge, view};
use super::policy_source::{PolicySource, WarnAbout};
use crate::cli::{Audit, Cli};
use crate::git::Repository;
use crate::render::Surface;
use crate::report::{Outcome, Problem, Report};
use crate::rules::RULES;
use crate::steps;

/// `graven audit`
pub(super) fn audit(
    audit: &Audit,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    if let Some(file) = &audit.write_baseline {
        return baseline::write_baseline(file, audit, cli, streams);
    }
    let view = view(Surface::Audit, &audit.judging);
    let report = report(audit, cli, streams.watched);
    deliver(report, cli.format(), &view, streams.out)
}

fn report(audit: &Audit, cli: &Cli, watched: bool) -> Result<Report, Problem> {
    let repository = Repository::open(cli.repo.as_deref())?;
    let policies = PolicySource::new(&repository, audit.judging.policy.as_deref())?;
    let revision = audit.revision.as_deref();
    let batches = steps::history(&repository, revision, audit.every_commit, &policies)?;
    judge(&batches, &policies, RULES, WarnAbout::All, watched)
}
