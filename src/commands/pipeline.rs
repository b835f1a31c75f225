//! What the judging commands share: judging steps into a report, and writing it. A command that cannot be carried out
//! becomes a report too, so that it looks the same everywhere.

use std::io::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::policy_source::{PolicySource, WarnAbout, rule_names};
use super::write;
use crate::cli::Judging;
use crate::engine::{self, Batch, JudgeContext};
use crate::render::{self, Format, Surface, View};
use crate::report::{Outcome, Problem, Report, Weight};
use crate::rules::rule::Rule;

/// Judges steps by these rules, with a progress bar on a terminal.
pub(super) fn judge(
    batches: &[Batch],
    policies: &PolicySource<'_>,
    rules: &[&'static Rule],
    warn_about: WarnAbout,
    watched: bool,
) -> Result<Report, Problem> {
    let faults = policies.faults(batches)?;
    if faults.iter().any(|fault| fault.weight == Weight::NotJudged) {
        return Ok(Report {
            problems: faults,
            ..Report::default()
        });
    }
    let bar = progress_bar(watched);
    let mut report = engine::judge(
        batches,
        &mut JudgeContext {
            objects: policies.repository(),
            rules,
            rule_names: &rule_names(),
            progress: &mut |done, all| {
                bar.set_length(all as u64);
                bar.set_position(done as u64);
            },
        },
    );
    bar.finish_and_clear();
    report.problems.extend(faults);
    for batch in batches {
        let unmatched = policies.unmatched_globs(batch, warn_about)?;
        report.problems.extend(unmatched);
    }
    Ok(report)
}

/// Writes a report, or the problem that is all of it.
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

pub(super) fn view(surface: Surface, judging: &Judging) -> View {
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
    // The template is a constant; if it is wrong, the plain bar is shown.
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} steps");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
