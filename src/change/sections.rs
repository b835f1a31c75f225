//! What a step did to the section IDs: which are lost, new, declared twice, moved to their neighbours, and what became of
//! those that stayed. Worked out once a step, for all rules. Does not depend on what is allowed.
//!
//! Only changed documents are looked at, until an ID vanished from them or appeared in them: then all others are asked
//! whether they declare it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Change;
use super::snapshot::{Declared, SectionIndex, Snapshot};
use crate::document::Document;
use crate::policy::Similarity;
use crate::repo::{ObjectError, RepoPath};

mod meaning;
mod moves;
mod normalize;

pub use meaning::Meaning;

/// What became of the section IDs in one step. Each ID that vanished, appeared or changed is in one list only, except
/// that an ID declared twice is in `doubled` as well.
#[derive(Debug, Default)]
pub struct SectionChanges {
    /// Declared before and nowhere after; sorted by path and place before.
    pub lost: Vec<Declared>,
    /// Declared after and nowhere before; sorted by path and place after.
    pub gained: Vec<Declared>,
    /// Every ID that is declared after and nowhere before, also where its section stood under another ID; sorted by path
    /// and place after.
    pub fresh: Vec<Declared>,
    /// The same section under another ID: the first ID is gone, the second is new.
    pub renumbered: Vec<Pair>,
    /// Sections of one document that moved to their neighbours' IDs.
    pub shifts: Vec<Shift>,
    /// Declared on both sides and not the same to the letter.
    pub kept: Vec<KeptSection>,
    /// Declared at most once before and several times after.
    pub doubled: Vec<Doubled>,
}

/// One section before and after.
#[derive(Debug, Clone)]
pub struct Pair {
    /// As it was published.
    pub before: Declared,
    /// As it is proposed.
    pub after: Declared,
}

/// A section that kept its ID.
#[derive(Debug, Clone)]
pub struct KeptSection {
    /// The section before and after.
    pub pair: Pair,
    /// What became of its meaning.
    pub meaning: Meaning,
}

/// Sections of one document that stand under their neighbours' IDs.
#[derive(Debug, Clone)]
pub struct Shift {
    /// Each section that moved, in the order of the text before; at least one.
    pub moved: Vec<Pair>,
}

/// An ID that is now declared several times.
#[derive(Debug, Clone)]
pub struct Doubled {
    /// All declarations, sorted by path and place; at least two.
    pub declared: Vec<Declared>,
    /// Which of them was there before, or stands for the one that was; `None` when the ID is new.
    pub original: Option<usize>,
}

/// Works out what became of the section IDs between a state and the one that `after` shows.
pub fn section_changes(
    after: &Snapshot<'_>,
    changes: &[Change],
    similarity: Similarity,
) -> Result<SectionChanges, ObjectError> {
    let index_before = index(changes.iter().filter_map(Change::before));
    let index_after = index(changes.iter().filter_map(Change::after));
    if is_same(&index_before, &index_after) {
        return Ok(SectionChanges::default());
    }
    // Reading every document is dear: only when the changed ones do not settle it alone.
    let settled = |id: &String| (1..=count(&index_before, id)).contains(&count(&index_after, id));
    let mut open: Vec<&str> = index_before
        .keys()
        .chain(index_after.keys())
        .filter(|id| !settled(id))
        .map(String::as_str)
        .collect();
    open.sort_unstable();
    open.dedup();
    let found = if open.is_empty() {
        None
    } else {
        Some(after.declaring(&open)?)
    };
    let everywhere = found.as_ref().unwrap_or(&index_after);
    // What stands in unchanged documents stood there before.
    let elsewhere = |id: &str| count(everywhere, id).saturating_sub(count(&index_after, id));

    let gone = index_before
        .iter()
        .filter(|(id, _)| !index_after.contains_key(*id) && elsewhere(id) == 0);
    let lost = sorted_by_place(gone.filter_map(|(_, declared)| declared.first()));
    let new = index_after
        .iter()
        .filter(|(id, _)| !index_before.contains_key(*id) && elsewhere(id) == 0);
    let gained = sorted_by_place(new.filter_map(|(_, declared)| declared.first()));
    let doubled = index_after.iter().filter(|(id, declared)| {
        let others = elsewhere(id);
        declared.len() + others >= 2 && count(&index_before, id) + others <= 1
    });
    let doubled = doubled.filter_map(|(id, declared)| {
        let all = everywhere.get(id)?;
        Some(Doubled {
            declared: all.clone(),
            original: original_of(all, declared, index_before.get(id)),
        })
    });

    let (renumbered, shifts) = moves::find(changes, &lost, &gained, similarity);
    let moved = renumbered
        .iter()
        .chain(shifts.iter().flat_map(|shift| &shift.moved));
    let claimed: BTreeSet<&str> = moved
        .flat_map(|pair| [pair.before.id(), pair.after.id()])
        .collect();
    let fresh = gained.iter().map(|one| (*one).clone()).collect();
    let unclaimed = |list: Vec<&Declared>| {
        list.into_iter()
            .filter(|one| !claimed.contains(one.id()))
            .cloned()
            .collect::<Vec<Declared>>()
    };
    let stayed = index_before
        .iter()
        .filter(|(id, _)| !claimed.contains(id.as_str()));
    let mut kept: Vec<KeptSection> = stayed
        .filter_map(|(id, before)| compare_kept(before, index_after.get(id)?, similarity))
        .collect();
    kept.sort_by(|one, other| one.pair.after.place().cmp(&other.pair.after.place()));
    let (lost, gained) = (unclaimed(lost), unclaimed(gained));
    Ok(SectionChanges {
        lost,
        gained,
        fresh,
        renumbered,
        shifts,
        kept,
        doubled: doubled.collect(),
    })
}

/// What became of a section whose ID is new, against everything that the ID stood for elsewhere or once: the mildest of
/// all answers; `None` where nothing says what it stood for.
#[must_use]
pub fn mildest_meaning<'d>(
    earlier: impl IntoIterator<Item = &'d Declared>,
    now: &Declared,
    similarity: Similarity,
) -> Option<Meaning> {
    let meanings = earlier
        .into_iter()
        .filter_map(|earlier| meaning::recall(earlier, now, similarity));
    meanings.min_by_key(|meaning| match meaning {
        Meaning::Kept => 0,
        Meaning::Reworded | Meaning::Altered(..) => 1,
        Meaning::Inverted(..) => 2,
        Meaning::Replaced => 3,
    })
}

/// The part of an ID in front of its number: `SQL-BLOB` of `SQL-BLOB-070`, `1.2` of `1.2.3`.
#[must_use]
pub fn prefix(id: &str) -> &str {
    let number = id.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let stem = number.trim_end_matches(|digit: char| digit.is_ascii_digit());
    if stem.len() == number.len() {
        id
    } else {
        stem.trim_end_matches(['-', '.', '_', ' '])
    }
}

fn index<'c>(documents: impl Iterator<Item = &'c Arc<Document>>) -> SectionIndex {
    let mut index = SectionIndex::new();
    for document in documents.filter(|document| document.kind.sections.is_some()) {
        for section in document.text().map_or(&[][..], |text| &text.sections) {
            let declared = Declared {
                document: Arc::clone(document),
                section: section.clone(),
            };
            index.entry(section.id.clone()).or_default().push(declared);
        }
    }
    for declared in index.values_mut() {
        declared.sort_by(|one, other| one.place().cmp(&other.place()));
    }
    index
}

fn count(index: &SectionIndex, id: &str) -> usize {
    index.get(id).map_or(0, Vec::len)
}

fn is_same(index_before: &SectionIndex, index_after: &SectionIndex) -> bool {
    let alike = |before: &[Declared], after: &[Declared]| {
        before.len() == after.len()
            && before
                .iter()
                .zip(after)
                .all(|(before, after)| before.whole() == after.whole())
    };
    index_before.len() == index_after.len()
        && index_before
            .iter()
            .zip(index_after)
            .all(|((id, before), (other, after))| id == other && alike(before, after))
}

fn sorted_by_place<'d>(declared: impl Iterator<Item = &'d Declared>) -> Vec<&'d Declared> {
    let mut list: Vec<&Declared> = declared.collect();
    list.sort_by(|one, other| one.place().cmp(&other.place()));
    list
}

/// Which of all declarations was there before: one of an unchanged document, else the one that reads as before, else
/// the one that stands in the same file.
fn original_of(
    all: &[Declared],
    changed: &[Declared],
    before: Option<&Vec<Declared>>,
) -> Option<usize> {
    let places: BTreeSet<_> = changed.iter().map(Declared::place).collect();
    let unchanged = all.iter().position(|one| !places.contains(&one.place()));
    let earlier = before.and_then(|list| list.first());
    let by = |fits: &dyn Fn(&Declared, &Declared) -> bool| {
        earlier.and_then(|earlier| all.iter().position(|one| fits(one, earlier)))
    };
    unchanged
        .or_else(|| by(&|one, earlier| one.whole() == earlier.whole()))
        .or_else(|| by(&|one, earlier| one.document.path == earlier.document.path))
        .or(earlier.map(|_| 0))
}

/// What became of an ID that both sides declare; `None` when nothing did. Where a side declares it several times, the
/// declarations that did not change are set aside and the most fitting of the others are compared.
fn compare_kept(
    before: &[Declared],
    after: &[Declared],
    similarity: Similarity,
) -> Option<KeptSection> {
    const COMPARED: usize = 8;
    let wholes = |list: &[Declared]| {
        list.iter()
            .map(|one| one.whole().trim_end().to_owned())
            .collect::<BTreeSet<_>>()
    };
    let (had, has) = (wholes(before), wholes(after));
    let before: Vec<&Declared> = before
        .iter()
        .filter(|one| !has.contains(one.whole().trim_end()))
        .collect();
    let after: Vec<&Declared> = after
        .iter()
        .filter(|one| !had.contains(one.whole().trim_end()))
        .collect();
    let mut best: Option<KeptSection> = None;
    for one in before.iter().take(COMPARED) {
        for other in after.iter().take(COMPARED) {
            let meaning = meaning::compare(one, other, similarity);
            if best.is_none() || meaning == Meaning::Kept {
                best = Some(KeptSection {
                    pair: Pair {
                        before: (*one).clone(),
                        after: (*other).clone(),
                    },
                    meaning,
                });
            }
        }
    }
    best
}

impl Declared {
    /// Its ID.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.section.id
    }

    /// Where it stands, for sorting.
    #[must_use]
    pub fn place(&self) -> (&RepoPath, usize) {
        (&self.document.path, self.section.declared.start())
    }
}

#[cfg(test)]
mod tests;
