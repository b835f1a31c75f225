//! The classes of edits. Does not depend on how an edit is classified.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::report::Level;

/// What sort of edit was made, from the most harmless to the gravest. The classes are exclusive; an edit that mixes some
/// takes the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EditClass {
    /// The status value moved along a legal edge.
    Status,
    /// A line such as "Superseded by …" or "Amended by …" was added inside the status block.
    Relation,
    /// Line ends, trailing blanks, table padding, re-wrapping, final newline, byte order mark.
    Whitespace,
    /// The document was moved; content and number are the same.
    Move,
    /// Only destinations of links changed.
    LinkTarget,
    /// The same words in other markup.
    Markup,
    /// Header fields other than the status: date, authors, deciders.
    Metadata,
    /// The words changed.
    Text,
}

impl EditClass {
    /// All classes, in order.
    pub const ALL: [Self; 8] = [
        Self::Status,
        Self::Relation,
        Self::Whitespace,
        Self::Move,
        Self::LinkTarget,
        Self::Markup,
        Self::Metadata,
        Self::Text,
    ];

    /// The word in a policy.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Relation => "relation",
            Self::Whitespace => "whitespace",
            Self::Move => "move",
            Self::LinkTarget => "link-target",
            Self::Markup => "markup",
            Self::Metadata => "metadata",
            Self::Text => "text",
        }
    }

    /// The level that the preset `sdd` gives an edit of this class.
    #[must_use]
    pub fn default_level(self) -> Level {
        match self {
            Self::Status | Self::Relation | Self::Whitespace => Level::Allow,
            Self::Move => Level::Warn,
            Self::LinkTarget | Self::Markup | Self::Metadata | Self::Text => Level::Forbid,
        }
    }
}

impl fmt::Display for EditClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
