//! What guards a repository and what does not: facts in, a diagnosis out. It must not know Git or the file system beyond
//! the facts, and it judges no step.

use std::path::Path;

use crate::report::Help;
use crate::report::Outcome;
use crate::steps::hook::HostSide;
use crate::text::escape::word;

use facts::Facts;

mod branches;
mod ci;
pub mod facts;
mod hooks;
mod manager;
mod policy;
mod repository;
mod yaml;

/// The files that may tell a manager of hooks what to run, from the root of a work tree; those of husky are one a hook.
pub const MANAGED: &[&str] = &manager::FILES;

/// What was found, in the order in which it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The repository. Foreign text.
    pub repository: String,
    /// How it was looked at.
    pub place: HostSide,
    /// Every guard that was looked for.
    pub checks: Vec<Check>,
}

/// One guard, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name, kebab-case and stable: `hook-pre-push`.
    pub name: String,
    /// How it stands.
    pub state: State,
    /// One line, lower case, no full stop, sensible alone. Holds foreign text.
    pub message: String,
    /// What to do about it; its command puts the guard in place.
    pub help: Option<Help>,
}

/// How a guard stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is in place.
    Good,
    /// What graven promises does not depend on it.
    Advice,
    /// Something that graven would refuse can pass here, or nothing can be judged.
    Missing,
}

impl State {
    /// The word as it stands in text and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Advice => "advice",
            Self::Missing => "missing",
        }
    }
}

impl Diagnosis {
    /// How many guards stand so.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.checks
            .iter()
            .filter(|check| check.state == state)
            .count()
    }

    /// Refused when a guard is missing.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.count(State::Missing) == 0 {
            Outcome::Allowed
        } else {
            Outcome::Refused
        }
    }
}

/// Looks at everything that is known of a repository.
#[must_use]
pub fn diagnose(facts: &Facts) -> Diagnosis {
    let mut checks = hooks::checks(&facts.hooks, facts.place);
    checks.extend(policy::checks(&facts.policy));
    checks.extend(branches::checks(&facts.branches, facts.place));
    checks.extend(repository::checks(&facts.repository, facts.place));
    checks.extend(ci::checks(&facts.ci));
    checks.push(match facts.place {
        HostSide::Clone => Check::advice(
            "server",
            "what the server enforces cannot be seen from a clone, whose hooks are advice",
        )
        .so("ask graven doctor in the bare repository"),
        HostSide::Server => Check::advice(
            "login-shell",
            "whoever has a login shell here can start a push that runs no hook",
        )
        .so("give git-shell or a forced command to everybody who only pushes"),
    });
    Diagnosis {
        repository: facts.folder.clone(),
        place: facts.place,
        checks,
    }
}

impl Check {
    fn new(name: impl Into<String>, state: State, message: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            state,
            message: message.into(),
            help: None,
        }
    }

    fn good(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(name, State::Good, message)
    }

    fn advice(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(name, State::Advice, message)
    }

    fn missing(name: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(name, State::Missing, message)
    }

    /// The same with words of advice.
    fn so(self, text: impl Into<String>) -> Self {
        Self {
            help: Some(Help {
                text: text.into(),
                command: None,
            }),
            ..self
        }
    }

    /// The same with a command that helps.
    fn run(self, text: impl Into<String>, command: impl Into<String>) -> Self {
        Self {
            help: Some(Help {
                text: text.into(),
                command: Some(command.into()),
            }),
            ..self
        }
    }
}

/// A path in a message.
fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A path as one word of a command.
fn quoted(path: &Path) -> String {
    word(&path.to_string_lossy())
}
