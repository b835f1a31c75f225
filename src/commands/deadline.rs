//! The deadline of a hook on a server: its host gives it little time, and kills it with nothing said when that is over. So
//! the work is done in a thread, whatever may be slow in it, and whoever waits for it answers in time. It must not know what
//! the work is.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::policy::Limits;
use crate::report::{Help, Problem, Weight};
use crate::setup::chained_hook::ChildHandle;

/// Bytes of stack of the thread that works: whatever nests in foreign text is bounded, and far below this.
const STACK: usize = 64 << 20;

/// What a hook is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Opening the repository and finding the policy.
    Opening,
    /// Reading standard input.
    Reading,
    /// Waiting for the hook that was there before graven.
    Chained,
    /// Judging, and writing down what was found.
    Judging,
}

/// What the thread that works says to the one that waits.
enum Event {
    Phase(Phase),
    Deadline(Duration),
}

/// The way from the thread that works to the one that waits.
#[derive(Debug)]
pub(super) struct DeadlineReporter {
    /// Nobody where there is no deadline.
    waiting: Option<Sender<Event>>,
    child_handle: Arc<ChildHandle>,
}

impl DeadlineReporter {
    /// Where there is no deadline.
    pub(super) fn without() -> Self {
        Self {
            waiting: None,
            child_handle: Arc::default(),
        }
    }

    /// What stops a program that was started when the time is over; nothing where there is no deadline.
    pub(super) fn child_handle(&self) -> Option<&ChildHandle> {
        self.waiting.as_ref().map(|_| &*self.child_handle)
    }

    /// Says what is begun.
    pub(super) fn begin(&self, at: Phase) {
        self.say(Event::Phase(at));
    }

    /// Says how long the policies allow; the shortest counts.
    pub(super) fn allow(&self, deadlines: impl Iterator<Item = Duration>) {
        if let Some(shortest) = deadlines.min() {
            self.say(Event::Deadline(shortest));
        }
    }

    fn say(&self, word: Event) {
        if let Some(waiting) = &self.waiting {
            // Whoever no longer waits has answered, and the process is about to end.
            let _ = waiting.send(word);
        }
    }
}

/// Does some work in a thread of its own, and waits for it until the deadline. Counts from `begun`, by the default until a
/// policy says otherwise. The problem is what to answer instead.
pub(super) fn run_until_deadline<T: Send + 'static>(
    begun: Instant,
    work: impl FnOnce(&DeadlineReporter) -> T + Send + 'static,
) -> Result<T, Problem> {
    let (say, told) = mpsc::channel();
    let child_handle = Arc::<ChildHandle>::default();
    let clock = DeadlineReporter {
        waiting: Some(say),
        child_handle: Arc::clone(&child_handle),
    };
    // The clock goes when the work is over, however that ends, and with it the other end of the channel.
    let worker = thread::Builder::new()
        .name("judge".to_owned())
        .stack_size(STACK)
        .spawn(move || work(&clock));
    let worker = worker.map_err(|error| {
        Problem::not_judged(
            format!("no thread can be started: {error}"),
            "allow the user of the server more threads",
        )
    })?;
    let (mut at, mut deadline) = (Phase::Opening, None);
    loop {
        let allowed = deadline.unwrap_or(Limits::default().deadline);
        match told.recv_timeout((begun + allowed).saturating_duration_since(Instant::now())) {
            Ok(Event::Phase(now)) => at = now,
            Ok(Event::Deadline(told)) => {
                deadline = Some(deadline.map_or(told, |shortest| told.min(shortest)));
            }
            Err(RecvTimeoutError::Disconnected) => return worker.join().map_err(|_| broken()),
            Err(RecvTimeoutError::Timeout) => {
                child_handle.pull();
                return Err(over(allowed, at));
            }
        }
    }
}

/// The time is over.
fn over(deadline: Duration, at: Phase) -> Problem {
    let (what, remedy) = match at {
        Phase::Opening => (
            "before the repository and its policy were read",
            "look why they cannot be read: git fsck --full",
        ),
        Phase::Reading => (
            "before standard input ended",
            "pass the standard input of the hook on to graven, to its end",
        ),
        Phase::Chained => (
            "in the hook that runs before graven",
            "make that hook faster",
        ),
        Phase::Judging => (
            "before everything was judged",
            "push fewer commits or refs at once",
        ),
    };
    let message = format!("the deadline of {} passed {what}", written(deadline));
    let raise =
        "or, where the host allows more time, raise limits.deadline of the policy that judges";
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

/// A fault of graven itself; what it is stands on standard error already.
fn broken() -> Problem {
    Problem::not_judged(
        "graven itself failed while it judged",
        "report it, with the lines above",
    )
}

fn written(duration: Duration) -> String {
    match duration.as_millis() {
        whole if whole % 1000 == 0 => format!("{} s", whole / 1000),
        milliseconds => format!("{milliseconds} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Work that has no end before the test has.
    fn endless(clock: &DeadlineReporter, at: Phase, deadlines: &[u64]) {
        clock.begin(at);
        clock.allow(deadlines.iter().copied().map(Duration::from_millis));
        loop {
            thread::park();
        }
    }

    // spec: BUDGET-007
    #[test]
    fn what_is_not_done_by_the_deadline_is_not_judged() {
        for (at, words) in [
            (
                Phase::Opening,
                "before the repository and its policy were read",
            ),
            (Phase::Reading, "before standard input ended"),
            (Phase::Chained, "in the hook that runs before graven"),
            (Phase::Judging, "before everything was judged"),
        ] {
            let problem =
                run_until_deadline(Instant::now(), move |clock| endless(clock, at, &[100]))
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
        let allowed =
            |clock: &DeadlineReporter| clock.allow([Duration::from_secs(3600)].into_iter());
        assert_eq!(
            run_until_deadline(Instant::now(), move |clock| allowed(clock)),
            Ok(())
        );
    }

    // spec: BUDGET-008
    #[test]
    fn of_several_policies_the_shortest_deadline_counts() {
        for deadlines in [[100, 3_600_000], [3_600_000, 100]] {
            let problem = run_until_deadline(Instant::now(), move |clock| {
                endless(clock, Phase::Judging, &deadlines);
            })
            .unwrap_err();
            assert!(problem.message.contains("100 ms"), "{problem}");
            let one_by_one = move |clock: &DeadlineReporter| {
                clock.allow([Duration::from_millis(deadlines[0])].into_iter());
                endless(clock, Phase::Judging, &deadlines[1..]);
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
            (Weight::NotJudged, "graven itself failed while it judged")
        );
    }
}
