//! Status words of two policies, compared.

use super::Weakenings;
use crate::policy::kind::{StatusStage, StatusWord, Vocabulary};
use crate::report::file_faults::shown;

pub(super) fn compare(
    key: &str,
    before: &Vocabulary,
    after: &Vocabulary,
    found: &mut Weakenings<'_>,
) {
    for word in before
        .words
        .iter()
        .filter(|word| word.standing != StatusStage::Open)
    {
        match after.words.iter().find(|other| other.phrase == word.phrase) {
            None => found.add(
                key,
                format!("the status word `{}` is removed", shown(&word.phrase)),
            ),
            Some(other) if other.standing == StatusStage::Open => {
                found.add(
                    key,
                    format!("the status word `{}` is now open", shown(&word.phrase)),
                );
            }
            Some(_) => {}
        }
    }
    // The longest phrase wins, so `accepted (for now)` would take over documents that are frozen by `accepted`.
    for word in after
        .words
        .iter()
        .filter(|word| word.standing == StatusStage::Open)
    {
        let frozen = |other: &&StatusWord| {
            other.standing != StatusStage::Open && is_longer(&word.phrase, &other.phrase)
        };
        let is_new = before.words.iter().all(|other| other.phrase != word.phrase);
        if let Some(frozen) = before.words.iter().find(frozen).filter(|_| is_new) {
            let what = format!(
                "the open status word `{}` takes precedence over `{}`",
                shown(&word.phrase),
                shown(&frozen.phrase)
            );
            found.add(key, what);
        }
    }
    edges(key, before, after, found);
}

/// Ways out of what is frozen or at its end. A new word that is frozen or terminal itself may be reached; one that is open
/// may not, nor may anything open be reached by way of a new word.
fn edges(key: &str, before: &Vocabulary, after: &Vocabulary, found: &mut Weakenings<'_>) {
    let canonical = |words: &Vocabulary| -> Vec<(String, StatusStage)> {
        let mut list: Vec<(String, StatusStage)> = Vec::new();
        for word in &words.words {
            if !list.iter().any(|(known, _)| *known == word.canonical) {
                list.push((word.canonical.clone(), word.standing));
            }
        }
        list
    };
    let words = canonical(after);
    for (from, standing) in words
        .iter()
        .filter(|(_, standing)| *standing != StatusStage::Open)
    {
        if before.standing(from) == Some(StatusStage::Open) {
            continue;
        }
        for (to, goal) in &words {
            let harmless =
                *goal != StatusStage::Open && *goal >= *standing && before.standing(to).is_none();
            let is_new = before.standing(from).is_none() && *goal != StatusStage::Open;
            if after.permits(from, to) && !before.permits(from, to) && !harmless && !is_new {
                found.add(
                    &format!("{key}.edges"),
                    format!("`{}` may now become `{}`", shown(from), shown(to)),
                );
            }
        }
    }
}

/// True when `phrase` begins with `other` and goes on with another word.
fn is_longer(phrase: &str, other: &str) -> bool {
    phrase
        .strip_prefix(other)
        .is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
}
