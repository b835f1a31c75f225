//! Every number and every section ID that a line of revisions ever had, worked out from the revisions themselves. Only what
//! was asked for is read: names for numbers; for IDs the texts that spell them. Does not depend on what is allowed.

use std::collections::hash_map::Entry as MapEntry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::document_cache::DocumentCache;
use super::entry::DocumentEntry;
use super::snapshot::{Declared, any_of};
use crate::document::Document;
use crate::policy::kind::Kind;
use crate::repo::{Difference, Entry, ObjectError, ObjectId};

use ancestry::{Forest, ROOT};

mod ancestry;
#[cfg(test)]
mod tests;
mod view;

pub use view::{BatchHistory, HistoryView};

/// A version of a document by its name, unread, as one revision brought it.
#[derive(Debug, Clone)]
pub struct NumberUse {
    /// The revision that brought this version.
    pub commit: ObjectId,
    /// Where it stood and what it was.
    pub name: DocumentEntry,
}

/// A section as one revision declared it.
#[derive(Debug, Clone)]
pub struct EarlierSection {
    /// The revision that brought the document in this version.
    pub commit: ObjectId,
    /// The section in its document.
    pub declared: Declared,
    /// How many revisions that changed a document precede the first one that brought this text.
    pub since: usize,
}

/// Every earlier declaration of section IDs, by ID, newest first.
pub type EarlierSections = BTreeMap<String, Vec<EarlierSection>>;

/// What the revisions held, extended as far as it is asked for.
#[derive(Debug, Default)]
pub struct PublishedHistory {
    commits: Forest,
    /// The node of each known revision: its own, or that of the last one before it that changed a document.
    nodes: HashMap<ObjectId, usize>,
    /// All versions of all documents that matter.
    versions: Vec<Version>,
    numbers: HashMap<u64, Vec<usize>>,
    /// Versions whose sections were not added yet.
    unread: Vec<usize>,
    sections: HashMap<String, Vec<usize>>,
    /// How often the unread texts were searched.
    searches: usize,
}

#[derive(Debug)]
struct Version {
    node: usize,
    commit: ObjectId,
    name: DocumentEntry,
    /// The entry at the path before.
    before: Option<Entry>,
}

/// How often the texts are searched for IDs before they are all parsed.
const MOST_SEARCHES: usize = 4;
/// IDs that are searched for at once at most; for more, parsing everything costs no more.
const MOST_SEARCHED_IDS: usize = 256;

impl PublishedHistory {
    /// A history whose texts will be asked for again and again while they are read anyway, as in an audit: they are parsed
    /// at once instead of being searched.
    #[must_use]
    pub fn parsing_all() -> Self {
        Self {
            searches: MOST_SEARCHES,
            ..Self::default()
        }
    }

    /// Adds one revision behind its first parent, where that is known; the first revision of all always is.
    pub fn record(
        &mut self,
        cache: &DocumentCache<'_>,
        (parent, commit): (Option<ObjectId>, ObjectId),
        differences: &[Difference],
    ) {
        let parent = match parent {
            Some(parent) => self.nodes.get(&parent).copied(),
            None => Some(ROOT),
        };
        if let Some(parent) = parent.filter(|_| !self.nodes.contains_key(&commit)) {
            self.add(cache, (parent, commit), differences);
        }
    }

    /// Walks the first-parent line that ends in a commit, as far as it is not known, and gives its node.
    fn walk_to(&mut self, cache: &DocumentCache<'_>, tip: ObjectId) -> Result<usize, ObjectError> {
        if let Some(node) = self.nodes.get(&tip) {
            return Ok(*node);
        }
        let (mut found, mut node) = (Vec::new(), ROOT);
        cache.objects().first_parent_changes(
            tip,
            &cache.policy().documents,
            &mut |commit, differences| {
                if let Some(known) = self.nodes.get(&commit) {
                    node = *known;
                    return ControlFlow::Break(());
                }
                found.push((commit, differences));
                ControlFlow::Continue(())
            },
        )?;
        for (commit, differences) in found.into_iter().rev() {
            node = self.add(cache, (node, commit), &differences);
        }
        Ok(node)
    }

    fn add(
        &mut self,
        cache: &DocumentCache<'_>,
        (parent, commit): (usize, ObjectId),
        differences: &[Difference],
    ) -> usize {
        let mut node = None;
        for difference in differences {
            let Some(entry) = difference
                .after
                .as_ref()
                .filter(|entry| entry.mode.is_file())
            else {
                continue;
            };
            let Some((kind, number)) = cache.kind_and_number(entry) else {
                continue;
            };
            let has_sections = kind.sections.is_some();
            let value = number.as_ref().map(|number| number.value);
            if value.is_none() && !has_sections {
                continue;
            }
            let node = *node.get_or_insert_with(|| self.commits.add_child(parent));
            let version = self.versions.len();
            let name = DocumentEntry {
                entry: entry.clone(),
                kind,
                number,
            };
            self.versions.push(Version {
                node,
                commit,
                name,
                before: difference.before.clone(),
            });
            if let Some(value) = value {
                self.numbers.entry(value).or_default().push(version);
            }
            if has_sections {
                self.unread.push(version);
            }
        }
        let node = node.unwrap_or(parent);
        self.nodes.insert(commit, node);
        node
    }

    /// Every version of every document of a kind that had this number, newest first, on the line that ends in a commit.
    pub fn numbered(
        &mut self,
        cache: &DocumentCache<'_>,
        tip: ObjectId,
        (kind, value): (&Kind, u64),
    ) -> Result<Vec<NumberUse>, ObjectError> {
        let tip = self.walk_to(cache, tip)?;
        let places = self.numbers.get(&value).into_iter().flatten().copied();
        let found = places.filter(|&version| self.versions[version].name.kind.name == kind.name);
        Ok(self.in_order(found, tip).map(Version::number_use).collect())
    }

    /// The names of all versions of all documents on the line that ends in a commit, newest first.
    pub fn names(
        &mut self,
        cache: &DocumentCache<'_>,
        tip: ObjectId,
    ) -> Result<Vec<NumberUse>, ObjectError> {
        let tip = self.walk_to(cache, tip)?;
        Ok(self
            .in_order(0..self.versions.len(), tip)
            .map(Version::number_use)
            .collect())
    }

    /// What the line that ends in a commit ever declared under these IDs, newest first, each different text once.
    pub fn declared(
        &mut self,
        cache: &DocumentCache<'_>,
        tip: ObjectId,
        ids: &[&str],
    ) -> Result<EarlierSections, ObjectError> {
        let tip = self.walk_to(cache, tip)?;
        let mut holding: HashSet<usize> = HashSet::new();
        if self.searches >= MOST_SEARCHES || ids.len() > MOST_SEARCHED_IDS {
            self.read_all(cache)?;
        } else if !self.unread.is_empty() {
            self.searches += 1;
            holding = self.search(cache, ids)?;
        }
        holding.extend(ids.iter().filter_map(|id| self.sections.get(*id)).flatten());
        let mut found = EarlierSections::new();
        let mut said: HashMap<(String, String), usize> = HashMap::new();
        for version in self.in_order(holding.into_iter(), tip) {
            let document = cache.document(&version.name.entry, &version.name.kind)?;
            for section in document.text().map_or(&[][..], |text| &text.sections) {
                let declared = Declared {
                    document: Arc::clone(&document),
                    section: section.clone(),
                };
                let whole = declared.whole().trim_end().to_owned();
                if !ids.contains(&section.id.as_str()) {
                    continue;
                }
                let since = self.commits.depth(version.node);
                let list = found.entry(section.id.clone()).or_default();
                match said.entry((section.id.clone(), whole)) {
                    MapEntry::Occupied(known) => list[*known.get()].since = since,
                    MapEntry::Vacant(new) => {
                        new.insert(list.len());
                        list.push(EarlierSection {
                            commit: version.commit,
                            declared,
                            since,
                        });
                    }
                }
            }
        }
        Ok(found)
    }

    /// These versions as far as they stand on the line that ends in `tip`, newest first, of one revision by path.
    fn in_order(
        &self,
        versions: impl Iterator<Item = usize>,
        tip: usize,
    ) -> impl Iterator<Item = &Version> {
        let on_line =
            versions.filter(|&version| self.commits.is_ancestor(self.versions[version].node, tip));
        let mut found: Vec<&Version> = on_line.map(|version| &self.versions[version]).collect();
        found.sort_by(|one, other| {
            let depth = |version: &Version| self.commits.depth(version.node);
            depth(other)
                .cmp(&depth(one))
                .then_with(|| one.name.entry.path.cmp(&other.name.entry.path))
        });
        found.into_iter()
    }

    /// The unread versions whose text spells one of these IDs.
    fn search(
        &self,
        cache: &DocumentCache<'_>,
        ids: &[&str],
    ) -> Result<HashSet<usize>, ObjectError> {
        let Some(words) = any_of(ids) else {
            // Too long an expression: then every text is looked at.
            return Ok(self.unread.iter().copied().collect());
        };
        let mut known: HashMap<(usize, ObjectId), bool> = HashMap::new();
        let mut holding = HashSet::new();
        for &version in &self.unread {
            let DocumentEntry { entry, kind, .. } = &self.versions[version].name;
            let key = (kind.index, entry.id);
            let holds = match known.get(&key) {
                Some(holds) => *holds,
                None => cache.text_matches(entry, kind, &|text| words.is_match(text))?,
            };
            known.insert(key, holds);
            if holds {
                holding.insert(version);
            }
        }
        Ok(holding)
    }

    /// Parses all unread versions and adds their sections.
    fn read_all(&mut self, cache: &DocumentCache<'_>) -> Result<(), ObjectError> {
        while let Some(&place) = self.unread.last() {
            let version = &self.versions[place];
            let DocumentEntry { entry, kind, .. } = &version.name;
            let document = cache.document(entry, kind)?;
            let before = version
                .before
                .as_ref()
                .filter(|before| before.mode.is_file());
            let before = before
                .map(|before| cache.document(before, kind))
                .transpose()?;
            let stood: HashSet<(&str, &str)> = before
                .as_deref()
                .map(section_texts)
                .into_iter()
                .flatten()
                .collect();
            for (id, whole) in section_texts(&document) {
                // What was here before was added with the version that brought it.
                if !stood.contains(&(id, whole)) {
                    self.sections.entry(id.to_owned()).or_default().push(place);
                }
            }
            self.unread.pop();
        }
        Ok(())
    }
}

fn section_texts(document: &Document) -> impl Iterator<Item = (&str, &str)> {
    let text = document.text();
    text.into_iter().flat_map(|text| {
        text.sections
            .iter()
            .map(|one| (one.id.as_str(), text.section(one)))
    })
}

impl Version {
    fn number_use(&self) -> NumberUse {
        NumberUse {
            commit: self.commit,
            name: self.name.clone(),
        }
    }
}
