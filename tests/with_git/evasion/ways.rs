//! Ways round a rule.

use super::case::{Case, Last, Verdict, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) mod branches;
pub(crate) mod bytes;
pub(crate) mod clones;
pub(crate) mod declared;
pub(crate) mod history;
pub(crate) mod letters;
pub(crate) mod markup;
pub(crate) mod merges;
pub(crate) mod objects;
pub(crate) mod paths;
pub(crate) mod places;
pub(crate) mod policies;
pub(crate) mod sections;
mod text;
pub(crate) mod waivers;

/// What is said of the record when its words change.
const EDIT: Verdict = refused(
    "frozen-text-edited",
    "accepted adr-0001 was edited: its text changed",
);
/// What is said of the record when it is gone.
const GONE: Verdict = refused("frozen-document-deleted", "accepted adr-0001 was deleted");
/// What is said of the record when its acceptance is taken back.
const REVERSED: Verdict = refused(
    "status-reversed",
    "the status of adr-0001 changed from Accepted to Draft",
);

const fn case(
    name: &'static str,
    what: &'static str,
    verdict: Verdict,
    set_up: fn(&Pushing) -> Last,
) -> Case {
    Case {
        name,
        what,
        verdict,
        set_up,
    }
}

const fn refused(rule: &'static str, message: &'static str) -> Verdict {
    Verdict::Refused(rule, message)
}

const fn not_judged(cause: &'static str) -> Verdict {
    Verdict::NotJudged(cause)
}

/// The record is published as accepted.
fn accepted(pushing: &Pushing) -> &Pushing {
    publish(pushing, ADR, ACCEPTED)
}

/// A file is published.
fn publish<'p>(pushing: &'p Pushing, path: &str, text: &str) -> &'p Pushing {
    pushing.clone.change(path, text);
    pushing.allow(&["main"]);
    pushing
}

/// Something is published past the hook of the server, as it was before graven came there.
fn unguarded<'p>(pushing: &'p Pushing, path: &str, text: &str) -> &'p Pushing {
    pushing.clone.change(path, text);
    unguarded_push(pushing, &["main"])
}

fn unguarded_push<'p>(pushing: &'p Pushing, refs: &[&str]) -> &'p Pushing {
    pushing
        .server
        .git(&["config", "core.hooksPath", "/dev/null"]);
    pushing.allow(refs);
    pushing.server.git(&["config", "--unset", "core.hooksPath"]);
    pushing
}

/// Commits these versions of the record, one after the other.
fn versions<'p>(pushing: &'p Pushing, texts: &[&str]) -> &'p Pushing {
    for text in texts {
        pushing.clone.change(ADR, text);
    }
    pushing
}

/// The edited record is committed, and `main` pushed.
fn edit(pushing: &Pushing) -> Last {
    pushing.clone.change(ADR, EDITED);
    push(&["main"])
}

fn remove(pushing: &Pushing, path: &str) {
    pushing.clone.git(&["rm", "--quiet", "-r", path]);
    pushing.clone.commit("take it away");
}
