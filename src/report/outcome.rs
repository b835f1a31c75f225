//! The verdict and its exit code. Does not depend on how it is shown.

use serde::Serialize;

/// The verdict on the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No live finding refuses.
    Allowed,
    /// Something could not be judged, and no live finding refuses.
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
