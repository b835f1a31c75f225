//! `graven waive`: waivers for what is staged, written, judged and staged.

use std::collections::BTreeSet;

use anyhow::bail;
use jiff::Zoned;

use super::{Carried, Staged, carry_out};
use crate::cli::{Cli, Waive};
use crate::commands::listing::rule_named;
use crate::commands::pipeline::deliver;
use crate::commands::{Streams, write_listing};
use crate::git::Repository;
use crate::policy::Policy;
use crate::render::lists::ActionsDone;
use crate::render::{Surface, View};
use crate::repo::{Objects, RepoPath, Side, Write};
use crate::report::{Finding, Level, Origin, Outcome, Problem, Report, State};
use crate::text::escape::{Escaped, word};
use crate::{rules, waiver};

/// At most this many files may have the same name and day.
const COPIES: usize = 1000;

pub(in crate::commands) fn waive(
    asked: &Waive,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    asked.rule.as_deref().map(rule_named).transpose()?;
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let staged = match &asked.message {
        Some(message) => Staged::with_message(&repository, message)?,
        None => Staged::open(&repository)?,
    };
    let policy = staged.policy()?;
    demand_substance(&asked.reason, policy)?;
    let report = report_to_waive(asked, &repository, &staged)?;
    if !report.is_complete() {
        // What could not be judged is shown first: the findings are not the answer here.
        let view = View::new(Surface::Check);
        return deliver(Ok(report.problems_only()), cli.format(), &view, streams.out);
    }
    let (forbidden, chosen): (Vec<&Finding>, Vec<&Finding>) = report
        .findings
        .iter()
        .filter(|finding| asks_for(asked, finding))
        .partition(|it| it.level == Level::Forbid);
    if chosen.is_empty() && forbidden.is_empty() {
        bail!(nothing(asked, &report));
    }
    let mut done = Vec::new();
    let mut outcome = Outcome::Refused;
    if !chosen.is_empty() {
        let path = free_path(&repository, staged.after()?, policy, &waiver::slug(&chosen))?;
        let text = waiver::waivers(chosen.iter().copied(), &asked.reason);
        let writes = [Write {
            path: path.clone(),
            content: Some(text.trim_start().as_bytes().to_vec()),
        }];
        let after = match carry_out(&staged, cli, &writes, streams)? {
            Carried::Out(after) => after,
            Carried::Not(outcome) => return Ok(outcome),
        };
        done.extend(
            chosen
                .iter()
                .map(|finding| format!("waived {}: {}", named(finding), finding.message)),
        );
        done.push(format!("wrote and staged {path}"));
        outcome = after.outcome();
        let left = after
            .findings
            .iter()
            .filter(|finding| finding.refuses() && finding.level < Level::Forbid);
        done.extend(
            left.map(|finding| format!("still refused: {}: {}", named(finding), finding.message)),
        );
    }
    let cannot = |finding: &&Finding| {
        format!(
            "{} is forbidden and cannot be waived: {}",
            named(finding),
            finding.message
        )
    };
    done.extend(forbidden.iter().map(cannot));
    done.push(match (chosen.is_empty(), outcome) {
        (true, _) => "nothing was written; graven check shows other remedies".to_owned(),
        (false, Outcome::Allowed) => "next: git commit".to_owned(),
        (false, _) => "next: graven check lists what is still refused".to_owned(),
    });
    write_listing(&ActionsDone { done }, cli, streams)?;
    Ok(outcome)
}

/// What is found in the staged change: with a message, also what is found without one.
fn report_to_waive(
    asked: &Waive,
    repository: &Repository,
    staged: &Staged<'_>,
) -> Result<Report, Problem> {
    let mut report = staged.as_is()?.clone();
    if asked.message.is_some() {
        let without_message = Staged::open(repository)?.as_is()?.clone();
        let known: BTreeSet<_> = report
            .findings
            .iter()
            .map(|finding| finding.fingerprint)
            .collect();
        let others = without_message.findings.into_iter();
        report
            .findings
            .extend(others.filter(|finding| !known.contains(&finding.fingerprint)));
    }
    Ok(report)
}

/// An error when the reason is too short.
pub(in crate::commands) fn demand_substance(reason: &str, policy: &Policy) -> Result<(), Problem> {
    let least = policy.waivers.reason;
    match waiver::reason_fault(reason, least) {
        None => Ok(()),
        Some(fault) => Err(Problem::not_judged(
            format!("nothing was written: {fault}"),
            format!("give a reason of at least {least} characters"),
        )),
    }
}

/// Whether somebody asked for a waiver of this finding: of everything that refuses, or of the rule that was named.
fn asks_for(asked: &Waive, finding: &Finding) -> bool {
    let subject = asked.subject.as_ref().is_none_or(|subject| {
        // It may have been copied from what was shown.
        *subject == finding.subject || *subject == Escaped::new(&finding.subject).to_string()
    });
    let rule = match &asked.rule {
        Some(rule) => rule == finding.rule,
        None => finding.refuses() && !is_about_waivers(finding),
    };
    subject && rule && finding.state == State::Live && !matches!(finding.origin, Origin::Ref { .. })
}

/// A faulty waiver is fixed, not waived.
fn is_about_waivers(finding: &Finding) -> bool {
    rules::find(finding.rule).is_some_and(|rule| !rule.is_waivable())
}

/// Why there is nothing to waive, and what there is instead.
fn nothing(asked: &Waive, report: &Report) -> String {
    let live: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| finding.state == State::Live)
        .collect();
    let mut lines = vec![match (live.is_empty(), &asked.rule, &asked.subject) {
        (true, ..) => "nothing to waive: the staged changes have no findings".to_owned(),
        (false, None, None) => "nothing to waive: no staged change needs a waiver".to_owned(),
        (false, ..) => {
            "nothing to waive: no staged change has a finding of this rule and subject".to_owned()
        }
    }];
    if live.is_empty()
        && report
            .findings
            .iter()
            .any(|finding| finding.state == State::Waived)
    {
        lines.push("all findings are already waived".to_owned());
    }
    lines.extend(
        live.iter()
            .take(10)
            .map(|finding| format!("{} {}", finding.level, named(finding))),
    );
    let chosen = asked.rule.is_some() || asked.subject.is_some();
    let denied = live
        .iter()
        .find(|finding| chosen && finding.level == Level::Deny);
    let warned = live.iter().find(|finding| finding.level == Level::Warn);
    lines.push(match (denied, warned) {
        // The given selection matched nothing.
        (Some(finding), _) => {
            let subject = word(&finding.subject);
            format!("help: choose one of these: graven waive --rule {} --subject {subject} --reason \"…\"", finding.rule)
        }
        (None, Some(finding)) if asked.rule.is_none() => {
            format!(
                "help: to waive a warning, name its rule: graven waive --rule {} --reason \"…\"",
                finding.rule
            )
        }
        _ => "help: stage the edit first; if it is already committed: git reset --soft HEAD~1"
            .to_owned(),
    });
    lines.join("\n  ")
}

fn named(finding: &Finding) -> String {
    format!("{} of {}", finding.rule, Escaped::new(&finding.subject))
}

/// An unused path in the folder of waivers.
fn free_path(
    repository: &Repository,
    after: &Side,
    policy: &Policy,
    slug: &str,
) -> Result<RepoPath, Problem> {
    let base = format!(
        "{}/{}-{slug}",
        policy.waivers.folder,
        Zoned::now().strftime("%Y-%m-%d")
    );
    let mut taken = None;
    for copy in 1..=COPIES {
        let number = if copy == 1 {
            String::new()
        } else {
            format!("-{copy}")
        };
        let path = RepoPath::new(format!("{base}{number}.toml"));
        if repository.entry(after, &path)?.is_some() {
            continue;
        }
        match repository.ensure_can_write(&path) {
            Ok(()) => return Ok(path),
            Err(error) => drop(taken.get_or_insert_with(|| Problem::from(error))),
        }
    }
    Err(taken.unwrap_or_else(|| {
        Problem::not_judged(
            format!("there are {COPIES} files named like {base}.toml"),
            "remove some of them",
        )
    }))
}
