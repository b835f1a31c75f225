//! `fix-incomplete`.

use super::shared::workflow;
use super::shared::workflow::{Work, written_files};
use crate::backlog::Declared;
use crate::repo::{Difference, ObjectError};
use crate::report::{Level, Origin};
use crate::rules::rule::{Check, Findings, Rule, RuleContext};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "fix-incomplete",
    summary: "a bug fix is committed without its backlog item, change log entry, test or code",
    page: include_str!("../../docs/rules/fix-incomplete.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Message(check),
};

const CODE: &str = "code";
const TEST: &str = "a test";

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    if context.before.is_none() {
        return Ok(());
    }
    let bugs = finished_bugs(context)?;
    let named = context
        .subjects
        .is_some_and(|subjects| Work::of(subjects, &context.policy.workflow) == Work::Fix);
    // The pre-commit hook already reported finished items, before there was a message.
    let told = context.subjects.is_some() && matches!(findings.origin(), Origin::Staged { .. });
    if bugs.is_empty() && !named || told && !bugs.is_empty() || !context.is_enrolled()? {
        return Ok(());
    }
    let parts = Parts::of(context)?;
    let missing = parts.missing_parts();
    if bugs.is_empty() && parts.is_no_bug_fix() {
        return Ok(());
    }
    let Some(at) = parts.main_file().filter(|_| !missing.is_empty()) else {
        return Ok(());
    };
    let (subject, what) = match bugs.as_slice() {
        [] => (at.path.to_string(), "a bug is fixed".to_owned()),
        [bug] => (bug.item.id.clone(), format!("{} is fixed", bug.item.id)),
        [bug, more @ ..] => (
            bug.item.id.clone(),
            format!("{} and {} more bugs are fixed", bug.item.id, more.len()),
        ),
    };
    let message = format!("{what} without changing {}", missing.join(" or "));
    let draft = workflow::draft(
        subject,
        message,
        (at, "part of the fix"),
        &parts.code_and_tests(),
    );
    findings.add(
        draft.advice("commit the fix together with its backlog item, change log entry and test"),
    );
    Ok(())
}

/// The items of bugs that the step finishes.
fn finished_bugs<'a>(context: &'a RuleContext<'_>) -> Result<Vec<Declared<'a>>, ObjectError> {
    let (Some(change), Some(backlog)) = (context.backlog()?, &context.policy.backlog) else {
        return Ok(Vec::new());
    };
    let is_bug = |id: &str| {
        backlog
            .bugs
            .iter()
            .any(|bug| super::shared::backlog::prefix(id) == bug)
    };
    Ok(change
        .finished()
        .filter(|(key, _)| is_bug(key))
        .map(|(_, done)| done)
        .collect())
}

/// What a fix consists of: what is asked for, and the files of the step that give it.
struct Parts<'a>(Vec<(&'static str, Vec<&'a Difference>)>);

impl<'a> Parts<'a> {
    /// What the policy names and the repository has.
    fn of(context: &'a RuleContext<'_>) -> Result<Self, ObjectError> {
        let policy = context.policy;
        let mut parts = Vec::new();
        if !policy.trace.code.globs().is_empty() {
            parts.push((CODE, context.code()?.iter().collect()));
        }
        if !policy.trace.tests.globs().is_empty() {
            parts.push((TEST, written_files(context, &policy.trace.tests).collect()));
        }
        if let Some(backlog) = &policy.backlog {
            let is_backlog =
                |one: &&Difference| one.path == backlog.open || one.path == backlog.done;
            let stands = context
                .after
                .entry(&backlog.open)?
                .or(context.after.entry(&backlog.done)?)
                .is_some();
            let found: Vec<&Difference> = context.files.iter().filter(is_backlog).collect();
            if stands || !found.is_empty() {
                parts.push(("the backlog", found));
            }
        }
        let changelog = &policy.workflow.changelog;
        if !changelog.globs().is_empty() {
            let found: Vec<&Difference> = written_files(context, changelog).collect();
            if !found.is_empty() || !context.after.files(changelog)?.is_empty() {
                parts.push(("the change log", found));
            }
        }
        Ok(Self(parts))
    }

    fn missing_parts(&self) -> Vec<&'static str> {
        self.0
            .iter()
            .filter(|(_, found)| found.is_empty())
            .map(|(what, _)| *what)
            .collect()
    }

    /// True when code and tests are asked for and neither is touched. A subject line alone makes no bug fix of what mends
    /// a guide, the build or the backlog itself.
    fn is_no_bug_fix(&self) -> bool {
        let mut own = self
            .0
            .iter()
            .filter(|(what, _)| matches!(*what, CODE | TEST))
            .peekable();
        own.peek().is_some() && own.all(|(_, found)| found.is_empty())
    }

    /// The file that shows the fix best.
    fn main_file(&self) -> Option<&'a Difference> {
        self.0.iter().find_map(|(_, found)| found.first().copied())
    }

    /// What binds a finding to this fix: its code and its tests. The other files change with everything else too.
    fn code_and_tests(&self) -> Vec<&'a Difference> {
        let own = self
            .0
            .iter()
            .filter(|(what, _)| matches!(*what, CODE | TEST));
        own.flat_map(|(_, found)| found.iter().copied()).collect()
    }
}
