//! The verdict as a value, and the one place where it becomes an exit code. Knows nothing of how it is shown.

use serde::Serialize;

/// What graven says of the steps it was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing that is looked at was broken.
    Allowed,
    /// Something could not be judged, and nothing was found that refuses by itself.
    NotJudged,
    /// At least one live finding refuses.
    Refused,
}

impl Outcome {
    /// The exit code of the process: 0 allowed, 1 refused, 2 could not judge.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Allowed => 0,
            Self::Refused => 1,
            Self::NotJudged => 2,
        }
    }
}
