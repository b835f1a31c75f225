//! The deadline of a hook on a server. The host gives it little time, then kills it without a message. So the work runs in
//! a thread, and the thread that waits for it answers in time. Does not depend on what the work is.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::policy::Limits;
use crate::report::{Help, Problem, Weight};
use crate::setup::chained_hook::ChildHandle;

/// Bytes of stack of the thread that works: whatever nests in foreign text is bounded, and far below this.
const STACK: usize = 64 << 20;

/// What a hook is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Opening the repository and finding the policy.
    Opening,
    /// Reading standard input.
    ReadingInput,
    /// Waiting for the hook that was installed before graven.
    ChainedHook,
    /// Judging and rendering the report.
    Judging,
}

/// A message from the worker to the thread that waits.
enum Event {
    Entered(Phase),
    Limited(Duration),
}

/// What the worker reports to the thread that waits.
#[derive(Debug)]
pub(super) struct DeadlineReporter {
    /// `None` when no deadline applies.
    events: Option<Sender<Event>>,
    child_handle: Arc<ChildHandle>,
}

impl DeadlineReporter {
    /// For work without a deadline.
    pub(super) fn none() -> Self {
        Self {
            events: None,
            child_handle: Arc::default(),
        }
    }

    /// Kills a started program when the deadline passes; `None` when no deadline applies.
    pub(super) fn child_handle(&self) -> Option<&ChildHandle> {
        self.events.as_ref().map(|_| &*self.child_handle)
    }

    /// Reports what begins now.
    pub(super) fn enter(&self, phase: Phase) {
        self.send(Event::Entered(phase));
    }

    /// Reports the deadlines of the policies; the shortest applies.
    pub(super) fn limit(&self, deadlines: impl IntoIterator<Item = Duration>) {
        if let Some(shortest) = deadlines.into_iter().min() {
            self.send(Event::Limited(shortest));
        }
    }

    fn send(&self, event: Event) {
        if let Some(events) = &self.events {
            // Without a receiver the answer has been given, and the process is about to end.
            let _ = events.send(event);
        }
    }
}

/// Runs some work in a thread and waits for it until the deadline, counted from `started`: the default one until a policy
/// sets another. The problem is the answer instead of the work's result.
pub(super) fn run_until_deadline<T: Send + 'static>(
    started: Instant,
    work: impl FnOnce(&DeadlineReporter) -> T + Send + 'static,
) -> Result<T, Problem> {
    let (sender, events) = mpsc::channel();
    let child_handle = Arc::<ChildHandle>::default();
    let reporter = DeadlineReporter {
        events: Some(sender),
        child_handle: Arc::clone(&child_handle),
    };
    // The reporter is dropped when the work ends, however that is, and so the channel is closed.
    let worker = thread::Builder::new()
        .name("judge".to_owned())
        .stack_size(STACK)
        .spawn(move || work(&reporter));
    let worker = worker.map_err(|error| {
        Problem::not_judged(
            format!("a thread cannot be started: {error}"),
            "raise the thread limit of the server's user",
        )
    })?;
    let (mut phase, mut limit) = (Phase::Opening, None);
    loop {
        let deadline = limit.unwrap_or(Limits::default().deadline);
        match events.recv_timeout((started + deadline).saturating_duration_since(Instant::now())) {
            Ok(Event::Entered(next)) => phase = next,
            Ok(Event::Limited(next)) => {
                limit = Some(limit.map_or(next, |shortest| next.min(shortest)));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return worker.join().map_err(|_| worker_panicked());
            }
            Err(RecvTimeoutError::Timeout) => {
                child_handle.kill();
                return Err(deadline_passed(deadline, phase));
            }
        }
    }
}

fn deadline_passed(deadline: Duration, phase: Phase) -> Problem {
    let (what, remedy) = match phase {
        Phase::Opening => (
            "before the repository and its policy were read",
            "check the repository: git fsck --full",
        ),
        Phase::ReadingInput => (
            "before standard input ended",
            "pass the hook's whole standard input to graven",
        ),
        Phase::ChainedHook => (
            "in the hook that runs before graven",
            "make that hook faster",
        ),
        Phase::Judging => (
            "before everything was judged",
            "push fewer commits or refs at once",
        ),
    };
    let message = format!("the deadline of {} passed {what}", in_seconds(deadline));
    let raise = "or, if the host allows more time, raise limits.deadline in the policy";
    let help = [remedy, raise].map(|text| Help {
        text: text.to_owned(),
        command: None,
    });
    Problem {
        weight: Weight::NotJudged,
        message,
        help: help.to_vec(),
    }
}

/// A bug in graven; the panic is on standard error already.
fn worker_panicked() -> Problem {
    Problem::not_judged(
        "internal error while judging",
        "report this bug, with the lines above",
    )
}

fn in_seconds(duration: Duration) -> String {
    match duration.as_millis() {
        whole if whole % 1000 == 0 => format!("{} s", whole / 1000),
        milliseconds => format!("{milliseconds} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Work that does not end before the test does.
    fn endless(reporter: &DeadlineReporter, phase: Phase, deadlines: &[u64]) {
        reporter.enter(phase);
        reporter.limit(deadlines.iter().copied().map(Duration::from_millis));
        loop {
            thread::park();
        }
    }

    // spec: BUDGET-007
    #[test]
    fn what_is_not_done_by_the_deadline_is_not_judged() {
        for (phase, words) in [
            (
                Phase::Opening,
                "before the repository and its policy were read",
            ),
            (Phase::ReadingInput, "before standard input ended"),
            (Phase::ChainedHook, "in the hook that runs before graven"),
            (Phase::Judging, "before everything was judged"),
        ] {
            let problem = run_until_deadline(Instant::now(), move |reporter| {
                endless(reporter, phase, &[100]);
            })
            .unwrap_err();
            assert_eq!(problem.weight, Weight::NotJudged);
            assert_eq!(
                problem.message,
                format!("the deadline of 100 ms passed {words}")
            );
            assert!(
                problem.help[1].text.contains("raise limits.deadline"),
                "{problem}"
            );
        }
    }

    // spec: BUDGET-007
    #[test]
    fn what_is_done_in_time_is_answered() {
        assert_eq!(run_until_deadline(Instant::now(), |_| 7), Ok(7));
        let limit = |reporter: &DeadlineReporter| reporter.limit([Duration::from_secs(3600)]);
        assert_eq!(
            run_until_deadline(Instant::now(), move |reporter| limit(reporter)),
            Ok(())
        );
    }

    // spec: BUDGET-008
    #[test]
    fn of_several_policies_the_shortest_deadline_counts() {
        for deadlines in [[100, 3_600_000], [3_600_000, 100]] {
            let problem = run_until_deadline(Instant::now(), move |reporter| {
                endless(reporter, Phase::Judging, &deadlines);
            })
            .unwrap_err();
            assert!(problem.message.contains("100 ms"), "{problem}");
            let one_by_one = move |reporter: &DeadlineReporter| {
                reporter.limit([Duration::from_millis(deadlines[0])]);
                endless(reporter, Phase::Judging, &deadlines[1..]);
            };
            assert!(
                run_until_deadline(Instant::now(), one_by_one)
                    .unwrap_err()
                    .message
                    .contains("100 ms")
            );
        }
    }

    // spec: BUDGET-009
    #[test]
    fn work_that_panics_is_not_judged() {
        let problem = run_until_deadline(Instant::now(), |_| panic!("on purpose")).unwrap_err();
        assert_eq!(
            (problem.weight, problem.message.as_str()),
            (Weight::NotJudged, "internal error while judging")
        );
    }
}
