//! `graven hook`: what Git asks is judged and answered; on a server before the deadline, in a thread of its own.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::deadline::{DeadlineReporter, Phase, run_until_deadline};
use super::pipeline::{deliver, judge};
use super::policy_source::{PolicySource, WarnAbout};
use super::{Streams, write};
use crate::cli::{Cli, HookCall};
use crate::engine::Batch;
use crate::git::Repository;
use crate::policy::Policy;
use crate::render::{Format, Surface, View};
use crate::report::Outcome;
use crate::report::{Problem, Report, Weight};
use crate::rules::RULES;
use crate::rules::rule::Rule;
use crate::setup::chained_hook;
use crate::steps::hook;
use crate::steps::hook::{HookInput, HookRequest, HostSide};
use crate::steps::{self, Policies};

/// `graven hook`
pub(super) fn hook(
    call: &HookCall,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    // What runs before graven takes of the host's time too.
    let begun = Instant::now();
    let input = std::mem::replace(&mut streams.input, Box::new(io::empty()));
    let asked = Question {
        call: call.clone(),
        format: cli.format(),
        input,
    };
    let view = asked.view();
    let answer = match call.hook {
        hook if hook.has_deadline() => run_until_deadline(begun, move |clock| asked.answer(clock))
            .unwrap_or_else(|problem| Answer::written(Err(problem), cli.format(), &view))?,
        _ => asked.answer(&DeadlineReporter::without())?,
    };
    if let Some(hint) = &answer.hint {
        write(writeln!(streams.err, "graven: {hint}"))?;
    }
    let out = if cli.format() == Format::Json {
        &mut *streams.out
    } else {
        &mut *streams.err
    };
    write(out.write_all(&answer.text).and_then(|()| out.flush()))?;
    Ok(answer.outcome)
}

/// All that a hook is given.
struct Question {
    call: HookCall,
    format: Format,
    input: Box<dyn Read + Send>,
}

/// The verdict, and what is said with it. Whoever writes it has nothing left to do that could take long.
struct Answer {
    outcome: Outcome,
    hint: Option<String>,
    text: Vec<u8>,
}

impl Answer {
    fn written(
        report: Result<Report, Problem>,
        format: Format,
        view: &View,
    ) -> anyhow::Result<Self> {
        let mut text = Vec::new();
        let outcome = deliver(report, format, view, &mut text)?;
        Ok(Self {
            outcome,
            hint: None,
            text,
        })
    }
}

impl Question {
    fn view(&self) -> View {
        let surface = match self.call.hook.side {
            HostSide::Server => Surface::Push,
            HostSide::Clone => Surface::Commit,
        };
        View {
            mark: self.call.host.mark(),
            ..View::new(surface)
        }
    }

    fn answer(mut self, clock: &DeadlineReporter) -> anyhow::Result<Answer> {
        let opened = Repository::open_in_hook().map_err(Problem::from);
        let policies = opened
            .as_ref()
            .map_err(Problem::clone)
            .and_then(|repository| PolicySource::new(repository, None));
        clock.begin(Phase::Reading);
        self.tell_deadline(&policies, clock);
        let input = if self.call.hook.reads_stdin() {
            hook::read(&mut self.input)
        } else {
            Ok(Vec::new())
        };
        let input = match input {
            Ok(input) => input,
            Err(error) => return Answer::written(Err(error.into()), self.format, &self.view()),
        };
        // First, so that what a formatter stages is judged too.
        clock.begin(Phase::Chained);
        let mut hint = None;
        if let Some(file) = &self.call.chained {
            hint = chained_hook::hint(file);
            if self.chained(file, &input, clock)? != 0 {
                return Ok(Answer {
                    outcome: Outcome::Refused,
                    hint,
                    text: Vec::new(),
                });
            }
        }
        clock.begin(Phase::Judging);
        let report = policies.and_then(|policies| self.judged(&input, &policies, clock));
        Ok(Answer {
            hint,
            ..Answer::written(report, self.format, &self.view())?
        })
    }

    /// Says what the policy at the tip of the default branch allows, before anything that may take long. Where it cannot be
    /// had, judging will say so.
    fn tell_deadline(
        &self,
        policies: &Result<PolicySource<'_>, Problem>,
        clock: &DeadlineReporter,
    ) {
        let on_server = self.call.hook.has_deadline();
        if let (true, Ok(policies)) = (on_server, policies)
            && let Ok(policy) = steps::policy_before(policies.repository(), policies)
        {
            clock.allow([policy.limits.deadline].into_iter());
        }
    }

    /// The exit code of the hook that was there before graven.
    fn chained(&self, file: &Path, input: &[u8], clock: &DeadlineReporter) -> io::Result<u8> {
        match clock.child_handle() {
            Some(child_handle) => {
                chained_hook::run_on(child_handle, file, &self.call.arguments, input)
            }
            None => chained_hook::run(file, &self.call.arguments, input),
        }
    }

    fn judged(
        &self,
        input: &[u8],
        policies: &PolicySource<'_>,
        clock: &DeadlineReporter,
    ) -> Result<Report, Problem> {
        let batches = self.batches(input, policies.repository(), policies)?;
        clock.allow(batches.iter().map(|batch| batch.policy.limits.deadline));
        match self.call.hook.input {
            HookInput::MessageFile => judged_again(&batches, policies),
            _ => judge(&batches, policies, RULES, WarnAbout::New, false),
        }
    }

    fn batches(
        &self,
        input: &[u8],
        repository: &Repository,
        policies: &PolicySource<'_>,
    ) -> Result<Vec<Batch>, Problem> {
        match hook::request(self.call.hook, &self.call.arguments, input, repository)? {
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
                // The order in which Git names refs says nothing, so it must not show.
                lines.sort_by(|one, other| one.name.cmp(&other.name));
                let mut batches = steps::push(repository, &lines, &direction, policies)?;
                if !unread.is_empty() {
                    let policy = policy_of(&batches, policies)?;
                    let problems = unread.into_iter().map(Problem::from).collect();
                    batches.push(Batch {
                        policy,
                        moves: Vec::new(),
                        steps: Vec::new(),
                        problems,
                    });
                }
                Ok(batches)
            }
        }
    }
}

/// The policy that stands beside lines that could not be read: nothing is judged by it.
fn policy_of(batches: &[Batch], policies: &PolicySource<'_>) -> Result<Arc<Policy>, Problem> {
    match batches.first() {
        Some(batch) => Ok(Arc::clone(&batch.policy)),
        None => policies.at(None),
    }
}

/// Judges what was judged before there was a message, by the rules that look at the message. What the others say, and what
/// is odd, has been said.
fn judged_again(batches: &[Batch], policies: &PolicySource<'_>) -> Result<Report, Problem> {
    let rules: Vec<&'static Rule> = RULES
        .iter()
        .copied()
        .filter(|one| one.needs_message())
        .collect();
    let mut report = judge(batches, policies, &rules, WarnAbout::New, false)?;
    report
        .problems
        .retain(|problem| problem.weight == Weight::NotJudged);
    Ok(report)
}
