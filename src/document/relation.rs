//! Relations between documents: the verbs that say one, and what they point at. It must not know where the words stood.

use std::ops::Range;

pub(super) use words::verb_of_key;
use words::{BARE, CONNECTORS, SORTS, verb_at};

use super::inline::Inline;
use super::phrase::match_phrase;
use super::{Target, Verb};

mod words;

/// A relation as it was found; the range is in the words that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RelationMatch {
    /// What is said.
    pub(super) verb: Verb,
    /// Of what.
    pub(super) targets: Vec<Target>,
    /// The words that say it.
    pub(super) range: Range<usize>,
}

/// Where a phrase such as "superseded in part by" that stands at `at` ends.
pub(super) fn partial_at(words: &str, at: usize) -> Option<usize> {
    verb_at(words, at)
        .filter(|(verb, _)| *verb == Verb::AmendedBy)
        .map(|(_, end)| end)
}

/// The verb that the words begin with, symbols passed over.
pub(super) fn leading_verb(words: &str) -> Option<Verb> {
    let at = words.find(|next: char| next.is_alphanumeric())?;
    verb_at(words, at).map(|(verb, _)| verb)
}

/// Every relation that a stretch of words says. A verb without a target says none.
pub(super) fn find(inline: &Inline, range: Range<usize>) -> Vec<RelationMatch> {
    let words = inline.text.get(..range.end).unwrap_or_default();
    let mut verbs: Vec<(Option<Verb>, Range<usize>)> = Vec::new();
    let (mut at, mut inside) = (range.start, false);
    while let Some(next) = words.get(at..).and_then(|rest| rest.chars().next()) {
        let starts = next.is_alphanumeric() && !inside;
        inside = next.is_alphanumeric() || next == '-';
        let found = starts.then(|| {
            let full = verb_at(words, at).map(|(verb, end)| (Some(verb), end));
            let bare = || {
                BARE.iter()
                    .find_map(|word| match_phrase(words, at, word))
                    .map(|end| (None, end))
            };
            full.or_else(bare)
        });
        if let Some((verb, end)) = found.flatten() {
            let linked = inline
                .links_in(&(at.saturating_sub(200)..end))
                .iter()
                .any(|link| link.text.contains(&at));
            if !linked && !inline.is_struck(at) {
                verbs.push((verb, at..end));
            }
            at = end.max(at + next.len_utf8());
            inside = true;
        } else {
            at += next.len_utf8();
        }
    }
    let mut found = Vec::new();
    for (index, (verb, stretch)) in verbs.iter().enumerate() {
        let limit = verbs
            .get(index + 1)
            .map_or(range.end, |(_, next)| next.start);
        let (targets, end) = targets(inline, stretch.end..limit, verb.is_none());
        if !targets.is_empty() {
            found.push(RelationMatch {
                verb: verb.unwrap_or(Verb::SupersededBy),
                targets,
                range: stretch.start..end,
            });
        }
    }
    found
}

/// The targets that a value names: all its links, and every number in it that can be one.
pub(super) fn targets_of_value(inline: &Inline, range: Range<usize>) -> (Vec<Target>, usize) {
    targets(inline, range, false)
}

/// The targets in a stretch of words that follows a verb, and where the last of them ends. With `at_once`, only those that
/// follow at once.
fn targets(inline: &Inline, range: Range<usize>, at_once: bool) -> (Vec<Target>, usize) {
    let mut found: Vec<Target> = Vec::new();
    let (mut at, mut end) = (range.start, range.start);
    let mut links = inline.links_in(&range).iter().peekable();
    // Until a word that is no target and no connector, a bare number is a target.
    let (mut bare, mut sort, mut depth) = (true, false, 0_i32);
    while at < range.end {
        if let Some(link) = links.next_if(|link| link.text.start <= at) {
            if !link.image {
                add(&mut found, Target::Link(link.target.clone()));
                if let Some(number) = number_in_title(&inline.text[link.text.clone()]) {
                    add(&mut found, Target::Number(number));
                }
                end = link.text.end;
            }
            at = at.max(link.text.end);
            continue;
        }
        let limit = links
            .peek()
            .map_or(range.end, |link| link.text.start.min(range.end));
        let rest = &inline.text[at..limit];
        let Some(next) = rest.chars().next() else {
            break;
        };
        if !(next.is_alphanumeric() || next == '#') {
            let after = rest[next.len_utf8()..].chars().next();
            depth += i32::from(next == '(') - i32::from(next == ')');
            let sentence =
                matches!(next, '.' | '!' | '?' | ';') && after.is_some_and(char::is_whitespace);
            if depth < 0 || sentence && !found.is_empty() || sentence && !bare {
                break;
            }
            at += next.len_utf8();
            continue;
        }
        let length = rest
            .find(|next: char| !(next.is_alphanumeric() || "-#_/.".contains(next)))
            .unwrap_or(rest.len());
        let token = rest[..length.max(next.len_utf8())].trim_end_matches(['.', '-', '/']);
        let token = if token.is_empty() {
            &rest[..next.len_utf8()]
        } else {
            token
        };
        if let Some(number) = number_of(token, bare, sort) {
            add(&mut found, Target::Number(number));
            end = at + token.len();
            sort = false;
        } else {
            let folded = token.to_lowercase();
            sort = SORTS.contains(&folded.as_str());
            bare = bare && (sort || CONNECTORS.contains(&folded.as_str()) || is_date(token));
            if at_once && !bare && found.is_empty() {
                break;
            }
        }
        at += token.len();
    }
    (found, end)
}

fn add(found: &mut Vec<Target>, target: Target) {
    // A list of thousands of targets is nobody's relation, and looking through it for each would be slow.
    if found.len() < 200 && !found.contains(&target) {
        found.push(target);
    }
}

/// The number that a token names: `ADR-0007`, `#7`, and with `bare` or after a sort of document also `7` and `0007`.
fn number_of(token: &str, bare: bool, sort: bool) -> Option<u64> {
    if is_date(token) {
        return None;
    }
    let digits = |text: &str| -> Option<u64> {
        (!text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    if let Some(rest) = token.strip_prefix('#') {
        return digits(rest);
    }
    if token.starts_with(|next: char| next.is_ascii_digit()) {
        let plain = digits(token);
        let padded = token.starts_with('0') && token.len() >= 3;
        // A file name: `0007-use-stone.md`.
        let file = || {
            token
                .split_once('-')
                .and_then(|(number, _)| digits(number).filter(|_| number.len() >= 3))
        };
        return plain.or_else(file).filter(|_| bare || sort || padded);
    }
    let letters = token.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = token.split_at(letters);
    let known = SORTS.contains(&name.to_ascii_lowercase().as_str());
    let shaped = (2..=8).contains(&letters)
        && name.bytes().all(|byte| byte.is_ascii_uppercase())
        && rest.starts_with('-');
    (known || shaped).then(|| digits(rest.trim_start_matches(['-', '_', '#'])))?
}

/// The number that the words of a link name: `7. Title`, `ADR-0007`, `0007`, `RFC 1974: Title`.
fn number_in_title(title: &str) -> Option<u64> {
    let mut words = title
        .split(|next: char| next.is_whitespace() || "[](),:".contains(next))
        .filter(|word| !word.is_empty());
    let first = words.next()?.trim_end_matches('.');
    let sort = SORTS.contains(&first.to_lowercase().as_str());
    number_of(first, true, false)
        .or_else(|| number_of(words.next()?.trim_end_matches('.'), sort, sort).filter(|_| sort))
}

fn is_date(token: &str) -> bool {
    let mut parts = token.split(['-', '/', '.']);
    let numbers = parts.clone().filter(|part| !part.is_empty()).count();
    numbers == 3
        && parts.all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// True for a value that says there is none.
pub(super) fn is_none(value: &str) -> bool {
    let bare = value.trim().trim_matches(['.', '*', '_']);
    bare.is_empty()
        || bare
            .chars()
            .all(|next| matches!(next, '-' | '\u{2010}'..='\u{2015}'))
        || ["none", "n/a", "na", "null", "~", "[]", "nil"]
            .iter()
            .any(|none| bare.eq_ignore_ascii_case(none))
}

/// True when a stretch of words says nothing but relations and their targets, so that no decision can hide in it. With
/// `keyed` the verb has been read already.
pub(super) fn is_alone(inline: &Inline, range: Range<usize>, keyed: bool) -> bool {
    let said = inline.text.get(range.clone()).unwrap_or_default();
    let links = inline.links_in(&range);
    if inline.hides || links.iter().any(|link| link.image || link.titled) {
        return false;
    }
    if keyed && is_none(said) {
        return true;
    }
    let mut verbs = usize::from(keyed);
    let mut links = links.iter().peekable();
    let mut at = range.start;
    while at < range.end {
        if let Some(link) = links.next_if(|link| link.text.start <= at) {
            if verbs == 0 {
                return false;
            }
            at = at.max(link.text.end);
            continue;
        }
        let limit = links
            .peek()
            .map_or(range.end, |link| link.text.start.min(range.end));
        let rest = &inline.text[at..limit];
        let Some(next) = rest.chars().next() else {
            break;
        };
        if let Some((_, end)) = verb_at(rest, 0) {
            verbs += 1;
            at += end;
            continue;
        }
        if !(next.is_alphanumeric() || next == '#') {
            let plain = next.is_whitespace() || ",&;.:()[]-*\"'\u{2013}\u{2014}·".contains(next);
            if !plain {
                return false;
            }
            at += next.len_utf8();
            continue;
        }
        let length = rest
            .find(|next: char| !(next.is_alphanumeric() || "-#_/.".contains(next)))
            .unwrap_or(rest.len());
        let token = rest[..length.max(next.len_utf8())].trim_end_matches(['.', '-']);
        let token = if token.is_empty() {
            &rest[..next.len_utf8()]
        } else {
            token
        };
        let bare = BARE.iter().any(|word| token.eq_ignore_ascii_case(word));
        verbs += usize::from(bare);
        let known = CONNECTORS
            .iter()
            .chain(&SORTS)
            .any(|word| token.eq_ignore_ascii_case(word));
        if !(bare || known || is_date(token) || number_of(token, true, true).is_some())
            || verbs == 0
        {
            return false;
        }
        at += token.len();
    }
    verbs > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(words: &str) -> Inline {
        Inline::raw(words, 0..words.len())
    }

    fn shown(words: &str) -> Vec<String> {
        let inline = inline(words);
        let relations = find(&inline, 0..inline.text.len());
        relations
            .into_iter()
            .map(|found| format!("{:?} {:?}", found.verb, found.targets))
            .collect()
    }

    #[test]
    fn relations_are_read_with_their_targets() {
        for (words, relations) in [
            (
                "Accepted (supersedes ADR-024)",
                vec!["Supersedes [Number(24)]"],
            ),
            (
                "Superseded by [ADR-0007](0007-x.md)",
                vec!["SupersededBy [Link(\"0007-x.md\"), Number(7)]"],
            ),
            (
                "Superceded by [16. Title](0016-t.md)",
                vec!["SupersededBy [Link(\"0016-t.md\"), Number(16)]"],
            ),
            (
                "Proposed. Supersedes ADR-036.",
                vec!["Supersedes [Number(36)]"],
            ),
            ("Proposed, supersedes 0002", vec!["Supersedes [Number(2)]"]),
            (
                "Superseded [0019](x)",
                vec!["SupersededBy [Link(\"x\"), Number(19)]"],
            ),
            (
                "this RFC has been superseded by [RFC 1974][].",
                vec!["SupersededBy [Number(1974)]"],
            ),
            ("Partly superseded by ADR-5", vec!["AmendedBy [Number(5)]"]),
            (
                "superseded in part by ADR 5 and #6",
                vec!["AmendedBy [Number(5), Number(6)]"],
            ),
            (
                "Amends ADR-1, clarified by ADR-2",
                vec!["Amends [Number(1)]", "AmendedBy [Number(2)]"],
            ),
            ("Updates the API in 5 steps", vec![]),
            (
                "Superseded on 2026-01-01 by ADR-9",
                vec!["SupersededBy [Number(9)]"],
            ),
            ("Rejected in favour of ADR 111", vec![]),
            ("Supersedes —", vec![]),
        ] {
            assert_eq!(shown(words), relations, "{words}");
        }
    }

    #[test]
    fn a_relation_line_carries_no_other_words() {
        for (words, alone) in [
            ("Superseded by [ADR-0007](0007-x.md)", true),
            (
                "Superseded by [7. Use stone](0007-x.md) on 2026-01-01.",
                true,
            ),
            ("Amends ADR-1 and ADR-2; clarified by RFC 3.", true),
            ("Superseded in part by [ADR-0047](x)", true),
            (
                "Superseded by [ADR-0007](0007-x.md), and passwords are plain text",
                false,
            ),
            ("Accepted (supersedes ADR-024)", false),
            ("[We use plain text](x) superseded by ADR-7", false),
            ("ADR-7", false),
            ("Superseded by ADR-7 ![x](y)", false),
            ("", false),
        ] {
            let inline = inline(words);
            assert_eq!(
                is_alone(&inline, 0..inline.text.len(), false),
                alone,
                "{words}"
            );
        }
    }

    #[test]
    fn a_key_is_a_verb_when_it_says_nothing_else() {
        assert_eq!(verb_of_key("superseded_by"), Some(Verb::SupersededBy));
        assert_eq!(verb_of_key("superseded-in-part-by"), Some(Verb::AmendedBy));
        assert_eq!(verb_of_key("supersedes"), Some(Verb::Supersedes));
        assert_eq!(verb_of_key("updates to come"), None);
    }
}
