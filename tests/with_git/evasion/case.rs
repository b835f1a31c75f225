//! What a case is.

use crate::support::guarded::Pushing;

/// Cases that belong together.
pub(crate) struct Group {
    /// The heading of its table.
    pub(crate) title: &'static str,
    /// In the order of the table.
    pub(crate) cases: &'static [Case],
}

/// One thing that somebody does, and what has to come of it.
pub(crate) struct Case {
    /// Stable, in kebab-case.
    pub(crate) name: &'static str,
    /// What is done, in a few words, as a row of the page.
    pub(crate) what: &'static str,
    /// What has to come of it.
    pub(crate) verdict: Verdict,
    /// Brings about everything before the last command, and gives that. It starts with an empty server, guarded by
    /// `pre-receive`, and an empty clone without hooks.
    pub(crate) set_up: fn(&Pushing) -> Last,
}

/// What a hook has to say.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verdict {
    /// Refused by this rule, with this message.
    Refused(&'static str, &'static str),
    /// Not judged, and so stopped as well, for this cause.
    NotJudged(&'static str),
    /// Let through, with this message.
    Allowed(&'static str),
    /// Let through in silence.
    Silent,
}

/// The command that is judged.
#[derive(Debug, Clone)]
pub(crate) enum Last {
    /// `git push origin …` from the clone.
    Push(Vec<String>),
    /// Any other command of git in the clone, whose hooks the case has put in place.
    Git(Vec<String>),
}

/// A push of these refs.
pub(crate) fn push(arguments: &[&str]) -> Last {
    Last::Push(
        arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect(),
    )
}

/// A command of git in the clone.
pub(crate) fn git(arguments: &[&str]) -> Last {
    Last::Git(
        arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect(),
    )
}
