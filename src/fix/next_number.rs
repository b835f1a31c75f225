//! The next number of a kind and the next ID under a prefix: one more than the highest that the index, any branch or the
//! history of a protected branch ever had. It must not know who asks, nor write anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::backlog;
use crate::change::document_cache::DocumentCache;
use crate::change::entry::DocumentEntry;
use crate::change::history::PublishedHistory;
use crate::change::sections::prefix;
use crate::git::Repository;
use crate::policy::Policy;
use crate::policy::kind::Kind;
use crate::repo::{Entry, Objects, RepoPath, Side};
use crate::report::Problem;
use crate::steps::{self, Policies};
use crate::text::escape::Escaped;

use form::{Form, digits};

mod form;

/// Everything that was ever used, as far as anybody can know.
pub struct Used<'a> {
    repository: &'a Repository,
    policy: &'a Policy,
    cache: DocumentCache<'a>,
    /// The published tips, and then every other branch; the index last.
    sides: Vec<Side>,
    /// How many of the sides are published tips, whose history counts.
    published: usize,
    /// All versions of all documents, each once.
    names: Vec<DocumentEntry>,
    /// The documents that stand in the index, or in HEAD where there is no index.
    standing: Vec<DocumentEntry>,
}

/// The next free number of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextNumber {
    /// The number.
    pub value: u64,
    /// As it stands in a file name: `0008`.
    pub written: String,
    /// What a file name begins with: `rfc-0008`.
    pub stem: String,
    /// The folder in which documents of the kind stand, without a slash at its end.
    pub folder: String,
    /// The highest number so far, as written; `None` when there is none.
    pub highest: Option<String>,
}

/// The next free ID under a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextId {
    /// The ID: `PATH-008`.
    pub id: String,
    /// The highest ID so far; `None` when nothing has the prefix yet.
    pub highest: Option<String>,
}

/// What can be counted on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Countable {
    /// Kinds whose documents have numbers.
    pub kinds: Vec<String>,
    /// Prefixes of section IDs.
    pub sections: BTreeSet<String>,
    /// Prefixes of backlog items.
    pub items: Vec<String>,
}

impl<'a> Used<'a> {
    /// Looks at every branch, and through the history of the protected ones. The policy is that of the reader; which
    /// branches are protected is asked of `policies`.
    pub fn gather(
        repository: &'a Repository,
        policy: &'a Policy,
        policies: &dyn Policies,
    ) -> Result<Self, Problem> {
        let cache = DocumentCache::new(repository, policy);
        let mut tips = steps::published(repository, policies)?;
        let published = tips.len();
        let head = repository.head()?.commit();
        tips.extend(repository.all_branch_tips()?.into_iter().chain(head));
        let mut sides: Vec<Side> = Vec::new();
        let mut seen = BTreeSet::new();
        sides.extend(
            tips.iter()
                .filter(|tip| seen.insert(**tip))
                .map(|tip| Side::Commit(*tip)),
        );
        if !repository.is_bare() {
            sides.push(repository.staged()?);
        }
        let mut ledger = PublishedHistory::default();
        let mut names = Vec::new();
        for tip in &tips[..published] {
            names.extend(
                ledger
                    .names(&cache, *tip)?
                    .into_iter()
                    .map(|held| held.name),
            );
        }
        // What the first side has stands in its history already; the others are compared with it.
        let first = sides.first().filter(|_| published > 0);
        for side in sides.iter().skip(published.min(1)) {
            let differences = repository.differences(first, side, &policy.documents)?;
            let entries = differences
                .into_iter()
                .filter_map(|difference| difference.after);
            names.extend(entries.filter_map(|entry| cache.document_entry(entry)));
        }
        let mut known = BTreeSet::new();
        names.retain(|name| known.insert((name.entry.path.clone(), name.entry.id)));
        let here = sides
            .iter()
            .rev()
            .find(|side| matches!(side, Side::Index(_)))
            .cloned();
        let entries = match here.or(head.map(Side::Commit)) {
            Some(here) => repository.entries(&here, &policy.documents)?,
            None => Vec::new(),
        };
        let standing = entries
            .into_iter()
            .filter_map(|entry| cache.document_entry(entry))
            .collect();
        Ok(Self {
            repository,
            policy,
            cache,
            sides,
            published,
            names,
            standing,
        })
    }

    /// The next number of a kind, in the form of its siblings.
    pub fn number(&self, kind: &Kind) -> Result<NextNumber, Problem> {
        if kind.number.is_none() {
            let message = format!("documents of kind {} have no numbers", kind.name);
            return Err(Problem::not_judged(
                message,
                "name another kind, or a prefix",
            ));
        }
        let of_kind = |name: &&DocumentEntry| name.kind.name == kind.name && name.number.is_some();
        let highest = self
            .names
            .iter()
            .filter(of_kind)
            .max_by_key(|name| name.number.as_ref().map(|one| one.value));
        let siblings: Vec<&DocumentEntry> = self.standing.iter().filter(of_kind).collect();
        let form = match siblings.as_slice() {
            [] => Form::of(kind, self.names.iter().filter(of_kind)),
            siblings => Form::of(kind, siblings.iter().copied()),
        };
        let number = highest.and_then(|name| name.number.as_ref());
        let value = number.map_or(Some(1), |number| number.value.checked_add(1));
        let fitting = value.and_then(|value| Some((value, form.number(kind, value)?)));
        let Some((value, written)) = fitting else {
            let after = number.map_or_else(String::new, |number| format!(" after {number}"));
            let message = format!(
                "the kind {} has no number left{after}: the next one fits no file name",
                kind.name
            );
            let advice = format!(
                "let kind.{0}.paths and kind.{0}.number of the policy take longer numbers",
                kind.name
            );
            return Err(Problem::not_judged(message, advice));
        };
        Ok(NextNumber {
            value,
            stem: format!("{}{written}", form.head),
            written,
            folder: form.folder,
            highest: number.map(ToString::to_string),
        })
    }

    /// The next ID under a prefix, of sections and of backlog items; `None` when nobody uses or declares the prefix.
    pub fn id(&self, wanted: &str) -> Result<Option<NextId>, Problem> {
        let mut ids = self.section_ids(wanted)?;
        let is_item = self
            .policy
            .backlog
            .as_ref()
            .is_some_and(|backlog| backlog.prefixes.iter().any(|one| one == wanted));
        if is_item {
            ids.extend(self.item_ids(wanted)?);
        }
        if ids.is_empty() && !is_item && !self.countable()?.sections.contains(wanted) {
            return Ok(None);
        }
        self.behind(wanted, &ids, is_item).map(Some)
    }

    /// The first ID under a prefix that nobody uses; `None` when no ID may look like that.
    pub fn first_id(&self, wanted: &str) -> Result<Option<NextId>, Problem> {
        let all = self.standing_ids()?;
        let id = format!(
            "{wanted}{}{:0width$}",
            form::joint(&all),
            1,
            width = form::width(all.iter().map(String::as_str))
        );
        Ok(self
            .is_section_id(&id)
            .then_some(NextId { id, highest: None }))
    }

    /// What there is to count on.
    pub fn countable(&self) -> Result<Countable, Problem> {
        let kinds = self
            .policy
            .kinds
            .iter()
            .filter(|kind| kind.number.is_some());
        let mut sections: BTreeSet<String> = self
            .standing_ids()?
            .iter()
            .map(|id| prefix(id).to_owned())
            .collect();
        for name in self
            .standing
            .iter()
            .filter(|name| name.kind.sections.is_some())
        {
            let document = self.cache.document(&name.entry, &name.kind)?;
            let declared = document.text().map_or(&[][..], |text| &text.prefixes);
            sections.extend(declared.iter().map(|prefix| prefix.value.clone()));
        }
        Ok(Countable {
            kinds: kinds.map(|kind| kind.name.clone()).collect(),
            sections,
            items: self
                .policy
                .backlog
                .as_ref()
                .map_or_else(Vec::new, |backlog| backlog.prefixes.clone()),
        })
    }

    /// The ID behind the highest of these.
    fn behind(
        &self,
        wanted: &str,
        ids: &BTreeSet<String>,
        is_item: bool,
    ) -> Result<NextId, Problem> {
        let value = |id: &str| digits(id).parse::<u64>().ok();
        let highest = ids.iter().filter_map(|id| Some((value(id)?, id))).max();
        let all = self.standing_ids()?;
        let standing: Vec<String> = all
            .iter()
            .filter(|id| prefix(id) == wanted)
            .cloned()
            .collect();
        let (width, joint) = match (standing.as_slice(), highest) {
            ([], None) if is_item => (form::USUAL_WIDTH, "-".to_owned()),
            ([], None) => (
                form::width(all.iter().map(String::as_str)),
                form::joint(&all),
            ),
            ([], Some(_)) => {
                let ids: Vec<String> = ids.iter().cloned().collect();
                (
                    form::width(ids.iter().map(String::as_str)),
                    form::joint(&ids),
                )
            }
            (standing, _) => (
                form::width(standing.iter().map(String::as_str)),
                form::joint(standing),
            ),
        };
        let next = highest.map_or(Some(1), |(value, _)| value.checked_add(1));
        let id = next.map(|next| format!("{wanted}{joint}{next:0width$}"));
        if let Some(id) = id.filter(|id| is_item || self.is_section_id(id)) {
            return Ok(NextId {
                id,
                highest: highest.map(|(_, id)| id.clone()),
            });
        }
        let after = highest.map_or_else(String::new, |(_, id)| format!(" after {id}"));
        let message = format!("the prefix {} has no ID left{after}", Escaped::new(wanted));
        Err(Problem::not_judged(
            message,
            "take another prefix, or let the pattern of section IDs take longer numbers",
        ))
    }

    fn is_section_id(&self, id: &str) -> bool {
        let forms = self
            .policy
            .kinds
            .iter()
            .filter_map(|kind| kind.sections.as_ref());
        forms.into_iter().any(|forms| forms.id.is_match(id))
    }

    /// Every section ID with this prefix that was ever declared.
    fn section_ids(&self, wanted: &str) -> Result<BTreeSet<String>, Problem> {
        let mut found = BTreeSet::new();
        let mut known = BTreeSet::new();
        for DocumentEntry { entry, kind, .. } in self
            .names
            .iter()
            .filter(|name| name.kind.sections.is_some())
        {
            let fresh = known.insert((kind.index, entry.id));
            if fresh && self.cache.mentions(entry, kind, &[wanted])? {
                let document = self.cache.document(entry, kind)?;
                let sections = document.text().map_or(&[][..], |text| &text.sections);
                found.extend(
                    sections
                        .iter()
                        .map(|one| one.id.clone())
                        .filter(|id| prefix(id) == wanted),
                );
            }
        }
        Ok(found)
    }

    /// Every section ID that stands in the index, or in HEAD.
    fn standing_ids(&self) -> Result<Vec<String>, Problem> {
        let mut ids = Vec::new();
        for name in self
            .standing
            .iter()
            .filter(|name| name.kind.sections.is_some())
        {
            let document = self.cache.document(&name.entry, &name.kind)?;
            ids.extend(
                document
                    .text()
                    .map_or(&[][..], |text| &text.sections)
                    .iter()
                    .map(|one| one.id.clone()),
            );
        }
        Ok(ids)
    }

    /// Every backlog item with this prefix that ever stood in one of the two files.
    fn item_ids(&self, wanted: &str) -> Result<BTreeSet<String>, Problem> {
        let Some(backlog) = &self.policy.backlog else {
            return Ok(BTreeSet::new());
        };
        let mut texts: BTreeMap<_, Entry> = BTreeMap::new();
        for path in [&backlog.open, &backlog.done] {
            for entry in self.versions(path)? {
                texts.insert(entry.id, entry);
            }
        }
        let mut found = BTreeSet::new();
        for entry in texts.values() {
            let Some(source) = self.cache.source(entry)? else {
                continue;
            };
            let items = backlog::read(&source, &backlog.prefixes)
                .into_iter()
                .map(|item| item.id);
            found.extend(items.filter(|id| prefix(id) == wanted));
        }
        Ok(found)
    }

    /// Everything that ever stood at a path.
    fn versions(&self, path: &RepoPath) -> Result<Vec<Entry>, Problem> {
        let mut found = Vec::new();
        for (place, side) in self.sides.iter().enumerate() {
            match side {
                Side::Commit(tip) if place < self.published => {
                    let versions = self.repository.versions(*tip, path)?;
                    found.extend(versions.into_iter().filter_map(|version| version.entry));
                }
                side => found.extend(self.repository.entry(side, path)?),
            }
        }
        Ok(found
            .into_iter()
            .filter(|entry| entry.mode.is_file())
            .collect())
    }
}

impl std::fmt::Debug for Used<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Used({} names)", self.names.len())
    }
}
