//! Every section of one side with the tests that cite it. It must not know how that is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Broken, CitationPlace, Grammar, changes};
use crate::change::snapshot::Snapshot;
use crate::document::Section;
use crate::policy::Policy;
use crate::repo::{ObjectError, RepoPath};
use crate::text::Source;

/// Sections and tests of one side.
#[derive(Debug, Default)]
pub struct Matrix {
    /// The specs that declare sections, sorted by path.
    pub specs: Vec<Spec>,
    /// What tests cite and no spec declares, sorted by what is cited, each with its places.
    pub unknown: BTreeMap<String, Vec<CitationPlace>>,
    /// What seems to cite something and cannot be read, sorted by path and place.
    pub notes: Vec<(CitationPlace, &'static str)>,
    /// Tests that cannot be read whole, sorted by path.
    pub broken: Vec<(RepoPath, Arc<Source>, Broken)>,
    /// Tests that are over the limit, sorted by path.
    pub unread: Vec<RepoPath>,
    /// How many files the globs of tests match.
    pub tests: usize,
}

/// One spec and its sections.
#[derive(Debug)]
pub struct Spec {
    /// Its place.
    pub path: RepoPath,
    /// Its title, if it has one. Foreign text.
    pub title: Option<String>,
    /// Its sections, in the order of the text.
    pub sections: Vec<Row>,
}

/// One section and its tests.
#[derive(Debug)]
pub struct Row {
    /// Its ID. Foreign text.
    pub id: String,
    /// Its title. Foreign text.
    pub title: String,
    /// Its tombstone as written, such as `[DEPRECATED]`. Foreign text.
    pub mark: Option<String>,
    /// The line of its declaration, counted from 1.
    pub line: usize,
    /// Where tests cite it, sorted by path and place.
    pub tests: Vec<CitationPlace>,
}

/// How many sections are tested.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sections without a tombstone.
    pub live: usize,
    /// Those of them that a test cites.
    pub tested: usize,
    /// Sections with a tombstone.
    pub deprecated: usize,
}

impl Matrix {
    /// Reads all specs and all tests of a side.
    pub fn read(policy: &Policy, snapshot: &Snapshot<'_>) -> Result<Self, ObjectError> {
        let mut matrix = Self::default();
        let mut cited = matrix.read_tests(policy, snapshot)?;
        for name in snapshot
            .names()?
            .iter()
            .filter(|name| name.kind.sections.is_some())
        {
            let document = snapshot.document(name)?;
            let Some(text) = document.text() else {
                continue;
            };
            let row = |section: &Section| Row {
                id: section.id.clone(),
                title: section.title.clone(),
                mark: section.mark.clone(),
                line: text.source.position(section.declared.start()).0,
                tests: cited.get(&section.id).cloned().unwrap_or_default(),
            };
            let sections: Vec<Row> = text.sections.iter().map(row).collect();
            if !sections.is_empty() {
                let title = text.title.as_ref().map(|title| title.value.clone());
                matrix.specs.push(Spec {
                    path: document.path.clone(),
                    title,
                    sections,
                });
            }
        }
        let declared: BTreeSet<&str> = matrix
            .specs
            .iter()
            .flat_map(|spec| &spec.sections)
            .map(|row| &*row.id)
            .collect();
        cited.retain(|id, _| !declared.contains(id.as_str()));
        matrix.unknown = cited;
        Ok(matrix)
    }

    /// Where each ID is cited.
    fn read_tests(
        &mut self,
        policy: &Policy,
        side: &Snapshot<'_>,
    ) -> Result<BTreeMap<String, Vec<CitationPlace>>, ObjectError> {
        let mut found: BTreeMap<String, Vec<CitationPlace>> = BTreeMap::new();
        let Some(grammar) = Grammar::of(policy) else {
            return Ok(found);
        };
        for entry in side.files(&policy.trace.tests)? {
            self.tests += 1;
            let Some(bytes) = side.bytes(&entry)? else {
                self.unread.push(entry.path);
                continue;
            };
            let citations = grammar.read(&entry.path, &bytes);
            let path = Arc::new(entry.path.clone());
            let place = |span, is_id| changes::place(&path, &citations, span, is_id);
            for cited in &citations.cited {
                found
                    .entry(cited.id.clone())
                    .or_default()
                    .push(place(cited.span, cited.is_id));
            }
            self.notes.extend(
                citations
                    .notes
                    .iter()
                    .map(|note| (place(note.span, true), note.why)),
            );
            self.broken.extend(
                citations
                    .broken
                    .map(|why| (entry.path.clone(), Arc::clone(&citations.source), why)),
            );
        }
        Ok(found)
    }

    /// Keeps the wanted specs; an unknown citation can only be told with all of them.
    pub fn keep(&mut self, wanted: impl Fn(&RepoPath) -> bool) {
        self.specs.retain(|spec| wanted(&spec.path));
        self.unknown.clear();
    }

    /// How many sections of all specs are tested.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let each = self.specs.iter().map(Spec::tally);
        each.fold(Tally::default(), |all, one| Tally {
            live: all.live + one.live,
            tested: all.tested + one.tested,
            deprecated: all.deprecated + one.deprecated,
        })
    }
}

impl Spec {
    /// How many of its sections are tested.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let count =
            |wanted: fn(&Row) -> bool| self.sections.iter().filter(|row| wanted(row)).count();
        Tally {
            live: count(|row| row.mark.is_none()),
            tested: count(|row| row.mark.is_none() && !row.tests.is_empty()),
            deprecated: count(|row| row.mark.is_some()),
        }
    }
}

impl Row {
    /// True for a section that needs a test and has none.
    #[must_use]
    pub fn is_untested(&self) -> bool {
        self.mark.is_none() && self.tests.is_empty()
    }
}
