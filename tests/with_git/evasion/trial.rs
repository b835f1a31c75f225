//! Tries the cases of a group, each in repositories of its own, and tells every one that did not end as it should.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use regex::Regex;

use super::case::{Case, Group, Last, Verdict};
use crate::support::FORMATS;
use crate::support::guarded::{Pushing, Said};

/// Names a command that is tried in place of graven, as `pre-receive` of the server and `pre-commit` of the clone.
pub(crate) const OTHER: &str = "EVASION_HOOK";

/// Every case has to end as it says. With another tool the results are printed, and nothing is asserted.
#[track_caller]
#[expect(
    clippy::print_stdout,
    reason = "who tries another tool reads the results"
)]
pub(crate) fn hold(group: &Group) {
    let other = env::var(OTHER).ok();
    let mut wrong = Vec::new();
    for (at, case) in group.cases.iter().enumerate() {
        // Both object formats have their turn.
        let outcome = tried(case, FORMATS[at % FORMATS.len()], other.as_deref());
        match (&other, outcome) {
            (Some(_), outcome) => println!(
                "{:<60} {}",
                case.name,
                outcome.err().unwrap_or("as it should".into())
            ),
            (None, Err(why)) => wrong.push(format!("{}: {why}", case.name)),
            (None, Ok(())) => {}
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} in {:?}:\n{}",
        wrong.len(),
        group.cases.len(),
        group.title,
        wrong.join("\n")
    );
}

fn tried(case: &Case, format: &'static str, other: Option<&str>) -> Result<(), String> {
    let played = AssertUnwindSafe(|| {
        let pushing = Pushing::of(format);
        if let Some(command) = other {
            pushing.server.hook("pre-receive", command);
            pushing.clone.hook("pre-commit", command);
        }
        let last = (case.set_up)(&pushing);
        // Nothing has to be as before where nothing is to be stopped.
        let before = matches!(case.verdict, Verdict::Refused(..) | Verdict::NotJudged(_))
            .then(|| pushing.states());
        (before, judged(&pushing, &last), pushing)
    });
    let (before, said, pushing) = catch_unwind(played).map_err(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        format!(
            "the case itself failed: {}",
            words.unwrap_or_else(|| "without words".into())
        )
    })?;
    let stopped = said.code != 0;
    if let Some(before) = before.filter(|_| stopped)
        && pushing.states() != before
    {
        return Err(format!(
            "it was stopped and left something behind:\n{}",
            said.all()
        ));
    }
    match (case.verdict, stopped) {
        (Verdict::Silent | Verdict::Allowed(_), true) => {
            Err(format!("it was stopped:\n{}", said.all()))
        }
        (Verdict::Refused(..) | Verdict::NotJudged(_), false) => {
            Err(format!("it was let through:\n{}", said.all()))
        }
        _ if other.is_some() => Ok(()),
        (Verdict::Silent, false) if said.all().contains("graven") => {
            Err(format!("it was not silent:\n{}", said.all()))
        }
        (Verdict::Silent, false) => Ok(()),
        (Verdict::Allowed(message), false) => said_line(&said, "graven: allowed", [message, ""]),
        (Verdict::Refused(rule, message), true) => said_line(
            &said,
            "graven: refused: ",
            [&format!("error[{rule}]: "), message],
        ),
        (Verdict::NotJudged(why), true) => said_line(&said, "graven: not judged", [why, ""]),
    }
}

/// The verdict stands in one line, and these words in another, which a push may break.
fn said_line(said: &Said, verdict: &str, message: [&str; 2]) -> Result<(), String> {
    let shown = said.shown();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = shown.replace("remote:", "");
    // Long lines are wrapped, and go on indented.
    let lines: Vec<String> = plain.replace("\n  ", " ").lines().map(words).collect();
    let whole = words(&plain);
    for wanted in [[verdict, ""], message] {
        let stands = |line: &String| wanted.iter().all(|part| line.contains(part.trim_end()));
        if !lines.iter().any(stands) && !whole.contains(wanted.concat().trim_end()) {
            return Err(format!("{:?} is missing:\n{shown}", wanted.concat()));
        }
    }
    harmless(said)
}

/// The longest line of anything that is said.
const WIDEST: usize = 600;

/// Nothing foreign reaches the terminal: no command, no letter that is not seen, no line that goes on for ever.
fn harmless(said: &Said) -> Result<(), String> {
    static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"[\p{Cc}\p{Co}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}--[\n\u{fe0e}\u{fe0f}]]",
        )
        .unwrap()
    });
    let all = said.all();
    if let Some(found) = FOREIGN.find(&all) {
        return Err(format!(
            "{:?} reaches the terminal:\n{}",
            found.as_str(),
            all.escape_debug()
        ));
    }
    match all.lines().map(|line| line.chars().count()).max() {
        Some(widest @ WIDEST..) => Err(format!("a line of {widest} characters:\n{all}")),
        _ => Ok(()),
    }
}

fn judged(pushing: &Pushing, last: &Last) -> Said {
    let words = |words: &[String]| {
        words
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let (first, all) = match last {
        Last::Push(arguments) => ("push\norigin\n", words(arguments)),
        Last::Git(arguments) => ("", words(arguments)),
    };
    let all = format!("{first}{all}");
    pushing.clone.attempt(&all.split('\n').collect::<Vec<_>>())
}
