//! What a body demands, sentence by sentence: which ones now demand the opposite, and in which ones only a number or a
//! quoted name was exchanged. Does not depend on sections.

use std::collections::BTreeMap;
use std::ops::Range;

/// A sentence before and after, as stretches of the two texts.
pub(super) type Pair = (Range<usize>, Range<usize>);

/// A sentence that demands something.
#[derive(Debug)]
struct Demand {
    range: Range<usize>,
    /// For each word of force in turn, whether it forbids.
    forbids: Vec<bool>,
    /// True when one of them binds: must, shall.
    binds: bool,
    /// All other words, quoted names and numbers among them.
    core: String,
    /// The same with a placeholder for each number and quoted name.
    frame: String,
    /// How many words of `frame` are no placeholder.
    plain: usize,
}

/// The first sentence that stands on both sides with the same words but forbids where it allowed, or allows where it
/// forbade. Words of force are must, shall, should, may, can and always; not and never behind one of them, cannot, and
/// never alone, forbid.
pub(super) fn inverted(before: &str, after: &str) -> Option<Pair> {
    let (before, after) = (demands(before), demands(after));
    let (told, tells) = (forms(&before), forms(&after));
    after.iter().find_map(|demand| {
        let (earlier, later) = (
            told.get(demand.core.as_str())?,
            tells.get(demand.core.as_str())?,
        );
        if demand.plain == 0 || earlier.contains_key(&demand.forbids[..]) {
            return None;
        }
        let turned = earlier.iter().take(FORMS).find(|(forbids, _)| {
            forbids.len() == demand.forbids.len() && !later.contains_key(*forbids)
        });
        turned.map(|(_, earlier)| (earlier.range.clone(), demand.range.clone()))
    })
}

/// At most this many ways to say one sentence are compared.
const FORMS: usize = 16;

/// The ways in which each sentence is said, by its core.
fn forms(demands: &[Demand]) -> BTreeMap<&str, BTreeMap<&[bool], &Demand>> {
    let mut forms: BTreeMap<&str, BTreeMap<&[bool], &Demand>> = BTreeMap::new();
    for demand in demands {
        forms
            .entry(&demand.core)
            .or_default()
            .entry(&demand.forbids)
            .or_insert(demand);
    }
    forms
}

/// The first binding sentence (must, shall) of which everything stayed but a number or a quoted name.
pub(super) fn altered(before: &str, after: &str) -> Option<Pair> {
    const PLAIN_WORDS: usize = 4;
    let (before, after) = (demands(before), demands(after));
    let told: BTreeMap<&str, Vec<&Demand>> = frames(&before);
    let tells: BTreeMap<&str, Vec<&Demand>> = frames(&after);
    after
        .iter()
        .filter(|demand| demand.binds && demand.plain >= PLAIN_WORDS)
        .find_map(|demand| {
            // Where several sentences have one frame, nobody can say which became which.
            let ([earlier], [_]) = (
                &told.get(demand.frame.as_str())?[..],
                &tells.get(demand.frame.as_str())?[..],
            ) else {
                return None;
            };
            let same_force = earlier.binds && earlier.forbids == demand.forbids;
            (same_force && earlier.core != demand.core)
                .then(|| (earlier.range.clone(), demand.range.clone()))
        })
}

fn frames(demands: &[Demand]) -> BTreeMap<&str, Vec<&Demand>> {
    let mut frames: BTreeMap<&str, Vec<&Demand>> = BTreeMap::new();
    for demand in demands {
        frames.entry(&demand.frame).or_default().push(demand);
    }
    frames
}

fn demands(text: &str) -> Vec<Demand> {
    sentences(text)
        .into_iter()
        .filter_map(|range| demand(text.get(range.clone())?, range))
        .collect()
}

fn demand(sentence: &str, range: Range<usize>) -> Option<Demand> {
    let mut demand = Demand {
        range,
        forbids: Vec::new(),
        binds: false,
        core: String::new(),
        frame: String::new(),
        plain: 0,
    };
    let tokens = tokens(sentence);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if let (Token::StatusWord(word), true) = (token, is_force(token)) {
            let behind = match tokens.get(at) {
                Some(Token::StatusWord(next)) => Some(next.as_str()),
                _ => None,
            };
            let denied =
                word != "never" && word != "cannot" && matches!(behind, Some("not" | "never"));
            // "must always" is no more than "must".
            at += usize::from(
                denied || (word != "always" && word != "never" && behind == Some("always")),
            );
            demand
                .forbids
                .push(denied || matches!(word.as_str(), "never" | "cannot"));
            demand.binds |= matches!(word.as_str(), "must" | "shall");
            continue;
        }
        let (written, framed) = match token {
            Token::StatusWord(word) => (word.as_str(), word.as_str()),
            Token::Number(number) => (number.as_str(), "\u{0}"),
            Token::Quoted(name) => (name.as_str(), "\u{0}"),
        };
        demand.plain += usize::from(matches!(token, Token::StatusWord(_)));
        for (part, list) in [(written, &mut demand.core), (framed, &mut demand.frame)] {
            list.push_str(part);
            list.push(' ');
        }
    }
    (!demand.forbids.is_empty()).then_some(demand)
}

fn is_force(token: &Token) -> bool {
    const FORCE: [&str; 8] = [
        "must", "shall", "should", "may", "can", "cannot", "always", "never",
    ];
    matches!(token, Token::StatusWord(word) if FORCE.contains(&word.as_str()))
}

enum Token {
    StatusWord(String),
    Number(String),
    Quoted(String),
}

fn tokens(sentence: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = sentence;
    while let Some(first) = rest.chars().next() {
        let quoted = matches!(first, '`' | '"')
            .then(|| rest[1..].split_once(first))
            .flatten();
        if let Some((name, behind)) = quoted.filter(|(name, _)| !name.is_empty()) {
            tokens.push(Token::Quoted(name.to_owned()));
            rest = behind;
            continue;
        }
        if !(first.is_alphanumeric() || first == '_') {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest
            .find(|next: char| !(next.is_alphanumeric() || next == '_'))
            .unwrap_or(rest.len());
        let word = rest[..end].to_lowercase();
        tokens.push(if first.is_ascii_digit() {
            Token::Number(word)
        } else {
            Token::StatusWord(word)
        });
        rest = &rest[end..];
    }
    tokens
}

/// Sentences outside fenced code. A paragraph, an item of a list and a row of a table each end a sentence, and so does
/// `.`, `!`, `?` or `;` before a blank.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut fence: Option<&str> = None;
    let mut open: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let marker = ["```", "~~~"]
            .into_iter()
            .find(|marker| bare.starts_with(marker));
        let breaks = bare.is_empty()
            || marker.is_some()
            || bare.starts_with(['-', '+', '|', '#'])
            || is_item(bare);
        if fence.is_some() || breaks {
            sentences.extend(open.take().map(|from| from..start));
        }
        match (fence, marker) {
            (None, Some(marker)) => fence = Some(marker),
            (Some(opened), Some(marker)) if opened == marker => fence = None,
            (Some(_), _) => {}
            (None, None) if bare.is_empty() => {}
            (None, None) => {
                let mut from = open.unwrap_or(start);
                for (place, sign) in line
                    .char_indices()
                    .filter(|(_, sign)| matches!(sign, '.' | '!' | '?' | ';'))
                {
                    let behind =
                        line[place + sign.len_utf8()..].trim_start_matches(['*', '_', ')', '"']);
                    if behind.starts_with(char::is_whitespace) {
                        sentences.push(from..start + place + sign.len_utf8());
                        from = start + place + sign.len_utf8();
                    }
                }
                open = Some(from);
            }
        }
        start += line.len();
    }
    sentences.extend(open.map(|from| from..text.len()));
    // Blanks and quote signs in front belong to no sentence.
    let signs = [' ', '\t', '\r', '\n', '>', '*', '_'];
    let trimmed = sentences.into_iter().filter_map(|range| {
        let sentence = text.get(range.clone())?;
        let from = range.start + (sentence.len() - sentence.trim_start_matches(signs).len());
        let to = from + sentence.trim_start_matches(signs).trim_end().len();
        (from < to).then_some(from..to)
    });
    trimmed.collect()
}

fn is_item(bare: &str) -> bool {
    let behind = bare.trim_start_matches(|digit: char| digit.is_ascii_digit());
    bare.starts_with("* ")
        || (behind.len() < bare.len() && (behind.starts_with(". ") || behind.starts_with(") ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inversion_is_the_same_sentence_with_the_opposite_force() {
        for (before, after, turned) in [
            (
                "A path **MUST** be absolute.",
                "A path **MUST NOT** be absolute.",
                true,
            ),
            ("A path MAY be empty.", "A path MUST NOT be empty.", true),
            ("`exists` never raises.", "`exists` always raises.", true),
            ("A path can be empty.", "A path cannot be empty.", true),
            (
                "Intro. A path must\nbe absolute.",
                "> A path must not be\n> absolute. More.",
                true,
            ),
            (
                "A path SHOULD be absolute.",
                "A path MUST be absolute.",
                false,
            ),
            (
                "A path must be absolute.",
                "A path must always be absolute.",
                false,
            ),
            (
                "A path MUST be absolute.",
                "A folder MUST NOT be absolute.",
                false,
            ),
            (
                "A MUST do it. A MUST NOT do it.",
                "A MUST NOT do it. A MUST do it.",
                false,
            ),
            ("```\na must go\n```\n", "```\na must not go\n```\n", false),
            (
                "Retries must be at most 3 times.",
                "Retries must be at most 5 times.",
                false,
            ),
        ] {
            assert_eq!(
                inverted(before, after).is_some(),
                turned,
                "{before} / {after}"
            );
            assert_eq!(
                inverted(after, before).is_some(),
                turned,
                "{after} / {before}"
            );
            assert!(inverted(before, before).is_none());
        }
    }

    #[test]
    fn an_altered_demand_is_the_same_sentence_with_another_number_or_name() {
        for (before, after, changed) in [
            (
                "It must retry at most 3 times.",
                "It must retry at most 5 times.",
                true,
            ),
            (
                "The client MUST indicate `READY` then.",
                "The client MUST indicate `ERROR` then.",
                true,
            ),
            (
                "It retries at most 3 times.",
                "It retries at most 5 times.",
                false,
            ),
            (
                "It must retry at most 3 times.",
                "It must retry often, at most 5 times.",
                false,
            ),
            (
                "All of `a`, `b` must be set here.",
                "All of `a`, `b`, `c` must be set here.",
                false,
            ),
            (
                "One must set the `a`. One must set the `b`.",
                "One must set the `a`. One must set the `c`.",
                false,
            ),
        ] {
            assert_eq!(
                altered(before, after).is_some(),
                changed,
                "{before} / {after}"
            );
        }
    }

    #[test]
    fn a_sentence_is_told_by_its_place() {
        let before = "First. A path must\nbe short.";
        let (was, is) = inverted(before, "A path must not be short.").unwrap();
        assert_eq!(&before[was], "A path must\nbe short.");
        assert_eq!(is, 0..25);
    }
}
