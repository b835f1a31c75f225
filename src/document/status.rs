//! The words of a status value into a status. It reads the beginning of the value and never searches it: "Rejected in
//! favour of an accepted proposal" is rejected. It must not know where the value stood.

use std::ops::Range;

use super::inline::is_invisible;
use super::phrase::match_phrase;
use super::{Reading, Status, StatusValue, relation};
use crate::policy::kind::{StatusStage, StatusWord, Vocabulary};

/// What stands at the beginning of a value. Ranges are offsets in the words that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StatusReading<'a> {
    /// A word of the vocabulary.
    Known(&'a StatusWord, Range<usize>),
    /// Something else.
    Unknown(Range<usize>),
    /// A template that nobody has filled in.
    Unfilled,
    /// Nothing at all.
    Empty,
}

/// How much of a value is kept when it is unknown, in characters.
const LONGEST: usize = 40;

/// Reads the beginning of a value.
pub(super) fn read<'a>(words: &str, vocabulary: &'a Vocabulary) -> StatusReading<'a> {
    let start = words.len()
        - words
            .trim_start_matches(|next: char| next.is_whitespace() || is_invisible(next))
            .len();
    if start == words.len() {
        return StatusReading::Empty;
    }
    // A phrase of the policy may itself begin with a symbol.
    let symbolic = longest(words, start, vocabulary);
    let bare = skip_symbols(words, start);
    if is_template(words, start, bare, vocabulary) {
        return StatusReading::Unfilled;
    }
    let found = symbolic.or_else(|| longest(words, bare, vocabulary));
    if let Some((word, range)) = found {
        let partial = relation::partial_at(words, range.start).is_some_and(|end| end > range.end);
        if !(partial && word.standing == StatusStage::Terminal
            || is_contradicted(words, word, range.end, vocabulary))
        {
            return StatusReading::Known(word, range);
        }
    }
    unknown(words, start, bare)
}

/// True when an open word is followed by one that is not, with nothing but blanks between: `Draft Accepted` may show its
/// reader one of them only.
fn is_contradicted(words: &str, word: &StatusWord, end: usize, vocabulary: &Vocabulary) -> bool {
    let rest = &words[end..];
    let next = rest.trim_start_matches([' ', '\t', '\u{a0}']);
    word.standing == StatusStage::Open
        && next.len() < rest.len()
        && longest(words, words.len() - next.len(), vocabulary)
            .is_some_and(|(next, _)| next.standing != StatusStage::Open)
}

/// The longest phrase of the vocabulary at `at`, ending where a word ends.
fn longest<'a>(
    words: &str,
    at: usize,
    vocabulary: &'a Vocabulary,
) -> Option<(&'a StatusWord, Range<usize>)> {
    let lower = |words: &str| {
        words
            .chars()
            .find(|next| !is_invisible(*next))?
            .to_lowercase()
            .next()
    };
    let first = lower(words.get(at..)?)?;
    let mut best: Option<(&StatusWord, usize)> = None;
    for word in vocabulary
        .words
        .iter()
        .filter(|word| lower(word.phrase.trim_start()) == Some(first))
    {
        if let Some(end) = match_phrase(words, at, &word.phrase)
            && best.is_none_or(|(_, longest)| end > longest)
        {
            best = Some((word, end));
        }
    }
    best.map(|(word, end)| (word, at..end))
}

/// Passes over symbols, opening brackets and `:short_codes:` in front of the words.
fn skip_symbols(words: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let rest = &words[at..];
        let Some(next) = rest.chars().next() else {
            return at;
        };
        if next == ':'
            && let Some(length) = short_code(rest)
        {
            at += length;
        } else if next.is_alphanumeric() {
            return at;
        } else {
            at += next.len_utf8();
        }
    }
}

/// The length of a `:white_check_mark:` at the beginning.
fn short_code(words: &str) -> Option<usize> {
    let length = words.get(1..)?.bytes().take(40).position(|byte| {
        !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-'))
    })?;
    (length > 0 && words.as_bytes().get(1 + length) == Some(&b':')).then_some(length + 2)
}

/// True when the value offers several words to choose from: `Accepted | Rejected | Superseded by`, `{draft, accepted}`.
fn is_template(words: &str, start: usize, bare: usize, vocabulary: &Vocabulary) -> bool {
    let paragraph = words[start..].split("\n\n").next().unwrap_or_default();
    let enclosed = words[start..bare].contains(['{', '<', '[']);
    if !paragraph.contains(['|', '/', ',']) {
        return false;
    }
    let separators: &[char] = if enclosed {
        &['|', '/', ',']
    } else {
        &['|', '/']
    };
    let choice = |choice: &&str| {
        let at = skip_symbols(choice, 0);
        longest(choice, at, vocabulary).is_some_and(|(_, range)| {
            let tail = choice[range.end..].trim_matches(|next: char| !next.is_alphanumeric());
            tail.is_empty() || tail == "by" || tail.starts_with("by ")
        })
    };
    let mut choices = paragraph.split(separators);
    choices.next().as_ref().is_some_and(choice) && choices.next().as_ref().is_some_and(choice)
}

fn unknown<'a>(words: &str, start: usize, bare: usize) -> StatusReading<'a> {
    if bare == words.len() {
        let shown = words[start..].trim_end();
        let says = |next: char| {
            !next.is_ascii()
                && !matches!(next, '\u{2010}'..='\u{2015}' | '…' | '·')
                && !is_invisible(next)
        };
        let code = short_code(shown).is_some();
        return if code || shown.contains(says) {
            StatusReading::Unknown(cut(words, start))
        } else {
            StatusReading::Empty
        };
    }
    StatusReading::Unknown(cut(words, bare))
}

/// The words from `at` to the first end of a sentence or clause, at most [`LONGEST`] characters.
fn cut(words: &str, at: usize) -> Range<usize> {
    let rest = &words[at..];
    let stop = |(offset, next): (usize, char)| {
        let clause = matches!(
            next,
            '\n' | ','
                | ';'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '|'
                | '<'
                | '>'
                | '—'
                | '–'
                | '。'
        );
        let sentence = matches!(next, '.' | '!' | '?')
            && rest[offset + next.len_utf8()..]
                .chars()
                .next()
                .is_none_or(char::is_whitespace);
        clause || sentence
    };
    let end = rest
        .char_indices()
        .take(LONGEST)
        .find_map(|place| (place.0 > 0 && stop(place)).then_some(place.0))
        .or_else(|| rest.char_indices().nth(LONGEST).map(|(offset, _)| offset))
        .unwrap_or(rest.len());
    at..at + rest[..end].trim_end().len()
}

/// How far along a status is: open, then frozen or unknown, then terminal. Of two as far along a known one comes first.
pub(super) fn rank(status: &Status) -> (u8, bool) {
    match status.standing() {
        Some(StatusStage::Open) => (0, true),
        Some(StatusStage::Frozen) => (1, true),
        None => (1, false),
        Some(StatusStage::Terminal) => (2, true),
    }
}

/// Chooses the copy that counts: the furthest along, and of equals the first.
pub(super) fn choose(mut copies: Vec<Status>, reading: &mut Reading) {
    copies.sort_by_key(|status| status.span);
    copies.dedup_by_key(|status| status.span);
    let mut best: Option<usize> = None;
    for (index, status) in copies.iter().enumerate() {
        if best.is_none_or(|best| rank(status) > rank(&copies[best])) {
            best = Some(index);
        }
    }
    reading.main = best.map(|index| copies.remove(index));
    reading.others = copies;
}

/// The meaning of a word of the vocabulary.
pub(super) fn known(word: &StatusWord) -> StatusValue {
    StatusValue::Known(word.canonical.clone(), word.standing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::vocabulary_of_all_words;

    fn shown(words: &str) -> String {
        match read(words, &vocabulary_of_all_words()) {
            StatusReading::Known(word, range) => format!("{}<{}", word.canonical, &words[range]),
            StatusReading::Unknown(range) => format!("?{}", &words[range]),
            StatusReading::Unfilled => "unfilled".to_owned(),
            StatusReading::Empty => "empty".to_owned(),
        }
    }

    #[test]
    fn a_value_is_its_first_word_or_phrase() {
        for (words, meaning) in [
            ("Accepted", "Accepted<Accepted"),
            ("  accepted.", "Accepted<accepted"),
            ("✅ Accepted", "Accepted<Accepted"),
            ("⌛\u{fe0f} Superseded 0019", "Superseded<Superseded"),
            (":white_check_mark: Accepted", "Accepted<Accepted"),
            ("{ accepted }", "Accepted<accepted"),
            ("{in-progress}", "?in-progress"),
            ("in  review (by all)", "In review<in  review"),
            ("active review", "Active review<active review"),
            ("Withdrawn (before acceptance)", "Withdrawn<Withdrawn"),
            ("Not-Implemented", "?Not-Implemented"),
            ("Partially implemented (#5670)", "?Partially implemented"),
            ("Rejected in favour of ADR 111", "Rejected<Rejected"),
            ("Accepted-ish", "?Accepted-ish"),
            ("Draft Accepted", "?Draft Accepted"),
            ("Draft, accepted by some", "Draft<Draft"),
            ("Acc\u{200b}epted", "Accepted<Acc\u{200b}epted"),
            ("\u{410}ccepted", "?\u{410}ccepted"),
            ("Accepte\u{301}d", "?Accepte\u{301}d"),
            ("Acceptted", "?Acceptted"),
            ("✔", "?✔"),
            (":hammer_and_wrench:", "?:hammer_and_wrench:"),
            ("—", "empty"),
            ("", "empty"),
            ("Accepted | Rejected | Superseded by", "unfilled"),
            ("{proposed | rejected | superseded by [x](y)}", "unfilled"),
            ("{Deprecated|Proposed|Accepted|Declined}", "unfilled"),
            ("[draft, accepted]", "unfilled"),
            ("Proposed/Accepted", "unfilled"),
            ("Accepted | 2026-01-01", "Accepted<Accepted"),
            (
                "Superseded in part by ADR-5",
                "?Superseded in part by ADR-5",
            ),
            ("Partly superseded by ADR-5", "?Partly superseded by ADR-5"),
            (
                "This decision is currently in effect.",
                "Accepted<This decision is currently in effect",
            ),
        ] {
            assert_eq!(shown(words), meaning, "{words:?}");
        }
    }
}
