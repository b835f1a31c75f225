//! Which sections now stand under another ID: alone (renumbered), or because a neighbour was put in or taken out
//! (shifted). Does not depend on what is allowed.
//!
//! Three passes, the surest first: the same words; the same title; bodies alike. The first two are linear. The third
//! compares pairs and stops at a budget, past which the IDs count as lost and redefined instead: refused just the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::meaning::Face;
use super::{Pair, Shift, prefix};
use crate::change::Change;
use crate::change::snapshot::Declared;
use crate::document::Document;
use crate::policy::Similarity;

/// At most this many words are looked at while pairs of bodies are compared in one document, or between all documents.
const COMPARED_WORDS: usize = 20_000_000;

/// A section and its words.
struct Candidate {
    declared: Declared,
    face: Face,
}

/// Finds the sections that stand under another ID; both lists sorted by path and place.
pub(super) fn find(
    changes: &[Change],
    lost: &[&Declared],
    gained: &[&Declared],
    similarity: Similarity,
) -> (Vec<Pair>, Vec<Shift>) {
    let gone: BTreeSet<&str> = lost.iter().map(|one| one.id()).collect();
    let new: BTreeSet<&str> = gained.iter().map(|one| one.id()).collect();
    let mut renumbered: Vec<Pair> = Vec::new();
    let mut shifts = Vec::new();
    for (before, after) in changes.iter().filter_map(Change::both) {
        let moved = within(before, after, &gone, &new, similarity);
        let mut runs: BTreeMap<&str, Vec<Pair>> = BTreeMap::new();
        for pair in &moved {
            if gone.contains(pair.before.id()) && new.contains(pair.after.id()) {
                renumbered.push(pair.clone());
            } else {
                runs.entry(prefix(pair.before.id()))
                    .or_default()
                    .push(pair.clone());
            }
        }
        shifts.extend(runs.into_values().map(|moved| Shift { moved }));
    }
    let taken: BTreeSet<&str> = renumbered
        .iter()
        .chain(shifts.iter().flat_map(|shift| &shift.moved))
        .flat_map(|pair| [pair.before.id(), pair.after.id()])
        .collect();
    let free = |list: &[&Declared]| -> Vec<Candidate> {
        let free = list
            .iter()
            .filter(|one| !taken.contains(one.id()) && one.section.mark.is_none());
        free.map(|one| Candidate {
            declared: (*one).clone(),
            face: Face::of(one),
        })
        .collect()
    };
    let elsewhere = pairs(free(lost), free(gained), similarity, |was, is| {
        // One word is a title that many sections can have: `Errors`, `close()`.
        was.declared.document.path == is.declared.document.path || was.face.title.count() >= 2
    });
    renumbered.extend(elsewhere);
    renumbered.sort_by(|one, other| one.before.place().cmp(&other.before.place()));
    shifts.sort_by(|one, other| {
        one.moved[0]
            .before
            .place()
            .cmp(&other.moved[0].before.place())
    });
    (renumbered, shifts)
}

/// The sections of one document that stand under another ID of it.
fn within(
    before: &Arc<Document>,
    after: &Arc<Document>,
    gone: &BTreeSet<&str>,
    new: &BTreeSet<&str>,
    similarity: Similarity,
) -> Vec<Pair> {
    let (was, is) = (singles(before), singles(after));
    // An ID that came from another document or went to one is judged by itself.
    let local_before = |id: &str| is.contains_key(id) || gone.contains(id);
    let local_after = |id: &str| was.contains_key(id) || new.contains(id);
    let settled = |id: &str| match (was.get(id), is.get(id)) {
        (Some(was), Some(is)) => {
            was.section.mark.is_some()
                || is.section.mark.is_some()
                || was.whole().trim_end() == is.whole().trim_end()
        }
        (one, other) => one
            .or(other)
            .is_some_and(|declared| declared.section.mark.is_some()),
    };
    let open = |side: &BTreeMap<&str, Declared>, local: &dyn Fn(&str) -> bool| -> Vec<Candidate> {
        let mut open: Vec<&Declared> = side
            .iter()
            .filter(|(id, _)| local(id) && !settled(id))
            .map(|(_, one)| one)
            .collect();
        open.sort_by_key(|declared| declared.section.declared.start());
        open.into_iter()
            .map(|one| Candidate {
                declared: one.clone(),
                face: Face::of(one),
            })
            .collect()
    };
    let (was_open, is_open) = (open(&was, &local_before), open(&is, &local_after));
    if was_open.is_empty() || is_open.is_empty() {
        return Vec::new();
    }
    let mut moved = pairs(was_open, is_open, similarity, |_, _| true);
    moved.retain(|pair| pair.before.id() != pair.after.id());
    moved
}

/// The sections that a document declares once, by ID.
fn singles(document: &Arc<Document>) -> BTreeMap<&str, Declared> {
    let sections = document.text().map_or(&[][..], |text| &text.sections);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for section in sections {
        *counts.entry(&section.id).or_default() += 1;
    }
    let once = sections
        .iter()
        .filter(|section| counts.get(section.id.as_str()) == Some(&1));
    once.map(|section| {
        (
            section.id.as_str(),
            Declared {
                document: Arc::clone(document),
                section: section.clone(),
            },
        )
    })
    .collect()
}

/// Matches sections before with sections after, each at most once, also with themselves.
fn pairs(
    mut was: Vec<Candidate>,
    mut is: Vec<Candidate>,
    similarity: Similarity,
    title_tells: impl Fn(&Candidate, &Candidate) -> bool,
) -> Vec<Pair> {
    let mut found = Vec::new();
    // What kept its body to the word stays, whatever its title says now.
    let bodies: BTreeMap<String, usize> = is
        .iter()
        .enumerate()
        .map(|(at, one)| (one.declared.id().to_owned(), at))
        .collect();
    let still = |one: &Candidate, other: &Candidate| one.face.same_body(&other.face);
    take(&mut was, &mut is, &mut found, |one, is| {
        bodies
            .get(one.declared.id())
            .copied()
            .filter(|&at| still(one, &is[at]))
    });
    take_equal(
        &mut was,
        &mut is,
        &mut found,
        |one| {
            let words = [one.face.title.spoken(), one.face.body.spoken()].join("\n");
            (one.face.is_telling() || one.face.titled && !one.face.title.is_empty())
                .then_some(words)
        },
        |_, _| true,
    );
    take_equal(
        &mut was,
        &mut is,
        &mut found,
        |one| (!one.face.title.is_empty()).then(|| one.face.title.spoken().to_owned()),
        title_tells,
    );
    let by_id: BTreeMap<String, usize> = is
        .iter()
        .enumerate()
        .map(|(at, one)| (one.declared.id().to_owned(), at))
        .collect();
    take(&mut was, &mut is, &mut found, |one, is| {
        by_id
            .get(one.declared.id())
            .copied()
            .filter(|&at| one.face.is_still(&is[at].face, similarity))
    });
    if compared_words(&was, &is) <= COMPARED_WORDS {
        let mut used = BTreeSet::new();
        take(&mut was, &mut is, &mut found, |one, is| {
            let mut best: Option<(usize, f64)> = None;
            for (at, other) in is.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
                let likeness = if one.face.like_body(&other.face, similarity.body) {
                    one.face.body.alike(&other.face.body)
                } else {
                    0.0
                };
                // Of equally alike ones the first wins.
                if likeness > best.map_or(0.0, |(_, most)| most) {
                    best = Some((at, likeness));
                }
            }
            best.map(|(at, _)| at).inspect(|&at| {
                used.insert(at);
            })
        });
    }
    found.sort_by(|one, other| one.before.place().cmp(&other.before.place()));
    found
}

fn compared_words(was: &[Candidate], is: &[Candidate]) -> usize {
    let words = |list: &[Candidate]| {
        list.iter()
            .map(|one| one.face.body.count() + 1)
            .sum::<usize>()
    };
    words(was)
        .saturating_mul(is.len())
        .saturating_add(words(is).saturating_mul(was.len()))
}

/// Takes out the pairs whose keys are equal and stand once on each side.
fn take_equal(
    was: &mut Vec<Candidate>,
    is: &mut Vec<Candidate>,
    found: &mut Vec<Pair>,
    key: impl Fn(&Candidate) -> Option<String>,
    fits: impl Fn(&Candidate, &Candidate) -> bool,
) {
    let once = |list: &[Candidate]| {
        let mut places: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, one) in list.iter().enumerate() {
            if let Some(key) = key(one) {
                places
                    .entry(key)
                    .and_modify(|place| *place = None)
                    .or_insert(Some(at));
            }
        }
        places
    };
    let (earlier, later) = (once(was), once(is));
    take(was, is, found, |one, is| {
        let key = key(one)?;
        earlier.get(&key).copied().flatten()?;
        later
            .get(&key)
            .copied()
            .flatten()
            .filter(|&at| fits(one, &is[at]))
    });
}

/// Takes out the pairs that `choose` makes: for a section before, the place of the one after. A place chosen twice goes to
/// the first.
fn take(
    was: &mut Vec<Candidate>,
    is: &mut Vec<Candidate>,
    found: &mut Vec<Pair>,
    mut choose: impl FnMut(&Candidate, &[Candidate]) -> Option<usize>,
) {
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    was.retain(|one| match choose(one, is) {
        Some(at) if chosen.insert(at) => {
            found.push(Pair {
                before: one.declared.clone(),
                after: is[at].declared.clone(),
            });
            false
        }
        _ => true,
    });
    let mut at = 0;
    is.retain(|_| {
        at += 1;
        !chosen.contains(&(at - 1))
    });
}
