//! What earlier revisions said of a document. Asked only when something was found, so that nothing is walked for a clean
//! step. It must not know what the answer is used for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::Step;
use crate::change::document_cache::DocumentCache;
use crate::change::entry::DocumentEntry;
use crate::change::history::{EarlierSections, NumberUse, PublishedHistory};
use crate::document::{Document, Number};
use crate::policy::Policy;
use crate::policy::kind::Kind;
use crate::repo::{Difference, Entry, ObjectError, ObjectId, Objects, RepoPath, Side};
use crate::report::Origin;
use crate::rules::rule::History;
use crate::text::Source;

/// The versions seen so far, when a batch begins with the first revision and misses none; else nothing, and the
/// repository is asked.
#[derive(Debug)]
pub(super) struct SeenVersions {
    seen: Option<BTreeMap<RepoPath, Vec<Entry>>>,
    ledger: RefCell<PublishedHistory>,
}

/// The past of one step.
pub(super) struct HistoryView<'a> {
    past: &'a SeenVersions,
    cache: &'a DocumentCache<'a>,
    objects: &'a dyn Objects,
    policy: &'a Policy,
    before: Option<&'a Side>,
    /// Where the published line ends: at the tip of the protected branch, else at the before side.
    published: Option<ObjectId>,
}

impl SeenVersions {
    pub(super) fn of(steps: &[Step]) -> Self {
        let from_the_first = steps.first().is_some_and(|step| step.before.is_none());
        let unbroken = steps
            .windows(2)
            .all(|pair| pair[1].origin.before() == pair[0].origin.after());
        let ledger = if from_the_first {
            PublishedHistory::of_all()
        } else {
            PublishedHistory::default()
        };
        Self {
            seen: (from_the_first && unbroken).then(BTreeMap::new),
            ledger: RefCell::new(ledger),
        }
    }

    /// Takes what a step changed into the past of the next one. `differences` are those against its first parent.
    pub(super) fn record(
        &mut self,
        step: &Step,
        differences: &[Difference],
        cache: &DocumentCache<'_>,
        policy: &Policy,
    ) {
        let Origin::Commit { before, commit, .. } = step.origin else {
            return;
        };
        self.ledger
            .get_mut()
            .note(cache, (before, commit), differences);
        let Some(seen) = &mut self.seen else { return };
        let entries = differences
            .iter()
            .filter_map(|difference| difference.after.as_ref());
        for after in entries.filter(|entry| is_kept(&entry.path, policy)) {
            seen.entry(after.path.clone())
                .or_default()
                .push(after.clone());
        }
    }

    pub(super) fn view<'a>(
        &'a self,
        cache: &'a DocumentCache<'a>,
        objects: &'a dyn Objects,
        policy: &'a Policy,
        step: &'a Step,
    ) -> HistoryView<'a> {
        let published = match step.published.as_ref().or(step.before.as_ref()) {
            Some(Side::Commit(commit)) => Some(*commit),
            Some(Side::Index(_)) | None => None,
        };
        HistoryView {
            past: self,
            cache,
            objects,
            policy,
            before: step.before.as_ref(),
            published,
        }
    }
}

impl History for HistoryView<'_> {
    fn versions(&self, document: &Document) -> Result<Vec<Arc<Document>>, ObjectError> {
        let before = match self.before {
            Some(Side::Commit(commit)) => Some(*commit),
            Some(Side::Index(_)) | None => None,
        };
        let mut versions = Vec::new();
        for entry in &self.entries(before, &document.path)? {
            let version = self.cache.document(entry, &document.kind)?;
            if version.frozen().is_some() || version.kind.sections.is_some() {
                versions.push(version);
            }
        }
        Ok(versions)
    }

    fn numbered(&self, kind: &Kind, number: &Number) -> Result<Vec<NumberUse>, ObjectError> {
        let Some(tip) = self.published else {
            return Ok(Vec::new());
        };
        self.past
            .ledger
            .borrow_mut()
            .numbered(self.cache, tip, (kind, number.value))
    }

    fn document(&self, name: &DocumentEntry) -> Result<Arc<Document>, ObjectError> {
        self.cache.document(&name.entry, &name.kind)
    }

    fn declared(&self, ids: &[&str]) -> Result<EarlierSections, ObjectError> {
        let Some(tip) = self.published.filter(|_| !ids.is_empty()) else {
            return Ok(EarlierSections::new());
        };
        self.past.ledger.borrow_mut().declared(self.cache, tip, ids)
    }

    fn texts(
        &self,
        path: &RepoPath,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Vec<Arc<Source>>, ObjectError> {
        let mut known = BTreeSet::new();
        let mut texts = Vec::new();
        for entry in self
            .entries(self.published, path)?
            .iter()
            .filter(|entry| known.insert(entry.id))
        {
            let text = self
                .cache
                .bytes(entry)?
                .and_then(|bytes| String::from_utf8(bytes).ok());
            texts.extend(
                text.filter(|text| wanted(text))
                    .map(|text| Arc::new(Source::new(text))),
            );
        }
        Ok(texts)
    }
}

impl HistoryView<'_> {
    /// What stood at a path, newest first, on the line that ends in a commit.
    fn entries(&self, tip: Option<ObjectId>, path: &RepoPath) -> Result<Vec<Entry>, ObjectError> {
        let entries: Vec<Entry> = match (&self.past.seen, tip) {
            (Some(seen), _) if is_kept(path, self.policy) => seen
                .get(path)
                .into_iter()
                .flatten()
                .rev()
                .cloned()
                .collect(),
            (_, Some(tip)) => {
                let versions = self.objects.versions(tip, path)?;
                versions
                    .into_iter()
                    .filter_map(|version| version.entry)
                    .collect()
            }
            (_, None) => Vec::new(),
        };
        Ok(entries
            .into_iter()
            .filter(|entry| entry.mode.is_file())
            .collect())
    }
}

/// Whether the versions of a path are kept in mind: those of documents and of the backlog are asked for, those of tests,
/// which are many more, are not.
fn is_kept(path: &RepoPath, policy: &Policy) -> bool {
    policy.documents.matches(path)
        || policy
            .backlog
            .as_ref()
            .is_some_and(|backlog| [&backlog.open, &backlog.done].contains(&path))
}

impl fmt::Debug for HistoryView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HistoryView({:?})", self.before)
    }
}
