//! What earlier revisions said of a document. Asked only when something was found, so that nothing is walked for a clean
//! step. It must not know what the answer is used for.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::Step;
use crate::change::library::Library;
use crate::document::Document;
use crate::object::{Difference, Entry, ObjectError, Objects, RepoPath, Side};
use crate::rule::History;

/// The versions seen so far, when a batch begins with the first revision and misses none; else nothing, and the
/// repository is asked.
#[derive(Debug)]
pub(super) struct Past {
    seen: Option<BTreeMap<RepoPath, Vec<Entry>>>,
}

/// The past of one step.
pub(super) struct View<'a> {
    past: &'a Past,
    library: &'a Library<'a>,
    objects: &'a dyn Objects,
    before: Option<&'a Side>,
}

impl Past {
    pub(super) fn of(steps: &[Step]) -> Self {
        let from_the_first = steps.first().is_some_and(|step| step.before.is_none());
        let unbroken = steps.windows(2).all(|pair| pair[1].origin.before() == pair[0].origin.after());
        Self { seen: (from_the_first && unbroken).then(BTreeMap::new) }
    }

    pub(super) fn record(&mut self, differences: &[Difference]) {
        let Some(seen) = &mut self.seen else { return };
        for after in differences.iter().filter_map(|difference| difference.after.as_ref()) {
            seen.entry(after.path.clone()).or_default().push(after.clone());
        }
    }

    pub(super) fn view<'a>(&'a self, library: &'a Library<'a>, objects: &'a dyn Objects, step: &'a Step) -> View<'a> {
        View { past: self, library, objects, before: step.before.as_ref() }
    }
}

impl History for View<'_> {
    fn versions(&self, document: &Document) -> Result<Vec<Arc<Document>>, ObjectError> {
        let entries = match (&self.past.seen, self.before) {
            (Some(seen), _) => {
                let seen = seen.get(&document.path).into_iter().flatten();
                seen.rev().cloned().collect()
            }
            (None, Some(Side::Commit(commit))) => {
                let versions = self.objects.versions(*commit, &document.path)?;
                versions.into_iter().filter_map(|version| version.entry).collect::<Vec<_>>()
            }
            (None, _) => Vec::new(),
        };
        let mut versions = Vec::new();
        for entry in entries.iter().filter(|entry| entry.mode.is_file()) {
            let version = self.library.document(entry, &document.kind)?;
            if version.frozen().is_some() || version.kind.sections.is_some() {
                versions.push(version);
            }
        }
        Ok(versions)
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "View({:?})", self.before)
    }
}
