//! Problems: what could not be judged, or is odd, with its remedy. Does not depend on steps.

use std::fmt;

use crate::repo::ObjectError;
use crate::text::escape::Escaped;

/// One piece of advice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Help {
    /// What it achieves: `restore the accepted text`.
    pub text: String,
    /// The command that does it, quoted for a shell.
    pub command: Option<String>,
}

/// A problem with the request, not with a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Whether it stopped something from being judged.
    pub weight: Weight,
    /// One line naming the thing and its place. Holds foreign text.
    pub message: String,
    /// What to do about it.
    pub help: Vec<Help>,
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Escaped::new(&self.message).to_string())?;
        self.help
            .iter()
            .try_for_each(|help| write!(f, "\n  help: {}", Escaped::new(&help.to_string())))
    }
}

/// What a problem means for the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Worth knowing; the verdict is whole.
    Warning,
    /// Something was not judged.
    NotJudged,
}

impl Problem {
    /// Something that could not be judged, and what to do about it.
    #[must_use]
    pub fn not_judged(message: impl Into<String>, advice: impl Into<String>) -> Self {
        let help = vec![Help {
            text: advice.into(),
            command: None,
        }];
        Self {
            weight: Weight::NotJudged,
            message: message.into(),
            help,
        }
    }

    /// Something odd that leaves the verdict whole.
    #[must_use]
    pub fn warning(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            weight: Weight::Warning,
            ..Self::not_judged(message, advice)
        }
    }
}

impl From<ObjectError> for Problem {
    fn from(error: ObjectError) -> Self {
        Self::not_judged(error.to_string(), error.remedy)
    }
}

impl fmt::Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.command {
            Some(command) => write!(f, "{}: {command}", self.text),
            None => f.write_str(&self.text),
        }
    }
}
