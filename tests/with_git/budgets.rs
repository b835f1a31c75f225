//! What a push may cost: too much of anything is refused, at once and in words that help; and a server that is pushed to
//! from everywhere gives every push its own verdict.

mod deadline;
mod objects;
mod pushes;
mod texts;

use crate::support::guarded::{Pushing, Said};

/// Pushes to `main`, which must not be judged, in these words.
#[track_caller]
fn not_judged(pushing: &Pushing, words: &[&str]) -> Said {
    let said = pushing.stopped("remote: graven: not judged: ", &["main"]);
    said.lacks(&["panicked", "internal error"]);
    // A word may stand behind the end of a line.
    let flat = said
        .err
        .replace("remote:", "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for word in words {
        assert!(flat.contains(word), "{word:?} is missing:\n{}", said.err);
    }
    said
}

/// A server with an accepted record whose policy leaves all the time there is, however slow the machine: what the test is
/// about must answer, and not the deadline.
fn patient() -> Pushing {
    let pushing = Pushing::of("sha1");
    pushing
        .clone
        .write("graven.toml", "limits.deadline = '10 min'\n")
        .accept();
    pushing.allow(&["main"]);
    pushing
}
