//! The levels of findings. Does not depend on rules, policies or output.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The level of a finding, from weakest to strictest; the words and their meaning are rustc's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not checked.
    Allow,
    /// Shown, never refused.
    Warn,
    /// Refused; a waiver can lift it.
    Deny,
    /// Refused; nothing in the pushed content can lift it.
    Forbid,
}

impl Level {
    /// True when a live finding of this level refuses the step.
    #[must_use]
    pub fn refuses(self) -> bool {
        self >= Self::Deny
    }

    /// The word in a policy.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
            Self::Forbid => "forbid",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
