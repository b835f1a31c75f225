//! What earlier revisions held, seen from one step. Asked only when something was found, or when a step brings a number or
//! an ID that is new, so nothing is walked for a clean step. Does not depend on what the answer is used for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::{EarlierSections, NumberUse, PublishedHistory};
use crate::change::document_cache::DocumentCache;
use crate::change::entry::DocumentEntry;
use crate::document::{Document, Number};
use crate::policy::Policy;
use crate::policy::kind::Kind;
use crate::repo::{Difference, Entry, ObjectError, ObjectId, RepoPath, Side};
use crate::text::Source;

/// What the steps of one batch brought, as far as they are judged.
#[derive(Debug)]
pub struct BatchHistory {
    /// Every version so far, by path, where the batch holds the whole history; else the repository is asked.
    versions: Option<BTreeMap<RepoPath, Vec<Entry>>>,
    published: RefCell<PublishedHistory>,
}

/// What was published before one step. The published line ends at the tip of the protected branch, or at the before side
/// where nothing else is published.
pub struct HistoryView<'a> {
    batch: &'a BatchHistory,
    cache: &'a DocumentCache<'a>,
    before: Option<ObjectId>,
    /// Where the published line ends.
    tip: Option<ObjectId>,
}

impl BatchHistory {
    /// The history of a batch that begins `from_root`, the first revision, and perhaps is `unbroken`: each step begins where
    /// the one before it ended.
    #[must_use]
    pub fn new(from_root: bool, unbroken: bool) -> Self {
        let published = if from_root {
            PublishedHistory::parsing_all()
        } else {
            PublishedHistory::default()
        };
        Self {
            versions: (from_root && unbroken).then(BTreeMap::new),
            published: RefCell::new(published),
        }
    }

    /// Adds a commit, so that the next step sees it as past. `differences` are those against its first parent.
    pub fn record(
        &mut self,
        cache: &DocumentCache<'_>,
        (parent, commit): (Option<ObjectId>, ObjectId),
        differences: &[Difference],
    ) {
        self.published
            .get_mut()
            .record(cache, (parent, commit), differences);
        let Some(versions) = &mut self.versions else {
            return;
        };
        let entries = differences
            .iter()
            .filter_map(|difference| difference.after.as_ref());
        for after in entries.filter(|entry| is_recorded(&entry.path, cache.policy())) {
            versions
                .entry(after.path.clone())
                .or_default()
                .push(after.clone());
        }
    }

    /// The history as a step sees it that begins at `before`; `published` is the tip of the protected branch, where it is
    /// neither side of the step.
    #[must_use]
    pub fn view<'a>(
        &'a self,
        cache: &'a DocumentCache<'a>,
        before: Option<&Side>,
        published: Option<&Side>,
    ) -> HistoryView<'a> {
        let commit = |side: Option<&Side>| match side {
            Some(Side::Commit(commit)) => Some(*commit),
            Some(Side::Index(_)) | None => None,
        };
        HistoryView {
            batch: self,
            cache,
            before: commit(before),
            tip: commit(published.or(before)),
        }
    }
}

impl HistoryView<'_> {
    /// The frozen versions that a document had before the before side, newest first.
    pub fn versions(&self, document: &Document) -> Result<Vec<Arc<Document>>, ObjectError> {
        let mut versions = Vec::new();
        for entry in &self.entries(self.before, &document.path)? {
            let version = self.cache.document(entry, &document.kind)?;
            if version.frozen().is_some() || version.kind.sections.is_some() {
                versions.push(version);
            }
        }
        Ok(versions)
    }

    /// Every version of every document of a kind that ever had this number on the published line, newest first, unread.
    pub fn numbered(&self, kind: &Kind, number: &Number) -> Result<Vec<NumberUse>, ObjectError> {
        let Some(tip) = self.tip else {
            return Ok(Vec::new());
        };
        self.batch
            .published
            .borrow_mut()
            .numbered(self.cache, tip, (kind, number.value))
    }

    /// A document of [`HistoryView::numbered`].
    pub fn document(&self, name: &DocumentEntry) -> Result<Arc<Document>, ObjectError> {
        self.cache.document(&name.entry, &name.kind)
    }

    /// What the published line ever declared under these section IDs, newest first, each different text once.
    pub fn declared(&self, ids: &[&str]) -> Result<EarlierSections, ObjectError> {
        let Some(tip) = self.tip.filter(|_| !ids.is_empty()) else {
            return Ok(EarlierSections::new());
        };
        self.batch
            .published
            .borrow_mut()
            .declared(self.cache, tip, ids)
    }

    /// The texts that a path of the published line ever had and that are wanted, newest first. Each different text is asked
    /// about once; the others are not kept.
    pub fn texts(
        &self,
        path: &RepoPath,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Vec<Arc<Source>>, ObjectError> {
        let mut known = BTreeSet::new();
        let mut texts = Vec::new();
        for entry in self
            .entries(self.tip, path)?
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

    /// The files that a path ever had on the line that ends in a commit, newest first.
    fn entries(&self, tip: Option<ObjectId>, path: &RepoPath) -> Result<Vec<Entry>, ObjectError> {
        let mut entries: Vec<Entry> = match (&self.batch.versions, tip) {
            (Some(versions), _) if is_recorded(path, self.cache.policy()) => {
                let versions = versions.get(path).into_iter().flatten();
                versions.rev().cloned().collect()
            }
            (_, Some(tip)) => {
                let versions = self.cache.objects().versions(tip, path)?.into_iter();
                versions.filter_map(|version| version.entry).collect()
            }
            (_, None) => Vec::new(),
        };
        entries.retain(|entry| entry.mode.is_file());
        Ok(entries)
    }
}

/// True for documents and the backlog, whose versions rules ask for. Tests are many more, and no rule asks for theirs.
fn is_recorded(path: &RepoPath, policy: &Policy) -> bool {
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
