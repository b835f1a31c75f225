//! What is asked of a successor and what it comes to: what both halves of a supersession share.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reference::Label;
use crate::document;
use crate::document::{Document, Number, Target, Text, Verb};
use crate::policy::Policy;
use crate::policy::kind::Kind;
use crate::repo::{Mode, RepoPath};
use crate::text::Source;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct SupersedeRequest<'a> {
    /// The document whose place is taken.
    pub old: &'a Document,
    /// The title of the new one.
    pub title: &'a str,
    /// Its number; `None` where the kind has none.
    pub number: Option<u64>,
    /// The day it is written, as `2026-01-31`.
    pub date: &'a str,
    /// What a new document begins as; without one, it has the headings and the status form of the old one.
    pub template: Option<&'a Source>,
    /// Its status; without one, the first word that puts a document in force.
    pub status: Option<&'a str>,
    /// The policy that both stand under.
    pub policy: &'a Policy,
}

/// What both edits need to know.
#[derive(Debug)]
pub(super) struct SupersedePlan<'a> {
    pub(super) asked: &'a SupersedeRequest<'a>,
    /// The path of the new document.
    pub(super) path: RepoPath,
    /// Its number.
    pub(super) number: Option<Number>,
    /// What the old document calls the new one.
    pub(super) new: Label,
    /// What the new document calls the old one.
    pub(super) old: Label,
    /// The status of the old document, as it is written and as the policy spells it.
    pub(super) superseded: (String, String),
    /// The status of the new document, as the policy spells it.
    pub(super) word: String,
}

/// A text as a document beside another one.
pub(super) fn read(
    kind: &Arc<Kind>,
    path: &RepoPath,
    number: Option<Number>,
    mode: Mode,
    text: String,
) -> Document {
    let content = document::read(text.into_bytes(), kind);
    Document {
        path: path.clone(),
        mode,
        kind: Arc::clone(kind),
        number,
        content,
    }
}

/// True when relations of one sort name one document and nothing else, beyond what `known` names already.
pub(super) fn names_only(
    text: &Text,
    verb: Verb,
    known: Option<&Text>,
    path: &RepoPath,
    number: Option<&Number>,
) -> bool {
    fn targets(text: &Text, verb: Verb) -> BTreeSet<&Target> {
        let said = text
            .relations
            .iter()
            .filter(|relation| relation.verb == verb);
        said.flat_map(|relation| &relation.targets).collect()
    }
    let known = known.map(|known| targets(known, verb)).unwrap_or_default();
    let mut fresh = targets(text, verb)
        .into_iter()
        .filter(|target| !known.contains(target))
        .peekable();
    let named = |target: &Target| match target {
        Target::Number(value) => number.is_some_and(|number| number.value == *value),
        Target::Link(link) => path.file_name() == link.as_bytes(),
    };
    fresh.peek().is_some() && fresh.all(named)
}
