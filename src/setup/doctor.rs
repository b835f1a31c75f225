//! Turns the facts about a repository into a diagnosis. Does not depend on Git or the file system, and judges no
//! step.

use std::path::Path;

use crate::report::{Help, Outcome};
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

/// The checks, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The repository. Foreign text.
    pub repository: String,
    /// What it was checked as.
    pub place: HostSide,
    /// The checks.
    pub checks: Vec<Check>,
}

/// One check and its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name, kebab-case and stable: `hook-pre-push`.
    pub name: String,
    /// Its state.
    pub state: State,
    /// One line, lower case, no full stop, sensible alone. Holds foreign text.
    pub message: String,
    /// What to do about it; its command fixes it.
    pub help: Option<Help>,
}

/// The state of a check.
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
    /// The word in text and JSON.
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
    /// How many checks have this state.
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

/// Checks a repository.
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
            "a clone cannot see what the server enforces, and its own hooks can be bypassed",
        )
        .so("run graven doctor in the bare repository on the server"),
        HostSide::Server => Check::advice(
            "login-shell",
            "anyone with a login shell here can push without running the hooks",
        )
        .so("give users who only push git-shell or a forced command"),
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
