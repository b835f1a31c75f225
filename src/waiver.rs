//! Waiver files: what they say, what is wrong with them, what they lift, and how they are written. It must not know Git,
//! rules beyond their names, or whether a waiver came with the step that it lifts.
//!
//! A waiver names a finding by rule, subject and fingerprint, so it lifts that one finding wherever it is judged, and no
//! other. What it says of the content before and after lets two waivers follow each other: a step whose edit is the sum of
//! two waived edits is waived.

use std::sync::Arc;

use crate::repo::RepoPath;
use crate::report::file_faults::Fault;
use crate::report::{ContentDigest, Fingerprint};
use crate::text::{Source, Span, Spanned};

mod append_only;
mod matching;
mod read;
mod reason;
#[cfg(test)]
mod tests;
mod write;

pub use append_only::grows;
pub use matching::{WaiverPlace, Waivers};
pub use read::{LARGEST, MOST, read};
pub use reason::{ReasonFault, reason_fault};
pub use write::{BASELINE, slug, waivers};

/// A waiver file, read.
#[derive(Debug, Clone)]
pub struct WaiverFile {
    /// Its place.
    pub path: RepoPath,
    /// Its text.
    pub source: Arc<Source>,
    /// True when it was written by an audit, so that what it lifts lies in the past.
    pub baseline: bool,
    /// The waivers without a fault, in the order of the file.
    pub waivers: Vec<Waiver>,
    /// What is wrong with it, in the order of the file.
    pub faults: Vec<Fault>,
}

/// One waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule whose finding it lifts.
    pub rule: String,
    /// What the finding is about. Foreign text.
    pub subject: String,
    /// The finding, and where it is named.
    pub fingerprint: Spanned<Fingerprint>,
    /// The content before and after the waived edit, where there is any.
    pub digests: [Option<ContentDigest>; 2],
    /// The reason and its place. Foreign text.
    pub reason: Spanned<String>,
    /// The whole waiver, from its header to its last value.
    pub span: Span,
}
