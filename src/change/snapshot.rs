//! All documents of one side, read only as far as somebody asks: names first, then single documents, then sections. Does not depend
//! on the other side.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use bstr::ByteSlice;
use regex::bytes::Regex;

use super::document_cache::DocumentCache;
use super::entry::DocumentEntry;
use crate::document::{Document, Number, Section};
use crate::policy::kind::Kind;
use crate::repo::{Entry, ObjectError, PathSet, RepoPath, Side};
use crate::text::Source;

/// One side of a step.
pub struct Snapshot<'a> {
    cache: &'a DocumentCache<'a>,
    side: Side,
    names: OnceCell<Vec<DocumentEntry>>,
    sections: OnceCell<SectionIndex>,
}

/// Every declaration of every section ID of one side, by ID; of one ID in the order of paths and places.
pub type SectionIndex = BTreeMap<String, Vec<Declared>>;

/// One declaration of a section.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The document it is in.
    pub document: Arc<Document>,
    /// The section.
    pub section: Section,
}

impl<'a> Snapshot<'a> {
    /// Opens one side; nothing is read yet.
    #[must_use]
    pub fn new(cache: &'a DocumentCache<'a>, side: Side) -> Self {
        Self {
            cache,
            side,
            names: OnceCell::new(),
            sections: OnceCell::new(),
        }
    }

    /// The state it shows.
    #[must_use]
    pub fn side(&self) -> &Side {
        &self.side
    }

    /// All governed documents, sorted by path.
    pub fn names(&self) -> Result<&[DocumentEntry], ObjectError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let entries = self
            .cache
            .objects()
            .entries(&self.side, &self.cache.policy().documents)?;
        let names = entries
            .into_iter()
            .filter_map(|entry| self.cache.document_entry(entry))
            .collect();
        Ok(self.names.get_or_init(|| names))
    }

    /// The documents of a kind that have this number.
    pub fn numbered(
        &self,
        kind: &Kind,
        number: &Number,
    ) -> Result<Vec<&DocumentEntry>, ObjectError> {
        let names = self.names()?.iter();
        Ok(names
            .filter(|name| name.kind.name == kind.name && name.number.as_ref() == Some(number))
            .collect())
    }

    /// True when any record stands here. Waivers alone make none.
    pub fn has_documents(&self) -> Result<bool, ObjectError> {
        Ok(self.names()?.iter().any(|name| !name.kind.grows))
    }

    /// The files that some globs match, whatever they are, sorted by path.
    pub fn files(&self, globs: &PathSet) -> Result<Vec<Entry>, ObjectError> {
        let mut entries = self.cache.objects().entries(&self.side, globs)?;
        entries.retain(|entry| entry.mode.is_file());
        Ok(entries)
    }

    /// The bytes of a file that is not a document; `None` when it is over the limit.
    pub fn bytes(&self, entry: &Entry) -> Result<Option<Vec<u8>>, ObjectError> {
        self.cache.bytes(entry)
    }

    /// The text of a file that is not a document; `None` when it is not text or over the limit.
    pub fn text(&self, entry: &Entry) -> Result<Option<Arc<Source>>, ObjectError> {
        self.cache.source(entry)
    }

    /// The entry at a path, governed or not.
    pub fn entry(&self, path: &RepoPath) -> Result<Option<Entry>, ObjectError> {
        self.cache.objects().entry(&self.side, path)
    }

    /// The document at a name.
    pub fn document(&self, name: &DocumentEntry) -> Result<Arc<Document>, ObjectError> {
        self.cache.document(&name.entry, &name.kind)
    }

    /// Every section ID declared on this side.
    pub fn sections(&self) -> Result<&SectionIndex, ObjectError> {
        if let Some(sections) = self.sections.get() {
            return Ok(sections);
        }
        let mut index = SectionIndex::new();
        for name in self
            .names()?
            .iter()
            .filter(|name| name.kind.sections.is_some())
        {
            add_sections(&self.document(name)?, &mut index);
        }
        Ok(self.sections.get_or_init(|| index))
    }
}

impl Snapshot<'_> {
    /// The declarations of these IDs, and of whatever else stands in the same documents. A document that does not spell
    /// one of them letter for letter is not parsed.
    pub fn declaring(&self, ids: &[&str]) -> Result<SectionIndex, ObjectError> {
        // Many words at once are an expression; too many for one, and everything is read.
        let words: Option<Regex> = (ids.len() > MOST_SINGLE_SEARCHES)
            .then(|| any_of(ids))
            .flatten();
        if ids.len() > MOST_SINGLE_SEARCHES && words.is_none() {
            return Ok(self.sections()?.clone());
        }
        let holds = |text: &[u8]| match &words {
            Some(words) => words.is_match(text),
            None => ids.iter().any(|id| text.find(id).is_some()),
        };
        let mut index = SectionIndex::new();
        for name in self
            .names()?
            .iter()
            .filter(|name| name.kind.sections.is_some())
        {
            if self.cache.text_matches(&name.entry, &name.kind, &holds)? {
                add_sections(&self.document(name)?, &mut index);
            }
        }
        Ok(index)
    }
}

/// IDs that are searched for one by one at most; more become one expression.
const MOST_SINGLE_SEARCHES: usize = 16;

/// Finds any of these words; `None` when they are too many to be sought at once.
#[must_use]
pub fn any_of(words: &[&str]) -> Option<Regex> {
    let all: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    Regex::new(&all.join("|")).ok()
}

fn add_sections(document: &Arc<Document>, index: &mut SectionIndex) {
    for section in document.text().map_or(&[][..], |text| &text.sections) {
        let declared = Declared {
            document: Arc::clone(document),
            section: section.clone(),
        };
        index.entry(section.id.clone()).or_default().push(declared);
    }
}

impl Declared {
    /// The words of its body.
    #[must_use]
    pub fn body(&self) -> &str {
        self.document
            .text()
            .map_or("", |text| text.source.slice(self.section.body))
    }

    /// Declaration and body, as written.
    #[must_use]
    pub fn whole(&self) -> &str {
        self.document
            .text()
            .map_or("", |text| text.section(&self.section))
    }
}

impl fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snapshot({:?})", self.side)
    }
}
