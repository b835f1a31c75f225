//! Legal things, which have to pass without a word: what teams do around their records every day. Where a rule only shows
//! something the case says what is shown.

use super::case::{Case, Last, Verdict};
use crate::support::guarded::Pushing;

pub(crate) mod backlog;
pub(crate) mod branches;
pub(crate) mod commands;
pub(crate) mod elsewhere;
pub(crate) mod history;
pub(crate) mod past;
pub(crate) mod policy;
pub(crate) mod presets;
pub(crate) mod records;
pub(crate) mod refs;
pub(crate) mod remedies;
pub(crate) mod scripts;
pub(crate) mod shown;
pub(crate) mod specs;
pub(crate) mod status;
pub(crate) mod team;
pub(crate) mod tests;
pub(crate) mod unguarded;

/// What nothing may be said about.
const fn silent(name: &'static str, what: &'static str, set_up: fn(&Pushing) -> Last) -> Case {
    Case {
        name,
        what,
        verdict: Verdict::Silent,
        set_up,
    }
}

/// What goes through, and is told this.
const fn told(
    name: &'static str,
    what: &'static str,
    message: &'static str,
    set_up: fn(&Pushing) -> Last,
) -> Case {
    Case {
        name,
        what,
        verdict: Verdict::Allowed(message),
        set_up,
    }
}
