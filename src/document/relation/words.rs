//! The words of relations: verbs, sorts of documents, and what may stand beside them. Does not depend on where they stand.

use crate::document::Verb;
use crate::document::phrase::match_phrase;

/// Phrases that say a relation, case-folded; the longest that matches counts.
const VERBS: [(Verb, &[&str]); 5] = [
    (
        Verb::SupersededBy,
        &[
            "superseded by",
            "superceded by",
            "superseeded by",
            "replaced by",
            "obsoleted by",
            "moved to",
        ],
    ),
    (
        Verb::Supersedes,
        &[
            "supersedes",
            "supercedes",
            "superseedes",
            "replaces",
            "obsoletes",
        ],
    ),
    (
        Verb::Amends,
        &[
            "amends",
            "updates",
            "complements",
            "clarifies",
            "extends",
            "partly supersedes",
            "partially supersedes",
            "supersedes in part",
            "supersedes partly",
            "supersedes partially",
            "supersedes parts of",
            "partly replaces",
            "partially replaces",
        ],
    ),
    (
        Verb::AmendedBy,
        &[
            "amended by",
            "updated by",
            "complemented by",
            "clarified by",
            "extended by",
            "partly superseded by",
            "partly superceded by",
            "partially superseded by",
            "partially superceded by",
            "superseded in part by",
            "superceded in part by",
            "superseded partly by",
            "superseded partially by",
            "partly replaced by",
            "partially replaced by",
            "replaced in part by",
            "in part superseded by",
            "partially amended by",
        ],
    ),
    (
        Verb::RelatesTo,
        &["relates to", "related to", "see also", "related"],
    ),
];

/// Words that say "superseded" and may leave out "by" when the target follows at once.
pub(super) const BARE: [&str; 4] = ["superseded", "superceded", "replaced", "obsoleted"];

/// Words before a number that name a sort of document.
pub(super) const SORTS: [&str; 12] = [
    "adr", "rfc", "pep", "eip", "erc", "kep", "bip", "cep", "dep", "hipe", "decision", "oep",
];

/// Words that may stand in a relation line beside verbs and targets.
pub(super) const CONNECTORS: [&str; 29] = [
    "and",
    "by",
    "partly",
    "partially",
    "in",
    "part",
    "on",
    "adr",
    "adrs",
    "rfc",
    "rfcs",
    "pep",
    "eip",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "und",
    "et",
];

/// The verb that a whole key says: `superseded-by`, `Replaces`.
pub(in crate::document) fn verb_of_key(key: &str) -> Option<Verb> {
    if key.len() > 40 {
        return None;
    }
    let plain = key.replace(['-', '_'], " ");
    if plain.eq_ignore_ascii_case("supersededby") {
        return Some(Verb::SupersededBy);
    }
    verb_at(&plain, 0)
        .filter(|(_, end)| *end == plain.len())
        .map(|(verb, _)| verb)
}

/// The verb that stands at `at`, and where it ends.
pub(super) fn verb_at(words: &str, at: usize) -> Option<(Verb, usize)> {
    let first = words.get(at..)?.chars().next()?.to_ascii_lowercase();
    VERBS
        .iter()
        .flat_map(|(verb, phrases)| phrases.iter().map(move |phrase| (*verb, phrase)))
        .filter(|(_, phrase)| phrase.starts_with(first))
        .filter_map(|(verb, phrase)| Some((verb, match_phrase(words, at, phrase)?)))
        .max_by_key(|(_, end)| *end)
}
