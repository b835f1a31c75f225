//! The report as plain values: a renderer needs nothing else. Does not depend on rules, Git or a terminal.

use std::sync::Arc;

use crate::repo::{ObjectId, RepoPath};
use crate::text::{Source, Span};

mod edit_class;
pub mod file_faults;
mod fingerprint;
mod level;
mod outcome;
mod problem;
mod toml_places;

pub use edit_class::EditClass;
pub use fingerprint::{ContentDigest, Fingerprint};
pub use level::Level;
pub use outcome::Outcome;
pub use problem::{Help, Problem, Weight};
pub use toml_places::Places;

/// The result of judging some steps.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What was found; sorted by step, path, place, rule.
    pub findings: Vec<Finding>,
    /// What could not be judged, and what was odd but harmless.
    pub problems: Vec<Problem>,
    /// What was judged.
    pub scope: Scope,
}

/// What was judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// Steps judged.
    pub steps: usize,
    /// Changed documents compared, over all steps.
    pub changes: usize,
    /// Different documents seen, by path.
    pub documents: usize,
}

/// A finding: one violation of a rule in one step.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// Its level.
    pub level: Level,
    /// Its state.
    pub state: State,
    /// The kind of the document it concerns, if it concerns one.
    pub kind: Option<String>,
    /// What it concerns: `adr-0005`, `PATH-003`, `refs/heads/main`. Foreign text.
    pub subject: String,
    /// The class of the edit, where the rule is about one.
    pub class: Option<EditClass>,
    /// One line, lower case, no full stop, sensible alone. Holds foreign text.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that explain it, such as the line that froze the document.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Vec<Help>,
    /// The step it was found in.
    pub origin: Origin,
    /// Its fingerprint, the same on every surface.
    pub fingerprint: Fingerprint,
    /// The content that was changed, by which a later step that restores it is recognised.
    pub before: Option<Arc<[u8]>>,
    /// The content before and after, as a waiver remembers it.
    pub digests: [Option<ContentDigest>; 2],
    /// What lifts it, when it is waived: one waiver, or a chain of them.
    pub waivers: Vec<WaivedBy>,
}

/// A waiver that lifts a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WaivedBy {
    /// The waiver file.
    pub path: RepoPath,
    /// Why. Foreign text.
    pub reason: String,
}

/// The state of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is neither restored nor waived.
    Live,
    /// A later step of the same push or audit undid it.
    Restored,
    /// A waiver lifts it.
    Waived,
}

impl State {
    /// The word in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Restored => "restored",
            Self::Waived => "waived",
        }
    }
}

/// A labelled place.
#[derive(Debug, Clone)]
pub struct Label {
    /// Which side of the step it is on.
    pub side: WhichSide,
    /// The file, or the name of a ref.
    pub path: RepoPath,
    /// The text and the span in it; `None` for the whole file.
    pub place: Option<(Arc<Source>, Span)>,
    /// What it shows: `edited here`, `frozen by this line`.
    pub text: String,
}

/// The sides of a step, as people read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhichSide {
    /// The published state.
    Before,
    /// The proposed state.
    After,
    /// The tip of the protected branch, where it is neither.
    Published,
    /// A revision before the published state.
    Earlier,
}

impl WhichSide {
    /// The word in messages and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Published => "published",
            Self::Earlier => "earlier",
        }
    }
}

impl Label {
    /// The line and column, counted from 1, of its first character.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        self.place
            .as_ref()
            .map(|(source, span)| source.position(span.start()))
    }
}

/// Where a step comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// What is staged; the commit it is compared with, if any.
    Staged {
        /// The before side.
        before: Option<ObjectId>,
    },
    /// One commit of a protected branch, against its first parent.
    Commit {
        /// The before side.
        before: Option<ObjectId>,
        /// The commit.
        commit: ObjectId,
        /// The first line of its message. Foreign text.
        subject: String,
        /// Seconds since 1970, as its committer wrote it.
        time: i64,
    },
    /// A range of commits judged as the one step it would be.
    Range {
        /// The before side.
        before: Option<ObjectId>,
        /// The tip.
        after: ObjectId,
        /// What was moved or asked about: `refs/heads/topic`, `main..topic`. Foreign text.
        name: String,
    },
    /// A ref was moved, and the move itself is what was found.
    Ref {
        /// Its name. Foreign text.
        name: String,
        /// The old commit.
        before: Option<ObjectId>,
        /// The new commit; `None` when it is deleted.
        after: Option<ObjectId>,
    },
}

impl Origin {
    /// The commit of the before side.
    #[must_use]
    pub fn before(&self) -> Option<ObjectId> {
        match self {
            Self::Staged { before }
            | Self::Commit { before, .. }
            | Self::Range { before, .. }
            | Self::Ref { before, .. } => *before,
        }
    }

    /// The commit of the after side; `None` for what is staged.
    #[must_use]
    pub fn after(&self) -> Option<ObjectId> {
        match self {
            Self::Staged { .. } => None,
            Self::Commit { commit, .. } => Some(*commit),
            Self::Range { after, .. } => Some(*after),
            Self::Ref { after, .. } => *after,
        }
    }
}

impl Report {
    /// The verdict. A live finding that refuses decides it, even if something else could not be judged.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if self.findings.iter().any(Finding::refuses) {
            Outcome::Refused
        } else if self.is_complete() {
            Outcome::Allowed
        } else {
            Outcome::NotJudged
        }
    }

    /// True when everything that was asked about was judged.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.problems
            .iter()
            .all(|problem| problem.weight != Weight::NotJudged)
    }

    /// The problems alone, where the findings are not the answer.
    #[must_use]
    pub fn problems_only(self) -> Self {
        Self {
            findings: Vec::new(),
            ..self
        }
    }
}

impl Finding {
    /// True when it refuses its step.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.state == State::Live && self.level.refuses()
    }
}
