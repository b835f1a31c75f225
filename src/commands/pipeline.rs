//! The commands that judge: what was asked becomes steps, the steps a report, the report an outcome. What cannot even be
//! asked becomes a report too, so that every surface says it in the same way.

use crate::render::Simulation;
use std::io::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::fix::baseline;
use super::policy_source::{PolicySource, WarnAbout, rule_names};
use super::{Streams, warn, write};
use crate::cli::{Audit, Check, Cli, Judging, Simulate};
use crate::engine::{Batch, JudgeContext, judge};
use crate::git::Repository;
use crate::render::{self, Format, Surface, View};
use crate::repo::Objects;
use crate::report::Outcome;
use crate::report::{Problem, Report, Weight};
use crate::rules::RULES;
use crate::rules::rule::Rule;
use crate::steps;
use crate::steps::hook;
use crate::steps::hook::Hook;

/// `graven check`
pub(super) fn check(
    check: &Check,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let ask = |repository: &Repository, policies: &PolicySource<'_>| match &check.range {
        Some(range) => steps::range(repository, range, policies),
        None if repository.is_bare() => Err(Problem::not_judged(
            "nothing is staged in a bare repository",
            "name a range, as in graven check main..topic, or judge its history: graven audit",
        )),
        None => steps::staged(
            repository,
            false,
            &hook::parents_to_be(Hook::PreCommit, repository)?,
            policies,
        ),
    };
    let report = Repository::open(cli.repo.as_deref())
        .map_err(Problem::from)
        .and_then(|repository| judged(&repository, &check.judging, &ask, &mut |_, _| {}));
    deliver(
        report,
        cli.format(),
        &view(Surface::Check, &check.judging),
        streams.out,
    )
}

/// `graven audit`
pub(super) fn audit(
    audit: &Audit,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    if let Some(file) = &audit.write_baseline {
        return baseline::write_baseline(file, audit, cli, streams);
    }
    let ask = |repository: &Repository, policies: &PolicySource<'_>| {
        steps::history(
            repository,
            audit.revision.as_deref(),
            audit.every_commit,
            policies,
        )
    };
    let report = watched(cli, &audit.judging, &ask, streams.watched);
    deliver(
        report,
        cli.format(),
        &view(Surface::Audit, &audit.judging),
        streams.out,
    )
}

/// `graven simulate`
pub(super) fn simulate(
    simulate: &Simulate,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let ask = |repository: &Repository, policies: &PolicySource<'_>| {
        let mut batches =
            steps::history(repository, simulate.revision.as_deref(), false, policies)?;
        if let Some(last) = simulate.last {
            for batch in &mut batches {
                let older = batch.steps.len().saturating_sub(last as usize);
                batch.steps.drain(..older);
            }
        }
        Ok(batches)
    };
    let judging = Judging {
        policy: simulate.policy.clone(),
        verbose: false,
    };
    let report = watched(cli, &judging, &ask, streams.watched)?;
    // What could not be judged was not counted, so the count would be wrong.
    if report
        .problems
        .iter()
        .any(|problem| problem.weight == Weight::NotJudged)
    {
        let problems = Report {
            findings: Vec::new(),
            ..report
        };
        return deliver(
            Ok(problems),
            cli.format(),
            &view(Surface::Check, &judging),
            streams.out,
        );
    }
    warn(&report.problems, streams)?;
    write(render::listing(
        &Simulation::of(&report),
        cli.json(),
        streams.out,
    ))?;
    write(streams.out.flush())?;
    Ok(Outcome::Allowed)
}

/// Judges with a bar for whoever waits.
pub(super) fn watched(
    cli: &Cli,
    judging: &Judging,
    ask: &StepSource<'_>,
    watched: bool,
) -> Result<Report, Problem> {
    let bar = progress_bar(watched);
    let mut progress = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let report = Repository::open(cli.repo.as_deref())
        .map_err(Problem::from)
        .and_then(|repository| judged(&repository, judging, ask, &mut progress));
    bar.finish_and_clear();
    report
}

pub(super) type StepSource<'a> =
    dyn Fn(&Repository, &PolicySource<'_>) -> Result<Vec<Batch>, Problem> + 'a;

fn judged(
    repository: &Repository,
    judging: &Judging,
    ask: &StepSource<'_>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Report, Problem> {
    judged_by(
        RULES,
        WarnAbout::All,
        &PolicySource::new(repository, judging.policy.as_deref())?,
        ask,
        progress,
    )
}

/// Judges by some rules alone.
pub(super) fn judged_by(
    rules: &[&'static Rule],
    globs: WarnAbout,
    policies: &PolicySource<'_>,
    ask: &StepSource<'_>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Report, Problem> {
    let repository = policies.repository();
    let batches = ask(repository, policies)?;
    let faults = policies.faults(&batches)?;
    if faults.iter().any(|fault| fault.weight == Weight::NotJudged) {
        return Ok(Report {
            problems: faults,
            ..Report::default()
        });
    }
    let objects: &dyn Objects = repository;
    let mut report = judge(
        &batches,
        &mut JudgeContext {
            objects,
            rules,
            rule_names: &rule_names(),
            progress,
        },
    );
    report.problems.extend(faults);
    for batch in &batches {
        report
            .problems
            .extend(policies.unmatched_globs(batch, globs)?);
    }
    Ok(report)
}

pub(super) fn deliver(
    report: Result<Report, Problem>,
    format: Format,
    view: &View,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let report = report.unwrap_or_else(|problem| Report {
        problems: vec![problem],
        ..Report::default()
    });
    let outcome = report.outcome();
    write(render::report(&report, format, view, out))?;
    write(out.flush())?;
    Ok(outcome)
}

fn view(surface: Surface, judging: &Judging) -> View {
    View {
        verbose: judging.verbose,
        ..View::new(surface)
    }
}

fn progress_bar(watched: bool) -> ProgressBar {
    let target = if watched {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(None, target);
    // The template is a constant of ours; were it wrong, the plain bar would do.
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} steps");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
