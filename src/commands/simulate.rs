//! `graven simulate`: counts what a policy would have reported for past steps.

use super::pipeline::{deliver, judge};
use super::policy_source::{PolicySource, WarnAbout};
use super::{Streams, warn, write_listing};
use crate::cli::{Cli, Simulate};
use crate::git::Repository;
use crate::render::{Simulation, Surface, View};
use crate::report::{Outcome, Problem, Report};
use crate::rules::RULES;
use crate::steps;

/// `graven simulate`
pub(super) fn simulate(
    simulate: &Simulate,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let report = report(simulate, cli, streams.watched)?;
    // What could not be judged was not counted, so the count would be wrong.
    if !report.is_complete() {
        let problems = report.problems_only();
        let view = View::new(Surface::Check);
        return deliver(Ok(problems), cli.format(), &view, streams.out);
    }
    warn(&report.problems, streams)?;
    let simulation = Simulation::of(&report);
    write_listing(&simulation, cli, streams)?;
    Ok(Outcome::Allowed)
}

fn report(simulate: &Simulate, cli: &Cli, watched: bool) -> Result<Report, Problem> {
    let repository = Repository::open(cli.repo.as_deref())?;
    let policies = PolicySource::new(&repository, simulate.policy.as_deref())?;
    let mut batches = steps::history(&repository, simulate.revision.as_deref(), false, &policies)?;
    if let Some(last) = simulate.last {
        for batch in &mut batches {
            let older = batch.steps.len().saturating_sub(last as usize);
            batch.steps.drain(..older);
        }
    }
    judge(&batches, &policies, RULES, WarnAbout::All, watched)
}
