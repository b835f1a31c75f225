//! Two sides of a step, paired document by document: by path first, then what is gone with what is new, by kind, number
//! and content. Does not depend on what is allowed.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::document_cache::DocumentCache;
use super::{Change, Stray};
use crate::document::Document;
use crate::policy::Policy;
use crate::repo::{Difference, Entry, Mode, ObjectError};
use crate::text::similarity::Words;

/// The changed documents of one step.
#[derive(Debug, Default)]
pub struct Pairing {
    /// Every changed document, sorted by path.
    pub changes: Vec<Change>,
    /// Files added near documents and named so that they are none.
    pub strays: Vec<Stray>,
}

/// A document that is gone, and what stands at its path instead.
struct Gone {
    document: Arc<Document>,
    replaced_by: Option<Mode>,
}

/// At most this many pairs of gone and new documents are compared by their words. Beyond it they stay a deletion and an
/// addition, which for a frozen document is refused just the same.
const COMPARISONS: usize = 2_500;

/// Pairs the documents on the two sides of the differing paths.
pub fn pair(differences: &[Difference], cache: &DocumentCache<'_>) -> Result<Pairing, ObjectError> {
    let policy = cache.policy();
    let mut pairing = Pairing::default();
    let mut gone = Vec::new();
    let mut new = Vec::new();
    for difference in differences {
        let Some(kind) = policy.kind_of(&difference.path) else {
            pairing.strays.extend(stray(difference, policy));
            continue;
        };
        let read = |entry: &Entry| cache.document(entry, kind);
        let before = difference
            .before
            .as_ref()
            .filter(|entry| entry.mode.is_file())
            .map(read)
            .transpose()?;
        let after = difference
            .after
            .as_ref()
            .filter(|entry| entry.mode.is_file())
            .map(read)
            .transpose()?;
        match (before, after) {
            (Some(before), Some(after)) => pairing.changes.push(Change::Edited { before, after }),
            (Some(document), None) => {
                gone.push(Gone {
                    document,
                    replaced_by: difference.after.as_ref().map(|entry| entry.mode),
                });
            }
            (None, Some(after)) => new.push(after),
            (None, None) => {}
        }
    }
    match_moves(&mut gone, &mut new, policy, &mut pairing.changes);
    for Gone {
        document,
        replaced_by,
    } in gone
    {
        let heir = new
            .iter()
            .find(|heir| same_kind(heir, &document) && same_number(heir, &document))
            .cloned();
        pairing.changes.push(Change::Deleted {
            before: document,
            replaced_by,
            heir,
        });
    }
    pairing
        .changes
        .extend(new.into_iter().map(|after| Change::Added { after }));
    pairing
        .changes
        .sort_by(|one, other| one.path().cmp(&other.path()));
    Ok(pairing)
}

fn stray(difference: &Difference, policy: &Policy) -> Option<Stray> {
    let added = difference.before.is_none() && difference.after.as_ref()?.mode.is_file();
    let near = |kind: &&Arc<crate::policy::kind::Kind>| {
        kind.near.matches(&difference.path) && !kind.exempt.matches(&difference.path)
    };
    let kind = policy.kinds.iter().find(near).filter(|_| added)?;
    Some(Stray {
        path: difference.path.clone(),
        kind: Arc::clone(kind),
    })
}

/// Takes out of `gone` and `new` what is one document that moved. The surest matches are made first.
fn match_moves(
    gone: &mut Vec<Gone>,
    new: &mut Vec<Arc<Document>>,
    policy: &Policy,
    changes: &mut Vec<Change>,
) {
    let named_alike = |one: &Document, other: &Document| {
        same_number(one, other)
            && (one.number.is_some() || one.path.file_name() == other.path.file_name())
    };
    let least = policy.similarity.document;
    take_same_content(gone, new, changes, named_alike);
    take_best(gone, new, changes, least, named_alike);
    take_same_content(gone, new, changes, |_, _| true);
    if gone.len() * new.len() <= COMPARISONS {
        take_best(gone, new, changes, least, |_, _| true);
    }
}

fn take_same_content(
    gone: &mut Vec<Gone>,
    new: &mut Vec<Arc<Document>>,
    changes: &mut Vec<Change>,
    fits: impl Fn(&Document, &Document) -> bool,
) {
    let mut by_content: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, document) in new.iter().enumerate() {
        if let Some(text) = document.text() {
            by_content
                .entry(text.source.text())
                .or_default()
                .push(place);
        }
    }
    let mut pairs = Vec::new();
    for (at, Gone { document, .. }) in gone.iter().enumerate() {
        let Some(candidates) = document
            .text()
            .and_then(|text| by_content.get_mut(text.source.text()))
        else {
            continue;
        };
        let fitting = candidates
            .iter()
            .position(|&place| same_kind(&new[place], document) && fits(&new[place], document));
        if let Some(fitting) = fitting {
            pairs.push((at, candidates.remove(fitting)));
        }
    }
    take(gone, new, changes, &pairs);
}

/// Takes out the pairs that fit and are alike by at least `least`.
fn take_best(
    gone: &mut Vec<Gone>,
    new: &mut Vec<Arc<Document>>,
    changes: &mut Vec<Change>,
    least: f64,
    fits: impl Fn(&Document, &Document) -> bool,
) {
    let mut free: Vec<usize> = (0..new.len()).collect();
    let words: Vec<OnceCell<Option<Words>>> = vec![OnceCell::new(); new.len()];
    let mut pairs = Vec::new();
    for (at, Gone { document, .. }) in gone.iter().enumerate() {
        let spoken = OnceCell::new();
        let mut best: Option<(usize, f64)> = None;
        for (slot, &place) in free.iter().enumerate() {
            if same_kind(&new[place], document) && fits(&new[place], document) {
                let there = words[place].get_or_init(|| words_of(&new[place]));
                let alike = likeness(
                    there.as_ref(),
                    spoken.get_or_init(|| words_of(document)).as_ref(),
                    least,
                );
                // Of equally alike ones the first path wins, so that the answer does not depend on anything else.
                if alike >= least && best.is_none_or(|(_, most)| alike > most) {
                    best = Some((slot, alike));
                }
            }
        }
        if let Some((slot, _)) = best {
            pairs.push((at, free.remove(slot)));
        }
    }
    take(gone, new, changes, &pairs);
}

fn take(
    gone: &mut Vec<Gone>,
    new: &mut Vec<Arc<Document>>,
    changes: &mut Vec<Change>,
    pairs: &[(usize, usize)],
) {
    for &(at, place) in pairs {
        let before = Arc::clone(&gone[at].document);
        changes.push(Change::Moved {
            before,
            after: Arc::clone(&new[place]),
        });
    }
    let mut at = 0;
    gone.retain(|_| {
        at += 1;
        !pairs.iter().any(|&(taken, _)| taken == at - 1)
    });
    let mut place = 0;
    new.retain(|_| {
        place += 1;
        !pairs.iter().any(|&(_, taken)| taken == place - 1)
    });
}

fn same_kind(one: &Document, other: &Document) -> bool {
    one.kind.name == other.kind.name
}

fn same_number(one: &Document, other: &Document) -> bool {
    one.number == other.number
}

fn words_of(document: &Document) -> Option<Words> {
    document.text().map(|text| Words::of(text.source.text()))
}

/// How alike two texts are; 0.0 also where they cannot be alike by `least`, and where one of them cannot be read.
fn likeness(one: Option<&Words>, other: Option<&Words>, least: f64) -> f64 {
    match (one, other) {
        (Some(one), Some(other)) if one.may_be_alike(other, least) => one.alike(other),
        _ => 0.0,
    }
}
