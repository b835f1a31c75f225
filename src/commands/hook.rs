//! `graven hook`: from what Git passes to a hook to the verdict, in one pass. On a server the whole of it runs in a thread,
//! within the deadline.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Instant;

use super::deadline::{DeadlineReporter, Phase, run_until_deadline};
use super::pipeline::{deliver, judge};
use super::policy_source::{PolicySource, WarnAbout};
use super::{Streams, write};
use crate::cli::{Cli, HookCall};
use crate::engine::Batch;
use crate::git::Repository;
use crate::render::{Format, Surface, View};
use crate::report::{Outcome, Problem, Report, Weight};
use crate::rules::RULES;
use crate::rules::rule::Rule;
use crate::setup::chained_hook;
use crate::steps::hook::{self, HookRequest, HostSide};
use crate::steps::{self, Policies};

/// `graven hook`
pub(super) fn hook(
    call: &HookCall,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    // The host's time includes what runs before graven judges.
    let started = Instant::now();
    let stdin = std::mem::replace(&mut streams.input, Box::new(io::empty()));
    let (format, view) = (cli.format(), view(call));
    let answer = if call.hook.has_deadline() {
        let call = call.clone();
        let work = move |deadline: &DeadlineReporter| answer(&call, stdin, format, &view, deadline);
        run_until_deadline(started, work)
            .unwrap_or_else(|problem| Answer::render(Err(problem), None, format, &view))?
    } else {
        answer(call, stdin, format, &view, &DeadlineReporter::none())?
    };
    if let Some(hint) = &answer.hint {
        write(writeln!(streams.err, "graven: {hint}"))?;
    }
    let out = if format == Format::Json {
        &mut *streams.out
    } else {
        &mut *streams.err
    };
    write(out.write_all(&answer.text).and_then(|()| out.flush()))?;
    Ok(answer.outcome)
}

fn view(call: &HookCall) -> View {
    let surface = match call.hook.side {
        HostSide::Server => Surface::Push,
        HostSide::Clone => Surface::Commit,
    };
    View {
        mark: call.host.mark(),
        ..View::new(surface)
    }
}

/// The verdict, with its text rendered, so that nothing slow is left to do once the deadline no longer runs.
struct Answer {
    outcome: Outcome,
    hint: Option<String>,
    text: Vec<u8>,
}

impl Answer {
    fn render(
        report: Result<Report, Problem>,
        hint: Option<String>,
        format: Format,
        view: &View,
    ) -> anyhow::Result<Self> {
        let mut text = Vec::new();
        let outcome = deliver(report, format, view, &mut text)?;
        Ok(Self {
            outcome,
            hint,
            text,
        })
    }
}

/// Everything from what Git passes to the rendered verdict.
fn answer(
    call: &HookCall,
    stdin: impl Read,
    format: Format,
    view: &View,
    deadline: &DeadlineReporter,
) -> anyhow::Result<Answer> {
    let repository = Repository::open_in_hook().map_err(Problem::from);
    // A problem with the policy is reported after the chained hook has run.
    let policies = repository
        .as_ref()
        .map_err(Problem::clone)
        .and_then(|repository| PolicySource::new(repository, None));
    deadline.enter(Phase::ReadingInput);
    if let (true, Ok(policies)) = (call.hook.has_deadline(), &policies)
        && let Ok(policy) = steps::policy_before(policies.repository(), policies)
    {
        deadline.limit([policy.limits.deadline]);
    }
    let stdin = if call.hook.reads_stdin() {
        match hook::read(stdin) {
            Ok(stdin) => stdin,
            Err(problem) => return Answer::render(Err(problem), None, format, view),
        }
    } else {
        Vec::new()
    };
    // First, so that what a formatter stages is judged too.
    deadline.enter(Phase::ChainedHook);
    let hint = call.chained.as_deref().and_then(chained_hook::hint);
    if !chained_hook_allows(call, &stdin, deadline)? {
        return Ok(Answer {
            outcome: Outcome::Refused,
            hint,
            text: Vec::new(),
        });
    }
    deadline.enter(Phase::Judging);
    let report = policies.and_then(|policies| judge_request(call, &stdin, &policies, deadline));
    Answer::render(report, hint, format, view)
}

fn chained_hook_allows(
    call: &HookCall,
    stdin: &[u8],
    deadline: &DeadlineReporter,
) -> io::Result<bool> {
    let Some(file) = &call.chained else {
        return Ok(true);
    };
    let code = match deadline.child_handle() {
        Some(child_handle) => chained_hook::run_on(child_handle, file, &call.arguments, stdin),
        None => chained_hook::run(file, &call.arguments, stdin),
    }?;
    Ok(code == 0)
}

fn judge_request(
    call: &HookCall,
    stdin: &[u8],
    policies: &PolicySource<'_>,
    deadline: &DeadlineReporter,
) -> Result<Report, Problem> {
    let request = hook::request(call.hook, &call.arguments, stdin, policies.repository())?;
    // Everything but the message was judged, and its warnings shown, by the hook that ran before.
    let message_only = matches!(request, HookRequest::Message { .. });
    let batches = batches(request, policies)?;
    deadline.limit(batches.iter().map(|batch| batch.policy.limits.deadline));
    if !message_only {
        return judge(&batches, policies, RULES, WarnAbout::New, false);
    }
    let rules: Vec<&'static Rule> = RULES
        .iter()
        .copied()
        .filter(|rule| rule.needs_message())
        .collect();
    let mut report = judge(&batches, policies, &rules, WarnAbout::New, false)?;
    report
        .problems
        .retain(|problem| problem.weight == Weight::NotJudged);
    Ok(report)
}

/// The steps that a request is about.
fn batches(request: HookRequest, policies: &PolicySource<'_>) -> Result<Vec<Batch>, Problem> {
    let repository = policies.repository();
    match request {
        HookRequest::Staged {
            amending,
            merge_parents,
        } => steps::staged(repository, amending, &merge_parents, policies),
        HookRequest::Message { subject: None, .. } => Ok(Vec::new()),
        HookRequest::Message {
            amending,
            merge_parents,
            subject: Some(subject),
        } => steps::message(repository, amending, &merge_parents, &subject, policies),
        HookRequest::Push {
            mut lines,
            direction,
            unread,
        } => {
            // The order in which Git names refs has no meaning, so the report does not depend on it.
            lines.sort_by(|one, other| one.name.cmp(&other.name));
            let mut batches = steps::push(repository, &lines, &direction, policies)?;
            if !unread.is_empty() {
                // A batch needs a policy, though nothing is judged by this one.
                let policy = match batches.first() {
                    Some(batch) => Arc::clone(&batch.policy),
                    None => policies.at(None)?,
                };
                batches.push(Batch {
                    policy,
                    moves: Vec::new(),
                    steps: Vec::new(),
                    problems: unread,
                });
            }
            Ok(batches)
        }
    }
}
